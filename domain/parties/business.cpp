// Businesses: economic actors, each with one or more premises.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/parties/identifier.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 6> legal_forms{"company", "sole_trader",  "partnership",
                                                      "charity", "co_operative", "other"};
constexpr Rows identifiers{"business_identifier", "business_id", identifier_fields};

constexpr std::array fields{
    text("name", 1, 200).needed().search().tells(),
    text("trading_as", 0, 200).search(),
    choice("legal_form", legal_forms).needed().filter(),
    text("address", 0, 300).of_lines().search(),
    postcode("postcode").filter().search().tells(),
    text("ward", 0, 60).filter().found_by_postcode().in_form(Form::ward),
    email("email").called("E-mail address").search(),
    phone("phone").search(),
    count("employees", 0, 1'000'000),
    rows("identifiers", identifiers, 20).search(),
};

}  // namespace

constexpr Noun business_{.name = "business",
                         .path = "businesses",
                         .prefix = "BU",
                         .title = "a business",
                         .fields = fields,
                         .mergeable = true};
static_assert(sound(business_));
const Noun business = business_;

}  // namespace tideover::nouns
