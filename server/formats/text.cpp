// Cleans texts, character by character.
#include "server/formats/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

namespace tideover {
namespace {

/// What a character of a text is to us.
enum class Sort { letter, blank, line_break, dropped, turning, control };

/// Blanks are what Unicode calls White_Space. What nobody sees is dropped: two names that differ by it look the same.
/// So is what turns text around (UAX #9) where it stands around a text; inside, it shows another text than there is.
Sort sort_of(char32_t c) {
    if (c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x2028 || c == 0x2029) return Sort::line_break;
    if (c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
        c == 0x205F || c == 0x3000) {
        return Sort::blank;
    }
    if (c == 0x200B || c == 0xFEFF || c == 0x200E || c == 0x200F || c == 0x061C) return Sort::dropped;
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return Sort::turning;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return Sort::control;
    return Sort::letter;
}

/// Reads the character at `at` and moves on. Precondition: UTF-8.
char32_t next_character(std::string_view text, std::size_t& at) {
    const auto first = static_cast<unsigned char>(text[at++]);
    int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    char32_t out = more == 0 ? first : first & (0x3FU >> static_cast<unsigned>(more));
    for (; more > 0 && at < text.size(); --more) out = out << 6U | (static_cast<unsigned char>(text[at++]) & 0x3FU);
    return out;
}

/// The text with each letter and its marks as one character where there is such a one (Unicode's NFC): what looks the
/// same is the same.
std::string composed(std::string text) {
    if (std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        return text;
    }
    utf8proc_uint8_t* made = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &made, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{made, &std::free};
    if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc{};
    if (size < 0) return text;  // no Unicode text: whoever reads it says so
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
    const auto* end = at + bytes.size();
    while (at < end) {
        utf8proc_int32_t character = 0;
        const auto size = *at < 0x80 ? 1 : utf8proc_iterate(at, end - at, &character);
        if (size <= 0) return false;
        at += size;
    }
    return true;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Cleaned cleaned(std::string_view raw) {
    Cleaned out;
    std::string waiting;  // blanks that are kept if something follows
    bool turned = false;  // so with what turns
    for (std::size_t at = 0; at < raw.size();) {
        const auto from = at;
        const auto c = next_character(raw, at);
        const auto sort = sort_of(c);
        turned = turned || sort == Sort::turning;
        if (sort == Sort::dropped || sort == Sort::turning) continue;
        if (sort == Sort::blank || sort == Sort::line_break) {
            if (sort == Sort::blank) {
                waiting += c == '\t' ? '\t' : ' ';
            } else if (c == '\r' && at < raw.size() && raw[at] == '\n') {
                continue;  // a break is written in one way
            } else {
                waiting += '\n';
            }
            continue;
        }
        if (!out.text.empty()) {
            out.broken = out.broken || waiting.find_first_of("\n\t") != std::string::npos;
            out.control = out.control || turned;
            out.text += waiting;
        }
        waiting.clear(), turned = false;
        out.control = out.control || sort == Sort::control;
        out.text.append(raw.substr(from, at - from));
    }
    out.text = composed(std::move(out.text));
    return out;
}

}  // namespace tideover
