// What a measure is: a unit in which unlike kinds of aid are counted. The register is domain/figures/measures.hpp.
#pragma once

#include <array>
#include <string_view>

namespace tideover {

struct Measure {
    std::string_view code;
    std::string_view unit;                       // what one of `quantity` is
    std::string_view subject;                    // whom or what distinct figures count
    std::string_view purpose;                    // the work that a look behind the figure belongs to
    std::array<std::string_view, 6> dimensions;  // what a filter may name; empty ones are unused
    std::string_view rule;                       // what makes one, and what must not be counted twice
};

[[nodiscard]] constexpr bool has_dimension(const Measure& measure, std::string_view name) {
    for (const auto dimension : measure.dimensions) {
        if (!name.empty() && dimension == name) return true;
    }
    return false;
}

/// Nothing where the register has no measure of that code.
[[nodiscard]] const Measure* measure_of(std::string_view code);

}  // namespace tideover
