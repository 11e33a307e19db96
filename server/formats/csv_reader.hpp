// CSV as people have it (RFC 4180 and what spreadsheets make of it), read row by row from a stream of UTF-8: memory is
// bounded by a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/formats/encoding.hpp"
#include "server/formats/row_reader.hpp"

namespace tideover {

class CsvReader : public RowReader {
public:
    static constexpr int unclosed_max = 100;  // after so many the text is no CSV

    /// `delimiter` is a comma, a semicolon, a tab or a bar; U+0000: whichever of them the first row has most of. Lines
    /// end with LF, CRLF or CR. A byte-order mark, and a first line "sep=;", are no part of the table.
    explicit CsvReader(ByteSource source, char delimiter = '\0');

    [[nodiscard]] bool next(SourceRow& row) override;
    /// Whether so many quotes are not closed that it is no CSV: reading has ended there.
    [[nodiscard]] std::string broken() const override;

    [[nodiscard]] char delimiter() const { return delimiter_; }

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
