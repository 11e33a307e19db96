// A record keeps codes as {a,b} and rows as JSON.
#include "server/casework/lists.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tideover::casework {
namespace {

using nlohmann::json;

std::string codes_text(const json& codes) {
    std::string out = "{";
    for (const auto& code : codes) out += (out.size() > 1 ? "," : "") + code.get<std::string>();
    return out + "}";
}

std::string text_of(const Field& field, const json& value) {
    if (field.kind == Kind::choices) return codes_text(value);
    return value.is_string() ? value.get<std::string>() : value.dump();
}

Record record_of(std::span<const Field> fields, const json& object) {
    Record out{fields};
    for (const auto& field : fields) {
        const auto found = object.find(field.name);
        if (found != object.end() && !found->is_null()) out.set(field, text_of(field, *found));
    }
    if (const auto id = object.find("id"); id != object.end()) out.id = id->get<std::string>();
    return out;
}

}  // namespace

std::vector<std::string> codes_of(const Record& record, Handle list) {
    const auto text = record.text(list);
    std::vector<std::string> out;
    for (std::size_t from = 1; from + 1 < text.size();) {
        const auto to = std::min(text.find(',', from), text.size() - 1);
        out.emplace_back(text.substr(from, to - from));
        from = to + 1;
    }
    return out;
}

std::vector<Record> rows_of(const Record& record, Handle list) {
    std::vector<Record> out;
    if (!record.has(list)) return out;
    for (const auto& row : json::parse(record.text(list)))
        out.push_back(record_of(record.field(list).rows->fields, row));
    return out;
}

bool same_rows(std::string_view one, std::string_view other) {
    return json::parse(one) == json::parse(other);
}

Record record_in(std::span<const Field> fields, std::string_view text) {
    return record_of(fields, json::parse(text));
}

}  // namespace tideover::casework
