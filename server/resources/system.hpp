// What operators and tools ask: is it up, is it ready, how is it doing, what does it take.
#pragma once

#include "server/exchange.hpp"

namespace tideover::resources {

Response healthz(Exchange& exchange);
Response readyz(Exchange& exchange);
Response metrics_text(Exchange& exchange);
Response openapi_document(Exchange& exchange);

}  // namespace tideover::resources
