// Each line goes through the strict reader of bodies.
#include "server/formats/ndjson_reader.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/formats/json.hpp"
#include "server/formats/table_file.hpp"
#include "server/formats/text.hpp"

namespace tideover {
namespace {

using nlohmann::json;

constexpr std::size_t columns_max = 1000;  // what a line may have of names that no other has

std::string_view fault_of(std::string_view slug) {
    if (slug == "duplicate-key") return duplicate_key;
    if (slug == "null-character") return null_character;
    return slug == "invalid-utf8" ? not_utf8 : malformed_json;
}

std::string shown(std::string_view line) {
    std::string out;
    for (const char c : line.substr(0, row_shown_max)) out += c >= ' ' && c < 127 ? c : '?';
    return out;
}

}  // namespace

NdjsonReader::NdjsonReader(ByteSource source, std::vector<std::string> names)
    : source_(std::move(source)), names_(std::move(names)) {
    for (std::size_t i = 0; i < names_.size(); ++i) columns_.try_emplace(names_[i], i);
}

bool NdjsonReader::header(SourceRow& names, std::int64_t) {
    names = {.number = 0, .cells = names_};
    return true;
}

/// The next line, without its end; false behind the last. Of one that is too long only its beginning is kept.
bool NdjsonReader::line(std::string& out, std::string_view& fault) {
    out.clear();
    for (bool some = false;;) {
        const auto end = std::min(text_.find('\n', at_), text_.size());
        if (out.size() <= row_max) out.append(text_, at_, end - at_);
        some = some || end > at_ || end < text_.size();
        at_ = end;
        if (at_ < text_.size()) {
            ++at_;
            break;
        }
        text_.clear(), at_ = 0;
        if (!source_(text_)) {
            if (!some) return false;
            break;
        }
    }
    ++rows_;
    if (out.size() > row_max) fault = row_too_long;
    if (rows_ == 1 && out.starts_with(byte_order_mark)) out.erase(0, byte_order_mark.size());
    return true;
}

void NdjsonReader::put(SourceRow& row, const std::string& name, const json& value) {
    if (value.is_null()) return;
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items()) put(row, name.empty() ? key : name + "." + key, inner);
        return;
    }
    auto found = columns_.find(name);
    if (found == columns_.end()) {
        if (names_.size() >= columns_max) {
            row.fault = malformed_json;
            return;
        }
        found = columns_.try_emplace(name, names_.size()).first;
        names_.push_back(name);
    }
    const auto column = found->second;
    if (row.cells.size() <= column) row.cells.resize(column + 1);
    if (!row.cells[column].empty()) row.fault = duplicate_key;  // {"a.b": …, "a": {"b": …}}
    row.cells[column] = value.is_string() ? value.get<std::string>() : value.dump();
    if (value.is_number_float()) row.cell_faults.push_back({column, not_whole});
}

bool NdjsonReader::next(SourceRow& row) {
    std::string text;
    for (std::string_view fault; line(text, fault); fault = {}) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        row = {.number = rows_};
        try {
            if (!fault.empty()) {
                row.fault = fault;
            } else {
                put(row, {}, read_object(text));
            }
        } catch (const MalformedJson& wrong) {
            row.fault = fault_of(wrong.slug);
        }
        if (!row.fault.empty()) row.cells = {shown(text)}, row.cell_faults.clear();
        return true;
    }
    return false;
}

}  // namespace tideover
