// A table from outside, whatever bytes it is: the same rows come of it in whatever parts it comes, its cells are UTF-8
// without U+0000, and reading them as the values of fields faults, and does not fail.
#include <nlohmann/json.hpp>

#include "domain/helpline/nouns.hpp"
#include "server/formats/cells.hpp"
#include "server/formats/csv_reader.hpp"
#include "tests/fuzz/property.hpp"
#include "tests/fuzz/utf8.hpp"

using namespace tideover;
using tideover::fuzz::require;

namespace {

std::vector<SourceRow> rows_of(std::string_view bytes, std::size_t part) {
    EncodingFinder finder;
    for (std::size_t at = 0; at < bytes.size(); at += part) finder.add(bytes.substr(at, part));
    CsvReader reader{to_utf8(
        [bytes, part, at = std::size_t{0}](std::string& more) mutable {
            if (at >= bytes.size()) return false;
            more += bytes.substr(at, part);
            at += part;
            return true;
        },
        finder.found())};
    std::vector<SourceRow> out;
    for (SourceRow row; reader.next(row);) out.push_back(row);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto bytes = fuzz::text_of(data, size);
    const std::size_t part = 1 + fuzz::take_byte(bytes) % 64;
    const auto rows = rows_of(bytes, bytes.size() + 1), again = rows_of(bytes, part);
    require(rows.size() == again.size(), "the parts make no difference");
    static const auto& kind = *import_kind("calls");
    std::vector<ColumnOf> columns;
    for (const auto& field : kind.fields) columns.push_back({std::string{field.name}, &field});
    std::int64_t last = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        require(row.cells == again[i].cells && row.fault == again[i].fault, "a row is a row in any parts");
        require(row.number > last, "rows are numbered");
        last = row.number;
        for (const auto& cell : row.cells) {
            require(cell.find('\0') == std::string::npos, "no cell has U+0000");
            require(fuzz::is_utf8(cell), "every cell is UTF-8");
        }
        if (i == 0) static_cast<void>(columns_of(kind, row.cells, {}));
        NamedRecords named;
        collect_names(columns, row.cells, named);
        std::vector<FieldFault> faults;
        static_cast<void>(body_of(columns, row, named, faults).dump());
    }
    return 0;
}
