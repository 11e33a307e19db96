// Whether a text is an id.
#pragma once

#include <string_view>

namespace tideover {

/// Whether the text is a UUID in lower-case canonical form (RFC 9562).
[[nodiscard]] constexpr bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

}  // namespace tideover
