// CSV as people have it (RFC 4180 and what spreadsheets make of it), read row by row from a stream of UTF-8: memory is
// bounded by a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/formats/encoding.hpp"

namespace tideover {

/// A row of a table from outside. The first one has the number 1, and blank ones are counted, as a spreadsheet numbers
/// them.
struct SourceRow {
    std::int64_t number = 0;
    std::vector<std::string> cells{};
    std::string_view fault{};  // why its cells cannot be told apart: one of the faults below; empty: they can
};

/// Faults of a row. What cannot be read as cells is one cell, cut to row_shown_max.
inline constexpr std::string_view unclosed_quote = "unclosed_quote", row_too_long = "row_too_long",
                                  not_utf8 = "not_utf8", null_character = "null_character";

class CsvReader {
public:
    static constexpr std::size_t row_max = 1 << 20;  // bytes; a longer one is faulty
    static constexpr std::size_t row_shown_max = 1000;
    static constexpr int unclosed_max = 100;  // after so many the text is no CSV

    /// `delimiter` is a comma, a semicolon, a tab or a bar; U+0000: whichever of them the first row has most of. Lines
    /// end with LF, CRLF or CR. A byte-order mark, and a first line "sep=;", are no part of the table.
    explicit CsvReader(ByteSource source, char delimiter = '\0');

    /// The next row that is not blank; false at the end.
    [[nodiscard]] bool next(SourceRow& row);

    [[nodiscard]] char delimiter() const { return delimiter_; }
    /// Whether so many quotes are not closed that nothing after them can be relied on: reading has ended there.
    [[nodiscard]] bool broken() const { return unclosed_ >= unclosed_max; }

private:
    bool more();
    void begin();
    void find_delimiter();
    [[nodiscard]] bool read_cells(SourceRow& row);
    [[nodiscard]] std::size_t line_end(std::size_t from);
    void give_up_row(SourceRow& row, std::string_view fault);

    ByteSource source_;
    char delimiter_;
    std::string text_;    // what was read and not yet given
    std::size_t at_ = 0;  // where the next row begins
    std::int64_t rows_ = 0;
    int unclosed_ = 0;
    bool begun_ = false, ended_ = false;
};

}  // namespace tideover
