// Parses and prints days and instants, by the London calendar.
#include "domain/core/day.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tideover {
namespace {

using namespace std::chrono;

/// The number that exactly `count` digits at `from` write, or nothing.
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    if (from + count > text.size()) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// How far east of Greenwich "Z", "+01:00" or "-05:30" is.
std::optional<minutes> offset(std::string_view text) {
    if (text == "Z" || text == "z") return minutes{0};
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const auto h = digits(text, 1, 2), m = digits(text, 4, 2);
    if (!h || !m || *h > 23 || *m > 59) return std::nullopt;
    const minutes east = hours{*h} + minutes{*m};
    return text[0] == '+' ? east : -east;
}

sys_days last_sunday(year y, month m) {
    return sys_days{y / m / Sunday[last]};
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
    if (!y || !m || !d || *y < 1900 || *y > 2199) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') {
        return std::nullopt;
    }
    const auto date = parse_day(text.substr(0, 10));
    const auto h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
    if (!date || !h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
    auto rest = text.substr(19);
    int fraction = 0;
    if (rest[0] == '.') {
        const auto length = std::min(rest.find_first_not_of("0123456789", 1), rest.size()) - 1;
        if (length == 0) return std::nullopt;
        for (std::size_t place = 0; place < 6; ++place) {
            fraction = fraction * 10 + (place < length ? rest[place + 1] - '0' : 0);
        }
        rest.remove_prefix(length + 1);
    }
    const auto east = offset(rest);
    if (!east) return std::nullopt;
    const auto minute = Instant{*date} + hours{*h} + minutes{*m} - *east;
    if (!parse_day(format(floor<days>(minute)))) return std::nullopt;  // no year of ours in UTC
    if (*s < 60) return minute + seconds{*s} + microseconds{fraction};
    // A leap second comes at the end of a day in UTC; our clock has no room for it, so it is the last of the one
    // before.
    if (floor<days>(minute + minutes{1}) == floor<days>(minute)) return std::nullopt;
    return minute + seconds{60} - microseconds{1};
}

std::string format(Day day) {
    const year_month_day date{day};
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return out.data();
}

std::string format(Instant instant) {
    const auto day = floor<days>(instant);
    const hh_mm_ss time{instant - day};
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "T%02d:%02d:%02d", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    auto text = format(Day{day}) + out.data();
    if (const auto micros = time.subseconds().count(); micros != 0) {
        std::snprintf(out.data(), out.size(), ".%06d", static_cast<int>(micros));
        text += out.data();
    }
    return text + "Z";
}

Instant london_clock(Instant instant) {
    const auto y = year_month_day{floor<days>(instant)}.year();
    const auto starts = last_sunday(y, March) + hours{1};
    const auto ends = last_sunday(y, October) + hours{1};
    const bool summer = instant >= starts && instant < ends;
    return instant + hours{summer ? 1 : 0};
}

Day london_day(Instant instant) {
    return floor<days>(london_clock(instant));
}

}  // namespace tideover
