// Cells of a table from outside, as the values of fields: which column is which field, and what people write in them.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/field.hpp"
#include "domain/core/field_fault.hpp"
#include "domain/import_kinds.hpp"

namespace tideover {

/// A column, and the field that it holds; null where it is left out.
struct ColumnOf {
    std::string name;  // as the file has it
    const Field* field = nullptr;
    /// Of a field that names a record: how the cells name it, as db::records::named_by takes it; of a list of
    /// identifiers: the kind that they are.
    std::string by{};

    /// Whether its cells name records, which somebody has to look for.
    [[nodiscard]] bool names() const { return field != nullptr && field->kind == Kind::id && !field->refers.empty(); }
};

/// For each column the ids of the records that its cells' texts name.
using NamedRecords = std::vector<std::map<std::string, std::vector<std::string>>>;

struct Columns {
    std::vector<ColumnOf> columns;
    std::vector<FieldFault> faults;  // their pointers are names of columns
};

/// Finds out what the columns of a table are: a name is a field's in any case, with anything or nothing between its
/// words. A record that a field names, such as household_id, is named by id or reference, and in a column such as
/// household.uprn by an identifier or the code that such records have. A column such as uprn alone is an identifier of
/// the row's own record: of a new one, or of the one that takes a step, which "reference" and its code name as well.
/// Those in `left_out`, and those that an error file adds, are left out. At fault are a name that no field has, two
/// columns of one field, and a field that is needed and has none, but for the one that is `given`.
[[nodiscard]] Columns columns_of(const ImportKind& kind, std::span<const std::string> header,
                                 std::span<const std::string> left_out, std::string_view given = {});

/// What an error file adds to the columns of a table.
inline constexpr std::string_view error_columns[]{"row", "field", "code", "message"};

/// A row's cells as the JSON body that would be sent for them; cells that are empty are not in it. A day may be
/// 31/12/2020, an instant 31/12/2020 14:05 in London, an amount of pence £1,334.00 or (12.50), which is below nothing,
/// a flag yes or no, a list a;b. What a spreadsheet shortened (1.5E+05) or guarded ('0123) is known as such. Faults of
/// cells are added; their pointers lead to the fields.
[[nodiscard]] nlohmann::json body_of(std::span<const ColumnOf> columns, std::span<const std::string> cells,
                                     const NamedRecords& named, std::vector<FieldFault>& faults);

/// What a cell says, without blanks around it and what our own files guard texts with.
[[nodiscard]] std::string text_of_cell(const Field& field, const std::string& cell);

/// Adds to each column that names records the text of its cell, unless that is an id, with no records so far.
void collect_names(std::span<const ColumnOf> columns, std::span<const std::string> cells, NamedRecords& named);

}  // namespace tideover
