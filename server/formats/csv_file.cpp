// CSV, a buffer at a time.
#include <algorithm>

#include "server/formats/csv.hpp"
#include "server/formats/table_file.hpp"

namespace tideover {
namespace {

constexpr std::size_t buffer_bytes = 1U << 18U;

/// Whether a column's values have a form in which no spreadsheet finds anything else.
bool is_safe(const Column& column) {
    switch (column.kind) {
        case Kind::pence:
        case Kind::count:
        case Kind::day:
        case Kind::instant:
        case Kind::flag:
        case Kind::id:
            return true;
        default:
            return false;
    }
}

class CsvFile final : public TableFile {
public:
    CsvFile(const std::vector<Column>& columns, SpoolFile& into) : into_(into) {
        buffer_ = byte_order_mark;
        for (const auto& column : columns) {
            safe_.push_back(is_safe(column));
            if (safe_.size() > 1) buffer_ += ',';
            append_csv_cell(buffer_, column.name);
        }
        buffer_ += "\r\n";
    }

    void row(std::span<const Cell> cells) override {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) buffer_ += ',';
            if (!cells[i]) continue;
            if (safe_[i]) {
                buffer_ += *cells[i];
            } else {
                append_csv_cell(buffer_, *cells[i]);
            }
        }
        buffer_ += "\r\n";
        if (buffer_.size() >= buffer_bytes) flush();
    }

    void finish() override { flush(); }

private:
    void flush() {
        into_.append(buffer_);
        buffer_.clear();
    }

    SpoolFile& into_;
    std::vector<bool> safe_;
    std::string buffer_;
};

}  // namespace

std::unique_ptr<TableFile> csv_file(std::vector<Column> columns, SpoolFile& into) {
    return std::make_unique<CsvFile>(columns, into);
}

}  // namespace tideover
