// What a report is asked, from the query.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/core/record.hpp"
#include "server/api/call.hpp"

namespace tideover {

/// The values of the route's parameters in their stored form. Throws Problem where one cannot be had, or is needed.
[[nodiscard]] Record parameters_said(const Call& call);

/// What stands between commas; one empty text of none.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view said);

/// What a field takes as a parameter, as the end of a sentence.
[[nodiscard]] std::string takes(const Field& field);

/// Where the page before ended, or empty. Throws Problem where that is no id, or no number, as `kind` says, or where it
/// was of another list.
[[nodiscard]] std::string cursor_said(const Call& call, Kind kind);

/// Whether the newest come first, as without `sort`. Throws Problem where that says neither.
[[nodiscard]] bool newest_first(const Call& call);

}  // namespace tideover
