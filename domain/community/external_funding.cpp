// External funding: other people's money that a voluntary group secured. Never in the payment ledger.
#include <array>

#include "domain/community/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array bid_fields{id("organisation_id", "organisation").needed()};
constexpr Rows partners{"external_funding_partner", "external_funding_id", bid_fields};

constexpr std::array fields{
    id("organisation_id", "organisation").needed().filter().says("The group, or the lead of a joint bid."),
    rows("partners", partners, 30).says("The other groups of a joint bid; the sum counts once, for the lead."),
    text("funder", 2, 120).needed().filter().in_form(Form::tag).search().tells(),
    text("bid_reference", 0, 80)
        .in_form(Form::tag)
        .search()
        .tells()
        .says("The funder's reference: a bid is recorded once."),
    pence("amount_pence", 1).needed().tells(),
    day("secured_on").needed(),
    text("evidence", 3, 300).of_lines().needed().says("The written award: letter, date, where it is filed."),
};
constexpr Fields its{fields};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure                     sign  on            subject            quantity
    {"external_funding_secured",   +1,   "secured_on", "organisation_id", "amount_pence"},
});
// clang-format on

/// Without the funder's reference nobody could tell a joint bid from the same one recorded by another group.
std::vector<Conflict> check(const Record& funding) {
    if (!funding.has(its["partners"]) || funding.text(its["partners"]) == "[]" || funding.has(its["bid_reference"]))
        return {};
    return {{"bid_reference", "required", "A joint bid has the funder's reference, so that it counts once."}};
}

}  // namespace

constexpr Noun external_funding_{.name = "external_funding",
                                 .path = "external-funding",
                                 .prefix = "EF",
                                 .title = "external funding",
                                 .recording = "Record funding that a group secured elsewhere",
                                 .fields = fields,
                                 .counting = counting,
                                 .check = check};
static_assert(sound(external_funding_));
const Noun external_funding = external_funding_;

}  // namespace tideover::nouns
