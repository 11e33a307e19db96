// The first section of a format's code decides; what it has in quotes is text.
#include "server/formats/number_format.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "domain/core/day.hpp"

namespace tideover {
namespace {

constexpr double exact_max = 1e15;  // a workbook keeps fifteen digits

/// What of a code makes the value: without texts in quotes, escapes, colours and conditions, in small letters; a
/// pound sign stays, wherever it stands.
std::string made_plain(std::string_view code, bool& pounds) {
    std::string out;
    constexpr std::string_view pound = "£";
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        if (code.substr(i).starts_with(pound)) pounds = true;
        const char c = code[i];
        if (c == '"') {
            const auto end = std::min(code.find('"', i + 1), code.size());
            if (code.substr(i, end - i).find(pound) != std::string_view::npos) pounds = true;
            i = end;
        } else if (c == '[') {
            const auto end = std::min(code.find(']', i), code.size());
            const auto inside = code.substr(i + 1, end - i - 1);
            if (inside.find(pound) != std::string_view::npos) pounds = true;
            // [h], [mm] and [ss] are times that have passed.
            if (!inside.empty() && inside.find_first_not_of("hms") == std::string_view::npos) out += inside;
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else {
            out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    return out;
}

bool has_any(std::string_view text, std::string_view of) {
    return text.find_first_of(of) != std::string_view::npos;
}

std::string printed(const char* format, double value) {
    std::array<char, 64> out{};
    const auto length = std::snprintf(out.data(), out.size(), format, value);
    return {out.data(), static_cast<std::size_t>(length)};
}

/// The day of a serial number, or its instant as London's clocks showed it.
std::string shown_day(double serial, NumberFormat::Shown shown, bool of_1904) {
    using std::chrono::days;
    using std::chrono::seconds;
    const auto second = std::llround(serial * 86'400);
    auto day = second / 86'400;
    const auto rest = second % 86'400;
    std::string time = format(Instant{seconds{rest}}).substr(11, 8);
    if (shown == NumberFormat::Shown::time) return time;
    if (of_1904) day += 1462;
    if (day < 61) ++day;  // 1900 had no 29 February, but serial numbers have
    const Day epoch = std::chrono::year{1899} / std::chrono::December / 30;
    auto out = format(epoch + days{day});
    if (shown == NumberFormat::Shown::instant || rest != 0) out += " " + time;
    return out;
}

}  // namespace

NumberFormat number_format(std::string_view code) {
    NumberFormat out;
    const auto plain = made_plain(code, out.pounds);
    using Shown = NumberFormat::Shown;
    if (plain == "general" || plain == "@") return {};
    const bool day = has_any(plain, "yd"), time = has_any(plain, "hs");
    if (day || time || plain.find("m") != std::string::npos) {
        out.shown = day && time ? Shown::instant : time ? Shown::time : Shown::day;
        out.pounds = false;
    } else if (out.pounds || plain.ends_with(".00")) {
        out.shown = Shown::amount;
    } else if (plain.size() > 1 && plain.find_first_not_of('0') == std::string::npos) {
        out.digits = plain.size();
    }
    return out;
}

NumberFormat built_in_format(int number) {
    using Shown = NumberFormat::Shown;
    if (number == 22) return {.shown = Shown::instant};
    if (number >= 14 && number <= 17) return {.shown = Shown::day};
    if ((number >= 18 && number <= 21) || (number >= 45 && number <= 47)) return {.shown = Shown::time};
    // 5 to 8 and 44 have the currency of whoever's spreadsheet it is.
    if (number == 2 || number == 4 || number == 39 || number == 40 || number == 43) return {.shown = Shown::amount};
    if ((number >= 5 && number <= 8) || number == 42 || number == 44) return {.shown = Shown::amount, .pounds = true};
    return {};
}

std::string shown_number(std::string_view number, const NumberFormat& format, bool of_1904) {
    double value = 0;
    const auto end = std::from_chars(number.data(), number.data() + number.size(), value);
    if (end.ec != std::errc{} || end.ptr != number.data() + number.size() || !(std::abs(value) < exact_max))
        return std::string{number};
    using Shown = NumberFormat::Shown;
    const bool whole = value == std::floor(value);
    switch (format.shown) {
        case Shown::day:
        case Shown::instant:
        case Shown::time:
            // From 1900, and to the end of the year 9999.
            if (value < 0 || value >= 2'958'466 || (format.shown != Shown::time && value < 1)) break;
            return shown_day(value, format.shown, of_1904);
        case Shown::amount: {
            const auto digits = printed("%.15g", value);
            const auto point = digits.find('.');
            const bool fits = point == std::string::npos || digits.size() - point <= 3;
            auto text = fits ? printed("%.2f", std::abs(value)) : digits.substr(value < 0 ? 1 : 0);
            return (value < 0 ? "-" : "") + std::string{format.pounds ? "£" : ""} + text;
        }
        case Shown::plain: {
            auto text = whole ? printed("%.0f", value) : printed("%.15g", value);
            if (whole && value >= 0 && text.size() < format.digits) text.insert(0, format.digits - text.size(), '0');
            return text;
        }
    }
    return std::string{number};
}

}  // namespace tideover
