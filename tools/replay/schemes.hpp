// The grant schemes of the year: windows and amounts as published.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "domain/day.hpp"

namespace tideover::year {

struct Amount {
    std::string_view period;
    std::string_view band;
    std::int64_t least_pounds;
    std::int64_t most_pounds;
};

struct Scheme {
    std::string_view code;
    std::string_view title;
    std::string_view kind;
    std::string_view funding;
    Day opens;
    Day closes;
    std::int64_t allocation_pounds;  // nil: funded in full
    std::span<const Amount> amounts;
};

/// Precondition: there is a scheme of that code.
[[nodiscard]] const Scheme& scheme_of(std::string_view code);

}  // namespace tideover::year
