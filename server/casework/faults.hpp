// What a constraint that a change broke means to whoever asked for the change.
#pragma once

#include <optional>

#include "db/core/fault.hpp"
#include "db/core/transaction.hpp"
#include "domain/nouns.hpp"
#include "server/casework/outcome.hpp"

namespace tideover::casework {

/// Nothing where the fault is none of whoever asked. `record`: what they said. Asks the database which names or codes
/// were at fault, in a transaction that did not meet the fault.
[[nodiscard]] std::optional<Outcome> outcome_of(db::Tx& tx, const Noun& noun, const Record& record,
                                                const db::Fault& fault);

/// Whether only the random reference was taken already: another one will do.
[[nodiscard]] bool is_taken_reference(const db::Fault& fault);

}  // namespace tideover::casework
