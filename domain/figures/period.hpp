// The months, quarters and financial years of a span of days, as councils name them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/day.hpp"

namespace tideover {

inline constexpr std::array<std::string_view, 3> period_kinds{"month", "quarter", "financial_year"};

struct Period {
    std::string_view kind;
    std::string name;  // "2020-04", "2020/21 Q1", "2020/21"
    Day begins;        // the first day of the whole month, quarter or year
    Day first, last;   // of the span's part of it, with both
};

/// Those that the days from `first` to `last` lie in, each no longer than that; none where `first` lies after `last`.
/// A financial year begins on 1 April, and its quarters with it. Precondition: `kind` is one of them.
[[nodiscard]] std::vector<Period> periods(std::string_view kind, Day first, Day last);

}  // namespace tideover
