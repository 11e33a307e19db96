// Sessions: what a browser holds in place of a token, for as long as somebody works with it.
#pragma once

#include <optional>
#include <string>

#include "db/access/tokens.hpp"

namespace tideover::db::sessions {

// How long one holds after it was last used, and at most.
inline constexpr int idle_minutes = 30, most_hours = 10;

/// Begins one under a secret of that SHA-256, for whoever holds the token of that SHA-256; nothing where that does not
/// hold.
[[nodiscard]] std::optional<tokens::Holder> begin(Database& database, const std::string& token_hash,
                                                  const std::string& hash);

/// Whom the one of that SHA-256 stands for while it holds, and its token with it; that it was used is noted, to half a
/// minute.
[[nodiscard]] std::optional<tokens::Holder> find(Database& database, const std::string& hash);

/// Ends it, if it has not ended.
void end(Database& database, const std::string& hash);

/// What is told of whoever asks, and of the session of that SHA-256, if it is there.
struct Told {
    std::string staff, authority;           // what they are called
    std::string made_at, ends_at, idle_at;  // when it began, ends at the latest, and ends if nobody uses it; or empty
};
[[nodiscard]] Told told(Database& database, const Principal& who, const std::string& hash);

/// Forgets those that nobody has used for ninety days.
void forget_old(Database& database);

}  // namespace tideover::db::sessions
