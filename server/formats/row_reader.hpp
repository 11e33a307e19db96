// A table from outside, read row by row, whatever format it comes in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tideover {

/// A cell whose value is not to be had; its text is what is shown of it.
struct CellFault {
    std::size_t column = 0;
    std::string_view fault{};  // one of those below
};

/// A row of a table from outside. The first one has the number 1, and blank ones are counted, as a spreadsheet numbers
/// them.
struct SourceRow {
    std::int64_t number = 0;
    std::vector<std::string> cells{};
    std::string_view fault{};  // why its cells cannot be told apart: one of those below; empty: they can
    std::vector<CellFault> cell_faults{};
};

/// Faults of a row. What cannot be read as cells is one cell, cut to row_shown_max.
inline constexpr std::string_view unclosed_quote = "unclosed_quote", row_too_long = "row_too_long",
                                  not_utf8 = "not_utf8", null_character = "null_character",
                                  malformed_json = "malformed_json", duplicate_key = "duplicate_key",
                                  rows_out_of_order = "rows_out_of_order";
/// Faults of a cell.
inline constexpr std::string_view not_whole = "not_whole", merged_cells = "merged_cells",
                                  formula_without_value = "formula_without_value", formula_error = "formula_error";

/// What is wrong with it, and what to do, in a sentence.
[[nodiscard]] std::string_view words_of(std::string_view fault);

inline constexpr std::size_t row_max = 1 << 20;  // bytes; a longer one is faulty
inline constexpr std::size_t row_shown_max = 1000;

class RowReader {
public:
    RowReader() = default;
    RowReader(const RowReader&) = delete;
    RowReader& operator=(const RowReader&) = delete;
    virtual ~RowReader() = default;

    /// The columns' names: the first row that is not blank, from the row of that number on. To be asked for once,
    /// before the others; false where there is none.
    [[nodiscard]] virtual bool header(SourceRow& names, std::int64_t from = 1) {
        while (next(names)) {
            if (names.number >= from) return true;
        }
        return false;
    }

    /// The next row that is not blank; false at the end.
    [[nodiscard]] virtual bool next(SourceRow& row) = 0;

    /// Why nothing after the last row can be relied on, in a sentence; empty: the table was read to its end.
    [[nodiscard]] virtual std::string broken() const { return {}; }
};

}  // namespace tideover
