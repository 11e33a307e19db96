// Postings on Council Tax accounts: the ledger of what lowered their bills. A credit is never a payment.
#include "domain/council_tax/council_tax_posting.hpp"

#include <array>

#include "domain/core/sound.hpp"
#include "domain/council_tax/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace council_tax_posting_table;

constexpr Fields its{fields};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure                 sign  on              subject       quantity
    {"council_tax_credited",   +1,   "effective_on", "account_id", "credit_pence"},
});
// clang-format on

constexpr auto agreements = std::to_array<Agreement>({
    {"account_reference", "reverses_id", "account_reference", Must::same,
     "A posting and its reversal are on one account."},
    {"fund", "reverses_id", "fund", Must::same, "A posting and its reversal are from one fund."},
    {"amount_pence", "reverses_id", "amount_pence", Must::same, "A reversal takes back the whole posting."},
    {"effective_on", "reverses_id", "effective_on", Must::not_before,
     "A reversal cannot take effect before the posting it takes back."},
});

void derive(Record& posting) {
    const bool adds = posting.text(its["kind"]) == "award" || posting.text(its["kind"]) == "increase";
    posting.set(its["credit_pence"], std::to_string((adds ? 1 : -1) * posting.number(its["amount_pence"])));
}

std::vector<Conflict> check(const Record& posting) {
    std::vector<Conflict> out;
    if ((posting.text(its["kind"]) == "reversal") != posting.has(its["reverses_id"])) {
        out.push_back(
            {"reverses_id", "reversal_only", "A reversal names the posting it takes back; no other kind does."});
    }
    if (posting.text(its["kind"]) != "award" && posting.has(its["basis"])) {
        out.push_back({"basis", "award_only", "Only an award is automatic or made on an application."});
    }
    if (posting.text(its["basis"]) == "automatic" && posting.has(its["automatic_pence"]) &&
        posting.number(its["amount_pence"]) > posting.number(its["automatic_pence"])) {
        out.push_back({"amount_pence", "over_automatic", "It is more than the fund gives without an application."});
    }
    return out;
}

}  // namespace

constexpr Noun council_tax_posting_{.name = "council_tax_posting",
                                    .path = "council-tax-postings",
                                    .prefix = "CP",
                                    .title = "a Council Tax posting",
                                    .recording = "Record a posting on a Council Tax account",
                                    .fields = fields,
                                    .counting = counting,
                                    .agreements = agreements,
                                    .derive = derive,
                                    .check = check};
static_assert(sound(council_tax_posting_));
const Noun council_tax_posting = council_tax_posting_;

}  // namespace tideover::nouns
