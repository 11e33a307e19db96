// Sessions: what a browser holds in place of a token, for as long as somebody works with it.
#pragma once

#include <optional>
#include <string>

#include "db/access/tokens.hpp"

namespace tideover::db::sessions {

// How long one holds after it was last used, and at most.
inline constexpr int idle_minutes = 30, most_hours = 10;

struct Session {
    std::string id;
    std::string made_at, ends_at, idle_at;  // when it began, ends at the latest, and ends if nobody uses it
    tokens::Holder holder;
};

/// Begins one under a secret of that SHA-256, for whoever holds the token of that SHA-256; nothing where that does not
/// hold.
[[nodiscard]] std::optional<Session> begin(Database& database, const std::string& token_hash, const std::string& hash);

/// The one of that SHA-256 while it holds, and its token with it; that it was used is noted, to half a minute.
[[nodiscard]] std::optional<Session> find(Database& database, const std::string& hash);

/// Ends it, if it has not ended.
void end(Database& database, const std::string& hash);

/// What they are called who ask, and their council.
struct Names {
    std::string staff, authority;
};
[[nodiscard]] Names names(Database& database, const Principal& who);

/// Forgets those that nobody has used for ninety days.
void forget_old(Database& database);

}  // namespace tideover::db::sessions
