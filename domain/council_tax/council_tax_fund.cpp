// Funds that lower the bills of Council Tax accounts.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/council_tax/financial_year.hpp"
#include "domain/council_tax/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array fields{
    text("code", 2, 60).needed().filter().search().tells().never_corrected().in_form(Form::fund),
    text("title", 2, 120).needed().search().tells(),
    choice("financial_year", financial_years)
        .needed()
        .never_corrected()
        .says("Whose bills it lowers; its postings are of it."),
    pence("automatic_pence", 1)
        .called("Automatic award")
        .says("The most that an automatic award may be; empty where there is no such limit."),
};

}  // namespace

constexpr Noun council_tax_fund_{.name = "council_tax_fund",
                                 .path = "council-tax-funds",
                                 .prefix = "CF",
                                 .title = "a fund that credits Council Tax accounts",
                                 .fields = fields,
                                 .key = "code"};
static_assert(sound(council_tax_fund_));
const Noun council_tax_fund = council_tax_fund_;

}  // namespace tideover::nouns
