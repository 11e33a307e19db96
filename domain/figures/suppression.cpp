// Primary suppression, then secondary, by the total alone.
#include "domain/figures/suppression.hpp"

#include <algorithm>

namespace tideover {
namespace {

bool small(std::int64_t people) {
    return people > 0 && people < small_count_below;
}

/// Whether the sum of the withheld small counts leaves each of them two values.
bool hidden(std::int64_t cells, std::int64_t sum) {
    return cells > 1 && sum > cells && sum < cells * (small_count_below - 1);
}

/// The smallest count that is not small, or nil where there is nothing else.
std::optional<std::int64_t> next_smallest(std::span<const std::int64_t> people) {
    std::optional<std::int64_t> out;
    for (const auto count : people) {
        if (count >= small_count_below && (!out || count < *out)) out = count;
    }
    if (!out && std::find(people.begin(), people.end(), 0) != people.end()) out = 0;
    return out;
}

}  // namespace

std::optional<std::vector<bool>> withheld_cells(std::span<const std::int64_t> people) {
    std::vector<bool> out(people.size(), false);
    std::int64_t cells = 0, sum = 0;
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (!small(people[i])) continue;
        out[i] = true;
        ++cells;
        sum += people[i];
    }
    if (cells == 0 || hidden(cells, sum)) return out;
    const auto also = next_smallest(people);
    if (!also) return std::nullopt;
    for (std::size_t i = 0; i < people.size(); ++i) out[i] = out[i] || people[i] == also;
    return out;
}

}  // namespace tideover
