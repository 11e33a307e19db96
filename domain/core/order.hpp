// Days that follow one another: a record's table of them is checked with every step and every correction.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/core/record.hpp"

namespace tideover {

/// The day of `later` cannot lie before that of `earlier`, where the record has both. Either may be an instant: then
/// its day in London counts.
struct InOrder {
    std::string_view later;
    std::string_view earlier;
    std::string_view detail;
};

/// The rows that do not hold.
[[nodiscard]] std::vector<InOrder> out_of_order(std::span<const InOrder> rows, const Record& record);

}  // namespace tideover
