// The person: who calls, is called, is helped or helps.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/parties/identifier.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr Rows identifiers{"person_identifier", "person_id", identifier_fields};

constexpr std::array fields{
    text("name", 1, 200).needed().search().tells(),
    day("born_on").called("Date of birth").not_before("1900-01-01").tells(),
    text("address", 0, 300).of_lines().search().by_day(),
    postcode("postcode").filter().search().tells().by_day(),
    text("ward", 0, 60).filter().found_by_postcode().in_form(Form::ward).by_day(),
    phone("phone").filter().search(),
    email("email").called("E-mail address").search(),
    id("household_id", "household").filter().by_day(),
    text("safe_contact", 0, 300)
        .of_lines()
        .says("How, when and on what number it is safe to make contact; no voicemail, no post."),
    flag("restricted")
        .otherwise("false")
        .says("True where only administrators, whoever recorded the person, and case_worker_id may see the record."),
    id("case_worker_id", "staff").says("The member of staff who, besides those, sees a restricted record."),
    day("died_on").called("Date of death").says("Set from the register; nobody is to call."),
    text("recorded_for", 0, 60).set_by_us().says("The code of the partner whose people recorded it, if any."),
    rows("identifiers", identifiers, 20).search(),
};

constexpr auto in_order = std::to_array<InOrder>({
    {"died_on", "born_on", "Nobody dies before they were born."},
});

}  // namespace

constexpr Noun person_{.name = "person",
                       .path = "persons",
                       .prefix = "PE",
                       .title = "a person",
                       .fields = fields,
                       .in_order = in_order,
                       .mergeable = true,
                       .personal = true,
                       .recorded_for = "recorded_for",
                       .restricted = "restricted",
                       .case_worker = "case_worker_id"};
static_assert(sound(person_));
const Noun person = person_;

}  // namespace tideover::nouns
