// A sheet of a workbook (.xlsx, ECMA-376), read row by row: each cell as what a spreadsheet shows of it. Memory is
// bounded by a row, the texts that cells share, and what cells are merged.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/formats/row_reader.hpp"
#include "server/formats/zip_archive.hpp"

namespace tideover {

class WorkbookReader : public RowReader {
public:
    static constexpr std::size_t shared_max = std::size_t{64} << 20U;  // bytes of texts that cells share

    /// What is read: the columns' names alone, which need no look at what is merged below them; or all.
    enum class Extent { header, whole };

    /// `sheet` is a sheet's name; empty: the first one that is not hidden. A formula is its value as it was saved.
    /// Throws BadArchive, there and later, where it is no workbook, has no such sheet, is damaged, or unfolds beyond
    /// measure.
    WorkbookReader(RandomBytes bytes, const std::string& sheet, Extent extent = Extent::whole);
    ~WorkbookReader() override;

    [[nodiscard]] bool next(SourceRow& row) override;

private:
    struct Sheet;
    std::unique_ptr<Sheet> sheet_;
};

}  // namespace tideover
