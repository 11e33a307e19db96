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
#include "domain/imports/import_kinds.hpp"
#include "server/formats/cell_values.hpp"
#include "server/formats/row_reader.hpp"
#include "server/formats/table_reading.hpp"

namespace tideover {

/// A column, and the field that it holds; null where it is left out.
struct ColumnOf {
    std::string name;  // as the file has it
    const Field* field = nullptr;
    /// Of a field that names a record: how the cells name it, as db::records::named_by takes it; of a list of
    /// identifiers: the kind that they are.
    std::string by{};
    /// Why a row with such a cell is at fault, as the code of a fault: of a column that nobody could know beforehand.
    std::string fault{};
    CellManner manner{};
    std::map<std::string, std::string> meanings{};  // of what its cells say, in small letters
    /// What every row has; such a column is none of the file's, has no name, and stands behind those.
    std::string constant{};
    bool joins = false;  // a profile names it: it may be one of several columns of its field

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
/// What the reading says of a column comes first; those that it leaves out, and those that an error file adds, are left
/// out. At fault are a name that no field has, two columns of one field, and a field that is needed and has none, but
/// for the one that is `given`.
[[nodiscard]] Columns columns_of(const ImportKind& kind, std::span<const std::string> header,
                                 const TableReading& reading, std::string_view given = {});

/// The same of columns that nobody could know beforehand: what is at fault with one is its rows'.
[[nodiscard]] std::vector<ColumnOf> columns_met(const ImportKind& kind, std::span<const std::string> names,
                                                const TableReading& reading);

/// A column of that name alone; without a field where there is none.
[[nodiscard]] ColumnOf column_called(const ImportKind& kind, const std::string& name);
/// Gives columns what the reading says of how their cells are written.
void give_manners(std::span<ColumnOf> columns, const TableReading& reading);

/// Which rows of a table are wanted, by what a profile says.
class RowFilter {
public:
    RowFilter(std::span<const ColumnOf> columns, const TableReading& reading);
    /// The first column by which rows are skipped that is none of these; empty: all are there.
    [[nodiscard]] static std::string missing(std::span<const std::string> header, const TableReading& reading);
    [[nodiscard]] bool wants(std::span<const std::string> cells) const;

private:
    std::vector<std::pair<std::size_t, std::string>> skips_;
    std::vector<std::vector<std::size_t>> needs_;
};

/// What an error file adds to the columns of a table.
inline constexpr std::string_view error_columns[]{"row", "field", "code", "message"};

/// A row's cells as the JSON body that would be sent for them; cells that are empty are not in it. A day may be
/// 31/12/2020, an instant 31/12/2020 14:05 in London, an amount of pence £1,334.00 or (12.50), which is below nothing,
/// a flag yes or no, a list a;b. What a spreadsheet shortened (1.5E+05) or guarded ('0123) is known as such. Faults of
/// cells are added; their pointers lead to the fields.
[[nodiscard]] nlohmann::json body_of(std::span<const ColumnOf> columns, const SourceRow& row, const NamedRecords& named,
                                     std::vector<FieldFault>& faults);

/// What a cell says, without blanks around it and what our own files guard texts with, or what that means.
/// Precondition: the column has a field.
[[nodiscard]] std::string text_of_cell(const ColumnOf& column, const std::string& cell);

/// Adds to each column that names records the text of its cell, unless that is an id, with no records so far.
void collect_names(std::span<const ColumnOf> columns, std::span<const std::string> cells, NamedRecords& named);

}  // namespace tideover
