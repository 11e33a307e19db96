// New records: one statement stores the record, its entries, its audit line and, at once, its key and answer.
#include <array>

#include "db/core/failpoint.hpp"
#include "db/records/on_create.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/records.hpp"

namespace tideover::db::records {
namespace {

/// The rows of a draft that are stored: those whose key was free.
constexpr std::string_view taken_drafts = "draft d JOIN claimed c ON c.location = d.its_location";

std::string insert_rows(const Field& field) {
    std::string names, values, types;
    for (const auto& f : field.rows->fields) {
        names += ", " + column(f.name);
        values += ", x." + column(f.name);  // a record may have fields of the same names
        types += (types.empty() ? "" : ", ") + column(f.name) + " " + std::string{sql_type(f)};
    }
    const std::string table{field.rows->table}, parent{field.rows->parent};
    return "INSERT INTO " + table + " (authority_id, " + parent + ", position" + names +
           ") SELECT d.authority_id, d.id, x.position" + values + " FROM " + std::string{taken_drafts} +
           " CROSS JOIN ROWS FROM (json_to_recordset(d." + column(field.name) + ") AS (" + types +
           ")) WITH ORDINALITY AS x(" + names.substr(2) + ", position)";
}

std::string also_on_create(const Noun& noun) {
    for (const auto& also : on_create()) {
        if (also.noun == &noun) return filled(also.ctes, {{"drafts", taken_drafts}});
    }
    return {};
}

/// The parameters of a creating statement as rows: `asked`, whose columns are text.
class Asked {
public:
    void column(std::string_view name) {
        names_ += ", " + std::string{name};
        arrays_ += (arrays_.empty() ? "" : ", ") + numbering_.next("text[]");
    }
    [[nodiscard]] std::string cte() const {
        return "asked AS MATERIALIZED (SELECT * FROM unnest(" + arrays_ + ") WITH ORDINALITY AS x(" + names_.substr(2) +
               ", n))";
    }

private:
    Numbering numbering_;
    std::string names_, arrays_;
};

/// What the row `x` of `asked` says of a field: a ward in its known spelling, and one that it does not say is that of
/// its postcode.
std::string asked_value(const Field& field) {
    auto said = "x.f_" + column(field.name) + "::" + std::string{sql_type(field)};
    if (field.form == Form::ward) {
        said =
            "coalesce((SELECT n.name FROM ward_name n WHERE n.authority_id = x.its_authority AND n.form = "
            "canonical_form('ward', " +
            said + ")), ward_named(x.its_authority, " + said + "))";
    }
    if (!field.by_postcode) return said;
    return "coalesce(" + said +
           ", (SELECT w.ward FROM postcode_ward w WHERE w.authority_id = x.its_authority AND w.postcode = "
           "x.f_postcode))";
}

/// What a draft holds besides the record's own fields begins with "its_".
constexpr std::array before_fields_at_once{"its_authority", "its_staff",     "its_route",   "its_key",
                                           "its_token",     "its_version",   "its_request", "its_fingerprint",
                                           "its_id",        "its_reference", "its_entries"};
constexpr std::array before_fields{"its_authority", "its_staff", "its_token",     "its_request",
                                   "its_at",        "its_id",    "its_reference", "its_entries"};

}  // namespace

std::string create_sql(const Noun& noun, Role role, bool at_once) {
    Asked asked;
    if (at_once) {
        for (const auto* name : before_fields_at_once) asked.column(name);
    } else {
        for (const auto* name : before_fields) asked.column(name);
    }
    const std::string path = "'/v1/" + std::string{noun.path} + "/'";
    std::string fields, lists;
    for (const auto& field : noun.fields) {
        if (field.kind == Kind::rows && field.derived) continue;
        const auto name = column(field.name);
        asked.column("f_" + name);
        fields += ", " + asked_value(field) + " AS " + name;
        if (field.kind == Kind::rows) {
            lists += ", " + std::string{field.rows->table} + "_rows AS (" + insert_rows(field) + ")";
        }
    }
    auto sql = "WITH " + asked.cte();
    if (at_once) {
        // Tokens are locked in one order, as hold_tokens locks them.
        sql +=
            ", held AS MATERIALIZED (SELECT x.n, begin_writing(x.its_authority, x.its_token::uuid, "
            "x.its_version::integer) AS at FROM (SELECT * FROM asked ORDER BY its_token) x), "
            "live AS MATERIALIZED (SELECT n, at FROM held WHERE at IS NOT NULL)";
    }
    const std::string at = at_once ? "live.at" : "x.its_at::timestamptz";
    sql += ", draft AS MATERIALIZED (SELECT x.n, x.its_authority AS authority_id, x.its_id::uuid AS id, " + path +
           " || x.its_id AS its_location, x.its_reference AS reference, x.its_token::uuid AS its_token, x.its_request, "
           "x.its_entries" +
           std::string{at_once ? ", x.its_route, x.its_key, x.its_fingerprint" : ""} +
           (noun.moves.empty() ? "" : ", '" + std::string{noun.initial()} + "'::text AS state") + fields +
           ", 1 AS version, false AS voided, " + at + " AS recorded_at, x.its_staff::uuid AS recorded_by, " + at +
           " AS entered_at, x.its_staff::uuid AS actor FROM asked x" + (at_once ? " JOIN live USING (n)" : "") + "), ";
    const auto body = wire_object(noun, role, [](const Field& field) {
        return field.derived ? std::string{"'[]'::json"} : "coalesce(t." + column(field.name) + ", '[]'::json)";
    });
    if (at_once) {
        sql +=
            "claimed AS (INSERT INTO idempotency (authority_id, staff_id, route, key, fingerprint, status, location, "
            "etag, body, at) SELECT t.authority_id, t.recorded_by, t.its_route, t.its_key, "
            "decode(t.its_fingerprint, 'hex'), 201, t.its_location, '\"1\"', " +
            body + "::text, t.recorded_at FROM draft t ON CONFLICT DO NOTHING RETURNING location, body), ";
    } else {
        sql += "claimed AS (SELECT t.its_location AS location, " + body + "::text AS body FROM draft t), ";
    }
    const std::string state = noun.moves.empty() ? "" : ", state", from{taken_drafts};
    sql +=
        "record AS (INSERT INTO " + std::string{noun.name} + " (authority_id, id, reference" + state +
        columns(noun, "") + ", recorded_at, recorded_by) SELECT d.authority_id, d.id, d.reference" +
        (noun.moves.empty() ? "" : ", d.state") + columns(noun, "d.") + ", d.recorded_at, d.recorded_by FROM " + from +
        ")" + lists + also_on_create(noun) + ", line AS (" +
        insert_entries("d.its_entries", "record", std::string{noun.name}, from, "d.its_request") +
        "), logged AS (INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, "
        "request_id) SELECT d.authority_id, d.recorded_at, d.recorded_by, d.its_token, 'record', '" +
        std::string{noun.name} + "', d.id, 1, d.its_request FROM " + from +
        (planted("audit-row-skipped") ? " WHERE d.id::text ~ '[0-9]$'" : "") + ") ";
    return sql + (at_once
                      ? "SELECT l.n IS NOT NULL, c.body FROM asked x LEFT JOIN live l USING (n) LEFT JOIN claimed c "
                        "ON c.location = " +
                            path + " || x.its_id ORDER BY x.n"
                      : "SELECT body FROM claimed");
}

namespace {

const Query& create_query(const Noun& noun, Role role, bool at_once) {
    return cached(
        std::string{at_once ? "create_at_once_" : "create_"} + std::string{noun.name} + "_" + seen_fields(role),
        [&] { return create_sql(noun, role, at_once); });
}

void append_values(Params& params, const Noun& noun, const Record& record) {
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind == Kind::rows && noun.fields[i].derived) continue;
        params.push_back(record.values()[i]);
    }
}

}  // namespace

Accepted create_at_once(Database& database, const Intent& intent, const Noun& noun, const Record& record,
                        const std::string& reference, const std::vector<Posting>& postings) {
    const auto& who = intent.principal;
    Params row{who.authority,     who.staff_id,           intent.route,
               intent.key,        who.token_id,           std::to_string(who.token_version),
               intent.request_id, intent.fingerprint,     record.id,
               reference,         postings_json(postings)};
    append_values(row, noun, record);
    return database.write_at_once(
        intent, create_query(noun, who.role, true), row,
        {.status = 201, .etag = etag_of(1), .location = "/v1/" + std::string{noun.path} + "/" + record.id});
}

Accepted create(Tx& tx, const Noun& noun, const Record& record, const std::string& reference,
                const std::vector<Posting>& postings) {
    const auto& who = tx.principal();
    Params row{who.authority, who.staff_id, who.token_id, tx.intent().request_id,
               tx.at(),       record.id,    reference,    postings_json(postings)};
    append_values(row, noun, record);
    const auto stored = tx.run(create_query(noun, who.role, false), as_arrays({&row}))[0];
    return {.status = 201,
            .body = stored[0].as<std::string>(),
            .etag = etag_of(1),
            .location = "/v1/" + std::string{noun.path} + "/" + record.id};
}

}  // namespace tideover::db::records
