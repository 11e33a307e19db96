// Premises: hereditaments in the rates list, each occupied by a business.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/parties/identifier.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 7> uses{"retail",     "hospitality",  "leisure", "office",
                                               "industrial", "market_stall", "other"};
constexpr std::array<std::string_view, 4> reliefs{"small_business", "rural", "expanded_retail", "charitable"};
constexpr Rows identifiers{"premises_identifier", "premises_id", identifier_fields};

constexpr std::array fields{
    id("business_id", "business").needed().filter().by_day().says("The ratepayer."),
    text("address", 1, 300).of_lines().needed().search().tells(),
    postcode("postcode").needed().filter().search().tells(),
    text("ward", 1, 60).filter().found_by_postcode().in_form(Form::ward),
    choice("use", uses).called("Use of the premises").needed().tells().by_day(),
    pence("rateable_value_pence", 0).by_day().says("As in the rates list, in pence."),
    choices("reliefs", reliefs).by_day(),
    flag("occupied").by_day().says("Whether the ratepayer occupies it; not said: not known."),
    rows("identifiers", identifiers, 20).search(),
};

}  // namespace

constexpr Noun premises_{.name = "premises", .path = "premises", .prefix = "PR", .title = "premises", .fields = fields};
static_assert(sound(premises_));
const Noun premises = premises_;

}  // namespace tideover::nouns
