// JSON from outside: read strictly, before anything else looks at it.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tideover {

/// Why a text is not read: a slug of the problem table, and where it lies.
struct MalformedJson : std::runtime_error {
    explicit MalformedJson(std::string problem, std::string where = {})
        : std::runtime_error(problem), slug(std::move(problem)), detail(std::move(where)) {}
    std::string slug, detail;
};

/// Reads one JSON object. Throws MalformedJson for anything that a careless reader would let pass: duplicate keys,
/// more than 32 levels, more than 1,000 members, U+0000, bytes that are not UTF-8, trailing text.
[[nodiscard]] nlohmann::json read_object(std::string_view body);

/// The same meaning as the same bytes: keys in order, no white space.
[[nodiscard]] std::string canonical(const nlohmann::json& value);

}  // namespace tideover
