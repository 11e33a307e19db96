// What operators and tools ask: is it up, is it ready, how is it doing, what does it take.
#pragma once

#include "server/api/call.hpp"

namespace tideover::resources {

Response healthz(Call& call);
Response readyz(Call& call);
Response metrics_text(Call& call);
Response openapi_document(Call& call);

}  // namespace tideover::resources
