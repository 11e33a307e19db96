// Composes columns, JSON and entries from the field tables.
#include "db/records/record_sql.hpp"

#include "db/core/ids.hpp"

namespace tideover::db::records {

std::string wire_rows(const Field& field) {
    return wire_rows(field, is_correctable_list(field) ? "r.to_version IS NULL" : "true");
}

std::string wire_rows(const Field& field, const std::string& which) {
    std::string pairs;
    for (const auto& f : field.rows->fields) {
        if (!pairs.empty()) pairs += ", ";
        pairs += "'" + std::string{f.name} + "', " + wire_value(f, "r");
    }
    return "coalesce((SELECT json_agg(json_build_object(" + pairs + ") ORDER BY r.position) FROM " +
           std::string{field.rows->table} + " r WHERE r.authority_id = t.authority_id AND r." +
           std::string{field.rows->parent} + " = t.id AND " + which + "), '[]'::json)";
}

namespace {

/// The arguments of json_build_object for columns, after ", "; a dot in a name nests.
std::string nested(const std::vector<WireColumn>& columns) {
    std::string out;
    std::string group, inside;
    const auto flush = [&] {
        if (!group.empty()) out += ", '" + group + "', json_build_object(" + inside + ")";
        group.clear(), inside.clear();
    };
    for (const auto& column : columns) {
        const auto dot = column.name.find('.');
        if (dot == std::string::npos) {
            flush();
            out += ", '" + column.name + "', " + column.value;
            continue;
        }
        if (const auto head = column.name.substr(0, dot); head != group) {
            flush();
            group = head;
        }
        inside += (inside.empty() ? "'" : ", '") + column.name.substr(dot + 1) + "', " + column.value;
    }
    flush();
    return out;
}

std::vector<WireColumn> seen_columns(std::span<const Field> fields, Role role, const ListSql& rows) {
    std::vector<WireColumn> out;
    for (const auto& field : fields) {
        if (!who_sees(field.privacy).has(role)) continue;
        out.push_back(
            {std::string{field.name}, field.kind, field.kind == Kind::rows ? rows(field) : wire_value(field, "t")});
    }
    return out;
}

}  // namespace

std::string wire_pairs(std::span<const Field> fields, Role role, const ListSql& rows) {
    return nested(seen_columns(fields, role, rows));
}

namespace {

void append_json(std::string& out, std::string_view name, std::string_view value, bool quote) {
    if (out.back() != '{') out += ',';
    out += '"';
    out += name;
    out += "\":";
    if (value.empty()) {
        out += "null";
    } else if (quote) {
        out += '"';
        out += value;
        out += '"';
    } else {
        out += value;
    }
}

}  // namespace

std::string column(std::string_view field) {
    std::string name{field};
    for (auto& c : name) {
        if (c == '.') c = '_';
    }
    return name;
}

std::string_view sql_type(const Field& field) {
    switch (field.kind) {
        case Kind::pence:
        case Kind::count:
            return "bigint";
        case Kind::day:
            return "date";
        case Kind::instant:
            return "timestamptz";
        case Kind::flag:
            return "boolean";
        case Kind::id:
            return "uuid";
        case Kind::choices:
            return "text[]";
        case Kind::rows:
            return "json";
        default:
            return "text";
    }
}

std::string wire_value(const Field& field, const std::string& alias) {
    auto name = alias + "." + column(field.name);
    if (field.kind == Kind::instant) return "wire(" + name + ")";
    return name;
}

std::string merges_sql(const Noun& noun, Role role, std::string_view authority) {
    std::string open;
    if (role == Role::partner) open = " AND false";
    if (!noun.restricted.empty() && role != Role::admin) {
        open += filled(
            " AND NOT EXISTS (SELECT FROM {table} r WHERE r.authority_id = m.authority_id AND r.id = m.into_id AND "
            "r.{restricted})",
            {{"table", noun.name}, {"restricted", column(noun.restricted)}});
    }
    return filled("FROM merge m WHERE m.authority_id = {authority} AND m.state = 'merged' AND NOT m.voided{open}",
                  {{"authority", authority}, {"open", open}});
}

namespace {

/// What a record over the alias `t` was merged into.
std::string merged_into_sql(const Noun& noun, Role role) {
    return "(SELECT m.into_id " + merges_sql(noun, role, "t.authority_id") + " AND m.from_id = t.id)";
}

}  // namespace

std::string etag_sql(const Noun& noun, Role role) {
    const std::string plain = R"('"' || t.version || )";
    if (!noun.mergeable) return plain + R"('"')";
    return plain + "coalesce('.' || " + merged_into_sql(noun, role) + R"(, '') || '"')";
}

namespace {

std::vector<WireColumn> all_columns(const Noun& noun, Role role, const ListSql& rows) {
    std::vector<WireColumn> out{{"id", Kind::id, "t.id"}, {"reference", Kind::text, "t.reference"}};
    if (!noun.moves.empty()) out.push_back({"state", Kind::choice, "t.state"});
    for (auto& column : seen_columns(noun.fields, role, rows)) out.push_back(std::move(column));
    if (noun.mergeable) out.push_back({"merged_into", Kind::id, merged_into_sql(noun, role)});
    out.push_back({"voided", Kind::flag, "t.voided"});
    out.push_back({"version", Kind::count, "t.version"});
    out.push_back({"recorded_at", Kind::instant, "wire(t.recorded_at)"});
    out.push_back({"recorded_by", Kind::id, "t.recorded_by"});
    return out;
}

}  // namespace

std::vector<WireColumn> wire_columns(const Noun& noun, Role role) {
    return all_columns(noun, role, [](const Field& field) { return wire_rows(field); });
}

/// json_build_object takes 100 arguments: every noun stays well below.
std::string wire_object(const Noun& noun, Role role, const ListSql& rows) {
    return "json_build_object(" + nested(all_columns(noun, role, rows)).substr(2) + ")";
}

std::string columns(const Noun& noun, std::string_view prefix) {
    std::string out;
    for (const auto& field : noun.fields) {
        if (field.kind != Kind::rows) out += ", " + std::string{prefix} + column(field.name);
    }
    return out;
}

namespace {

/// The canonical form of an SQL expression, as the schema's function of that name gives it.
std::string formed(Form form, const std::string& value) {
    if (form == Form::none) return value;
    const std::string name = form == Form::account ? "account"
                             : form == Form::fund  ? "fund"
                             : form == Form::tag   ? "tag"
                             : form == Form::ward  ? "ward"
                                                   : "code";
    return "canonical_form('" + name + "', " + value + ")";
}

}  // namespace

std::string in_form(const Noun& noun, std::string_view alias, const std::string& value) {
    const auto code = std::string{alias} + column(noun.code());
    const auto form = noun.field(noun.code())->form;
    return formed(form, code) + " = " + formed(form, value);
}

std::string has_value(const Field& field, const std::string& authority, const std::string& value) {
    const auto stored = "t." + column(field.name);
    if (field.form == Form::tag) return formed(field.form, stored) + " = (SELECT " + formed(field.form, value) + ")";
    if (field.form == Form::ward) {
        return stored + " IN (" + value + ", (SELECT w.name FROM ward_name w WHERE w.authority_id = " + authority +
               " AND w.form = " + formed(field.form, value) + "))";
    }
    if (field.kind == Kind::code) {
        const auto& other = nouns::named(field.refers);
        return stored + " = ANY (ARRAY(SELECT o." + column(other.code()) + " FROM " + std::string{other.name} +
               " o WHERE o.authority_id = " + authority + " AND " + in_form(other, "o.", value) + "))";
    }
    return stored + " = " + value;
}

std::string_view filter_type(const Field& field) {
    return field.form == Form::none && field.kind != Kind::code ? sql_type(field) : "text";
}

std::string wire_sql(const Noun& noun, Role role) {
    return wire_object(noun, role, [](const Field& field) { return wire_rows(field); });
}

std::string insert_entries(std::string_view lines, std::string_view cause, std::string_view kind,
                           std::string_view from) {
    return filled(R"(INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at,
                       record_kind, record_id, cause, corrects, request_id, actor)
    SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at,
           '{kind}', d.id, '{cause}',
           CASE WHEN x.of_quantity IS NOT NULL THEN (
               SELECT e.id FROM entry e
               WHERE e.authority_id = d.authority_id AND e.record_id = d.id AND e.measure = x.measure
                 AND e.quantity = x.of_quantity AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id
                 AND e.dims = x.of_dims AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END,
           d.its_request, d.actor
    FROM {from} CROSS JOIN json_to_recordset({lines}::json) AS x(
        id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date,
        of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date))",
                  {{"kind", kind}, {"cause", cause}, {"from", from}, {"lines", lines}});
}

std::string insert_audit_lines(const AuditLine& line, std::string_view from) {
    return filled(R"(INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version,
                       reason, before, request_id)
    SELECT d.authority_id, d.entered_at, d.actor, d.its_token, {action}, '{kind}', d.id, d.version,
           {reason}, {before}, d.its_request
    FROM {from})",
                  {{"action", line.action},
                   {"kind", line.kind},
                   {"reason", line.reason},
                   {"before", line.before},
                   {"from", from}});
}

/// Lines hold codes, ids, days and JSON made by `lines()`: nothing that needs escaping.
std::string postings_json(const std::vector<Posting>& postings) {
    std::string out = "[";
    for (const auto& posting : postings) {
        if (out.size() > 1) out += ',';
        out += '{';
        append_json(out, "id", ids::fresh(), true);
        append_json(out, "measure", posting.line.measure, true);
        append_json(out, "quantity", std::to_string(posting.line.quantity), false);
        append_json(out, "subject_id", posting.line.subject, true);
        append_json(out, "dims", posting.line.dimensions, false);
        append_json(out, "happened_on", posting.line.happened_on, true);
        if (posting.corrects) {
            append_json(out, "of_quantity", std::to_string(posting.corrects->quantity), false);
            append_json(out, "of_subject_id", posting.corrects->subject, true);
            append_json(out, "of_dims", posting.corrects->dimensions, false);
            append_json(out, "of_happened_on", posting.corrects->happened_on, true);
        }
        out += '}';
    }
    return out + "]";
}

std::string seen_fields(Role role) {
    return std::string{who_sees(Privacy::bank).has(role) ? "b" : ""} +
           (who_sees(Privacy::vulnerability).has(role) ? "v" : "");
}

const Query& Composed::named(const std::string& name, const std::function<std::string()>& compose) {
    const std::scoped_lock lock{mutex_};
    const auto found = queries_.find(name);
    if (found != queries_.end()) return found->second;
    return queries_.emplace(name, Query{name, compose()}).first->second;
}

}  // namespace tideover::db::records
