// Days and instants: a Day is a date in London, an Instant a point of time in UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tideover {

using Day = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Reads YYYY-MM-DD, a date that exists, from year 1900 to 2199. Nothing else.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

/// Reads an RFC 3339 instant: YYYY-MM-DDThh:mm:ss, any fraction (cut to microseconds), then Z or an offset. A leap
/// second is the last microsecond before it.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

[[nodiscard]] std::string format(Day day);
[[nodiscard]] std::string format(Instant instant);

/// What London's clocks show at an instant, as if it were UTC. Summer time runs from 01:00 UTC on the last Sunday of
/// March to 01:00 UTC on the last Sunday of October (Summer Time Order 2002, SI 2002/262).
[[nodiscard]] Instant london_clock(Instant instant);
/// The date in London at an instant.
[[nodiscard]] Day london_day(Instant instant);

}  // namespace tideover
