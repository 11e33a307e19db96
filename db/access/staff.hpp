// What the rules of staff and their tokens ask, and do at once.
#pragma once

#include <optional>
#include <string>

#include "db/core/transaction.hpp"
#include "domain/core/record.hpp"

namespace tideover::db::access {

/// A member of staff, held so that nobody gets a token while they leave. Nothing where there is none.
struct Employment {
    std::string state;
    bool voided = false;
};
[[nodiscard]] std::optional<Employment> hold_staff(Tx& tx, const Record& token);

/// Whether there is an organisation of the code that a partner's token names.
[[nodiscard]] bool partner_exists(Tx& tx, const Record& token);

/// What is under way with the token is finished first, and nothing begins until this has committed.
void hold_token(Tx& tx, const std::string& token);

/// Revokes every token of a member of staff.
void revoke_all(Tx& tx, const std::string& staff, std::string_view reason);

}  // namespace tideover::db::access
