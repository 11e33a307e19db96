// Cursors: where a page ended, and of which list. Another list's are refused, and so are another council's.
#pragma once

#include <optional>
#include <string>

#include "server/api/call.hpp"
#include "server/api/problem.hpp"

namespace tideover {

inline constexpr char between = '~';  // the parts of a cursor

/// From this place on, which is what can stand in an address, the list of this request goes on.
[[nodiscard]] std::string cursor_for(const Call& call, const std::string& place);

/// The place that the query's cursor names; nothing where there is none. Throws Problem where it is not of this list.
[[nodiscard]] std::optional<std::string> place_said(const Call& call);

/// What whoever sends another cursor is told.
[[nodiscard]] Problem wrong_cursor();

}  // namespace tideover
