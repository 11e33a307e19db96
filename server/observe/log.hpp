// Structured logs: one JSON object a line on standard error or in a file, of allow-listed fields only. Bodies, names,
// queries and header values never reach it. Of what is refused to nobody in particular only some lines a second are
// written; the others are counted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover::log {

/// From now on lines go to a file. When it has so many bytes it is put aside as FILE.1, of which three are kept. False
/// where it cannot be opened.
[[nodiscard]] bool to_file(const std::string& path, std::int64_t bytes_max);

/// How many refusals of one kind, of those who did not sign in, have a line of their own in a second: 200 at first.
void limit_refusals(std::int64_t lines_a_second);

/// A thing that happened to the process.
void event(std::string_view level, std::string_view what, std::string_view detail = {});

/// An answered request. `route` is the route's pattern, never the path with its ids.
void request(std::string_view request_id, std::string_view method, std::string_view route, int status,
             std::string_view problem, std::int64_t duration_us, std::string_view role);

}  // namespace tideover::log
