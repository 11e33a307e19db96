// Figures in parts: by a dimension of what they count, or by periods.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/figures/figures.hpp"
#include "domain/figures/period.hpp"

namespace tideover::db::figures {

/// A part of a figure, and how many subjects it is about. `part` is empty where it is not known.
struct Part {
    std::string part;
    std::int64_t value = 0;
    std::int64_t subjects = 0;
};
/// When the council's list of wards last changed; empty where it has none.
[[nodiscard]] std::string wards_listed(Tx& tx);

/// A figure by a dimension, such as its wards, in the order of their names; the parts come to the whole. What a
/// `distinct` figure counts, it counts where it was last counted. Reads every entry behind the figure: its cost grows
/// with these, and not with the ledger, and writing and folding cost what they did. Precondition: its measure has the
/// dimension.
[[nodiscard]] std::vector<Part> by_dimension(Tx& tx, const Headline& headline, const Knowledge& knowledge,
                                             const std::string& as_at, const std::string& dimension);

/// A figure in each of these periods, which follow each other: what was added, or who was counted, within it. They are
/// read from folded totals, but for a first one that a distinct figure is wanted of from its middle on, and unless it
/// is wanted how many `subjects` each part is about.
[[nodiscard]] std::vector<Part> by_period(Tx& tx, const Headline& headline, const Knowledge& knowledge,
                                          const std::vector<Period>& periods, bool subjects);

/// A figure of the days from `first`, which lies not before its own, to `last`. Folded where `first` is that of the
/// figure or of a period that ends no sooner.
[[nodiscard]] std::int64_t within(Tx& tx, const Headline& headline, const Knowledge& knowledge, Day first, Day last);

}  // namespace tideover::db::figures
