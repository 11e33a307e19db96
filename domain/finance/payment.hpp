// The fields of a payment, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"
#include "domain/finance/payee.hpp"

namespace tideover::nouns::payment_table {

inline constexpr std::array<std::string_view, 3> kinds{"business", "community", "household"};

// ARUCS reasons (Bacs): 0 invalid details, 2 deceased, 3 transferred, 5 no account, B closed, C by remitter.
inline constexpr std::array<std::string_view, 6> return_codes{"0", "2", "3", "5", "B", "C"};

inline constexpr std::array fields{
    id("award_id", "award").needed().filter().never_corrected(),
    day("instructed_on").needed(),
    code("scheme", "scheme").copied("award_id", "scheme").filter().tells(),
    choice("kind", kinds).set_by_us(),
    id("business_id", "business").copied("award_id", "business_id").filter().tells(),
    id("organisation_id", "organisation").copied("award_id", "organisation_id").filter().tells(),
    id("person_id", "person").copied("award_id", "person_id").filter().tells(),
    text("ward", 0, 60).copied("award_id", "ward"),
    pence("amount_pence", 1).copied("award_id", "amount_pence").tells(),
    payee_name.set_by_us(),
    payee_sort_code.set_by_us(),
    payee_account_number.set_by_us().filter(),
    day("entry_day")
        .set_by_us()
        .correctable()
        .filter()
        .says("The bank's entry day: the day on which the grant counts as paid."),
    day("rejected_on").set_by_us().correctable(),
    day("returned_on").set_by_us().correctable(),
    choice("return_code", return_codes).set_by_us(),
};

}  // namespace tideover::nouns::payment_table
