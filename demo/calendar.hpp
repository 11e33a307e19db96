// The days of the year that is replayed, as an office knows them.
#pragma once

#include <array>
#include <string>

#include "demo/dice.hpp"
#include "domain/core/day.hpp"

namespace tideover::year {

inline constexpr Day first_day = std::chrono::sys_days{std::chrono::year{2020} / 3 / 11};
inline constexpr Day last_day = std::chrono::sys_days{std::chrono::year{2021} / 1 / 31};

[[nodiscard]] constexpr Day on(int year, unsigned month, unsigned day) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

/// How much of something fell into each month, March 2020 to January 2021.
using Curve = std::array<int, 11>;

/// A day of the year, by a curve.
[[nodiscard]] Day some_day(Dice& dice, const Curve& curve);
[[nodiscard]] Day some_day(Dice& dice, Day first, Day last);

/// The day itself or the next on which banks and offices are open; the last such day where the year ends before.
[[nodiscard]] Day open_day(Day day);

/// So many open days later, and never past the end of the year.
[[nodiscard]] Day later(Day day, int open_days);

/// The day itself, or the Saturday before a Sunday: the helpline answers six days a week.
[[nodiscard]] Day helpline_day(Day day);

/// An instant in the office hours of that day, as the API writes it.
[[nodiscard]] std::string in_office_hours(Dice& dice, Day day);

}  // namespace tideover::year
