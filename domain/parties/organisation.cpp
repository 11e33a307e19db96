// Organisations: voluntary groups, schools, care homes and the partners who deliver.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/parties/identifier.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 5> kinds{"voluntary_group", "school", "care_home", "partner", "other"};
constexpr Rows identifiers{"organisation_identifier", "organisation_id", identifier_fields};

constexpr std::array fields{
    text("name", 1, 200).needed().search().tells(),
    text("code", 2, 60)
        .filter()
        .search()
        .never_corrected()
        .in_form(Form::code)
        .says("A short published code (letters, digits, dashes), needed by partners whose members sign in."),
    choice("kind", kinds).needed().filter().tells(),
    text("address", 0, 300).of_lines().search(),
    postcode("postcode").filter().search().tells(),
    text("ward", 0, 60).filter().found_by_postcode().in_form(Form::ward),
    email("email").called("E-mail address").search(),
    phone("phone").search(),
    rows("identifiers", identifiers, 20).search(),
};

}  // namespace

constexpr Noun organisation_{.name = "organisation",
                             .path = "organisations",
                             .prefix = "OR",
                             .title = "an organisation",
                             .fields = fields,
                             .coded = "code",
                             .mergeable = true};
static_assert(sound(organisation_));
const Noun organisation = organisation_;

}  // namespace tideover::nouns
