// Households: people at one address who are fed, shopped for and counted together.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/parties/identifier.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr Rows identifiers{"household_identifier", "household_id", identifier_fields};

constexpr std::array fields{
    text("address", 1, 300).of_lines().needed().search().tells().by_day(),
    postcode("postcode").needed().filter().search().tells().by_day(),
    text("ward", 1, 60).filter().found_by_postcode().in_form(Form::ward).by_day(),
    count("people", 1, 30).needed().by_day(),
    count("children", 0, 25).by_day(),
    phone("phone").search(),
    email("email").called("E-mail address").search(),
    text("access_note", 0, 500).of_lines().says("What a driver needs to know: carry-in help, which door."),
    text("recorded_for", 0, 60).set_by_us().says("The code of the partner whose people recorded it, if any."),
    rows("identifiers", identifiers, 20).search(),
};

}  // namespace

constexpr Noun household_{.name = "household",
                          .path = "households",
                          .prefix = "HH",
                          .title = "a household",
                          .fields = fields,
                          .mergeable = true,
                          .personal = true,
                          .recorded_for = "recorded_for"};
static_assert(sound(household_));
const Noun household = household_;

}  // namespace tideover::nouns
