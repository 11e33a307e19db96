// Sealing and folding the ledger: what makes a past answer stay what it was, and quick.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/audit/audit_chain.hpp"
#include "db/core/connection.hpp"

namespace tideover::db::ledger {

/// Every authority in the database.
[[nodiscard]] std::vector<std::string> authorities(Connection& connection);

/// Seals the ledger of an authority if something was written since the last seal: waits until no writer is
/// under way (but not longer than 200 ms, then it gives up until the next time) and notes where it ends.
/// Returns whether there is a new seal. Where `ends` is given, it learns how far everything reached at that moment,
/// for the chain, also where only the audit went on.
bool seal(Connection& connection, const std::string& authority, audit_chain::Ends* ends = nullptr);

/// Folds everything up to the last seal into the totals. Returns the number the totals now reach.
std::int64_t fold(Connection& connection, const std::string& authority);

}  // namespace tideover::db::ledger
