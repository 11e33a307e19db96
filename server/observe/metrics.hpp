// Counters for Prometheus. Labels are routes and statuses, never people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover::metrics {

void answered(std::string_view route, int status, std::int64_t duration_us);
/// How many requests were, since the program began.
[[nodiscard]] std::int64_t answered_so_far();
/// A request refused before a worker saw it, with the problem it was told.
void refused(std::string_view slug);
/// A connection closed at once, because there were too many.
void turned_away();
void connections(std::int64_t open);
void queued(std::int64_t waiting);
void sealed(bool ok);

/// The Prometheus text format.
[[nodiscard]] std::string exposition();

}  // namespace tideover::metrics
