// JSON rows as CSV (RFC 4180) that is safe to open in a spreadsheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tideover {

/// One cell: quoted where it must be. A text that a spreadsheet would take for a formula (it starts with
/// = + - @, a tab or a return) gets an apostrophe in front.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// Flat rows with a header line, CRLF. Nested objects become dotted columns, lists their items with '; '
/// between or, where they hold objects, their JSON.
[[nodiscard]] std::string to_csv(const std::vector<std::string>& json_rows);

}  // namespace tideover
