// What the rules of parcels, vouchers and protective equipment ask of other records.
#pragma once

#include <optional>
#include <string>

#include "db/core/transaction.hpp"
#include "domain/core/record.hpp"

namespace tideover::db::aid {

/// The kind of a movement of a hub, which is held until the end of the transaction. Nothing where it is not there,
/// void, or another hub's.
[[nodiscard]] std::optional<std::string> hold_movement_kind(Tx& tx, std::string_view movement, std::string_view hub);

/// The day of the last attempt at a parcel that found nobody.
[[nodiscard]] std::optional<std::string> last_attempt(Tx& tx, const std::string& parcel);

/// The first voucher of the same family, whatever it was merged with, for the same purpose and period.
[[nodiscard]] std::optional<std::string> alike_voucher(Tx& tx, const Record& voucher);

}  // namespace tideover::db::aid
