// The Authorization header of a request: a bearer token, of which only the hash is ever kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tideover {

/// The SHA-256 of the token in lower-case hex, or nothing where the header is not "Bearer " and a token. A header has
/// 200 bytes at most.
[[nodiscard]] std::optional<std::string> bearer_hash(std::string_view authorization);

}  // namespace tideover
