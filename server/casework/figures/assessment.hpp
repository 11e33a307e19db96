// The figures judged against what the council said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/figures/figures.hpp"
#include "domain/figures/claim.hpp"

namespace tideover::casework {

struct Assessed {
    db::figures::Figure figure;
    std::optional<Judgement> judgement;  // none where it has no claim, or the day is not the claim's
};

struct Assessment {
    db::figures::Knowledge knowledge;
    std::vector<Assessed> figures;
};

/// All figures, in one snapshot.
[[nodiscard]] Assessment assess(db::Tx& tx, const std::optional<std::string>& as_at,
                                const db::figures::Knowledge& knowledge);

}  // namespace tideover::casework
