// A fingerprint of everything an authority has, without ids, references and clock times: two runs that did
// the same work have the same one.
#pragma once

#include <string>

#include "db/core/connection.hpp"

namespace tideover::db {

/// SHA-256, in hex, of the records, the links between them and the ledger, as one snapshot shows them.
[[nodiscard]] std::string state_hash(Connection& connection, const std::string& authority);

}  // namespace tideover::db
