// Values as bytes, in exactly one way: what is hashed and signed.
//
// Each value is its length in decimal digits, a colon, and its bytes; a missing value is a dash. "3:abc-0:" is "abc",
// nothing, and the empty text. There is no other spelling of the same values: a length has no leading zero.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tideover {

using Values = std::vector<std::optional<std::string>>;

/// The bytes of values. Two lists of values have the same bytes only if they are the same.
[[nodiscard]] std::string canonical_bytes(const Values& values);

/// The values behind bytes, or nothing where the bytes are not what `canonical_bytes` writes.
[[nodiscard]] std::optional<Values> canonical_values(std::string_view bytes);

}  // namespace tideover
