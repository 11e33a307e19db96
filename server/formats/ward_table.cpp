// A strict reader: a table that is half understood would put people into the wrong ward.
#include "server/formats/ward_table.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "domain/core/form.hpp"
#include "server/formats/text.hpp"

namespace tideover {
namespace {

/// One row at a time; quoted cells may hold commas, line ends and doubled quotes.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {
        constexpr std::string_view mark = "\xEF\xBB\xBF";  // byte order mark, which spreadsheets write
        if (rest_.starts_with(mark)) rest_.remove_prefix(mark.size());
    }

    /// The next row; nothing at the end, or where a quote is never closed or stands in the middle of a cell.
    std::optional<std::vector<std::string>> next() {
        if (rest_.empty() || broken_) return std::nullopt;
        line_ = following_;
        std::vector<std::string> cells;
        for (;;) {
            cells.push_back(cell());
            if (broken_) return std::nullopt;
            if (rest_.starts_with(",")) {
                rest_.remove_prefix(1);
                continue;
            }
            if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
            if (!rest_.empty()) rest_.remove_prefix(1), ++following_;
            return cells;
        }
    }
    [[nodiscard]] bool broken() const { return broken_; }
    [[nodiscard]] std::size_t line() const { return line_; }

private:
    std::string cell() {
        if (!rest_.starts_with("\"")) {
            const auto end = std::min(rest_.find_first_of(",\n\""), rest_.size());
            broken_ = end < rest_.size() && rest_[end] == '"';
            const bool returned = end > 0 && end < rest_.size() && rest_[end] == '\n' && rest_[end - 1] == '\r';
            std::string out{rest_.substr(0, returned ? end - 1 : end)};
            rest_.remove_prefix(returned ? end - 1 : end);
            return out;
        }
        std::string out;
        for (rest_.remove_prefix(1); !rest_.empty(); rest_.remove_prefix(1)) {
            if (rest_.front() != '"') {
                if (rest_.front() == '\n') ++following_;
                out += rest_.front();
                continue;
            }
            rest_.remove_prefix(1);
            if (!rest_.starts_with("\"")) {
                broken_ = !rest_.empty() && rest_.front() != ',' && rest_.front() != '\n' && !rest_.starts_with("\r\n");
                return out;
            }
            out += '"';
        }
        broken_ = true;
        return out;
    }

    std::string_view rest_;
    std::size_t line_ = 0, following_ = 1;
    bool broken_ = false;
};

/// Nothing where it is no name: 1 to 60 characters on one line.
std::optional<std::string> name_of_ward(const std::string& cell) {
    auto [text, broken, control] = cleaned(cell);
    if (broken || control || text.empty() || characters(text) > 60) return std::nullopt;
    return std::move(text);
}

std::string at_line(const Lines& lines, const std::string& what) {
    return "line " + std::to_string(lines.line()) + ": " + what;
}

}  // namespace

std::variant<std::vector<WardRow>, std::string> read_ward_table(std::string_view csv) {
    Lines lines{csv};
    const auto header = lines.next().value_or(std::vector<std::string>{});
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    };
    const auto pcds = column("pcds"), ward = column("ward");
    if (pcds == header.size() || ward == header.size()) return at_line(lines, "the header must name pcds and ward");
    std::vector<WardRow> out;
    std::unordered_set<std::string> seen;
    while (const auto row = lines.next()) {
        if (row->size() != header.size()) return at_line(lines, "it has another number of cells than the header");
        const auto stored = canonical_form(Form::postcode, cleaned((*row)[pcds]).text);
        const auto name = name_of_ward((*row)[ward]);
        if (!stored) return at_line(lines, "'" + (*row)[pcds] + "' is no postcode");
        if (!name) return at_line(lines, "a ward's name has 1 to 60 characters");
        if (!seen.insert(*stored).second) return at_line(lines, *stored + " stands twice");
        out.push_back({*stored, *name});
    }
    if (lines.broken()) return at_line(lines, "a quote is not closed, or stands inside a cell");
    if (out.empty()) return at_line(lines, "there is no postcode in it");
    return out;
}

}  // namespace tideover
