// What is done with records that are there: look up, lock, save, read, list.
#include "db/records/records.hpp"

#include <map>
#include <stdexcept>

#include "db/core/ids.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/references.hpp"
#include "db/records/visibility.hpp"

namespace tideover::db::records {
namespace {

/// The part of a statement about one record that differs with who looks; `$1` and `$2` are authority and id.
struct Visibility {
    std::string name;  // tells the statement from the others of its kind
    std::string condition;
    Params params;
};
Visibility visibility_for(const Principal& who, const Noun& noun, const std::string& id) {
    Visibility out{.name = "_" + std::string{visibility_of(who)}, .condition = {}, .params = {who.authority, id}};
    out.condition = visible_only(who, noun, [&](const std::string& value, std::string_view type) {
        out.params.push_back(value);
        return "$" + std::to_string(out.params.size()) + "::" + std::string{type};
    });
    return out;
}

/// Whoever has work under way holds a key share on their own row, by the foreign keys of what they write: who shuts
/// them out must not wait behind it, or their next requests would slip in before.
std::string locking(const Noun& noun) {
    return noun.about_access ? "ORDER BY t.id FOR NO KEY UPDATE OF t" : "ORDER BY t.id FOR UPDATE OF t";
}

/// A record over the alias `t`, its lists those rows that `held` picks over the alias `r`: see record_in.
std::string record_sql(const Noun& noun, const std::string& held) {
    std::string out = "t.id, t.version, t.voided, ";
    out += noun.moves.empty() ? "''" : "t.state";
    for (const auto& field : noun.fields) {
        if (field.kind != Kind::rows) out += ", " + wire_value(field, "t") + "::text";
        if (is_correctable_list(field)) out += ", " + wire_rows(field, held) + "::text";
    }
    return out;
}

std::string records_sql(const Noun& noun, const Visibility& seen, const std::string& locked) {
    return filled(
        R"(
SELECT {record}
FROM {table} t WHERE t.authority_id = $1 AND t.id = ANY ($2::uuid[]){seen}
{locked})",
        {{"record", record_sql(noun, "r.to_version IS NULL")},
         {"table", noun.name},
         {"seen", seen.condition},
         {"locked", locked}});
}

/// The line by which a record got its next version has it as it was.
std::string as_at_sql(const Noun& noun) {
    return filled(
        R"(
SELECT {record}, x.n
FROM unnest($2::uuid[], $3::integer[]) WITH ORDINALITY AS x(id, version, n)
JOIN audit a ON a.authority_id = $1 AND a.record_id = x.id AND a.version = x.version + 1 AND a.before IS NOT NULL
CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, a.before) t)",
        {{"record",
          record_sql(noun, "r.from_version <= t.version AND (r.to_version IS NULL OR r.to_version >= t.version)")},
         {"table", noun.name}});
}

/// What readers of this role are shown of a record, and its ETag.
std::string answer_sql(const Noun& noun, Role role) {
    return wire_sql(noun, role) + "::text, " + etag_sql(noun, role);
}

std::string read_sql(const Noun& noun, Role role, const Visibility& seen) {
    return filled("SELECT {answer} FROM {table} t WHERE t.authority_id = $1 AND t.id = $2::uuid{seen}",
                  {{"answer", answer_sql(noun, role)}, {"table", noun.name}, {"seen", seen.condition}});
}

/// Parameters 1 to 5 are the authority, who acts through which token, the request and the instant. `answer`: what is
/// returned of each changed record, over the alias `t`.
std::string save_sql(const Noun& noun, Cause cause, std::string_view answer) {
    std::string arrays, names, sets;
    Numbering n{5};
    const auto ask = [&](const std::string& name) {
        arrays += (arrays.empty() ? "" : ", ") + n.next("text[]");
        names += (names.empty() ? "" : ", ") + name;
    };
    for (const auto* name : {"its_id", "its_version", "its_entries", "its_action", "its_reason", "its_voided"})
        ask(name);
    if (!noun.moves.empty()) {
        ask("its_state");
        sets += ", state = o.its_state";
    }
    for (const auto& field : noun.fields) {
        if (field.kind == Kind::rows) continue;
        const auto name = column(field.name);
        ask("f_" + name);
        sets += ", " + name + " = o.f_" + name + (sql_type(field) == "text" ? "" : "::" + std::string{sql_type(field)});
    }
    return filled(
        R"(
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest({arrays}) WITH ORDINALITY AS x({names}, its_n)
), old AS MATERIALIZED (
    SELECT x.*, to_jsonb(t) AS was FROM asked x JOIN {table} t ON t.authority_id = $1 AND t.id = x.its_id::uuid
), d AS (
    UPDATE {table} t SET version = t.version + 1, voided = o.its_voided::boolean{sets}
    FROM old o WHERE t.authority_id = $1 AND t.id = o.its_id::uuid AND t.version = o.its_version::integer
    RETURNING t.*, o.was, o.its_n, o.its_entries, o.its_action, o.its_reason, $2::uuid AS actor, $3::uuid AS its_token,
              $4 AS its_request, $5::timestamptz AS entered_at
), line AS (
    {entries}
), logged AS (
    {logged}
)
SELECT {answer} FROM d t ORDER BY t.its_n)",
        {{"arrays", arrays},
         {"names", names},
         {"table", noun.name},
         {"sets", sets},
         {"entries", insert_entries("d.its_entries", cause == Cause::event ? "event" : "correction", noun.name, "d")},
         {"logged",
          insert_audit_lines({.action = "d.its_action", .kind = noun.name, .reason = "d.its_reason", .before = "d.was"},
                             "d")},
         {"answer", answer}});
}

const Query& save_query(const Noun& noun, Cause cause, const std::optional<Role>& answer_for) {
    const auto name = std::string{answer_for ? "save_" : "save_all_"} + std::string{noun.name} + "_" +
                      (cause == Cause::event ? "event" : "correction") + "_" +
                      (answer_for ? seen_fields(*answer_for) : std::string{});
    return cached(name,
                  [&] { return save_sql(noun, cause, answer_for ? answer_sql(noun, *answer_for) : "t.version"); });
}

/// What a change says, in the order of save_sql's arrays.
Params row_of(const Noun& noun, const Change& change) {
    const auto& after = *change.after;
    Params row{after.id,      std::to_string(after.version),  postings_json(change.postings), change.action,
               change.reason, after.voided ? "true" : "false"};
    if (!noun.moves.empty()) row.emplace_back(after.state);
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind != Kind::rows) row.push_back(after.values()[i]);
    }
    return row;
}

pqxx::result saved(Tx& tx, const Query& query, const std::vector<const Params*>& rows) {
    const auto& who = tx.principal();
    Params params{who.authority, who.staff_id, who.token_id, tx.intent().request_id, tx.at()};
    for (auto& array : as_arrays(rows)) params.push_back(std::move(array));
    auto found = tx.run(query, params);
    if (static_cast<std::size_t>(found.size()) != rows.size())
        throw std::logic_error("a record was saved without its lock");
    return found;
}

/// Lists that a correction may replace: where they are kept.
template <class Work>
void each_correctable_list(const Noun& noun, const Work& work) {
    for (const auto& field : noun.fields) {
        if (is_correctable_list(field)) work(field);
    }
}

}  // namespace

std::optional<std::string> sql_of(const Noun& noun, std::string_view operation) {
    const Principal clerk{.authority = {}, .token_id = {}, .staff_id = {}, .partner = {}, .role = Role::helpline};
    const auto seen = visibility_for(clerk, noun, {});
    if (operation == "create")
        return create_sql(noun, clerk.role, needs_lookups(noun) ? Creating::one : Creating::at_once);
    if (operation == "lock") return records_sql(noun, seen, locking(noun));
    if (operation == "read") return read_sql(noun, clerk.role, seen);
    const auto answer = answer_sql(noun, clerk.role);
    if (operation == "step") return save_sql(noun, Cause::event, answer);
    if (operation == "correct") return save_sql(noun, Cause::correction, answer);
    return std::nullopt;
}

bool needs_lookups(const Noun& noun) {
    for (const auto& field : noun.fields) {
        if (!field.via.empty()) return true;
    }
    return false;
}

namespace {

/// Ids that follow from a published code.
void derive_ids(const std::string& authority, const Noun& noun, Record& record) {
    for (const auto& field : noun.fields) {
        if (!field.derived || field.kind != Kind::id || !field.via.empty() || field.refers.empty()) continue;
        for (const auto& other : noun.fields) {
            if (other.kind != Kind::code || other.refers != field.refers || !record.has(other)) continue;
            record.set(field, ids::named(authority, field.refers, record.text(other)));
        }
    }
}

/// The field that the client gave, where `via` names a record that is not there.
std::string_view given_for(const Noun& noun, const Field& via) {
    for (const auto& other : noun.fields) {
        if (via.derived && other.kind == Kind::code && other.refers == via.refers) return other.name;
    }
    return via.name;
}

/// Fills what is copied from the records that `via` names, with one statement for all.
void copy_through(Tx& tx, const Noun& noun, const Field& via, Revisions records, std::vector<std::string>& missing) {
    std::vector<Handle> copies;
    for (const auto& field : noun.fields) {
        if (field.via == via.name) copies.emplace_back(field);
    }
    Column named;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].says(via) && missing[i].empty()) named.add(i, records[i].after->at(via));
    }
    if (copies.empty() || named.empty()) return;
    const auto& query = cached("look_up_" + std::string{noun.name} + "_" + column(via.name), [&] {
        std::string wanted;
        for (const auto copy : copies) wanted += ", t." + column(copy.field->of);
        return filled(R"(
SELECT x.n, t.id{wanted} FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
LEFT JOIN {table} t ON t.authority_id = $1 AND t.id = x.id AND NOT t.voided)",
                      {{"wanted", wanted}, {"table", via.refers}});
    });
    for (const auto& row : tx.run(query, {tx.authority(), named.array()})) {
        const auto place = named.place(row[0].as<std::size_t>());
        if (row[1].is_null()) missing[place] = given_for(noun, via);
        pqxx::row::size_type at = 2;
        for (const auto copy : copies) records[place].after->set(copy, text_or_null(row[at++]));
    }
}

}  // namespace

std::vector<std::string> look_up(Tx& tx, const Noun& noun, Revisions records) {
    std::vector<std::string> missing(records.size());
    for (const auto& record : records) derive_ids(tx.authority(), noun, *record.after);
    for (const auto& via : noun.fields) copy_through(tx, noun, via, records, missing);
    return missing;
}

void name_wards(Tx& tx, const Noun& noun, Revisions changes) {
    static const Query query{"name_wards", R"(
SELECT x.n, ward_named($1, x.ward) FROM unnest($2::text[]) WITH ORDINALITY AS x(ward, n))"};
    for (const auto& field : noun.fields) {
        Column wards;
        for (std::size_t i = 0; i < changes.size(); ++i) {
            if (field.form == Form::ward && changes[i].after->has(field)) {
                wards.add(i, changes[i].after->at(field));
            }
        }
        if (wards.empty()) continue;
        for (const auto& row : tx.run(query, {tx.authority(), wards.array()})) {
            changes[wards.place(row[0].as<std::size_t>())].after->set(field, row[1].as<std::string>());
        }
    }
}

std::vector<std::optional<std::string>> wards_of(Tx& tx, const std::vector<std::string>& postcodes) {
    static const Query query{"wards_of", R"(
SELECT p.ward FROM unnest($2::text[]) WITH ORDINALITY AS x(postcode, n)
LEFT JOIN postcode p ON p.authority_id = $1 AND p.postcode = x.postcode AND NOT p.voided ORDER BY x.n)"};
    std::vector<std::optional<std::string>> out;
    if (postcodes.empty()) return out;
    for (const auto& row : tx.run(query, {tx.authority(), array_of(postcodes)})) out.push_back(text_or_null(row[0]));
    return out;
}

namespace {

/// A row of records_sql as a record, which the row's second column begins.
Record record_in(const pqxx::row& row, const Noun& noun) {
    Record record{noun.fields};
    record.id = row[0].as<std::string>();
    record.version = row[1].as<std::int64_t>();
    record.voided = row[2].as<bool>();
    record.state = row[3].as<std::string>();
    pqxx::row::size_type at = 4;
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind == Kind::rows && !is_correctable_list(noun.fields[i])) continue;
        const auto value = row[at++];
        if (!value.is_null())
            record.set(i, noun.fields[i].kind == Kind::flag ? std::string{value.as<bool>() ? "true" : "false"}
                                                            : value.as<std::string>());
    }
    return record;
}

}  // namespace

namespace {

std::vector<std::optional<Record>> found(Tx& tx, const Noun& noun, const std::vector<std::string>& ids,
                                         const std::string& name, const std::string& locked) {
    const auto seen = visibility_for(tx.principal(), noun, array_of(ids));
    const auto& query =
        cached(name + "_" + std::string{noun.name} + seen.name, [&] { return records_sql(noun, seen, locked); });
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < ids.size(); ++i) places.emplace(ids[i], i);
    std::vector<std::optional<Record>> out(ids.size());
    for (const auto& row : tx.run(query, seen.params)) out[places.at(row[0].as<std::string>())] = record_in(row, noun);
    return out;
}

}  // namespace

std::vector<std::optional<Record>> lock(Tx& tx, const Noun& noun, const std::vector<std::string>& ids) {
    return found(tx, noun, ids, "lock", locking(noun));
}

std::vector<std::optional<Record>> look_at(Tx& tx, const Noun& noun, const std::vector<std::string>& ids) {
    return found(tx, noun, ids, "look_at", {});
}

std::vector<std::optional<Record>> as_at(Tx& tx, const Noun& noun, const std::vector<std::string>& ids,
                                         const std::vector<std::int64_t>& versions) {
    const auto& query = cached("as_at_" + std::string{noun.name}, [&] { return as_at_sql(noun); });
    Params wanted;
    for (const auto version : versions) wanted.emplace_back(std::to_string(version));
    std::vector<std::optional<Record>> out(ids.size());
    for (const auto& row : tx.run(query, {tx.authority(), array_of(ids), array_of_values(wanted)}))
        out.at(row.back().as<std::size_t>() - 1) = record_in(row, noun);
    return out;
}

Accepted save(Tx& tx, const Noun& noun, const Change& change, Cause cause) {
    const auto asked = row_of(noun, change);
    const auto row = saved(tx, save_query(noun, cause, tx.principal().role), {&asked})[0];
    return {.status = 200, .body = row[0].as<std::string>(), .etag = row[1].as<std::string>(), .location = {}};
}

void save_all(Tx& tx, const Noun& noun, std::span<const Change> changes, Cause cause) {
    std::vector<Params> asked;
    std::vector<const Params*> rows;
    asked.reserve(changes.size());
    for (const auto& change : changes) rows.push_back(&asked.emplace_back(row_of(noun, change)));
    if (!rows.empty()) saved(tx, save_query(noun, cause, std::nullopt), rows);
}

void restore_lists(Tx& tx, const Noun& noun, const std::vector<Record*>& records) {
    if (records.empty()) return;
    Column ids, versions;
    for (std::size_t i = 0; i < records.size(); ++i) {
        ids.add(i, records[i]->id);
        versions.add(i, std::to_string(records[i]->version - 1));  // they ended with the version before the void one
    }
    each_correctable_list(noun, [&](const Field& field) {
        const auto& query = cached("restore_" + std::string{field.rows->table}, [&] {
            return filled(R"(
SELECT x.n, {rows}::text FROM unnest($2::uuid[], $3::bigint[]) WITH ORDINALITY AS x(id, version, n)
JOIN {table} t ON t.authority_id = $1 AND t.id = x.id)",
                          {{"rows", wire_rows(field, "r.to_version = x.version")}, {"table", noun.name}});
        });
        for (const auto& row : tx.run(query, {tx.authority(), ids.array(), versions.array()}))
            records[ids.place(row[0].as<std::size_t>())]->set(field, row[1].as<std::string>());
    });
}

void replace_lists(Tx& tx, const Noun& noun, Revisions changes) {
    each_correctable_list(noun, [&](const Field& field) {
        Column ids, versions, rows;
        for (std::size_t i = 0; i < changes.size(); ++i) {
            const auto& [before, after] = changes[i];
            if (!after->voided && before->at(field) == after->at(field)) continue;
            ids.add(i, before->id);
            versions.add(i, std::to_string(before->version));
            rows.add(i, after->voided ? std::nullopt : after->at(field));
        }
        if (ids.empty()) return;
        const std::string table{field.rows->table}, parent{field.rows->parent};
        const auto& close = cached("close_" + table, [&] {
            return filled(R"(
UPDATE {table} l SET to_version = x.version FROM unnest($2::uuid[], $3::bigint[]) AS x(id, version)
WHERE l.authority_id = $1 AND l.{parent} = x.id AND l.to_version IS NULL)",
                          {{"table", table}, {"parent", parent}});
        });
        tx.run(close, {tx.authority(), ids.array(), versions.array()});
        const auto& open = cached("replace_" + table, [&] {
            std::string names, values, types;
            for (const auto& f : field.rows->fields) {
                names += (names.empty() ? "" : ", ") + column(f.name);
                values += (values.empty() ? "r." : ", r.") + column(f.name);
                types += (types.empty() ? "" : ", ") + column(f.name) + " " + std::string{sql_type(f)};
            }
            return filled(
                R"(
INSERT INTO {table} (authority_id, {parent}, position, from_version, {names})
SELECT $1, x.id,
       r.position + (SELECT coalesce(max(l.position), 0) FROM {table} l WHERE l.authority_id = $1 AND l.{parent} = x.id),
       x.version + 1, {values}
FROM unnest($2::uuid[], $3::bigint[], $4::json[]) AS x(id, version, said)
CROSS JOIN ROWS FROM (json_to_recordset(x.said) AS ({types})) WITH ORDINALITY AS r({names}, position))",
                {{"table", table}, {"parent", parent}, {"names", names}, {"values", values}, {"types", types}});
        });
        tx.run(open, {tx.authority(), ids.array(), versions.array(), rows.array()});
    });
}

void keep_steps(Tx& tx, const Noun& noun, const Step& step, std::span<const Taken> all) {
    const auto& query = cached("keep_" + std::string{step.step_table}, [&] {
        std::string arrays, asked, names, values;
        Numbering n{4};
        for (const auto& field : step.fields) {
            const auto name = column(field.name);
            arrays += ", " + n.next("text[]");
            asked += ", f_" + name;
            names += ", " + name;
            values += ", x.f_" + name + "::" + std::string{sql_type(field)};
        }
        return filled(R"(
INSERT INTO {table} (authority_id, {parent}, position, recorded_at, recorded_by{names})
SELECT $1, x.id, (SELECT coalesce(max(position), 0) + 1 FROM {table} WHERE authority_id = $1 AND {parent} = x.id),
       $3::timestamptz, $4::uuid{values}
FROM unnest($2::uuid[]{arrays}) AS x(id{asked}))",
                      {{"table", step.step_table},
                       {"parent", std::string{noun.name} + "_id"},
                       {"names", names},
                       {"values", values},
                       {"arrays", arrays},
                       {"asked", asked}});
    });
    std::vector<std::string> ids;
    std::vector<Params> bodies;
    std::vector<const Params*> rows;
    bodies.reserve(all.size());
    for (const auto& one : all) {
        ids.push_back(*one.id);
        rows.push_back(&bodies.emplace_back(one.body->values()));
    }
    Params params{tx.authority(), array_of(ids), tx.at(), tx.principal().staff_id};
    for (auto& array : as_arrays(rows)) params.push_back(std::move(array));
    tx.run(query, params);
}

std::optional<Seen> read(Tx& tx, const Noun& noun, const std::string& id) {
    const auto seen = visibility_for(tx.principal(), noun, id);
    const auto role = tx.principal().role;
    const auto& query = cached("read_" + std::string{noun.name} + "_" + seen_fields(role) + seen.name,
                               [&] { return read_sql(noun, role, seen); });
    const auto found = tx.run(query, seen.params);
    if (found.empty()) return std::nullopt;
    return Seen{found[0][0].as<std::string>(), found[0][1].as<std::string>()};
}

std::optional<std::string> taken(Tx& tx, const Noun& noun, const Step& step, const std::string& id) {
    if (!is_seen(tx, noun, id)) return std::nullopt;
    const auto role = tx.principal().role;
    const auto& query = cached("taken_" + std::string{step.step_table} + "_" + seen_fields(role), [&] {
        return filled(R"(
SELECT coalesce(json_agg(json_build_object('position', t.position, 'at', wire(t.recorded_at),
                                           'by', json_build_object('id', s.id, 'name', s.name){said})
                         ORDER BY t.position), '[]')::text
FROM {table} t JOIN staff s ON s.authority_id = t.authority_id AND s.id = t.recorded_by
WHERE t.authority_id = $1 AND t.{noun}_id = $2::uuid)",
                      {{"said", wire_pairs(step.fields, role, [](const Field& field) { return wire_rows(field); })},
                       {"table", step.step_table},
                       {"noun", noun.name}});
    });
    return tx.run(query, {tx.authority(), id})[0][0].as<std::string>();
}

std::vector<LastChange> last_changes(Tx& tx, const std::vector<std::string>& ids) {
    std::vector<LastChange> out(ids.size());
    if (ids.empty()) return out;
    static const Query query{"last_changes", R"(
SELECT x.n, l.id, l.name, l.action, l.at FROM unnest($2::uuid[]) WITH ORDINALITY AS x(id, n)
CROSS JOIN LATERAL (
    SELECT s.id, s.name, a.action, wire(a.at) AS at FROM audit a
    JOIN staff s ON s.authority_id = a.authority_id AND s.id = a.actor
    WHERE a.authority_id = $1 AND a.record_id = x.id ORDER BY a.version DESC LIMIT 1) l)"};
    for (const auto& row : tx.run(query, {tx.authority(), array_of(ids)})) {
        out[row[0].as<std::size_t>() - 1] = {.staff_id = row[1].as<std::string>(),
                                             .staff_name = row[2].as<std::string>(),
                                             .action = row[3].as<std::string>(),
                                             .at = row[4].as<std::string>()};
    }
    return out;
}

}  // namespace tideover::db::records
