// A row that cannot be read gives up one line, and the next one is read as if it were not there.
#include "server/formats/csv_reader.hpp"

#include <algorithm>
#include <utility>

#include "server/formats/table_file.hpp"
#include "server/formats/text.hpp"

namespace tideover {
namespace {

constexpr std::string_view delimiters = ",;\t|";
constexpr std::size_t kept_max = 1 << 18;  // bytes of rows that were given, before they are let go of

/// What is wrong with the text of a row, whatever its cells are.
std::string_view fault_of(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return null_character;
    return is_utf8(text) ? std::string_view{} : not_utf8;
}

/// What can be shown of a text that is not UTF-8, or has what no text has.
std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, row_shown_max)) {
        const bool plain = c == '\t' || (c >= ' ' && c < 127);
        out += plain ? c : '?';
    }
    return out;
}

}  // namespace

CsvReader::CsvReader(ByteSource source, char delimiter) : source_(std::move(source)), delimiter_(delimiter) {}

bool CsvReader::more() {
    if (ended_) return false;
    const auto before = text_.size();
    while (text_.size() == before) {
        if (!source_(text_)) {
            ended_ = true;
            return false;
        }
    }
    return true;
}

/// The end of the line that begins there: of its text, without what ends it.
std::size_t CsvReader::line_end(std::size_t from) {
    for (;;) {
        const auto end = text_.find_first_of("\r\n", from);
        if (end != std::string::npos) return end;
        if (text_.size() - at_ > row_max || !more()) return text_.size();
    }
}

void CsvReader::begin() {
    begun_ = true;
    while (text_.size() < byte_order_mark.size() && more()) {
    }
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    const auto end = line_end(at_);
    const auto first = std::string_view{text_}.substr(at_, end - at_);
    if (first.size() == 5 && first.starts_with("sep=")) {
        if (delimiter_ == '\0') delimiter_ = first[4];
        at_ = end + (text_.substr(end, 2) == "\r\n" ? 2U : end < text_.size() ? 1U : 0U);
    }
    if (delimiter_ == '\0') find_delimiter();
}

void CsvReader::find_delimiter() {
    std::size_t counts[delimiters.size()]{};
    bool quoted = false;
    for (auto at = at_; at < text_.size() || (at - at_ < row_max && more()); ++at) {
        const char c = text_[at];
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '\r' || c == '\n')) break;
        const auto one = delimiters.find(c);
        if (!quoted && one != std::string_view::npos) ++counts[one];
    }
    delimiter_ = delimiters[static_cast<std::size_t>(std::max_element(std::begin(counts), std::end(counts)) -
                                                     std::begin(counts))];
}

/// Gives the line that the row begins with as what cannot be read.
void CsvReader::give_up_row(SourceRow& row, std::string_view fault) {
    const auto end = line_end(at_);
    row.fault = fault;
    row.cells = {shown(std::string_view{text_}.substr(at_, end - at_))};
    at_ = end;
    // What is left of a long line goes unread, part by part.
    for (;;) {
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
        if (at_ < text_.size()) break;
        text_.clear(), at_ = 0;
        if (!more()) return;
    }
    if (at_ < text_.size() && text_[at_] == '\r' && (at_ + 1 < text_.size() || more()) && text_[at_ + 1] == '\n') ++at_;
    if (at_ < text_.size()) ++at_;
}

/// Reads the row at `at_` into cells, and goes behind it; false where that cannot be done.
bool CsvReader::read_cells(SourceRow& row) {
    const char ends[] = {delimiter_, '\r', '\n', '\0'};
    std::string cell;
    bool inside = false, was_quoted = false;
    for (auto at = at_;;) {
        if (at - at_ > row_max) {
            give_up_row(row, inside ? unclosed_quote : row_too_long);
            return false;
        }
        if (at == text_.size() && !more()) {
            if (inside) {
                give_up_row(row, unclosed_quote);
                return false;
            }
            row.cells.push_back(std::move(cell));
            at_ = at;
            return true;
        }
        if (inside) {
            const auto quote = std::min(text_.find('"', at), text_.size());
            cell.append(text_, at, quote - at);
            at = quote;
            if (at == text_.size()) continue;
            ++at;
            if ((at < text_.size() || more()) && text_[at] == '"') {
                cell += '"';
                ++at;
            } else {
                inside = false;
            }
            continue;
        }
        const char c = text_[at];
        if (c == '"' && cell.empty() && !was_quoted) {
            inside = was_quoted = true;
            ++at;
        } else if (c == delimiter_) {
            row.cells.push_back(std::exchange(cell, {}));
            was_quoted = false;
            ++at;
        } else if (c == '\r' || c == '\n') {
            row.cells.push_back(std::move(cell));
            ++at;
            if (c == '\r' && (at < text_.size() || more()) && text_[at] == '\n') ++at;
            at_ = at;
            return true;
        } else {
            const auto end = std::min(text_.find_first_of(std::string_view{ends, 3}, at), text_.size());
            cell.append(text_, at, end - at);
            at = end;
        }
    }
}

std::string CsvReader::broken() const {
    if (unclosed_ < unclosed_max) return {};
    return "It is no CSV: " + std::to_string(unclosed_max) +
           " cells begin with a quotation mark that nothing closes, the last one in row " + std::to_string(rows_) + ".";
}

bool CsvReader::next(SourceRow& row) {
    if (!begun_) begin();
    for (;;) {
        if (at_ > kept_max) text_.erase(0, std::exchange(at_, 0));
        if (unclosed_ >= unclosed_max || (at_ == text_.size() && !more())) return false;
        row = {.number = ++rows_};
        const auto from = at_;
        if (!read_cells(row)) {
            unclosed_ += row.fault == unclosed_quote ? 1 : 0;
            return true;
        }
        const bool blank = row.cells.size() == 1 && row.cells[0].empty();
        if (blank) continue;
        const auto text = std::string_view{text_}.substr(from, at_ - from);
        row.fault = fault_of(text);
        if (!row.fault.empty()) row.cells = {shown(text)};
        return true;
    }
}

}  // namespace tideover
