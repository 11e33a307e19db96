// Which figures something that is rehearsed would change, and by how much.
#pragma once

#include <string>
#include <vector>

#include "db/figures/figures.hpp"

namespace tideover::casework {

/// All figures as they stand within a transaction.
[[nodiscard]] std::vector<db::figures::Figure> figures_now(db::Tx& tx);

/// Those that differ, as a JSON array; one that is new changed from nothing. `change` is as at the figure's day,
/// `live_change` up to today.
[[nodiscard]] std::string changes(const std::vector<db::figures::Figure>& before,
                                  const std::vector<db::figures::Figure>& after);

}  // namespace tideover::casework
