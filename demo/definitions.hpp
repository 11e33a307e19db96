// The shipped definitions of figures: a file a plan, each an array of requests in the order of the plan.
#pragma once

#include <string>
#include <vector>

#include "demo/api_client.hpp"

namespace tideover::year {

/// Those of every .json file of the folder. Throws Stopped naming the one that cannot be read.
[[nodiscard]] std::vector<Body> read_definitions(const std::string& folder);

}  // namespace tideover::year
