// What is done with records that are there: look up, lock, save, read, list.
#include "db/records/records.hpp"

#include "db/core/ids.hpp"
#include "db/records/record_sql.hpp"
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
std::string lock_sql(const Noun& noun, const Visibility& seen) {
    std::string columns;
    for (const auto& field : noun.fields) {
        if (field.kind != Kind::rows) columns += ", " + wire_value(field, "t") + "::text";
        if (is_correctable_list(field)) columns += ", " + wire_rows(field) + "::text";
    }
    return filled(
        "SELECT t.version, t.voided, {state}{columns} FROM {table} t WHERE t.authority_id = $1 AND t.id = "
        "$2::uuid{seen} "
        "{locking}",
        {{"state", noun.moves.empty() ? "''" : "t.state"},
         {"columns", columns},
         {"table", noun.name},
         {"seen", seen.condition},
         {"locking", noun.about_access ? "FOR NO KEY UPDATE" : "FOR UPDATE"}});
}

std::string read_sql(const Noun& noun, Role role, const Visibility& seen) {
    return filled("SELECT {body}::text, t.version FROM {table} t WHERE t.authority_id = $1 AND t.id = $2::uuid{seen}",
                  {{"body", wire_sql(noun, role)}, {"table", noun.name}, {"seen", seen.condition}});
}

std::string save_sql(const Noun& noun, const std::string& cause, Role role) {
    Numbering n;
    const auto authority = n.next("text"), staff = n.next("uuid"), token = n.next("uuid"), request = n.next("text"),
               at = n.next("timestamptz"), id = n.next("uuid"), version = n.next("integer"), entries = n.next("text"),
               action = n.next("text"), reason = n.next("text"), voided = n.next("boolean");
    std::string sets;
    if (!noun.moves.empty()) sets += ", state = " + n.next("text");
    for (const auto& field : noun.fields) {
        if (field.kind == Kind::rows) continue;
        sets += ", " + column(field.name) + " = " + n.next(sql_type(field));
    }
    const std::string table{noun.name};
    return "WITH old AS MATERIALIZED (SELECT to_jsonb(t) AS was FROM " + table +
           " t WHERE t.authority_id = " + authority + " AND t.id = " + id + "), changed AS (UPDATE " + table +
           " SET version = version + 1, voided = " + voided + sets + " WHERE authority_id = " + authority +
           " AND id = " + id + " AND version = " + version + " RETURNING *), d AS (SELECT authority_id, id, " + at +
           " AS entered_at, " + staff + " AS actor FROM changed), line AS (" +
           insert_entries(entries, cause, table, "d", request) +
           "), logged AS (INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, "
           "version, "
           "reason, before, request_id) SELECT " +
           authority + ", " + at + ", " + staff + ", " + token + ", " + action + ", '" + table + "', " + id +
           ", changed.version, " + reason + ", old.was, " + request + " FROM changed CROSS JOIN old) SELECT " +
           wire_sql(noun, role) + "::text, t.version FROM changed t";
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
    if (operation == "create") return create_sql(noun, clerk.role, !needs_lookups(noun));
    if (operation == "lock") return lock_sql(noun, seen);
    if (operation == "read") return read_sql(noun, clerk.role, seen);
    if (operation == "step") return save_sql(noun, "event", clerk.role);
    if (operation == "correct") return save_sql(noun, "correction", clerk.role);
    return std::nullopt;
}

bool needs_lookups(const Noun& noun) {
    for (const auto& field : noun.fields) {
        if (!field.via.empty()) return true;
    }
    return false;
}

std::optional<std::string> look_up(Tx& tx, const Noun& noun, Record& record, const Record* before) {
    // Ids that follow from a published code.
    for (const auto& field : noun.fields) {
        if (!field.derived || field.kind != Kind::id || !field.via.empty() || field.refers.empty()) continue;
        for (const auto& other : noun.fields) {
            if (other.kind != Kind::code || other.refers != field.refers || !record.has(other.name)) continue;
            record.set(field.name, ids::named(tx.authority(), field.refers, record.text(other.name)));
        }
    }
    // One statement for everything that is copied: a row per record that is looked at.
    for (const auto& via : noun.fields) {
        std::string wanted;
        for (const auto& field : noun.fields) {
            if (field.via == via.name) wanted += ", t." + column(field.of);
        }
        if (wanted.empty() || !record.has(via.name)) continue;
        if (before != nullptr && before->at(via.name) == record.at(via.name)) continue;
        const auto found = tx.run(Query{"look_up_" + std::string{noun.name} + "_" + column(via.name),
                                        "SELECT t.id" + wanted + " FROM " + std::string{via.refers} +
                                            " t WHERE t.authority_id = $1 AND t.id = $2::uuid AND NOT t.voided"},
                                  {tx.authority(), std::string{record.text(via.name)}});
        if (found.empty()) {
            // The fault lies with the field that the client gave.
            for (const auto& other : noun.fields) {
                if (via.derived && other.kind == Kind::code && other.refers == via.refers)
                    return std::string{other.name};
            }
            return std::string{via.name};
        }
        int at = 1;
        for (const auto& field : noun.fields) {
            if (field.via != via.name) continue;
            const auto value = found[0][at++];
            record.set(field.name, value.is_null() ? std::nullopt : std::optional{value.as<std::string>()});
        }
    }
    return std::nullopt;
}

void name_wards(Tx& tx, const Noun& noun, Record& changes) {
    static const Query query{"name_ward", "SELECT ward_named($1, $2)"};
    for (const auto& field : noun.fields) {
        if (field.form != Form::ward || !changes.has(field.name)) continue;
        changes.set(field.name, tx.run(query, {tx.authority(), changes.at(field.name)})[0][0].as<std::string>());
    }
}

std::optional<Record> lock(Tx& tx, const Noun& noun, const std::string& id) {
    const auto seen = visibility_for(tx.principal(), noun, id);
    const auto& query = cached("lock_" + std::string{noun.name} + seen.name, [&] { return lock_sql(noun, seen); });
    const auto found = tx.run(query, seen.params);
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    Record record{noun.fields};
    record.id = id;
    record.version = row[0].as<std::int64_t>();
    record.voided = row[1].as<bool>();
    record.state = row[2].as<std::string>();
    int at = 3;
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind == Kind::rows && !is_correctable_list(noun.fields[i])) continue;
        const auto value = row[at++];
        if (!value.is_null())
            record.set(i, noun.fields[i].kind == Kind::flag ? std::string{value.as<bool>() ? "true" : "false"}
                                                            : value.as<std::string>());
    }
    return record;
}

Accepted save(Tx& tx, const Noun& noun, const Record& after, const std::vector<Posting>& postings,
              const Change& change) {
    const auto& who = tx.principal();
    const auto& query = cached("save_" + change.cause + "_" + std::string{noun.name} + "_" + seen_fields(who.role),
                               [&] { return save_sql(noun, change.cause, who.role); });
    Params params{who.authority,
                  who.staff_id,
                  who.token_id,
                  tx.intent().request_id,
                  tx.at(),
                  after.id,
                  std::to_string(after.version),
                  postings_json(postings),
                  change.action,
                  change.reason,
                  after.voided ? "true" : "false"};
    if (!noun.moves.empty()) params.push_back(after.state);
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind != Kind::rows) params.push_back(after.values()[i]);
    }
    const auto row = tx.run(query, params)[0];
    return {
        .status = 200, .body = row[0].as<std::string>(), .etag = etag_of(row[1].as<std::int64_t>()), .location = {}};
}

void restore_lists(Tx& tx, const Noun& noun, Record& record) {
    each_correctable_list(noun, [&](const Field& field) {
        const auto& query = cached("restore_" + std::string{field.rows->table}, [&] {
            return "SELECT " + wire_rows(field, "r.to_version = $3") + "::text FROM " + std::string{noun.name} +
                   " t WHERE t.authority_id = $1 AND t.id = $2::uuid";
        });
        // They ended with the version before the void one.
        const auto found = tx.run(query, {tx.authority(), record.id, std::to_string(record.version - 1)});
        record.set(field.name, found[0][0].as<std::string>());
    });
}

void replace_lists(Tx& tx, const Noun& noun, const Record& before, const Record& after) {
    each_correctable_list(noun, [&](const Field& field) {
        if (!after.voided && before.at(field.name) == after.at(field.name)) return;
        const std::string table{field.rows->table}, parent{field.rows->parent};
        const Query close{"close_" + table, "UPDATE " + table + " SET to_version = $3 WHERE authority_id = $1 AND " +
                                                parent + " = $2::uuid AND to_version IS NULL"};
        tx.run(close, {tx.authority(), before.id, std::to_string(before.version)});
        if (after.voided || !after.has(field.name)) return;
        const auto& open = cached("replace_" + table, [&] {
            std::string names, values, types;
            for (const auto& f : field.rows->fields) {
                names += ", " + column(f.name);
                values += ", x." + column(f.name);
                types += (types.empty() ? "" : ", ") + column(f.name) + " " + std::string{sql_type(f)};
            }
            return "INSERT INTO " + table + " (authority_id, " + parent + ", position, from_version" + names +
                   ") SELECT $1, $2::uuid, x.position + (SELECT coalesce(max(position), 0) FROM " + table +
                   " WHERE authority_id = $1 AND " + parent + " = $2::uuid), $3" + values +
                   " FROM ROWS FROM (json_to_recordset($4::json) AS (" + types + ")) WITH ORDINALITY AS x(" +
                   names.substr(2) + ", position)";
        });
        tx.run(open, {tx.authority(), before.id, std::to_string(before.version + 1), after.at(field.name)});
    });
}

void keep_step(Tx& tx, const Noun& noun, const Step& step, const std::string& id, const Record& body) {
    const auto& query = cached("keep_" + std::string{step.step_table}, [&] {
        Numbering n;
        const std::string table{step.step_table}, parent = std::string{noun.name} + "_id";
        const auto authority = n.next("text"), record = n.next("uuid"), at = n.next("timestamptz"),
                   staff = n.next("uuid");
        std::string names, values;
        for (const auto& field : step.fields) {
            names += ", " + column(field.name);
            values += ", " + n.next(sql_type(field));
        }
        return "INSERT INTO " + table + " (authority_id, " + parent + ", position, recorded_at, recorded_by" + names +
               ") SELECT " + authority + ", " + record + ", (SELECT coalesce(max(position), 0) + 1 FROM " + table +
               " WHERE authority_id = " + authority + " AND " + parent + " = " + record + "), " + at + ", " + staff +
               values;
    });
    Params params{tx.authority(), id, tx.at(), tx.principal().staff_id};
    for (const auto& value : body.values()) params.push_back(value);
    tx.run(query, params);
}

std::optional<Seen> read(Tx& tx, const Noun& noun, const std::string& id) {
    const auto seen = visibility_for(tx.principal(), noun, id);
    const auto role = tx.principal().role;
    const auto& query = cached("read_" + std::string{noun.name} + "_" + seen_fields(role) + seen.name,
                               [&] { return read_sql(noun, role, seen); });
    const auto found = tx.run(query, seen.params);
    if (found.empty()) return std::nullopt;
    return Seen{found[0][0].as<std::string>(), etag_of(found[0][1].as<std::int64_t>())};
}

Listed list(Tx& tx, const Noun& noun, const Page& page) {
    const auto role = tx.principal().role;
    Statement list;
    const auto bind = [&](const std::string& value, std::string_view type) { return list.bind(value, type); };
    const auto authority = bind(tx.authority(), "text");
    list << "SELECT " << wire_sql(noun, role) << "::text, t.id FROM " << noun.name
         << " t WHERE t.authority_id = " << authority << visible_only(tx.principal(), noun, bind);
    for (const auto& [name, value] : page.filters) {
        const auto* field = noun.field(name);
        list << " AND "
             << (field == nullptr ? "t." + name + " = " + bind(value, "text")
                                  : has_value(*field, authority, bind(value, filter_type(*field))));
    }
    if (!page.after.empty()) list << (page.newest_first ? " AND t.id < " : " AND t.id > ") << bind(page.after, "uuid");
    list << " ORDER BY t.id " << (page.newest_first ? "DESC" : "ASC") << " LIMIT "
         << bind(std::to_string(page.limit + 1), "integer");
    return listed(tx.run(list), page.limit);
}

std::string last_change(Tx& tx, const std::string& id) {
    static const Query query{"last_change", R"(
SELECT s.name, a.action, wire(a.at) FROM audit a JOIN staff s ON s.authority_id = a.authority_id AND s.id = a.actor
WHERE a.authority_id = $1 AND a.record_id = $2::uuid ORDER BY a.version DESC LIMIT 1)"};
    const auto found = tx.run(query, {tx.authority(), id});
    if (found.empty()) return "it was changed";
    return found[0][0].as<std::string>() + " did '" + found[0][1].as<std::string>() + "' at " +
           found[0][2].as<std::string>();
}

}  // namespace tideover::db::records
