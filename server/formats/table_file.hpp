// A table as a file, written row by row: memory does not grow with it. As CSV or as a workbook.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/field.hpp"
#include "server/formats/spool_file.hpp"

namespace tideover {

/// The name is that of the JSON, with a dot for what is nested there.
struct Column {
    std::string name;
    Kind kind = Kind::text;
};

/// A value as its kind has it in JSON, without quotes: "2020-12-31", "1000", "true". Nothing for null.
using Cell = std::optional<std::string_view>;

class TableFile {
public:
    virtual ~TableFile() = default;
    /// A cell a column. Throws std::system_error where the disk has no room.
    virtual void row(std::span<const Cell> cells) = 0;
    /// Writes what is left. Nothing may be added after that.
    virtual void finish() = 0;
};

/// Without it a spreadsheet takes UTF-8 for something else.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// CSV as csv.hpp has it, with its byte-order mark. The file outlives it.
[[nodiscard]] std::unique_ptr<TableFile> csv_file(std::vector<Column> columns, SpoolFile& into);

/// A workbook: days and instants (as London's clocks showed them) are dates, pence are pounds, flags truth values, and
/// everything else is text. After 1,048,575 rows it goes on in another sheet. `folder` is for files meanwhile.
[[nodiscard]] std::unique_ptr<TableFile> workbook_file(std::vector<Column> columns, SpoolFile& into,
                                                       const std::string& title, const std::string& folder);

/// Adds a JSON object as a row: each column's value, lists with '; ' between their items or, where they hold objects,
/// as JSON.
void add_json(TableFile& table, std::span<const Column> columns, const std::string& object);

}  // namespace tideover
