// Reads what was typed; nothing here knows a database.
#include "domain/core/typed.hpp"

#include <algorithm>
#include <tuple>

namespace tideover::typed {
namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

/// Code points, so that an edit is one of a letter and not of a byte.
std::vector<char32_t> letters(std::string_view text) {
    std::vector<char32_t> out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U && !out.empty()) {
            out.back() = out.back() << 6U | (byte & 0x3FU);
        } else {
            out.push_back(byte);
        }
    }
    return out;
}

/// The text without the words that people write before a number, and without its extension.
std::string_view bare_number(std::string_view text) {
    const auto first =
        std::find_if(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '+' || c == '('; });
    const auto before = static_cast<std::size_t>(first - text.begin());
    std::string word;
    for (const char c : text.substr(0, before)) {
        if (is_letter(c)) word += capital(c);
    }
    constexpr std::string_view known[]{"", "T", "TEL", "TELEPHONE", "PHONE", "MOB", "MOBILE", "M"};
    if (std::find(std::begin(known), std::end(known), word) == std::end(known)) return {};
    text.remove_prefix(before);
    const auto end = std::find_if(text.begin(), text.end(), is_letter);
    if (end == text.end()) return text;
    std::string extension;
    for (const char c : text.substr(static_cast<std::size_t>(end - text.begin()))) {
        if (is_letter(c)) extension += capital(c);
    }
    if (extension != "X" && extension != "EXT" && extension != "EXTN" && extension != "EXTENSION") return {};
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<std::string> phone_part(std::string_view text) {
    text = bare_number(text);
    std::string digits;
    for (const char c : text) {
        if (is_digit(c) || (c == '+' && digits.empty())) {
            digits += c;
        } else if (static_cast<unsigned char>(c) < 0x80 && c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' &&
                   c != '/' && c != '#' && c != ',') {
            return std::nullopt;
        }
    }
    if (digits.starts_with("00")) digits.replace(0, 2, "+");
    const bool abroad = digits.starts_with('+');
    const auto many = digits.size() - (abroad ? 1 : 0);
    if (digits.starts_with("+44") || (!abroad && digits.starts_with("44") && many >= 11)) {
        digits.erase(0, abroad ? 3 : 2);
        if (!digits.starts_with('0')) digits.insert(0, "0");
    }
    if (many < 4 || digits.size() < 4 || digits.size() > 24) return std::nullopt;
    return digits;
}

std::string packed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_digit(c) || is_letter(c)) out += capital(c);
    }
    return out;
}

std::vector<Reference> references_in(std::string_view text) {
    for (const char c : text) {
        if (!is_digit(c) && !is_letter(c) && c != ' ' && c != '-') return {};
    }
    const auto all = packed(text);
    const auto dash = text.find('-');
    const auto before_dash = dash == std::string_view::npos ? 0 : packed(text.substr(0, dash)).size();
    std::vector<Reference> out;
    for (const std::size_t of_prefix : {2U, 0U}) {
        if (all.size() < of_prefix + 2 || (of_prefix == 2 && (!is_letter(all[0]) || !is_letter(all[1])))) continue;
        // Where dashes are typed they stand after the kind's letters and before the check character.
        if (before_dash != 0 && before_dash != (of_prefix == 2 && before_dash == 2 ? 2 : of_prefix + 7)) continue;
        Reference one{.prefix = all.substr(0, of_prefix), .rest = all.substr(of_prefix)};
        one.whole = one.rest.size() == 8;
        if (one.rest.size() > 8 || (of_prefix == 0 && one.rest.size() < 4)) continue;
        for (std::size_t i = 0; i < std::min<std::size_t>(one.rest.size(), 7); ++i) {
            char& c = one.rest[i];
            c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        }
        if (one.rest.find('U') < 7) continue;
        if (one.whole) one.rest.insert(7, "-");
        out.push_back(std::move(one));
    }
    return out;
}

std::size_t edits(std::string_view one, std::string_view other, std::size_t limit) {
    const auto a = letters(one), b = letters(other);
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(now);
    }
    return std::min(last[b.size()], limit + 1);
}

namespace {

std::size_t edits_borne(std::string_view word) {
    const auto size = length(word);
    return size < 3 ? 0 : size < 5 ? 1 : size < 9 ? 2 : 3;
}

}  // namespace

bool may_mean(std::string_view word, std::string_view other) {
    const auto limit = edits_borne(word);
    return edits(word, other, limit) <= limit;
}

std::vector<std::string> nearest(std::string_view word, std::vector<std::string> others, std::size_t many) {
    const auto limit = edits_borne(word);
    std::vector<std::tuple<std::size_t, std::size_t, std::string>> near;
    for (auto& other : others) {
        if (other == word) continue;
        const auto far = other.starts_with(word) ? 1 : edits(word, other, limit);
        if (other.starts_with(word) || far <= limit) near.emplace_back(far, length(other), std::move(other));
    }
    std::sort(near.begin(), near.end());
    if (near.size() > many) near.resize(many);
    std::vector<std::string> out;
    for (auto& one : near) out.push_back(std::move(std::get<2>(one)));
    return out;
}

std::vector<Word> with_nearest(const std::vector<Word>& words) {
    auto out = words;
    for (auto& word : out) {
        std::erase_if(word.meant, [&](const std::string& other) {
            return !other.starts_with(word.text) && edits(word.text, other, 1) > 1;
        });
    }
    return out;
}

double answer(const Word& word, const std::vector<std::string>& words) {
    double best = 0;
    for (const auto& one : words) {
        if (one == word.text) return 1;
        if (one.starts_with(word.text)) {
            best = std::max(best, 0.85);
        } else if (std::find(word.meant.begin(), word.meant.end(), one) != word.meant.end()) {
            const auto far = static_cast<double>(edits(word.text, one, 3));
            best = std::max(best, 0.7 - 0.1 * far);
        }
    }
    return best;
}

}  // namespace tideover::typed
