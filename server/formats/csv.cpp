// Writes JSON rows as CSV.
#include "server/formats/csv.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "server/formats/spreadsheet.hpp"

namespace tideover {
namespace {

using Json = nlohmann::ordered_json;

/// Only text can be mistaken for something else.
std::string cell_of(const Json& value) {
    return value.is_number() || value.is_boolean() ? value.dump() : csv_cell(plain_text(value));
}

using Cells = std::vector<std::pair<std::string, std::string>>;

void flatten(const Json& object, const std::string& prefix, Cells& out) {
    for (const auto& [key, value] : object.items()) {
        if (value.is_object()) {
            flatten(value, prefix + key + ".", out);
        } else {
            out.emplace_back(prefix + key, cell_of(value));
        }
    }
}

}  // namespace

std::string plain_text(const Json& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string out;
    for (const auto& item : value) {
        if (item.is_structured()) return value.dump();
        out += (out.empty() ? "" : "; ") + plain_text(item);
    }
    return out;
}

void append_csv_cell(std::string& out, std::string_view text) {
    const bool guarded = is_misread(text);
    const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
    if (quoted) out += '"';
    if (guarded) out += '\'';
    for (std::size_t from = 0; quoted && from < text.size();) {
        const auto end = std::min(text.find('"', from), text.size());
        out += text.substr(from, end - from);
        if (end < text.size()) out += "\"\"";
        from = end + 1;
    }
    if (!quoted) out += text;
    if (quoted) out += '"';
}

std::string csv_cell(std::string_view text) {
    std::string out;
    append_csv_cell(out, text);
    return out;
}

std::string to_csv(const std::vector<std::string>& json_rows) {
    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> header;
    for (const auto& text : json_rows) {
        Cells cells;
        flatten(Json::parse(text), {}, cells);
        auto& row = rows.emplace_back();
        for (auto& [name, cell] : cells) {
            if (std::find(header.begin(), header.end(), name) == header.end()) header.push_back(name);
            row.emplace(std::move(name), std::move(cell));
        }
    }
    std::string out;
    for (const auto& name : header) out += (out.empty() ? "" : ",") + csv_cell(name);
    if (!header.empty()) out += "\r\n";
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            const auto cell = row.find(header[i]);
            out += (i == 0 ? "" : ",") + (cell == row.end() ? std::string{} : cell->second);
        }
        out += "\r\n";
    }
    return out;
}

}  // namespace tideover
