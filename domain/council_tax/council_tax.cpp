// Council Tax: accounts, the funds that lower their bills, and the ledger of postings on them. A credit is never a
// payment.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array account_fields{
    text("account_reference", 4, 20).needed().filter().never_corrected().in_form(Form::account).says("As on the bill."),
    text("ratepayer", 0, 200).says("The liable party."),
    text("address", 0, 300).of_lines(),
    postcode("postcode").filter(),
    text("ward", 0, 60).filter().found_by_postcode().in_form(Form::ward),
};

constexpr std::array<std::string_view, 12> years{"2019/20", "2020/21", "2021/22", "2022/23", "2023/24", "2024/25",
                                                 "2025/26", "2026/27", "2027/28", "2028/29", "2029/30", "2030/31"};

constexpr std::array fund_fields{
    text("code", 2, 60).needed().filter().never_corrected().in_form(Form::fund),
    text("title", 2, 120).needed(),
    choice("financial_year", years).needed().never_corrected().says("Whose bills it lowers; its postings are of it."),
    pence("automatic_pence", 1).says("The most that an automatic award may be; empty where there is no such limit."),
};

constexpr std::array<std::string_view, 4> kinds{"award", "increase", "decrease", "reversal"};
constexpr std::array<std::string_view, 2> bases{"automatic", "application"};

constexpr std::array posting_fields{
    code("account_reference", "council_tax_account").needed().filter(),
    code("fund", "council_tax_fund").needed().filter(),
    choice("kind", kinds).needed().filter(),
    choice("basis", bases).says("Of an award: automatic is without an application, once an account and fund."),
    pence("amount_pence", 1).needed().says("Always above nil; the kind says whether it adds or takes away."),
    day("effective_on").needed().filter(),
    text("reason", 3, 300).of_lines().needed(),
    id("reverses_id", "council_tax_posting").says("The posting that a reversal takes back, in full."),
    pence("credit_pence", -pence_max).set_by_us().says("The amount with its sign."),
    id("account_id", "council_tax_account").set_by_us().filter(),
    text("ward", 0, 60).copied("account_id", "ward"),
    id("fund_id", "council_tax_fund").set_by_us(),
    choice("financial_year", years).copied("fund_id", "financial_year"),
    pence("automatic_pence", 1).copied("fund_id", "automatic_pence").says("As it was when the posting was recorded."),
};

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
    const bool adds = posting.text("kind") == "award" || posting.text("kind") == "increase";
    posting.set("credit_pence", std::to_string((adds ? 1 : -1) * posting.number("amount_pence")));
}

std::vector<Conflict> check(const Record& posting) {
    std::vector<Conflict> out;
    if ((posting.text("kind") == "reversal") != posting.has("reverses_id")) {
        out.push_back(
            {"reverses_id", "reversal_only", "A reversal names the posting it takes back; no other kind does."});
    }
    if (posting.text("kind") != "award" && posting.has("basis")) {
        out.push_back({"basis", "award_only", "Only an award is automatic or made on an application."});
    }
    if (posting.text("basis") == "automatic" && posting.has("automatic_pence") &&
        posting.number("amount_pence") > posting.number("automatic_pence")) {
        out.push_back({"amount_pence", "over_automatic", "It is more than the fund gives without an application."});
    }
    return out;
}

}  // namespace

constexpr Noun council_tax_account_{.name = "council_tax_account",
                                    .path = "council-tax-accounts",
                                    .prefix = "CT",
                                    .title = "a Council Tax account",
                                    .fields = account_fields,
                                    .key = "account_reference"};
constexpr Noun council_tax_fund_{.name = "council_tax_fund",
                                 .path = "council-tax-funds",
                                 .prefix = "CF",
                                 .title = "a fund that credits Council Tax accounts",
                                 .fields = fund_fields,
                                 .key = "code"};
constexpr Noun council_tax_posting_{.name = "council_tax_posting",
                                    .path = "council-tax-postings",
                                    .prefix = "CP",
                                    .title = "a Council Tax posting",
                                    .recording = "Record a posting on a Council Tax account",
                                    .fields = posting_fields,
                                    .counting = counting,
                                    .agreements = agreements,
                                    .derive = derive,
                                    .check = check};
static_assert(sound(council_tax_account_) && sound(council_tax_fund_) && sound(council_tax_posting_));
const Noun council_tax_account = council_tax_account_;
const Noun council_tax_fund = council_tax_fund_;
const Noun council_tax_posting = council_tax_posting_;

}  // namespace tideover::nouns
