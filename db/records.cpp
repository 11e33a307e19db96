// SQL for every noun, composed from its field table.
#include "db/records.hpp"

#include <array>
#include <map>
#include <mutex>

#include "db/ids.hpp"

namespace tideover::db::records {
namespace {

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

/// A column as JSON shows it.
std::string wire_value(const Field& field, const std::string& alias) {
    const auto name = alias + "." + column(field.name);
    if (field.kind == Kind::instant) return "wire(" + name + ")";
    return name;
}

std::string wire_rows(const Field& field) {
    std::string pairs;
    for (const auto& f : field.rows->fields) {
        if (!pairs.empty()) pairs += ", ";
        pairs += "'" + std::string{f.name} + "', " + wire_value(f, "r");
    }
    return "coalesce((SELECT json_agg(json_build_object(" + pairs + ") ORDER BY r.position) FROM " +
           std::string{field.rows->table} + " r WHERE r.authority_id = t.authority_id AND r." +
           std::string{field.rows->parent} + " = t.id), '[]'::json)";
}

/// The pairs of json_build_object for all fields, dots nested; `rows` says how to show lists.
template <class RowsSql>
std::string wire_pairs(const Noun& noun, Role role, const RowsSql& rows) {
    std::string out;
    std::string group, nested;
    const auto flush = [&] {
        if (!group.empty()) out += ", '" + group + "', json_build_object(" + nested + ")";
        group.clear(), nested.clear();
    };
    for (const auto& field : noun.fields) {
        if (!who_sees(field.privacy).has(role)) continue;
        const auto dot = field.name.find('.');
        const auto value = field.kind == Kind::rows ? rows(field) : wire_value(field, "t");
        if (dot == std::string_view::npos) {
            flush();
            out += ", '" + std::string{field.name} + "', " + value;
            continue;
        }
        if (const std::string head{field.name.substr(0, dot)}; head != group) {
            flush();
            group = head;
        }
        nested += (nested.empty() ? "'" : ", '") + std::string{field.name.substr(dot + 1)} + "', " + value;
    }
    flush();
    return out;
}

/// json_build_object takes 100 arguments: every noun stays well below.
template <class RowsSql>
std::string wire_object(const Noun& noun, Role role, const RowsSql& rows) {
    return "json_build_object('id', t.id, 'reference', t.reference" +
           std::string{noun.moves.empty() ? "" : ", 'state', t.state"} + wire_pairs(noun, role, rows) +
           ", 'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by', "
           "t.recorded_by)";
}

std::string columns(const Noun& noun, std::string_view prefix) {
    std::string out;
    for (const auto& field : noun.fields) {
        if (field.kind != Kind::rows) out += ", " + std::string{prefix} + column(field.name);
    }
    return out;
}

/// The entries of `$line` (JSON), numbered and dated by `draft`; what they correct is looked up by its content.
std::string insert_entries(const std::string& lines, std::string_view cause, const std::string& kind,
                           const std::string& from, const std::string& request_id) {
    return "INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at, "
           "record_kind, record_id, cause, corrects, request_id, actor) "
           "SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at, '" +
           kind + "', d.id, '" + std::string{cause} +
           "', CASE WHEN x.of_quantity IS NOT NULL THEN (SELECT e.id FROM entry e WHERE e.authority_id = "
           "d.authority_id "
           "AND e.record_id = d.id AND e.measure = x.measure AND e.quantity = x.of_quantity "
           "AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id AND e.dims = x.of_dims "
           "AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END, " +
           request_id + ", d.actor FROM " + from + " CROSS JOIN json_to_recordset(" + lines +
           "::json) AS x(id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date, "
           "of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date)";
}

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

std::string insert_rows(const Field& field, const std::string& value) {
    std::string names, values, types;
    for (const auto& f : field.rows->fields) {
        names += ", " + column(f.name);
        values += ", x." + column(f.name);  // a record may have fields of the same names
        types += (types.empty() ? "" : ", ") + column(f.name) + " " + std::string{sql_type(f)};
    }
    const std::string table{field.rows->table}, parent{field.rows->parent};
    return "INSERT INTO " + table + " (authority_id, " + parent + ", position" + names +
           ") SELECT d.authority_id, d.id, x.position" + values +
           " FROM draft d CROSS JOIN claimed CROSS JOIN ROWS FROM ("
           "json_to_recordset(" +
           value + "::json) AS (" + types + ")) WITH ORDINALITY AS x(" + names.substr(2) + ", position)";
}

/// What besides the record itself a noun's creation does, as CTEs over `draft d` and `claimed`.
std::string also_on_create(const Noun& noun) {
    if (noun.name == nouns::merge.name) {
        return ", linked AS (INSERT INTO merge_link (authority_id, from_id, into_id, linked) "
               "SELECT d.authority_id, d.from_id, d.into_id, true FROM draft d CROSS JOIN claimed)";
    }
    if (noun.name == nouns::ppe_movement.name) {
        return ", taken AS (UPDATE ppe_movement m SET taken_back_units = m.taken_back_units + d.units, "
               "version = m.version + 1 FROM draft d CROSS JOIN claimed "
               "WHERE m.authority_id = d.authority_id AND m.id = d.issue_id)";
    }
    return {};
}

/// Numbers the parameters of a statement as it is written.
class Numbering {
public:
    std::string next(std::string_view type) { return "$" + std::to_string(++last_) + "::" + std::string{type}; }

private:
    int last_ = 0;
};

/// One statement that creates a record. `at_once`: token, writer lock, key and answer are part of it.
/// Parameters: authority, staff, token, request id; then at once: route, key, fingerprint, else: at;
/// then id, reference, entries; then the fields in order.
std::string create_sql(const Noun& noun, Role role, bool at_once) {
    Numbering n;
    const auto authority = n.next("text"), staff = n.next("uuid"), token = n.next("uuid"), request = n.next("text");
    std::string sql;
    std::string route, key, fingerprint;
    if (at_once) {
        route = n.next("text"), key = n.next("text"), fingerprint = n.next("text");
        sql = "WITH live AS MATERIALIZED (SELECT FROM api_token WHERE authority_id = " + authority +
              " AND id = " + token + " AND revoked_at IS NULL), stamp AS MATERIALIZED (SELECT begin_writing(" +
              authority + ") AS at FROM live), ";
    } else {
        sql = "WITH stamp AS (SELECT " + n.next("timestamptz") + " AS at), ";
    }
    const auto id = n.next("uuid"), reference = n.next("text"), entries = n.next("text");
    sql += "draft AS MATERIALIZED (SELECT " + authority + " AS authority_id, " + id + " AS id, " + reference +
           " AS reference" + (noun.moves.empty() ? "" : ", '" + std::string{noun.initial()} + "'::text AS state");
    std::vector<std::pair<const Field*, std::string>> lists;
    for (const auto& field : noun.fields) {
        if (field.kind == Kind::rows && field.derived) continue;
        const auto value = n.next(sql_type(field));
        if (field.kind == Kind::rows) lists.emplace_back(&field, value);
        sql += ", " + value + " AS " + column(field.name);
    }
    sql += ", 1 AS version, false AS voided, stamp.at AS recorded_at, " + staff +
           " AS recorded_by, stamp.at AS entered_at, " + staff + " AS actor FROM stamp), ";
    const auto body = wire_object(noun, role, [](const Field& field) {
        return field.derived ? std::string{"'[]'::json"} : "coalesce(t." + column(field.name) + ", '[]'::json)";
    });
    if (at_once) {
        sql +=
            "claimed AS (INSERT INTO idempotency (authority_id, staff_id, route, key, fingerprint, status, location, "
            "etag, body, at) SELECT t.authority_id, t.recorded_by, " +
            route + ", " + key + ", decode(" + fingerprint + ", 'hex'), 201, '/v1/" + std::string{noun.path} +
            "/' || t.id, '\"1\"', " + body +
            "::text, t.recorded_at FROM draft t ON CONFLICT DO NOTHING RETURNING body), ";
    } else {
        sql += "claimed AS (SELECT " + body + "::text AS body FROM draft t), ";
    }
    const std::string state = noun.moves.empty() ? "" : ", state";
    sql += "record AS (INSERT INTO " + std::string{noun.name} + " (authority_id, id, reference" + state +
           columns(noun, "") + ", recorded_at, recorded_by) SELECT d.authority_id, d.id, d.reference" +
           (noun.moves.empty() ? "" : ", d.state") + columns(noun, "d.") +
           ", d.recorded_at, d.recorded_by FROM draft d CROSS JOIN claimed)";
    for (const auto& [field, value] : lists) {
        sql += ", " + std::string{field->rows->table} + "_rows AS (" + insert_rows(*field, value) + ")";
    }
    sql += also_on_create(noun);
    sql +=
        ", line AS (" +
        insert_entries(entries, "record", std::string{noun.name}, "draft d CROSS JOIN claimed", request) +
        "), logged AS (INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, "
        "request_id) SELECT d.authority_id, d.recorded_at, d.recorded_by, " +
        token + ", 'record', '" + std::string{noun.name} + "', d.id, 1, " + request +
        " FROM draft d CROSS JOIN claimed) ";
    return sql +
           (at_once ? "SELECT (SELECT count(*) FROM live), (SELECT body FROM claimed)" : "SELECT body FROM claimed");
}

/// Roles that see the same fields share a statement.
std::string sight(Role role) {
    return std::string{who_sees(Privacy::bank).has(role) ? "b" : ""} +
           (who_sees(Privacy::vulnerability).has(role) ? "v" : "");
}

/// Statements are composed once for the whole process.
template <class Compose>
const Query& cached(const std::string& name, const Compose& compose) {
    static std::mutex mutex;
    static std::map<std::string, Query> queries;
    const std::scoped_lock lock{mutex};
    const auto found = queries.find(name);
    if (found != queries.end()) return found->second;
    return queries.emplace(name, Query{name, compose()}).first->second;
}

const Query& create_query(const Noun& noun, Role role, bool at_once) {
    return cached(std::string{at_once ? "create_at_once_" : "create_"} + std::string{noun.name} + "_" + sight(role),
                  [&] { return create_sql(noun, role, at_once); });
}

void append_values(Params& params, const Noun& noun, const Record& record) {
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind == Kind::rows && noun.fields[i].derived) continue;
        params.push_back(record.values()[i]);
    }
}

std::string etag_of(std::int64_t version) {
    return "\"" + std::to_string(version) + "\"";
}

/// Partners see and move their own records only: an SQL condition, empty for everybody else.
std::string own_only(Tx& tx, const Noun& noun) {
    if (tx.principal().role != Role::partner || noun.owner.empty()) return {};
    return " AND t." + column(noun.owner) + " = " + tx.quoted(tx.principal().partner);
}

}  // namespace

std::string column(std::string_view field) {
    std::string name{field};
    for (auto& c : name) {
        if (c == '.') c = '_';
    }
    return name;
}

std::string wire_sql(const Noun& noun, Role role) {
    return wire_object(noun, role, [](const Field& field) { return wire_rows(field); });
}

bool needs_lookups(const Noun& noun) {
    for (const auto& field : noun.fields) {
        if (!field.via.empty()) return true;
    }
    return false;
}

std::optional<std::string> look_up(Tx& tx, const Noun& noun, Record& record) {
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
        const auto found = tx.run(Query{"look_up_" + std::string{noun.name} + "_" + column(via.name),
                                        "SELECT t.id" + wanted + " FROM " + std::string{via.refers} +
                                            " t WHERE t.authority_id = $1 AND t.id = $2::uuid"},
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

Accepted create_at_once(Database& database, const Intent& intent, const Noun& noun, const Record& record,
                        const std::string& reference, const std::vector<Posting>& postings) {
    const auto& who = intent.principal;
    Params params{who.authority, who.staff_id,       who.token_id, intent.request_id, intent.route,
                  intent.key,    intent.fingerprint, record.id,    reference,         postings_json(postings)};
    append_values(params, noun, record);
    return database.write_at_once(
        intent, create_query(noun, who.role, true), params,
        {.status = 201, .etag = etag_of(1), .location = "/v1/" + std::string{noun.path} + "/" + record.id});
}

Accepted create(Tx& tx, const Noun& noun, const Record& record, const std::string& reference,
                const std::vector<Posting>& postings) {
    const auto& who = tx.principal();
    Params params{who.authority, who.staff_id, who.token_id, tx.intent().request_id,
                  tx.at(),       record.id,    reference,    postings_json(postings)};
    append_values(params, noun, record);
    const auto row = tx.run(create_query(noun, who.role, false), params)[0];
    return {.status = 201,
            .body = row[0].as<std::string>(),
            .etag = etag_of(1),
            .location = "/v1/" + std::string{noun.path} + "/" + record.id};
}

std::optional<Record> lock(Tx& tx, const Noun& noun, const std::string& id) {
    const auto own = own_only(tx, noun);
    const auto sql = "SELECT t.version, t.voided" + std::string{noun.moves.empty() ? ", ''" : ", t.state"} +
                     [&] {
                         std::string out;
                         for (const auto& field : noun.fields) {
                             if (field.kind == Kind::rows) continue;
                             out += ", " + wire_value(field, "t") + "::text";
                         }
                         return out;
                     }() +
                     " FROM " + std::string{noun.name} + " t WHERE t.authority_id = $1 AND t.id = $2::uuid";
    const auto found = own.empty()
                           ? tx.run(Query{"lock_" + std::string{noun.name}, sql + " FOR UPDATE"}, {tx.authority(), id})
                           : tx.run(Query{"lock_own_" + std::string{noun.name},
                                          sql + " AND t." + column(noun.owner) + " = $3 FOR UPDATE"},
                                    {tx.authority(), id, tx.principal().partner});
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    Record record{noun.fields};
    record.id = id;
    record.version = row[0].as<std::int64_t>();
    record.voided = row[1].as<bool>();
    record.state = row[2].as<std::string>();
    int at = 3;
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind == Kind::rows) continue;
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
    const auto& query = cached("save_" + change.cause + "_" + std::string{noun.name} + "_" + sight(who.role), [&] {
        Numbering n;
        const auto authority = n.next("text"), staff = n.next("uuid"), token = n.next("uuid"), request = n.next("text"),
                   at = n.next("timestamptz"), id = n.next("uuid"), version = n.next("integer"),
                   entries = n.next("text"), action = n.next("text"), reason = n.next("text"),
                   voided = n.next("boolean");
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
               insert_entries(entries, change.cause, table, "d", request) +
               "), logged AS (INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, "
               "version, "
               "reason, before, request_id) SELECT " +
               authority + ", " + at + ", " + staff + ", " + token + ", " + action + ", '" + table + "', " + id +
               ", changed.version, " + reason + ", old.was, " + request + " FROM changed CROSS JOIN old) SELECT " +
               wire_sql(noun, who.role) + "::text, t.version FROM changed t";
    });
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

void keep_step(Tx& tx, const Noun& noun, const Step& step, const std::string& id, const Record& body) {
    const auto& query = cached("keep_" + std::string{step.keeps}, [&] {
        Numbering n;
        const std::string table{step.keeps}, parent = std::string{noun.name} + "_id";
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
    const auto own = own_only(tx, noun);
    const auto role = tx.principal().role;
    const auto sql = "SELECT " + wire_sql(noun, role) + "::text, t.version FROM " + std::string{noun.name} +
                     " t WHERE t.authority_id = $1 AND t.id = $2::uuid";
    const auto found = own.empty()
                           ? tx.run(cached("read_" + std::string{noun.name} + "_" + sight(role), [&] { return sql; }),
                                    {tx.authority(), id})
                           : tx.run(cached("read_own_" + std::string{noun.name},
                                           [&] { return sql + " AND t." + column(noun.owner) + " = $3"; }),
                                    {tx.authority(), id, tx.principal().partner});
    if (found.empty()) return std::nullopt;
    return Seen{found[0][0].as<std::string>(), etag_of(found[0][1].as<std::int64_t>())};
}

Listed list(Tx& tx, const Noun& noun, const Page& page) {
    const auto role = tx.principal().role;
    auto sql = "SELECT " + wire_sql(noun, role) + "::text, t.id FROM " + std::string{noun.name} +
               " t WHERE t.authority_id = " + tx.quoted(tx.authority()) + own_only(tx, noun);
    for (const auto& [name, value] : page.filters) {
        const auto* field = noun.field(name);
        sql += " AND t." + column(name) + " = " + tx.quoted(value);
        if (field != nullptr) sql += "::" + std::string{sql_type(*field)};
    }
    const std::string direction = page.newest_first ? "DESC" : "ASC";
    if (!page.after.empty())
        sql += (page.newest_first ? " AND t.id < " : " AND t.id > ") + tx.quoted(page.after) + "::uuid";
    sql += " ORDER BY t.id " + direction + " LIMIT " + std::to_string(page.limit + 1);
    const auto found = tx.run(sql);
    Listed listed;
    for (const auto& row : found) {
        if (static_cast<int>(listed.items.size()) == page.limit) {
            listed.next = found[static_cast<pqxx::result::size_type>(page.limit - 1)][1].as<std::string>();
            break;
        }
        listed.items.push_back(row[0].as<std::string>());
    }
    return listed;
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
