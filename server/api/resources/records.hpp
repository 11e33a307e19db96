// The handlers that every noun shares: record, list, read, move on, correct.
#pragma once

#include "server/api/call.hpp"

namespace tideover::resources {

Response record(Call& call);      // POST /v1/vouchers
Response list(Call& call);        // GET  /v1/vouchers
Response read(Call& call);        // GET  /v1/vouchers/{id}
Response counts(Call& call);      // GET  /v1/vouchers/counts
Response timeline(Call& call);    // GET  /v1/persons/{id}/timeline
Response likenesses(Call& call);  // GET  /v1/vouchers/{id}/likenesses
Response advance(Call& call);     // POST /v1/vouchers/{id}/sends
Response correct(Call& call);     // POST /v1/vouchers/{id}/corrections

/// The fields of a correction's body: a reason, and changes or void.
[[nodiscard]] std::span<const Field> correction_fields();

}  // namespace tideover::resources
