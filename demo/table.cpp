// Lays out the table of figures.
#include "demo/table.hpp"

#include <algorithm>
#include <sstream>

namespace tideover::year {
namespace {

constexpr std::string_view gap = "  ";

/// Broken between words, so that no line is wider than `widest` unless a word is.
std::vector<std::string> lines_of(const std::string& text, std::size_t widest) {
    std::vector<std::string> lines(1);
    std::istringstream words{text};
    for (std::string word; words >> word;) {
        auto& line = lines.back();
        if (!line.empty() && width_of(line) + 1 + width_of(word) > widest) {
            lines.push_back("  " + word);
        } else {
            line += (line.empty() ? "" : " ") + word;
        }
    }
    return lines;
}

std::string padded(const std::string& text, std::size_t width, bool right) {
    const std::string space(width - std::min(width, width_of(text)), ' ');
    return right ? space + text : text + space;
}

void append_row(std::string& out, const std::vector<Column>& columns, const std::vector<std::size_t>& widths,
                const std::vector<std::string>& cells) {
    std::vector<std::vector<std::string>> broken;
    std::size_t height = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        broken.push_back(lines_of(cells[i], columns[i].widest));
        height = std::max(height, broken.back().size());
    }
    for (std::size_t n = 0; n < height; ++n) {
        std::string line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& part = n < broken[i].size() ? broken[i][n] : std::string{};
            line += (i == 0 ? std::string{} : std::string{gap}) + padded(part, widths[i], columns[i].number);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
}

}  // namespace

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    std::vector<std::string> headings;
    std::size_t whole = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::size_t widest = 0;
        for (const auto& line : lines_of(columns[i].heading, columns[i].widest))
            widest = std::max(widest, width_of(line));
        for (const auto& row : rows) {
            for (const auto& line : lines_of(row[i], columns[i].widest)) widest = std::max(widest, width_of(line));
        }
        widths.push_back(widest);
        headings.push_back(columns[i].heading);
        whole += widest + (i == 0 ? 0 : gap.size());
    }
    std::string out;
    append_row(out, columns, widths, headings);
    for (std::size_t i = 0; i < whole; ++i) out += "─";
    out += "\n";
    for (const auto& row : rows) append_row(out, columns, widths, row);
    return out;
}

}  // namespace tideover::year
