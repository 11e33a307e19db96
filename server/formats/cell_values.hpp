// What people write in a cell, as the value of a field: days, instants, amounts, flags, choices and lists in the
// spellings that spreadsheets have.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "domain/core/field.hpp"

namespace tideover {

/// A value as JSON has it, or why there is none.
struct CellValue {
    nlohmann::json value{};
    std::string code{}, detail{};
};

/// How cells of a column are written, as import_profile_table has it; empty: as people mostly write.
struct CellManner {
    std::string days{}, money{};
};

[[nodiscard]] CellValue cell_value(const Field& field, std::string_view text, const CellManner& manner = {});

/// One of a record's own identifiers.
[[nodiscard]] CellValue identifier_value(std::string_view kind, const std::string& text);

/// A name in small letters and digits, without what stands between its words.
[[nodiscard]] std::string bare(std::string_view name);
/// In small letters, those of ASCII.
[[nodiscard]] std::string lower(std::string_view text);

}  // namespace tideover
