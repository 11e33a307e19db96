// A text as it is kept, whatever spelling it was typed in: blanks, characters that nobody sees, Unicode's NFC.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tideover {

/// Whether the bytes are UTF-8: no overlong forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// How many characters a text of UTF-8 has.
[[nodiscard]] std::size_t characters(std::string_view text);

/// A text as it is kept: without blanks around it, each blank in it a plain one, nothing that nobody sees.
struct Cleaned {
    std::string text;
    bool broken = false;   // it has line breaks or tabs inside
    bool control = false;  // it has characters that no text has
};
/// Precondition: UTF-8.
[[nodiscard]] Cleaned cleaned(std::string_view raw);

}  // namespace tideover
