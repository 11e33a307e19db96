// Ids: UUIDv7 for what happens, name-based UUIDv8 for what has a published code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover::db::ids {

/// A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits. Ordered by time.
[[nodiscard]] std::string fresh();

/// The UUIDv8 of a code within an authority and noun: the same every time.
[[nodiscard]] std::string named(std::string_view authority, std::string_view noun, std::string_view code);

[[nodiscard]] std::uint64_t random_bits();
[[nodiscard]] std::string sha256_hex(std::string_view text);

/// A new bearer token: "tdo_" and 256 random bits in base64url.
[[nodiscard]] std::string fresh_token();

}  // namespace tideover::db::ids
