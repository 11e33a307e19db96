// The handlers that every noun shares: record, list, read, move on, correct.
#pragma once

#include <array>

#include "domain/core/field.hpp"
#include "server/api/call.hpp"

namespace tideover::resources {

Response record(Call& call);        // POST /v1/vouchers
Response list(Call& call);          // GET  /v1/vouchers
Response read(Call& call);          // GET  /v1/vouchers/{id}
Response counts(Call& call);        // GET  /v1/vouchers/counts
Response timeline(Call& call);      // GET  /v1/persons/{id}/timeline
Response likenesses(Call& call);    // GET  /v1/vouchers/{id}/likenesses
Response facts(Call& call);         // GET  /v1/premises/{id}/facts
Response steps_taken(Call& call);   // GET /v1/applications/{id}/assessments
Response named_by_day(Call& call);  // GET /v1/households/{id}/persons
Response advance(Call& call);       // POST /v1/vouchers/{id}/sends
Response correct(Call& call);       // POST /v1/vouchers/{id}/corrections

inline constexpr std::array fact_parameters{
    day("on").says("What was so on that day; without it, in all of time."),
    instant("known_at").may_be_ahead().says("As known then; without it, as known now."),
};

/// The fields of a correction's body: a reason, and changes or void.
[[nodiscard]] std::span<const Field> correction_fields(const Noun& noun);

}  // namespace tideover::resources
