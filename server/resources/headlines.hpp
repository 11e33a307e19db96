// The figures as clients and the public page get them: judged against what the council said.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/figures.hpp"
#include "domain/claim.hpp"
#include "server/exchange.hpp"

namespace tideover::resources {

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

/// What `show` makes of all figures, once for all who ask while nothing behind them changes; `what` tells one shower
/// from another. Throws Problem where there is no seal as early as `known_at`.
[[nodiscard]] std::string shared_assessment(const Exchange& exchange, db::Tx& tx, std::string_view what,
                                            const std::optional<std::string>& as_at,
                                            const std::optional<std::string>& known_at,
                                            const std::function<std::string(const Assessment&)>& show);

Response headlines(Exchange& exchange);          // GET /v1/headlines
Response headline(Exchange& exchange);           // GET /v1/headlines/{code}
Response headline_records(Exchange& exchange);   // GET /v1/headlines/{code}/records
Response headline_subjects(Exchange& exchange);  // GET /v1/headlines/{code}/subjects
Response headline_bridge(Exchange& exchange);    // GET /v1/headlines/{code}/bridge
Response headline_wards(Exchange& exchange);     // GET /v1/headlines/{code}/wards
Response measure_list(Exchange& exchange);       // GET /v1/measures
Response verification(Exchange& exchange);       // GET /v1/verify

}  // namespace tideover::resources
