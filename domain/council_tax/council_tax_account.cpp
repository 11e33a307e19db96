// Council Tax accounts, as they are on the bill.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/council_tax/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array fields{
    text("account_reference", 4, 20)
        .needed()
        .filter()
        .never_corrected()
        .in_form(Form::account)
        .search()
        .tells()
        .says("As on the bill."),
    text("ratepayer", 0, 200).search().tells().by_day().says("The liable party."),
    text("address", 0, 300).of_lines().search().tells(),
    postcode("postcode").filter().search(),
    text("ward", 0, 60).filter().found_by_postcode().in_form(Form::ward),
};

}  // namespace

constexpr Noun council_tax_account_{.name = "council_tax_account",
                                    .path = "council-tax-accounts",
                                    .prefix = "CT",
                                    .title = "a Council Tax account",
                                    .fields = fields,
                                    .key = "account_reference",
                                    .mergeable = true};
static_assert(sound(council_tax_account_));
const Noun council_tax_account = council_tax_account_;

}  // namespace tideover::nouns
