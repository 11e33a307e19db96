// A file of an import as a table: its bytes from where they are kept, in the format that it has.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/imports/imports.hpp"
#include "domain/imports/import_kinds.hpp"
#include "server/formats/cells.hpp"
#include "server/formats/encoding.hpp"
#include "server/formats/row_reader.hpp"

namespace tideover {

/// The formats by the names that imports have, and the media types that they are sent in.
struct FileFormat {
    std::string_view name, media;
};
inline constexpr std::array file_formats{
    FileFormat{"csv", "text/csv"},
    FileFormat{"ndjson", "application/x-ndjson"},
    FileFormat{"workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

/// What its columns are, as it is kept.
[[nodiscard]] std::string json_of(const std::vector<ColumnOf>& columns);
[[nodiscard]] std::vector<ColumnOf> columns_in(const ImportKind& kind, const std::string& json,
                                               const TableReading& reading);

/// The file's bytes in their order.
[[nodiscard]] ByteSource bytes_of(db::Database& database, const std::string& authority,
                                  const db::imports::Import& import);

/// Its rows, or no more of them than the columns' names are needed for. Its encoding has to be known where it is a
/// text. Throws BadArchive where it is no workbook.
[[nodiscard]] std::unique_ptr<RowReader> rows_of(db::Database& database, const std::string& authority,
                                                 const db::imports::Import& import, bool header_alone = false);

}  // namespace tideover
