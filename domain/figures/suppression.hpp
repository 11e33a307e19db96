// Small counts in public tables: which cells are withheld so that nobody can be told from them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tideover {

/// Counts of people below this are withheld: English statistics about people commonly withhold below 5 or below 10. A
/// council whose own policy is stricter changes this one number.
inline constexpr std::int64_t small_count_below = 5;

/// Which cells of a table are withheld, where `people` says how many people (or households) each is about and the
/// cells' total is shown. First those about 1 to 4. Where the total less what is shown would give one of them away
/// (only one is withheld, or all of them must be 1, or must be 4) the next smallest goes too, with all that equal it;
/// where there is none of 5 or more, the cells about nobody go. So each withheld cell may have at least two values,
/// also for a reader who knows this rule. Nothing where that cannot be: then no cell may be shown, nor that it is
/// there.
[[nodiscard]] std::optional<std::vector<bool>> withheld_cells(std::span<const std::int64_t> people);

}  // namespace tideover
