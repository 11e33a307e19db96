// Publications: the figures of a seal, frozen with their claims, verdicts and digests under somebody's name.
#pragma once

#include <array>
#include <nlohmann/json.hpp>

#include "db/figures/publications.hpp"
#include "domain/core/field.hpp"
#include "server/api/call.hpp"

namespace tideover::resources {

inline constexpr std::array restatement_parameters{
    id("from", "").says("The publication to start from; without it, the one it supersedes."),
};

Response publication(Call& call);        // GET /v1/publications/{id}
Response publication_bytes(Call& call);  // GET /v1/publications/{id}/document
Response publication_csv(Call& call);    // GET /v1/publications/{id}/figures.csv
Response restatement(Call& call);        // GET /v1/publications/{id}/restatement

/// The publication that the path names. Throws Problem where there is none.
[[nodiscard]] db::publications::Publication published(db::Tx& tx, const std::string& id);

/// The figures of a publication's document: a list of
///   {code, title, unit, value, display, provisional, verdict, reason, included_in, beside,
///    claim: {text, comparator, value, precision} or null, definition: {version, measure, aggregate, filter, from,
///    meaning}, evidence: {entries, digest}}
[[nodiscard]] nlohmann::json figures_of(const db::publications::Publication& publication);

}  // namespace tideover::resources
