// A text is read part by part; a workbook wherever its archive has what is wanted.
#include "server/casework/imports/import_file.hpp"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "server/formats/csv_reader.hpp"
#include "server/formats/ndjson_reader.hpp"
#include "server/formats/workbook_reader.hpp"

namespace tideover {
namespace {

using nlohmann::json;
namespace imports = db::imports;

/// The file's bytes from anywhere: the parts, and the one that was read last.
RandomBytes random_bytes(db::Database& database, const std::string& authority, const std::string& id) {
    const auto ends = imports::part_ends(database, authority, id);
    RandomBytes out{.size = ends.empty() ? 0 : ends.back()};
    out.read = [&database, authority, id, ends, held = std::size_t{0}, bytes = std::string{}](
                   std::uint64_t from, char* to, std::size_t most) mutable -> std::size_t {
        const auto at = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), from) - ends.begin());
        if (at == ends.size()) return 0;
        if (held != at + 1) {
            bytes = imports::part(database, authority, id, static_cast<int>(at) + 1).value_or("");
            held = at + 1;
        }
        const auto begin = at == 0 ? 0 : ends[at - 1];
        const auto offset = static_cast<std::size_t>(from - begin);
        if (offset >= bytes.size()) return 0;  // a cancelled import's parts are gone
        const auto count = std::min(most, bytes.size() - offset);
        std::memcpy(to, bytes.data() + offset, count);
        return count;
    };
    return out;
}

}  // namespace

std::string json_of(const std::vector<ColumnOf>& columns) {
    auto out = json::array();
    for (const auto& column : columns) {
        out.push_back(
            {{"column", column.name}, {"field", nullptr}, {"by", nullptr}, {"fault", nullptr}, {"value", nullptr}});
        if (!column.constant.empty()) out.back()["column"] = nullptr, out.back()["value"] = column.constant;
        if (column.field != nullptr) out.back()["field"] = column.field->name;
        if (!column.by.empty()) out.back()["by"] = column.by;
        if (!column.fault.empty()) out.back()["fault"] = column.fault;
    }
    return out.dump();
}

std::vector<ColumnOf> columns_in(const ImportKind& kind, const std::string& columns, const TableReading& reading) {
    std::vector<ColumnOf> out;
    for (const auto& one : json::parse(columns)) {
        auto& column = out.emplace_back(ColumnOf{});
        if (one.at("column").is_string()) column.name = one.at("column");
        if (const auto value = one.find("value"); value != one.end() && value->is_string()) column.constant = *value;
        for (const auto& field : kind.fields) {
            if (one.at("field") == field.name) column.field = &field;
        }
        if (!one.at("by").is_null()) column.by = one.at("by");
        if (const auto fault = one.find("fault"); fault != one.end() && !fault->is_null()) column.fault = *fault;
    }
    give_manners(out, reading);
    return out;
}

ByteSource bytes_of(db::Database& database, const std::string& authority, const imports::Import& import) {
    return [&database, position = 0, authority, id = import.id](std::string& more) mutable {
        const auto bytes = imports::part(database, authority, id, ++position);
        if (bytes) more += *bytes;
        return bytes.has_value();
    };
}

std::unique_ptr<RowReader> rows_of(db::Database& database, const std::string& authority, const imports::Import& import,
                                   bool header_alone) {
    if (import.format == "workbook") {
        return std::make_unique<WorkbookReader>(
            random_bytes(database, authority, import.id), reading_of(json::parse(import.reading)).sheet,
            header_alone ? WorkbookReader::Extent::header : WorkbookReader::Extent::whole);
    }
    const auto at = std::find(encoding_names.begin(), encoding_names.end(), import.encoding) - encoding_names.begin();
    auto text = to_utf8(bytes_of(database, authority, import), static_cast<Encoding>(at));
    if (import.format == "csv") return std::make_unique<CsvReader>(std::move(text), import.delimiter);
    std::vector<std::string> names;
    for (const auto& one : json::parse(import.columns)) {
        if (one.at("column").is_string()) names.push_back(one.at("column"));
    }
    return std::make_unique<NdjsonReader>(std::move(text), std::move(names));
}

}  // namespace tideover
