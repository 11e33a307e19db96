// Workbooks as bytes, part by part: what a spreadsheet writes, and what none would.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tideover::testing {

/// A zip archive with those entries.
[[nodiscard]] std::string zipped(const std::vector<std::pair<std::string, std::string>>& entries);

struct WorkbookParts {
    std::string sheet{};                                        // what its sheetData and what follows hold
    std::string shared{}, styles{};                             // the whole parts; empty: none
    std::string book_properties{};                              // <workbookPr …/>
    std::vector<std::pair<std::string, std::string>> others{};  // sheets before it: name, state
};
/// A workbook whose last sheet, "Data", is that.
[[nodiscard]] std::string workbook(const WorkbookParts& parts);

/// A sheet of texts, as libxlsxwriter writes it.
[[nodiscard]] std::string workbook_of(const std::vector<std::vector<std::string>>& rows);

}  // namespace tideover::testing
