// UTF-8 is told from Windows-1252 by its form: what has letters beyond ASCII in the one is hardly ever well-formed in
// the other.
#include "server/formats/encoding.hpp"

#include <utility>

namespace tideover {
namespace {

/// The length of the sequence that begins with this byte; nought where none does.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

unsigned char byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

bool continues(std::string_view bytes, std::size_t at, std::size_t length) {
    for (std::size_t i = 1; i < length; ++i) {
        if (byte_at(bytes, at + i) >> 6U != 2) return false;
    }
    return true;
}

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const auto more = [&](unsigned shift) { return static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | (c >> 12U));
        out += more(6);
    } else {
        out += static_cast<char>(0xF0U | (c >> 18U));
        out += more(12);
        out += more(6);
    }
    out += more(0);
}

constexpr char32_t no_character = 0xFFFD;

/// What Windows-1252 has from 0x80 to 0x9F (https://encoding.spec.whatwg.org/index-windows-1252.txt); nought: nothing.
constexpr std::array<char32_t, 32> windows{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                           0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                           0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                           0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_windows(std::string& out, std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = byte_at(bytes, i);
        if (byte < 0x80 || byte >= 0xA0) {
            append(out, byte);
        } else {
            append(out, windows[byte - 0x80U] == 0 ? no_character : windows[byte - 0x80U]);
        }
    }
}

/// UTF-16 on its way: bytes and halves of characters that go on.
struct Utf16 {
    bool big;
    std::string rest{};
    char32_t high = 0;  // the first half of a pair
    bool begun = false;

    void add(std::string& out, std::string_view more) {
        rest += more;
        std::size_t at = 0;
        for (; at + 1 < rest.size(); at += 2) {
            const auto first = byte_at(rest, at), second = byte_at(rest, at + 1);
            const auto unit = static_cast<char32_t>(big ? first << 8U | second : second << 8U | first);
            const bool is_mark = !std::exchange(begun, true) && unit == 0xFEFF;
            if (!is_mark) add(out, unit);
        }
        rest.erase(0, at);
    }
    void add(std::string& out, char32_t unit) {
        const bool low = unit >= 0xDC00 && unit < 0xE000;
        const auto before = std::exchange(high, 0);
        if (before != 0 && low) return append(out, 0x10000 + ((before - 0xD800) << 10U) + (unit - 0xDC00));
        if (before != 0) append(out, no_character);
        if (unit >= 0xD800 && unit < 0xDC00) {
            high = unit;
        } else {
            append(out, low ? no_character : unit);
        }
    }
    void end(std::string& out) {
        if (std::exchange(high, 0) != 0 || !std::exchange(rest, {}).empty()) append(out, no_character);
    }
};

}  // namespace

void EncodingFinder::add(std::string_view bytes) {
    if (beginning_.size() < 3) beginning_ += bytes.substr(0, 3 - beginning_.size());
    std::string joined;
    if (!rest_.empty()) {
        joined = std::exchange(rest_, {}) + std::string{bytes};
        bytes = joined;
    }
    for (std::size_t at = 0; at < bytes.size();) {
        const auto length = length_of(byte_at(bytes, at));
        if (length > 1 && at + length > bytes.size() && continues(bytes, at, bytes.size() - at)) {
            rest_ = bytes.substr(at);
            return;
        }
        const bool is_one = length > 0 && at + length <= bytes.size() && continues(bytes, at, length);
        has_characters_ = has_characters_ || (is_one && length > 1);
        has_others_ = has_others_ || !is_one;
        at += is_one ? length : 1;
    }
}

Encoding EncodingFinder::found() const {
    if (beginning_.starts_with("\xFF\xFE")) return Encoding::utf16_le;
    if (beginning_.starts_with("\xFE\xFF")) return Encoding::utf16_be;
    if (beginning_.starts_with("\xEF\xBB\xBF") || has_characters_) return Encoding::utf8;
    return has_others_ || !rest_.empty() ? Encoding::windows_1252 : Encoding::utf8;
}

ByteSource to_utf8(ByteSource bytes, Encoding from) {
    if (from == Encoding::utf8) return bytes;
    if (from == Encoding::windows_1252) {
        return [bytes = std::move(bytes)](std::string& more) {
            std::string raw;
            if (!bytes(raw)) return false;
            append_windows(more, raw);
            return true;
        };
    }
    return
        [bytes = std::move(bytes), text = Utf16{from == Encoding::utf16_be}, ended = false](std::string& more) mutable {
            std::string raw;
            if (ended) return false;
            if (bytes(raw)) {
                text.add(more, raw);
            } else {
                ended = true;
                const auto before = more.size();
                text.end(more);
                return more.size() > before;
            }
            return true;
        };
}

}  // namespace tideover
