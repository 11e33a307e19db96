// Lists that a record keeps, as values: codes, or rows that are records of a table of their own.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/record.hpp"

namespace tideover::casework {

/// The codes of a list of choices; none where the record has no such list.
[[nodiscard]] std::vector<std::string> codes_of(const Record& record, Handle list);

/// The rows of a list, in its order; none where the record has no such list.
[[nodiscard]] std::vector<Record> rows_of(const Record& record, Handle list);

/// Whether two texts of rows say the same: one list may be spelt in two ways.
[[nodiscard]] bool same_rows(std::string_view one, std::string_view other);

/// A record from the JSON object that the database makes of one: `id`, and its fields by their names.
[[nodiscard]] Record record_in(std::span<const Field> fields, std::string_view json);

}  // namespace tideover::casework
