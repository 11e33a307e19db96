// By what Excel and LibreOffice take for something else than text, in the British manner of writing dates.
#include "server/formats/spreadsheet.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tideover {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::size_t exact_digits = 15;  // more are rounded

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_formula(std::string_view text) {
    // The wide forms of the same signs count in some languages' versions.
    static constexpr std::array<std::string_view, 10> signs{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    return std::any_of(signs.begin(), signs.end(), [&](auto sign) { return text.starts_with(sign); });
}

bool is_plain_number(std::string_view text) {
    if (text.find_first_not_of(digits) != std::string_view::npos) return false;
    return text == "0" || (text.front() != '0' && text.size() <= exact_digits);
}

/// 2020-12-31, which is the day that it says wherever it is shown, and an instant that begins so and goes on with T.
bool is_iso(std::string_view text) {
    static constexpr std::string_view form = "dddd-dd-dd";
    if (text.size() < form.size() || (text.size() > form.size() && text[form.size()] != 'T')) return false;
    return std::equal(form.begin(), form.end(), text.begin(),
                      [](char what, char c) { return what == 'd' ? is_digit(c) : c == what; });
}

/// Whether a text ends with small letters, in whatever case it writes them.
bool ends_with_letters(std::string_view text, std::string_view letters) {
    return text.size() > letters.size() &&
           std::equal(letters.begin(), letters.end(), text.end() - static_cast<std::ptrdiff_t>(letters.size()),
                      [](char small, char c) { return small == static_cast<char>(c | 0x20); });
}

/// "1E5", "007", "1.50", "1-2", "3/4", "10:30 PM", "£5", "(5)", "50%".
bool is_number_or_date(std::string_view text) {
    static constexpr std::string_view beginnings = "0123456789.($";
    const bool begins =
        beginnings.find(text.front()) != std::string_view::npos || text.starts_with("£") || text.starts_with("€");
    if (!begins || text.find_first_of(digits) == std::string_view::npos) return false;
    const bool of_hours = text.find(':') != std::string_view::npos;
    // "10 AM", and with minutes also without a blank.
    static constexpr std::array<std::string_view, 2> halves{"am", "pm"};
    const auto said = [&](auto half) { return ends_with_letters(text, half); };
    const bool half = std::any_of(halves.begin(), halves.end(), said);
    if (half && (of_hours || text[text.size() - 3] == ' ')) text.remove_suffix(2);
    if (text.find_first_not_of("0123456789.,:/-+%()$£€eE ") != std::string_view::npos) return false;
    // With a blank it is a number no more, but it may be a time or a fraction.
    return half || of_hours || text.find(' ') == std::string_view::npos || text.find('/') != std::string_view::npos;
}

/// "MAR1", "1-Mar", "May 2020", "2 september".
bool is_month(std::string_view text) {
    static constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                             "may",       "june",     "july",     "august",
                                                             "september", "october",  "november", "december"};
    std::string letters;
    bool ended = false;
    for (const char c : text) {
        const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (low >= 'a' && low <= 'z') {
            if (ended) return false;
            letters += low;
        } else if (is_digit(c) || c == ' ' || c == '-' || c == '/' || c == ',' || c == '.') {
            ended = !letters.empty();
        } else {
            return false;
        }
    }
    return letters.size() >= 3 && text.find_first_of(digits) != std::string_view::npos &&
           std::any_of(months.begin(), months.end(), [&](auto month) { return month.starts_with(letters); });
}

bool is_truth_value(std::string_view text) {
    static constexpr std::array<std::string_view, 2> values{"true", "false"};
    const auto same = [](char a, char b) { return a == b || static_cast<char>(a | 0x20) == b; };
    return std::any_of(values.begin(), values.end(), [&](auto value) {
        return std::equal(text.begin(), text.end(), value.begin(), value.end(), same);
    });
}

}  // namespace

bool is_misread(std::string_view text) {
    constexpr std::size_t longest = 40;  // of what is more than a text
    if (text.empty()) return false;
    if (is_formula(text)) return true;
    if (text.find_first_not_of(digits) == std::string_view::npos) return !is_plain_number(text);
    if (text.size() > longest || is_iso(text)) return false;
    return is_number_or_date(text) || is_month(text) || is_truth_value(text);
}

}  // namespace tideover
