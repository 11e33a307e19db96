// Structured logs: one JSON object a line on standard error, of allow-listed fields only. Bodies, names,
// queries and header values never reach it.
#pragma once

#include <cstdint>
#include <string_view>

namespace tideover::log {

/// A thing that happened to the process.
void event(std::string_view level, std::string_view what, std::string_view detail = {});

/// An answered request. `route` is the route's pattern, never the path with its ids.
void request(std::string_view request_id, std::string_view method, std::string_view route, int status,
             std::string_view problem, std::int64_t duration_us, std::string_view role);

}  // namespace tideover::log
