// The figures as clients and the public page get them: judged against what the council said.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/core/field.hpp"
#include "server/api/call.hpp"
#include "server/casework/figures/assessment.hpp"

namespace tideover::resources {

// What the figures may be asked.
inline constexpr auto as_at_day =
    day("as_at").may_be_ahead().says("Count what happened up to this day, instead of up to each claim's own.");
inline constexpr auto known_at_instant =
    instant("known_at").may_be_ahead().says("As known at the last seal at or before this instant.");
inline constexpr std::array figure_parameters{as_at_day, known_at_instant};
inline constexpr std::array bridge_parameters{
    instant("opening").may_be_ahead().needed().says("Start from what was known then."),
    instant("closing").may_be_ahead().says("End at what was known then; without it, now."),
    as_at_day,
};

inline constexpr std::array part_parameters{
    text("by", 1, 40).says("month, as without it; quarter, financial_year, or a dimension of what the figure counts."),
    day("from").may_be_ahead().says("Count from this day on, instead of from the figure's first."),
    as_at_day,
    known_at_instant,
};

using casework::Assessed;
using casework::Assessment;

/// What `show` makes of all figures, once for all who ask while nothing behind them changes; `what` tells one shower
/// from another. Throws Problem where there is no seal as early as `known_at`.
[[nodiscard]] std::string shared_assessment(const Call& call, db::Tx& tx, std::string_view what,
                                            const std::optional<std::string>& as_at,
                                            const std::optional<std::string>& known_at,
                                            const std::function<std::string(const Assessment&)>& show);

Response headlines(Call& call);          // GET /v1/headlines
Response headline(Call& call);           // GET /v1/headlines/{code}
Response headline_records(Call& call);   // GET /v1/headlines/{code}/records
Response headline_subjects(Call& call);  // GET /v1/headlines/{code}/subjects
Response headline_bridge(Call& call);    // GET /v1/headlines/{code}/bridge
Response headline_wards(Call& call);     // GET /v1/headlines/{code}/wards
Response headline_parts(Call& call);     // GET /v1/headlines/{code}/parts
Response measure_list(Call& call);       // GET /v1/measures
Response verification(Call& call);       // GET /v1/verify

}  // namespace tideover::resources
