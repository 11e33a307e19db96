// Working days, bank holidays and months of the replayed year.
#include "demo/calendar.hpp"

#include <algorithm>
#include <numeric>

namespace tideover::year {
namespace {

// England, March 2020 to January 2021.
constexpr std::array bank_holidays{on(2020, 4, 10), on(2020, 4, 13),  on(2020, 5, 8),   on(2020, 5, 25),
                                   on(2020, 8, 31), on(2020, 12, 25), on(2020, 12, 28), on(2021, 1, 1)};

bool is_open(Day day) {
    const std::chrono::weekday weekday{day};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday &&
           std::find(bank_holidays.begin(), bank_holidays.end(), day) == bank_holidays.end();
}

Day last_open_day() {
    auto day = last_day;
    while (!is_open(day)) day -= std::chrono::days{1};
    return day;
}

}  // namespace

Day some_day(Dice& dice, const Curve& curve) {
    int left = dice.below(std::accumulate(curve.begin(), curve.end(), 0));
    unsigned month = 0;
    while (left >= curve[month]) left -= curve[month++];
    const auto begins = month < 10 ? on(2020, month + 3, 1) : on(2021, 1, 1);
    const auto ends = begins + std::chrono::days{32};
    const std::chrono::year_month_day following{ends};
    const Day next = std::chrono::sys_days{following.year() / following.month() / 1};
    return some_day(dice, std::max(begins, first_day), next - std::chrono::days{1});
}

Day some_day(Dice& dice, Day first, Day last) {
    return first + std::chrono::days{dice.below(static_cast<int>((last - first).count()) + 1)};
}

Day open_day(Day day) {
    while (!is_open(day)) day += std::chrono::days{1};
    return std::min(day, last_open_day());
}

Day later(Day day, int open_days) {
    for (; open_days > 0; --open_days) day = open_day(day + std::chrono::days{1});
    return day;
}

Day helpline_day(Day day) {
    return std::chrono::weekday{day} == std::chrono::Sunday ? day - std::chrono::days{1} : day;
}

std::string in_office_hours(Dice& dice, Day day) {
    const int second = dice.between(8 * 3600, 16 * 3600 - 1);
    return format(Instant{day} + std::chrono::seconds{second});
}

}  // namespace tideover::year
