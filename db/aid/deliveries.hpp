// What the rules of parcels, vouchers and protective equipment ask of other records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/revision.hpp"

namespace tideover::db::aid {

using records::Records;

/// The kind of the movement that each names, of the same hub, which is held until the end of the transaction. Nothing
/// where it is not there, void, or another hub's.
[[nodiscard]] std::vector<std::optional<std::string>> hold_movement_kinds(Tx& tx, const Records& movements);

/// The day of the last attempt at a parcel that found nobody.
[[nodiscard]] std::vector<std::optional<std::string>> last_attempts(Tx& tx, const Records& parcels);

/// The first voucher of the same family, whatever it was merged with, for the same purpose and period: one that is
/// recorded, or one that comes before it in the list.
[[nodiscard]] std::vector<std::optional<std::string>> alike_vouchers(Tx& tx, const Records& vouchers);

}  // namespace tideover::db::aid
