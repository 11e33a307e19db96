// How days, instants, quantities and shares are written for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover::pages {

/// "2021-01-31" → "31 January 2021". What is no such day comes back as it is.
[[nodiscard]] std::string spoken_day(std::string_view day);

/// "2021-01" → "January 2021".
[[nodiscard]] std::string spoken_month(std::string_view month);

/// "2021-02-01T09:30:05.123456Z" → "1 February 2021 at 09:30:05 UTC".
[[nodiscard]] std::string spoken_instant(std::string_view instant);

/// With a capital at its start and a full stop at its end.
[[nodiscard]] std::string sentence(std::string_view words);

/// What stands after a number: nothing for pence (shown as pounds), "group" for one, else the unit.
[[nodiscard]] std::string unit_after(std::int64_t value, std::string_view unit);

/// The unit as the reader meets it.
[[nodiscard]] std::string unit_in_words(std::string_view unit);

/// "27%"; never 0% for a part that is there, nor 100% for one that is not the whole. Empty without a whole.
[[nodiscard]] std::string share_in_words(std::int64_t part, std::int64_t whole);

/// A whole per mille of `whole`, kept within 0 and 1000; for positions in pictures.
[[nodiscard]] std::int64_t per_mille(std::int64_t part, std::int64_t whole);

/// 534 → "53.4%", as a coordinate.
[[nodiscard]] std::string coordinate(std::int64_t mille);

}  // namespace tideover::pages
