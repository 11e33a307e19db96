// The encodings that tables from outside come in: found out, and made UTF-8 of.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tideover {

enum class Encoding : std::uint8_t { utf8, utf16_le, utf16_be, windows_1252 };
inline constexpr std::array<std::string_view, 4> encoding_names{"utf-8", "utf-16le", "utf-16be", "windows-1252"};

/// Appends what comes next; false, and nothing, at the end.
using ByteSource = std::function<bool(std::string& more)>;

/// Finds out what a text is encoded in while it goes by: by its byte-order mark or, without one, by whether it is
/// UTF-8. What has parts of both is taken for UTF-8: the rows that are none are their own fault.
class EncodingFinder {
public:
    void add(std::string_view bytes);
    /// Of what was added so far.
    [[nodiscard]] Encoding found() const;

private:
    std::string beginning_;  // at most a mark
    std::string rest_;       // of a character that goes on in the next bytes
    bool has_characters_ = false, has_others_ = false;
};

/// The same text in UTF-8, without its byte-order mark where that is UTF-16's. What is no character is U+FFFD; UTF-8 is
/// left as it is.
[[nodiscard]] ByteSource to_utf8(ByteSource bytes, Encoding from);

}  // namespace tideover
