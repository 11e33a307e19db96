// A workbook by libxlsxwriter in its constant-memory mode: a row is on the disk before the next one begins.
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <map>
#include <system_error>
#include <utility>

#include "domain/core/day.hpp"
#include "server/formats/table_file.hpp"

namespace tideover {
namespace {

using std::chrono::floor;

constexpr std::size_t cell_characters_max = 32'767;  // a spreadsheet's own limit …
constexpr std::string_view cut_mark = " … (cut: a cell holds no more; the CSV has all of it)";
constexpr lxw_row_t sheet_rows_max = LXW_ROW_MAX;  // … and this one's, with the line of names

/// A spreadsheet counts days from the end of 1899, and takes 1900 for a leap year: before its March, days are texts.
std::optional<double> serial(Instant at) {
    constexpr Day epoch = std::chrono::year{1899} / std::chrono::December / 30;
    constexpr Day first = std::chrono::year{1900} / std::chrono::March / 1;
    if (at < first) return std::nullopt;
    return std::chrono::duration<double, std::ratio<86'400>>(at - epoch).count();
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    constexpr std::int64_t exact = std::int64_t{1} << 53;  // a cell is a double
    std::int64_t out = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool fits = end.ec == std::errc{} && end.ptr == text.data() + text.size() && out <= exact && out >= -exact;
    return fits ? std::optional{out} : std::nullopt;
}

/// A text no longer than a cell, cut between characters.
std::string fitted(std::string_view text) {
    if (text.size() <= cell_characters_max) return std::string{text};
    auto end = cell_characters_max - cut_mark.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string{text.substr(0, end)} + std::string{cut_mark};
}

/// What a column's values become.
struct Manner {
    const char* format;  // null: none of its own
    double width;
    std::string_view said;  // in its name
};
Manner manner_of(Kind kind) {
    switch (kind) {
        case Kind::pence:
            return {"£#,##0.00;[Red]-£#,##0.00", 14, " (£)"};
        case Kind::day:
            return {"dd/mm/yyyy", 11, {}};
        case Kind::instant:
            return {"dd/mm/yyyy hh:mm:ss", 19, " (London)"};
        case Kind::count:
            return {nullptr, 10, {}};
        case Kind::flag:
            return {nullptr, 8, {}};
        default:
            return {"@", 18, {}};  // text, also when somebody edits the cell
    }
}

std::string heading(const Column& column) {
    std::string name = column.name;
    if (column.kind == Kind::pence && name.ends_with("_pence")) name.resize(name.size() - 6);
    return name + std::string{manner_of(column.kind).said};
}

class WorkbookFile final : public TableFile {
public:
    WorkbookFile(std::vector<Column> columns, SpoolFile& into, const std::string& title, std::string folder)
        : columns_(std::move(columns)), name_(into.name()), folder_(std::move(folder)), title_(title.substr(0, 25)) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder_.data();
        options.use_zip64 = LXW_TRUE;
        workbook_ = workbook_new_opt(name_.c_str(), &options);
        if (workbook_ == nullptr) throw std::system_error{ENOMEM, std::generic_category(), "a workbook"};
        bold_ = workbook_add_format(workbook_);
        format_set_bold(bold_);
        for (const auto& column : columns_) formats_.push_back(format_of(column.kind));
        add_sheet();
    }
    WorkbookFile(const WorkbookFile&) = delete;
    WorkbookFile& operator=(const WorkbookFile&) = delete;
    ~WorkbookFile() override {
        if (workbook_ != nullptr) lxw_workbook_free(workbook_);
    }

    void row(std::span<const Cell> cells) override {
        if (row_ == sheet_rows_max) add_sheet();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i]) write(static_cast<lxw_col_t>(i), *cells[i]);
        }
        ++row_;
    }

    void finish() override {
        const auto error = workbook_close(std::exchange(workbook_, nullptr));
        if (error != LXW_NO_ERROR)
            throw std::system_error{errno == 0 ? EIO : errno, std::generic_category(), lxw_strerror(error)};
    }

private:
    lxw_format* format_of(Kind kind) {
        const auto* said = manner_of(kind).format;
        if (said == nullptr) return nullptr;
        auto& format = by_form_[said];
        if (format == nullptr) {
            format = workbook_add_format(workbook_);
            format_set_num_format(format, said);
        }
        return format;
    }

    void add_sheet() {
        ++sheets_;
        const auto name = sheets_ == 1 ? title_ : title_ + " " + std::to_string(sheets_);
        sheet_ = workbook_add_worksheet(workbook_, name.c_str());
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto at = static_cast<lxw_col_t>(i);
            const auto words = heading(columns_[i]);
            worksheet_set_column(sheet_, at, at,
                                 std::max(manner_of(columns_[i].kind).width, static_cast<double>(words.size()) + 1),
                                 nullptr);
            worksheet_write_string(sheet_, 0, at, words.c_str(), bold_);
        }
        row_ = 1;
    }

    void write(lxw_col_t at, std::string_view value) {
        const auto kind = columns_[at].kind;
        auto* format = formats_[at];
        if (kind == Kind::pence || kind == Kind::count) {
            if (const auto number = whole_number(value)) {
                const auto scale = kind == Kind::pence ? 100.0 : 1.0;
                worksheet_write_number(sheet_, row_, at, static_cast<double>(*number) / scale, format);
                return;
            }
        } else if (kind == Kind::day || kind == Kind::instant) {
            if (const auto when = date_of(kind, value)) {
                worksheet_write_number(sheet_, row_, at, *when, format);
                return;
            }
            format = nullptr;
        } else if (kind == Kind::flag) {
            worksheet_write_boolean(sheet_, row_, at, value == "true" ? 1 : 0, format);
            return;
        }
        worksheet_write_string(sheet_, row_, at, fitted(value).c_str(), format);
    }

    static std::optional<double> date_of(Kind kind, std::string_view value) {
        if (kind == Kind::day) {
            const auto day = parse_day(value);
            return day ? serial(Instant{*day}) : std::nullopt;
        }
        const auto instant = parse_instant(value);
        return instant ? serial(london_clock(*instant)) : std::nullopt;
    }

    std::vector<Column> columns_;
    std::string name_, folder_, title_;
    lxw_workbook* workbook_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* bold_ = nullptr;
    std::vector<lxw_format*> formats_;
    std::map<std::string_view, lxw_format*> by_form_;
    lxw_row_t row_ = 0;
    int sheets_ = 0;
};

}  // namespace

std::unique_ptr<TableFile> workbook_file(std::vector<Column> columns, SpoolFile& into, const std::string& title,
                                         const std::string& folder) {
    return std::make_unique<WorkbookFile>(std::move(columns), into, title, folder);
}

}  // namespace tideover
