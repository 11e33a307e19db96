// Reading the figures back from the API, as anybody may.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "demo/connection.hpp"

namespace tideover::year {

/// The reply to a GET as JSON. Throws Stopped where it is not 200 or not JSON.
[[nodiscard]] nlohmann::json get(Connection& connection, const std::string& path);

/// Waits until nothing was recorded after the last seal, and returns the instant as of which the figures are known.
[[nodiscard]] std::string sealed_instant(Connection& connection);

}  // namespace tideover::year
