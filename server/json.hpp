// JSON from outside: read strictly, before anything else looks at it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace tideover {

/// Reads one JSON object. Throws Problem for anything that a careless reader would let pass: duplicate keys,
/// more than 32 levels, more than 1,000 members, U+0000, bytes that are not UTF-8, trailing text.
[[nodiscard]] nlohmann::json read_object(std::string_view body);

/// The same meaning as the same bytes: keys in order, no white space.
[[nodiscard]] std::string canonical(const nlohmann::json& value);

}  // namespace tideover
