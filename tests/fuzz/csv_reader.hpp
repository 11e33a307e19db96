// An oracle: CSV by the grammar of RFC 4180, section 2, and not a byte more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tideover::fuzz {

/// The texts of one line's cells.
using CsvRow = std::vector<std::string>;

/// Takes one cell off the front; nothing where the bytes are not one.
inline std::optional<std::string> take_cell(std::string_view& text) {
    std::string out;
    if (!text.starts_with('"')) {
        const auto end = text.find_first_of(",\r\n\"");
        out = text.substr(0, end);
        text.remove_prefix(out.size());
        return out;
    }
    text.remove_prefix(1);
    for (;;) {
        const auto quote = text.find('"');
        if (quote == std::string_view::npos) return std::nullopt;
        out += text.substr(0, quote);
        text.remove_prefix(quote + 1);
        if (!text.starts_with('"')) return out;
        out += '"';
        text.remove_prefix(1);
    }
}

/// The rows of a file whose every line ends with CR LF; nothing where it is no such file.
inline std::optional<std::vector<CsvRow>> read_csv(std::string_view text) {
    std::vector<CsvRow> rows;
    while (!text.empty()) {
        auto& row = rows.emplace_back();
        for (;;) {
            auto cell = take_cell(text);
            if (!cell) return std::nullopt;
            row.push_back(std::move(*cell));
            if (!text.starts_with(',')) break;
            text.remove_prefix(1);
        }
        if (!text.starts_with("\r\n")) return std::nullopt;
        text.remove_prefix(2);
    }
    return rows;
}

}  // namespace tideover::fuzz
