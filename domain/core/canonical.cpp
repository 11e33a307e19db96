// Prints and parses values; each is the inverse of the other.
#include "domain/core/canonical.hpp"

#include <charconv>

namespace tideover {

std::string canonical_bytes(const Values& values) {
    std::string out;
    for (const auto& value : values) {
        if (value) {
            out.append(std::to_string(value->size())).append(":").append(*value);
        } else {
            out += '-';
        }
    }
    return out;
}

std::optional<Values> canonical_values(std::string_view bytes) {
    Values out;
    while (!bytes.empty()) {
        if (bytes.front() == '-') {
            out.emplace_back();
            bytes.remove_prefix(1);
            continue;
        }
        const auto colon = bytes.find(':');
        const auto digits = bytes.substr(0, colon);
        if (colon == std::string_view::npos || digits.empty() || (digits.front() == '0' && digits.size() > 1)) {
            return std::nullopt;
        }
        std::size_t length = 0;
        const auto* end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, length);
        bytes.remove_prefix(colon + 1);
        if (read.ec != std::errc{} || read.ptr != end || length > bytes.size()) return std::nullopt;
        out.emplace_back(std::string{bytes.substr(0, length)});
        bytes.remove_prefix(length);
    }
    return out;
}

}  // namespace tideover
