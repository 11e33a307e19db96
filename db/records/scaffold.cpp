// A column's check follows from its field: what a client cannot say, nobody stores.
#include "db/records/scaffold.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "db/core/query.hpp"
#include "db/records/counts.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/search_sql.hpp"
#include "domain/figures/measures.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {
namespace {

std::string list_of(std::span<const std::string_view> texts) {
    std::string out;
    for (const auto text : texts) out += (out.empty() ? "'" : ", '") + std::string{text} + "'";
    return out;
}

std::string column_type(const Field& field) {
    if (field.kind == Kind::pence) return "pence";
    if (field.kind == Kind::count) return field.most > std::numeric_limits<std::int32_t>::max() ? "bigint" : "integer";
    return std::string{sql_type(field)};
}

/// What a column may hold beyond its type; empty where that says all.
std::string check_of(const Field& field) {
    const auto name = column(field.name);
    const auto least = std::to_string(field.least), most = std::to_string(field.most);
    switch (field.kind) {
        case Kind::text:
            return "length(" + name + ") BETWEEN " + least + " AND " + most;
        case Kind::choice:
            return name + " IN (" + list_of(field.choices) + ")";
        case Kind::choices:
            if (field.choices.empty()) return name + "::text ~ '^\\{[a-z0-9_,]*\\}$'";
            return name + " <@ ARRAY[" + list_of(field.choices) + "]";
        case Kind::pence:  // its type says how much there may be
            return field.least == -pence_max ? std::string{} : name + " >= " + least;
        case Kind::count:
            return name + " BETWEEN " + least + " AND " + most;
        case Kind::postcode:
            return "is_postcode(" + name + ")";
        case Kind::phone:
            return name + " ~ '^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'";
        case Kind::email:
            return name + " ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(" + name + ") <= " + most;
        case Kind::digits:
            return name + " ~ '^[0-9]{" + most + "}$'";
        default:
            return {};
    }
}

std::string column_of(const Field& field) {
    const auto check = check_of(field);
    const bool always = field.required || (!field.fallback.empty() && !field.derived);
    return column(field.name) + " " + column_type(field) + (always ? " NOT NULL" : "") +
           (check.empty() ? "" : " CHECK (" + check + ")");
}

void add_columns(std::span<const Field> fields, std::vector<std::string>& lines) {
    for (const auto& field : fields) {
        if (field.kind != Kind::rows) lines.push_back(column_of(field));
    }
}

void add_foreign_keys(std::span<const Field> fields, std::vector<std::string>& lines) {
    for (const auto& field : fields) {
        if (field.refers.empty() || (field.kind != Kind::id && field.kind != Kind::code)) continue;
        const auto to = field.kind == Kind::code ? column(nouns::named(field.refers).code()) : std::string{"id"};
        lines.push_back("FOREIGN KEY (authority_id, " + column(field.name) + ") REFERENCES " +
                        std::string{field.refers} + " (authority_id, " + to + ")");
    }
}

std::string table(std::string_view name, const std::vector<std::string>& lines) {
    std::string out = "CREATE TABLE " + std::string{name} + " (\n";
    for (const auto& line : lines) out += "    " + line + (&line == &lines.back() ? "\n" : ",\n");
    return out + ");\n";
}

std::string record_table(const Noun& noun) {
    std::vector<std::string> lines{"authority_id text NOT NULL REFERENCES authority", "id uuid NOT NULL",
                                   "reference text NOT NULL"};
    if (!noun.moves.empty()) lines.push_back("state text NOT NULL DEFAULT '" + std::string{noun.initial()} + "'");
    add_columns(noun.fields, lines);
    for (const auto* line :
         {"version integer NOT NULL DEFAULT 1", "voided boolean NOT NULL DEFAULT false",
          "recorded_at timestamptz NOT NULL", noun.about_access ? "recorded_by uuid" : "recorded_by uuid NOT NULL",
          "PRIMARY KEY (authority_id, id)", "UNIQUE (authority_id, reference)"}) {
        lines.emplace_back(line);
    }
    if (!noun.code().empty()) lines.push_back("UNIQUE (authority_id, " + column(noun.code()) + ")");
    lines.emplace_back("FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)");
    add_foreign_keys(noun.fields, lines);
    return table(noun.name, lines);
}

std::string list_table(const Noun& noun, const Field& field) {
    const std::string parent{field.rows->parent};
    std::vector<std::string> lines{"authority_id text NOT NULL", parent + " uuid NOT NULL",
                                   "position integer NOT NULL"};
    add_columns(field.rows->fields, lines);
    if (is_correctable_list(field)) {
        lines.emplace_back("from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0)");
        lines.emplace_back("to_version integer");
        lines.emplace_back("CHECK (to_version >= from_version)");
    }
    lines.push_back("PRIMARY KEY (authority_id, " + parent + ", position)");
    lines.push_back("FOREIGN KEY (authority_id, " + parent + ") REFERENCES " + std::string{noun.name} +
                    " (authority_id, id)");
    add_foreign_keys(field.rows->fields, lines);
    return table(field.rows->table, lines);
}

std::string step_table(const Noun& noun, const Step& step) {
    const auto parent = std::string{noun.name} + "_id";
    std::vector<std::string> lines{"authority_id text NOT NULL", parent + " uuid NOT NULL",
                                   "position integer NOT NULL"};
    add_columns(step.fields, lines);
    lines.emplace_back("recorded_at timestamptz NOT NULL");
    lines.emplace_back("recorded_by uuid NOT NULL");
    lines.push_back("PRIMARY KEY (authority_id, " + parent + ", position)");
    lines.push_back("FOREIGN KEY (authority_id, " + parent + ") REFERENCES " + std::string{noun.name} +
                    " (authority_id, id)");
    lines.emplace_back("FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)");
    return table(step.step_table, lines);
}

std::string indexes(const Noun& noun) {
    std::string out;
    const auto add = [&](const std::string& name, bool always) {
        out += "CREATE INDEX ON " + std::string{noun.name} + " (authority_id, " + name + ", id)" +
               (always ? "" : " WHERE " + name + " IS NOT NULL") + ";\n";
    };
    add("recorded_at", true);
    add("recorded_by", true);
    out += "CREATE INDEX ON " + std::string{noun.name} + " (authority_id, id) WHERE voided;\n";
    if (!noun.moves.empty()) add("state", true);
    for (const auto& field : noun.fields) {
        const bool listed = field.filtered || is_ranged(field);
        // A code of its own has a unique index, and lists of values are among what is searched.
        if (listed && field.name != noun.key && field.kind != Kind::choices) add(column(field.name), field.required);
    }
    return out;
}

std::string moves(const Noun& noun) {
    std::string out;
    for (const auto& move : noun.moves) {
        out += (out.empty() ? "INSERT INTO lifecycle_move VALUES\n" : ",\n") +
               filled("    ('{noun}', '{from}', '{event}', '{to}')",
                      {{"noun", noun.name}, {"from", move.from}, {"event", move.event}, {"to", move.to}});
    }
    return out.empty() ? out : out + ";\n";
}

std::string grants(const Noun& noun) {
    auto out = "GRANT SELECT, INSERT, UPDATE ON " + std::string{noun.name} + " TO tideover_app;\n";
    for (const auto& field : noun.fields) {
        if (field.kind != Kind::rows || field.derived) continue;
        const std::string list{field.rows->table};
        out += "GRANT SELECT, INSERT ON " + list + " TO tideover_app;\n";
        if (is_correctable_list(field)) out += "GRANT UPDATE (to_version) ON " + list + " TO tideover_app;\n";
    }
    for (const auto& step : noun.steps) {
        if (!step.step_table.empty()) {
            out += "GRANT SELECT, INSERT ON " + std::string{step.step_table} + " TO tideover_app;\n";
        }
    }
    return out;
}

/// The lines that a counting rule implies, said in SQL: what `verify` counts by is read by a person first.
std::string counted(const Noun& noun, const Counting& rule) {
    std::string dims, where;
    for (const auto dimension : measure_of(rule.measure)->dimensions) {
        if (!dimension.empty() && noun.field(dimension) != nullptr) {
            dims += (dims.empty() ? "'" : ", '") + std::string{dimension} + "', " + column(dimension);
        }
    }
    if (!rule.field.empty()) where += " AND " + column(rule.field) + " = '" + std::string{rule.equals} + "'";
    if (!rule.requires_.empty()) where += " AND " + column(rule.requires_) + " IS NOT NULL";
    const auto* on = noun.field(rule.on);
    const auto day =
        on->kind == Kind::instant ? "(" + column(rule.on) + " AT TIME ZONE 'Europe/London')::date" : column(rule.on);
    return filled(
        R"(SELECT authority_id, '{measure}'::text AS measure, {quantity} AS quantity, {subject} AS subject_id,
       jsonb_strip_nulls(jsonb_build_object({dims})) AS dims, {day} AS happened_on, '{noun}'::text AS record_kind,
       id AS record_id
FROM {noun} WHERE NOT voided AND {on} IS NOT NULL{where})",
        {{"measure", rule.measure},
         {"quantity", (rule.sign < 0 ? "-" : "") +
                          (rule.quantity.empty() ? std::string{"1::bigint"} : column(rule.quantity) + "::bigint")},
         {"subject", rule.subject.empty() ? std::string{"NULL::uuid"} : column(rule.subject)},
         {"dims", dims},
         {"day", day},
         {"noun", noun.name},
         {"on", column(rule.on)},
         {"where", where}});
}

/// Whether a record of the noun names others, which must not be void.
bool names_others(const Noun& noun) {
    const auto names = [](const Field& field) { return !field.refers.empty(); };
    return std::any_of(noun.fields.begin(), noun.fields.end(), names);
}

}  // namespace

std::string scaffold_tables(const Noun& noun) {
    auto out = record_table(noun);
    for (const auto& field : noun.fields) {
        // Rows that nobody sends are those that steps are kept as.
        if (field.kind == Kind::rows && !field.derived) out += list_table(noun, field);
    }
    for (const auto& step : noun.steps) {
        if (!step.step_table.empty()) out += step_table(noun, step);
    }
    return out;
}

std::string scaffold(const Noun& noun) {
    auto out = scaffold_tables(noun) + indexes(noun) + counts_index(noun) + search_indexes(noun) + moves(noun) +
               "CREATE TRIGGER guard BEFORE UPDATE ON " + std::string{noun.name} +
               " FOR EACH ROW EXECUTE FUNCTION guard_record();\n" +
               (names_others(noun) ? "SELECT hold_references('" + std::string{noun.name} + "');\n" : "") + grants(noun);
    if (noun.counting.empty()) return out;
    out += "-- What it counts as, read from the record.\nCREATE VIEW recount_" + std::string{noun.name} + " AS\n";
    for (const auto& rule : noun.counting) {
        out += (&rule == noun.counting.data() ? "" : "\nUNION ALL\n") + counted(noun, rule);
    }
    return out + ";\nSELECT rebuild_recount();\n";
}

}  // namespace tideover::db::records
