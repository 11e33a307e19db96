// Cells of a table from outside, as the values of fields: which column is which field, and what people write in them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/field.hpp"
#include "domain/core/field_fault.hpp"

namespace tideover {

/// A column, and the field that it holds; null where it is left out.
struct ColumnOf {
    std::string name;  // as the file has it
    const Field* field = nullptr;
};

struct Columns {
    std::vector<ColumnOf> columns;
    std::vector<FieldFault> faults;  // their pointers are names of columns
};

/// Finds out what the columns of a table are: a name is a field's in any case, with anything or nothing between its
/// words. Those in `left_out`, and those that an error file adds, are left out. At fault are a name that no field has,
/// two columns of one field, and a field that is needed and has none, but for those in `given`.
[[nodiscard]] Columns columns_of(std::span<const Field> fields, std::span<const std::string> header,
                                 std::span<const std::string> left_out, std::string_view given = {});

/// What an error file adds to the columns of a table.
inline constexpr std::string_view error_columns[]{"row", "field", "code", "message"};

/// A row's cells as the JSON body that would be sent for them; cells that are empty are not in it. A day may be
/// 31/12/2020, an amount of pence £1,334.00 or (12.50), which is below nothing, a flag yes or no, a list a;b. What a
/// spreadsheet shortened (1.5E+05) or guarded ('0123) is known as such. Faults of cells are added; their pointers lead
/// to the fields.
[[nodiscard]] nlohmann::json body_of(std::span<const ColumnOf> columns, std::span<const std::string> cells,
                                     std::vector<FieldFault>& faults);

}  // namespace tideover
