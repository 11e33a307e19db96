// JSON rows as CSV (RFC 4180) that is safe to open in a spreadsheet.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tideover {

/// A value without quotes; a list as its items with '; ' between or, where they hold objects, as JSON.
[[nodiscard]] std::string plain_text(const nlohmann::ordered_json& value);

/// One cell: quoted where it must be. A text that a spreadsheet would run, or show another one for (spreadsheet.hpp),
/// gets an apostrophe in front.
[[nodiscard]] std::string csv_cell(std::string_view text);
void append_csv_cell(std::string& out, std::string_view text);

/// Flat rows with a header line, CRLF. Nested objects become dotted columns, lists their plain texts.
[[nodiscard]] std::string to_csv(const std::vector<std::string>& json_rows);

}  // namespace tideover
