// What the rules of awards and payments ask of other records.
#pragma once

#include <optional>
#include <string>

#include "db/core/transaction.hpp"
#include "domain/core/record.hpp"

namespace tideover::db::grants {

/// Whether the member of staff said last where an application's money goes: the payee's name, sort code or account
/// number, each by itself.
[[nodiscard]] bool gave_bank_details(Tx& tx, const std::string& application, std::string_view staff);

/// An award that stands in the way of another.
struct Rival {
    std::string reference;
    bool excludes = false;  // it is of a scheme that excludes the other's, and not for the same
};
/// The first award for the same as `award`; `paid`: only among those that are paid.
[[nodiscard]] std::optional<Rival> rival_of(Tx& tx, const Record& award, bool paid);

/// Whether premises belong to the business, whatever either was merged with. Nothing where either is not there or void.
[[nodiscard]] std::optional<bool> premises_are_theirs(Tx& tx, const Record& application);

/// What a payment takes from its award, which is held until the end of the transaction with its application.
struct Payable {
    Record award;  // for whom and for what
    std::string state, application;
    std::optional<std::string> payee_name, payee_sort_code, payee_account_number, last_payment_on;
};
[[nodiscard]] std::optional<Payable> hold_payable(Tx& tx, std::string_view award);

/// The ward of the premises that an application is for, or else of whoever applies.
[[nodiscard]] std::optional<std::string> ward_of(Tx& tx, const Record& application);

/// Whether a payment of the award was instructed and not sent back.
[[nodiscard]] bool is_paid(Tx& tx, const std::string& award);

/// The last day on which the award's scheme may be paid, where that is before the day.
[[nodiscard]] std::optional<std::string> last_payment_before(Tx& tx, const Record& payment);

}  // namespace tideover::db::grants
