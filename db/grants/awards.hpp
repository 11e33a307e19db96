// What the rules of awards and payments ask of other records: of a list at once, with an answer for each in its order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/revision.hpp"

namespace tideover::db::grants {

using records::Records;

/// Whether the member of staff said last where an application's money goes: the payee's name, sort code or account
/// number, each by itself. Of applications by their ids, or nothing.
[[nodiscard]] std::vector<bool> gave_bank_details(Tx& tx, const Params& applications, std::string_view staff);

/// An award that stands in the way of another.
struct Rival {
    std::string id, reference;
    bool excludes = false;  // it is of a scheme that excludes the other's, and not for the same
};
/// The first award for the same as each of `awards`; `paid`: only among those that are paid.
[[nodiscard]] std::vector<std::optional<Rival>> rivals_of(Tx& tx, const Records& awards, bool paid);

/// Whether an application's premises belong to its business, whatever either was merged with. Nothing where it names
/// none, or where either is not there or void.
[[nodiscard]] std::vector<std::optional<bool>> premises_are_theirs(Tx& tx, const Records& applications);

/// What a payment takes from its award, which is held until the end of the transaction with its application.
struct Payable {
    Record award;  // for whom and for what
    std::string state, application;
    std::optional<std::string> payee_name, payee_sort_code, payee_account_number, last_payment_on;
};
/// Of payments by their award; nothing where that is not there or void.
[[nodiscard]] std::vector<std::optional<Payable>> hold_payable(Tx& tx, const Records& payments);

/// The ward of the premises that an application is for, or else of whoever applies.
[[nodiscard]] std::vector<std::optional<std::string>> wards_of(Tx& tx, const Records& applications);

/// The payment of each award that was instructed and not sent back.
[[nodiscard]] std::vector<std::optional<std::string>> live_payments(Tx& tx, const Records& awards);

/// The last day on which a payment's scheme may be paid, where that is before the day of the payment.
[[nodiscard]] std::vector<std::optional<std::string>> last_payment_before(Tx& tx, const Records& payments);

}  // namespace tideover::db::grants
