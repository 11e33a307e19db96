// Lists as the API gives them: bounded pages of JSON, or the same rows as CSV.
#pragma once

#include <string>
#include <vector>

#include "server/api/call.hpp"

namespace tideover {

/// The `limit` asked for: 1 to 200, 50 where none is given. Throws Problem otherwise.
[[nodiscard]] int page_limit(const Call& call);

/// Whether the client wants CSV. Throws Problem where it accepts neither that nor JSON.
[[nodiscard]] bool wants_csv(const Call& call);

/// Without it a spreadsheet takes UTF-8 for something else.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// CSV as a file to save, under that name or that of the address.
[[nodiscard]] Response csv_of(const Call& call, const std::string& text, std::string name = {});

/// A page of items (JSON objects), with `next` and its Link header; `next` is empty at the end.
[[nodiscard]] Response page_of(const Call& call, const std::vector<std::string>& items, const std::string& next,
                               bool csv);

}  // namespace tideover
