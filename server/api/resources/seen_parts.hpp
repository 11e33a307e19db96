// The parts of a figure as a reader may see them: small counts of people, and what would give these away, are withheld.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/figures/parts.hpp"
#include "domain/core/measure.hpp"
#include "domain/core/role.hpp"

namespace tideover::resources {

/// A part that is not known has no name; one that is withheld has no value.
struct SeenPart {
    std::string name;
    std::optional<std::int64_t> value;
};

/// Whether the reader sees every part's count. Others see no small counts of people, and one table of each figure by
/// time, because two would give them away.
[[nodiscard]] bool sees_small_counts(Role role, const Measure& measure);

/// Whether somebody who sees no small counts sees the parts by this at all: by month, and by what entries say of
/// themselves. A quarter less its other months is a month.
[[nodiscard]] bool is_shown_to_all(std::string_view by);

/// `all`: the reader sees small counts. None where no part may be shown.
[[nodiscard]] std::vector<SeenPart> seen_parts(const std::vector<db::figures::Part>& parts, bool all);

}  // namespace tideover::resources
