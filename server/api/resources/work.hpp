// What waits for whoever asks: the page that a day begins with.
#pragma once

#include "server/api/call.hpp"

namespace tideover::resources {

Response work(Call& call);  // GET /v1/work

}  // namespace tideover::resources
