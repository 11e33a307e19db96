// The fields of a Council Tax posting, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"
#include "domain/council_tax/financial_year.hpp"

namespace tideover::nouns::council_tax_posting_table {

inline constexpr std::array<std::string_view, 4> kinds{"award", "increase", "decrease", "reversal"};

inline constexpr std::array<std::string_view, 2> bases{"automatic", "application"};

inline constexpr std::array fields{
    code("account_reference", "council_tax_account").needed().filter().tells(),
    code("fund", "council_tax_fund").needed().filter().tells(),
    choice("kind", kinds).needed().filter().tells(),
    choice("basis", bases).says("Of an award: automatic is without an application, once an account and fund."),
    pence("amount_pence", 1).needed().says("Always above nil; the kind says whether it adds or takes away."),
    day("effective_on").needed().filter().tells(),
    text("reason", 3, 300).of_lines().needed(),
    id("reverses_id", "council_tax_posting")
        .called("Posting that it takes back")
        .says("The posting that a reversal takes back, in full."),
    pence("credit_pence", -pence_max).set_by_us().says("The amount with its sign."),
    id("account_id", "council_tax_account").set_by_us().filter(),
    text("ward", 0, 60).copied("account_id", "ward"),
    id("fund_id", "council_tax_fund").set_by_us(),
    choice("financial_year", financial_years).copied("fund_id", "financial_year"),
    pence("automatic_pence", 1)
        .called("Automatic award")
        .copied("fund_id", "automatic_pence")
        .says("As it was when the posting was recorded."),
};

}  // namespace tideover::nouns::council_tax_posting_table
