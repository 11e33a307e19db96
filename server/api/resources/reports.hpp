// The handler of every report.
#pragma once

#include "server/api/call.hpp"

namespace tideover::resources {

/// Decodes the report's parameters and answers a page of its rows, as JSON or CSV.
Response report(Call& call);

}  // namespace tideover::resources
