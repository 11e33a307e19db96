// Periods follow each other without a gap, so that what is counted in them comes to the whole.
#include "domain/figures/period.hpp"

#include <algorithm>
#include <cstdio>

namespace tideover {
namespace {

using namespace std::chrono;

constexpr int april = 4;

/// "2020/21"
std::string financial_year(int begins_in) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%04d/%02d", begins_in, (begins_in + 1) % 100);
    return out.data();
}

struct Shape {
    year_month begins;  // of the whole period
    int months;
    std::string name;
};

Shape shape_of(std::string_view kind, Day day) {
    const year_month_day date{day};
    const year_month month{date.year(), date.month()};
    const int y = static_cast<int>(date.year()), m = static_cast<int>(static_cast<unsigned>(date.month()));
    if (kind == "month") return {month, 1, format(day).substr(0, 7)};
    const int begins_in = m < april ? y - 1 : y, months_in = (m + 12 - april) % 12;
    if (kind == "financial_year") return {year{begins_in} / April, 12, financial_year(begins_in)};
    const int quarter = months_in / 3;
    return {year{begins_in} / April + months{3 * quarter}, 3,
            financial_year(begins_in) + " Q" + std::to_string(quarter + 1)};
}

}  // namespace

std::vector<Period> periods(std::string_view kind, Day first, Day last) {
    std::vector<Period> out;
    while (first <= last) {
        auto shape = shape_of(kind, first);
        const Day begins = sys_days{shape.begins / 1};
        const Day ends = sys_days{(shape.begins + months{shape.months}) / 1} - days{1};
        out.push_back({kind, std::move(shape.name), begins, first, std::min(ends, last)});
        first = ends + days{1};
    }
    return out;
}

}  // namespace tideover
