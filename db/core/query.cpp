// Arrays as PostgreSQL reads them, and the holes of statements.
#include "db/core/query.hpp"

#include <algorithm>
#include <stdexcept>

namespace tideover::db {
namespace {

/// Quoted, so that no text is taken for NULL or for punctuation.
void append_element(std::string& array, const std::optional<std::string>& element) {
    if (array.back() != '{') array += ',';
    if (!element) {
        array += "NULL";
        return;
    }
    array += '"';
    for (const char c : *element) {
        if (c == '"' || c == '\\') array += '\\';
        array += c;
    }
    array += '"';
}

}  // namespace

Params as_arrays(const std::vector<const Params*>& rows) {
    Params out;
    for (std::size_t i = 0; i < rows.front()->size(); ++i) {
        std::string array = "{";
        for (const auto* row : rows) append_element(array, (*row)[i]);
        out.emplace_back(array + "}");
    }
    return out;
}

std::string array_of(const std::vector<std::string>& texts) {
    std::string array = "{";
    for (const auto& text : texts) append_element(array, text);
    return array + "}";
}

std::string array_of_values(const Params& values) {
    std::string array = "{";
    for (const auto& value : values) append_element(array, value);
    return array + "}";
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const auto& part : parts) {
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

std::string filled(std::string_view text, const std::vector<std::pair<std::string_view, std::string_view>>& fillings) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
    std::string out;
    std::vector<std::string_view> used;
    while (!text.empty()) {
        const auto open = std::min(text.find('{'), text.size());
        out += text.substr(0, open);
        text.remove_prefix(open);
        if (text.empty()) break;
        const auto end = std::min(text.find_first_not_of(letters, 1), text.size());
        if (end == 1 || end == text.size() || text[end] != '}') {  // a brace of SQL's own
            out += '{';
            text.remove_prefix(1);
            continue;
        }
        const auto name = text.substr(1, end - 1);
        const auto filling =
            std::find_if(fillings.begin(), fillings.end(), [&](const auto& one) { return one.first == name; });
        if (filling == fillings.end()) throw std::logic_error("nothing fills {" + std::string{name} + "}");
        out += filling->second;
        used.push_back(name);
        text.remove_prefix(end + 1);
    }
    for (const auto& [name, sql] : fillings) {
        if (std::find(used.begin(), used.end(), name) == used.end()) {
            throw std::logic_error("there is no {" + std::string{name} + "} to fill");
        }
    }
    return out;
}

}  // namespace tideover::db
