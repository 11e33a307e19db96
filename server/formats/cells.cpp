// Columns are found by bare names; what a profile says of one comes first.
#include "server/formats/cells.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "domain/core/naming.hpp"
#include "domain/core/uuid.hpp"
#include "domain/nouns.hpp"
#include "server/formats/record_json.hpp"
#include "server/formats/spreadsheet.hpp"
#include "server/formats/text.hpp"

namespace tideover {
namespace {

using nlohmann::json;

std::string names_of(std::span<const Field> fields) {
    std::string out;
    for (const auto& field : fields) {
        if (!field.derived) out += (out.empty() ? "" : ", ") + std::string{field.name};
    }
    return out;
}

/// A name without what our own workbooks add to it.
std::string without_unit(std::string name) {
    for (const std::string_view unit : {" (£)", " (London)"}) {
        if (name.ends_with(unit)) name.resize(name.size() - unit.size());
    }
    return name;
}

/// The field that a bare name is of.
void find_field(std::span<const Field> fields, const std::string& name, ColumnOf& column) {
    for (const auto& field : fields) {
        if (field.derived) continue;
        const auto whole = bare(field.name);
        if (whole == name) {
            column.field = &field;
            column.by.clear();
            return;
        }
        if (field.kind == Kind::rows && field.rows != nullptr) {
            if (!is_identifiers(field)) continue;
            for (const auto kind : identifier_kinds_in(field)) {
                if (name == bare(kind) || name == whole + bare(kind)) column.field = &field, column.by = kind;
            }
        } else if (field.kind == Kind::id && !field.refers.empty() && field.name.ends_with("_id")) {
            const auto base = bare(field.name.substr(0, field.name.size() - 3));
            const auto& other = nouns::named(field.refers);
            if (name == base || name == base + "reference") column.field = &field, column.by.clear();
            for (const auto& one : other.fields) {
                if (is_its_own(other, one) && name == base + bare(one.name))
                    column.field = &field, column.by = one.name;
            }
            const auto* list = identifiers_of(other);
            if (list == nullptr) continue;
            for (const auto kind : identifier_kinds_in(*list)) {
                if (name == base + bare(kind)) column.field = &field, column.by = kind;
            }
        }
    }
}

/// The record that takes a step, as it is named where nothing but the step stands beside it.
void find_target(const ImportKind& kind, const std::string& name, ColumnOf& column) {
    const auto is = [&](std::string_view by) {
        column.field = kind.target();
        column.by = by;
    };
    if (name == "reference" || name == "id") is({});
    for (const auto& field : kind.noun->fields) {
        if (is_its_own(*kind.noun, field) && name == bare(field.name)) is(field.name);
    }
    const auto* list = identifiers_of(*kind.noun);
    if (list == nullptr) return;
    for (const auto one : identifier_kinds_in(*list)) {
        if (name == bare(one)) is(one);
    }
}

bool is_among(std::span<const std::string> names, const std::string& wanted) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return bare(name) == wanted; });
}

/// Finds out what a name is the field of.
void find_any(const ImportKind& kind, const std::string& name, ColumnOf& column) {
    find_field(kind.fields, name, column);
    if (column.field == nullptr && kind.target() != nullptr) find_target(kind, name, column);
}

/// What the profile says of the column; null where it says nothing.
const TableReading::Column* said_of(const TableReading& reading, const std::string& name) {
    for (const auto& one : reading.columns) {
        if (bare(one.column) == name) return &one;
    }
    return nullptr;
}

/// Whether an error file made the last columns of the table.
bool is_mended(std::span<const std::string> header) {
    const auto errors = std::size(error_columns);
    return header.size() > errors &&
           std::equal(std::begin(error_columns), std::end(error_columns), header.end() - errors);
}

/// Columns that say the same field, without a profile that joins them, are at fault.
void refuse_twins(Columns& found) {
    for (std::size_t i = 0; i < found.columns.size(); ++i) {
        auto& column = found.columns[i];
        const auto same = [&](const ColumnOf& other) {
            return other.field == column.field && (column.names() || other.by == column.by);
        };
        const auto end = found.columns.begin() + static_cast<std::ptrdiff_t>(i);
        if (column.field == nullptr || column.joins || std::none_of(found.columns.begin(), end, same)) continue;
        column.fault = "repeated_column";
        found.faults.push_back({column.name, column.fault, "Another column is this field already."});
    }
}

void refuse_missing(const ImportKind& kind, std::string_view given, Columns& found) {
    for (const auto& field : kind.fields) {
        const auto is_it = [&](const ColumnOf& column) { return column.field == &field; };
        if (field.required && !field.derived && field.name != given &&
            std::none_of(found.columns.begin(), found.columns.end(), is_it)) {
            found.faults.push_back(
                {std::string{field.name}, "missing_column", "This field is needed, and no column has it."});
        }
    }
}

}  // namespace

ColumnOf column_called(const ImportKind& kind, const std::string& name) {
    ColumnOf out{name};
    find_any(kind, bare(without_unit(name)), out);
    return out;
}

void give_manners(std::span<ColumnOf> columns, const TableReading& reading) {
    for (auto& column : columns) {
        const auto name = bare(column.name);
        if (const auto* said = said_of(reading, name)) {
            column.manner = {said->days, said->money};
            column.joins = true;
        }
        for (const auto& one : reading.meanings) {
            if (bare(one.column) == name) column.meanings.insert_or_assign(lower(one.said), one.means);
        }
    }
}

Columns columns_of(const ImportKind& kind, std::span<const std::string> header, const TableReading& reading,
                   std::string_view given) {
    Columns out;
    const auto added = is_mended(header) ? header.size() - std::size(error_columns) : header.size();
    for (std::size_t i = 0; i < header.size(); ++i) {
        auto& column = out.columns.emplace_back(ColumnOf{cleaned(header[i]).text});
        const auto name = bare(without_unit(column.name));
        if (i >= added || is_among(reading.left_out, name)) continue;
        const auto* said = said_of(reading, bare(column.name));
        if (said != nullptr && said->field.empty()) continue;
        find_any(kind, said == nullptr ? name : bare(said->field), column);
        if (column.field != nullptr || reading.others_left_out) continue;
        column.fault = "unknown_column";
        out.faults.push_back({column.name, column.fault,
                              "No field is called so. There are: " + names_of(kind.fields) +
                                  ". Name the column in leave_out where it is not wanted."});
    }
    for (const auto& [field, value] : reading.constants) {
        auto column = column_called(kind, field);
        if (column.field == nullptr) continue;  // the profile was refused, or the program is older
        column.name.clear();
        column.constant = value;
        column.joins = true;
        out.columns.push_back(std::move(column));
    }
    give_manners(out.columns, reading);
    refuse_twins(out);
    refuse_missing(kind, given, out);
    return out;
}

std::vector<ColumnOf> columns_met(const ImportKind& kind, std::span<const std::string> names,
                                  const TableReading& reading) {
    auto out = columns_of(kind, names, reading).columns;
    for (auto& column : out) {
        if (!column.fault.empty()) column.field = nullptr;
    }
    return out;
}

namespace {

/// The record that the text names.
CellValue record_named(const std::string& text, const std::map<std::string, std::vector<std::string>>& named) {
    if (is_uuid(text)) return {text};
    const auto found = named.find(text);
    if (found == named.end() || found->second.empty()) return {{}, "unknown_reference", "There is no such record."};
    if (found->second.size() == 1) return {found->second.front()};
    return {{}, "ambiguous_reference", "Several records are named so: name the one that is meant by its reference."};
}

}  // namespace

std::string text_of_cell(const ColumnOf& column, const std::string& cell) {
    auto text = column.field->lines ? cell : cleaned(cell).text;
    if (text.size() > 1 && text.front() == '\'' && is_misread(std::string_view{text}.substr(1))) text.erase(0, 1);
    if (!column.meanings.empty()) {
        if (const auto found = column.meanings.find(lower(text)); found != column.meanings.end()) return found->second;
    }
    return text;
}

void collect_names(std::span<const ColumnOf> columns, std::span<const std::string> cells, NamedRecords& named) {
    named.resize(columns.size());
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        if (!columns[i].names()) continue;
        auto text = text_of_cell(columns[i], cells[i]);
        if (!text.empty() && !is_uuid(text)) named[i].try_emplace(std::move(text));
    }
}

json body_of(std::span<const ColumnOf> columns, const SourceRow& row, const NamedRecords& named,
             std::vector<FieldFault>& faults) {
    auto body = json::object();
    std::set<std::size_t> wrong;
    for (const auto& [column, fault] : row.cell_faults) {
        const auto* field = column < columns.size() ? columns[column].field : nullptr;
        if (field == nullptr || !wrong.insert(column).second) continue;
        faults.push_back({pointer_to(field->name), std::string{fault}, std::string{words_of(fault)}});
    }
    std::map<const Field*, std::string> joined;
    for (std::size_t i = 0; i < columns.size() && i < row.cells.size(); ++i) {
        const auto& column = columns[i];
        const auto* field = column.field;
        if (!column.fault.empty() && !row.cells[i].empty()) {
            faults.push_back(
                {"/" + column.name, column.fault, "No field is called so, or another column is it already."});
        }
        if (field == nullptr || wrong.contains(i)) continue;
        auto text = text_of_cell(column, row.cells[i]);
        if (text.empty()) continue;
        const bool identifier = field->kind == Kind::rows && !column.by.empty();
        if (!identifier) {
            auto& so_far = joined[field];
            if (!so_far.empty()) {
                // Of what cannot be joined, the first that says anything.
                if (field->kind != Kind::text || !column.constant.empty()) continue;
                text = so_far + (field->lines ? ", " : " ") + text;
            }
            so_far = text;
        }
        auto [value, code, detail] = column.names() ? record_named(text, named.at(i))
                                     : identifier   ? identifier_value(column.by, text)
                                                    : cell_value(*field, text, column.manner);
        if (!code.empty()) {
            faults.push_back({pointer_to(field->name), std::move(code), std::move(detail)});
        } else if (identifier) {
            body[std::string{field->name}].push_back(std::move(value));
        } else {
            set_at(body, field->name, std::move(value));
        }
    }
    return body;
}

RowFilter::RowFilter(std::span<const ColumnOf> columns, const TableReading& reading) {
    const auto at = [&](const std::string& name) -> std::size_t {
        const auto is_it = [&](const ColumnOf& column) {
            return !column.name.empty() && bare(column.name) == bare(name);
        };
        return static_cast<std::size_t>(std::find_if(columns.begin(), columns.end(), is_it) - columns.begin());
    };
    for (const auto& [column, said] : reading.skips) skips_.emplace_back(at(column), lower(said));
    for (const auto& need : reading.needs) {
        auto& group = needs_.emplace_back();
        for (const auto& name : need) group.push_back(at(name));
    }
}

std::string RowFilter::missing(std::span<const std::string> header, const TableReading& reading) {
    for (const auto& skip : reading.skips) {
        if (!is_among(header, bare(skip.column))) return skip.column;
    }
    return {};
}

bool RowFilter::wants(std::span<const std::string> cells) const {
    const auto said = [&](std::size_t column) {
        return column < cells.size() ? lower(cleaned(cells[column]).text) : "";
    };
    for (const auto& [column, unwanted] : skips_) {
        const auto text = said(column);
        if (unwanted.empty() ? !text.empty() : text == unwanted) return false;
    }
    const auto whole = [&](const std::vector<std::size_t>& group) {
        return std::none_of(group.begin(), group.end(), [&](std::size_t column) { return said(column).empty(); });
    };
    return needs_.empty() || std::any_of(needs_.begin(), needs_.end(), whole);
}

}  // namespace tideover
