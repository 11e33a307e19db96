// New records: one statement stores the record, its entries, its audit line and, at once, its key and answer.
#include <array>

#include "db/core/failpoint.hpp"
#include "db/records/likeness.hpp"
#include "db/records/on_create.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/records.hpp"

namespace tideover::db::records {
namespace {

/// Stores a list of the records in `drafts`, whose alias is `d`.
std::string insert_rows(const Field& field, std::string_view drafts) {
    std::string names, values, types;
    for (const auto& f : field.rows->fields) {
        names += ", " + column(f.name);
        values += ", x." + column(f.name);  // a record may have fields of the same names
        types += (types.empty() ? "" : ", ") + column(f.name) + " " + std::string{sql_type(f)};
    }
    return filled(R"(
{table}_rows AS (
    INSERT INTO {table} (authority_id, {parent}, position{names})
    SELECT d.authority_id, d.id, x.position{values}
    FROM {drafts} CROSS JOIN ROWS FROM (json_to_recordset(d.{list}) AS ({types})) WITH ORDINALITY AS x({columns}, position)
), )",
                  {{"table", field.rows->table},
                   {"parent", field.rows->parent},
                   {"names", names},
                   {"values", values},
                   {"drafts", drafts},
                   {"list", column(field.name)},
                   {"types", types},
                   {"columns", names.substr(2)}});
}

std::string also_on_create(const Noun& noun, std::string_view drafts) {
    for (const auto& also : on_create()) {
        if (also.noun == &noun) return filled(also.ctes, {{"drafts", drafts}});
    }
    return {};
}

/// The parameters of a creating statement as the rows `x` of `asked`, whose columns are text.
class Asked {
public:
    void column(std::string_view name) {
        names_ += std::string{name} + ", ";
        arrays_ += (arrays_.empty() ? "" : ", ") + numbering_.next("text[]");
    }
    [[nodiscard]] std::string cte() const {
        return filled("asked AS MATERIALIZED (\n    SELECT * FROM unnest({arrays}) WITH ORDINALITY AS x({names}n)\n)",
                      {{"arrays", arrays_}, {"names", names_}});
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
           ", (SELECT w.ward FROM postcode w WHERE w.authority_id = x.its_authority AND w.postcode = x.f_postcode "
           "AND NOT w.voided))";
}

/// What a draft holds besides the record's own fields begins with "its_".
constexpr std::array before_fields_at_once{"its_authority", "its_staff",     "its_route",   "its_key",
                                           "its_token",     "its_version",   "its_request", "its_fingerprint",
                                           "its_id",        "its_reference", "its_entries"};
constexpr std::array before_fields{"its_authority", "its_staff", "its_token",     "its_request",
                                   "its_at",        "its_id",    "its_reference", "its_entries"};

}  // namespace

namespace {

/// Each request of a batch is alone: its token is locked, in one order as hold_tokens locks them, and its key is taken.
/// What is stored are the drafts whose key was free.
constexpr std::string_view at_once_sql = R"(
WITH {asked}, held AS MATERIALIZED (
    SELECT x.n, begin_writing(x.its_authority, x.its_token::uuid, x.its_version::integer) AS at
    FROM (SELECT * FROM asked ORDER BY its_token) x
), live AS MATERIALIZED (
    SELECT n, at FROM held WHERE at IS NOT NULL
), draft AS (
    SELECT {draft}, '{path}' || x.its_id AS its_location, x.its_route, x.its_key, x.its_fingerprint
    FROM asked x JOIN live USING (n)
), claimed AS (
    INSERT INTO idempotency (authority_id, staff_id, route, key, fingerprint, status, location, etag, body, at)
    SELECT t.authority_id, t.recorded_by, t.its_route, t.its_key, decode(t.its_fingerprint, 'hex'), 201,
           t.its_location, '"1"', {body}::text, t.recorded_at
    FROM draft t ON CONFLICT DO NOTHING RETURNING location, body
), {stored}
SELECT l.n IS NOT NULL, c.body
FROM asked x LEFT JOIN live l USING (n) LEFT JOIN claimed c ON c.location = '{path}' || x.its_id ORDER BY x.n)";

constexpr std::string_view one_sql = R"(
WITH {asked}, draft AS (
    SELECT {draft} FROM asked x
), {stored}
SELECT {body}::text FROM draft t)";

constexpr std::string_view list_sql = R"(
WITH {asked}, draft AS MATERIALIZED (
    SELECT {draft} FROM asked x
), {stored}
SELECT)";

/// What is stored of the records in `drafts`, whose alias is `d`: themselves, their lists and what else their creation
/// does, their entries and their audit lines.
std::string stored_sql(const Noun& noun, std::string_view drafts) {
    std::string lists;
    for (const auto& field : noun.fields) {
        if (field.kind == Kind::rows && !field.derived) lists += insert_rows(field, drafts);
    }
    const auto logged = std::string{drafts} + (planted("audit-row-skipped") ? " WHERE d.id::text ~ '[0-9]$'" : "");
    return filled(R"(record AS (
    INSERT INTO {table} (authority_id, id, reference{state}{columns}, recorded_at, recorded_by)
    SELECT d.authority_id, d.id, d.reference{its_state}{values}, d.recorded_at, d.recorded_by FROM {drafts}
), {lists}{also}line AS (
    {entries}
), logged AS (
    {logged}
))",
                  {{"table", noun.name},
                   {"state", noun.moves.empty() ? "" : ", state"},
                   {"columns", columns(noun, "")},
                   {"its_state", noun.moves.empty() ? "" : ", d.state"},
                   {"values", columns(noun, "d.")},
                   {"drafts", drafts},
                   {"lists", lists},
                   {"also", also_on_create(noun, drafts)},
                   {"entries", insert_entries("d.its_entries", "record", noun.name, drafts)},
                   {"logged", insert_audit_lines({.action = "'record'", .kind = noun.name}, logged)}});
}

/// The body of the draft `t`, and what it is like, where that is anything, as its author sees that; who may be another
/// one for each draft.
std::string with_warnings(const Noun& noun, Role role, const std::string& body) {
    const Principal author{.authority = {}, .token_id = {}, .staff_id = {}, .partner = {}, .role = role};
    const auto of_author = [](const std::string&, std::string_view type) {
        if (type == "uuid") return std::string{"n.recorded_by"};
        return std::string{
            "(SELECT k.partner FROM api_token k WHERE k.authority_id = n.authority_id AND k.id = n.its_token)"};
    };
    return filled(R"((SELECT CASE WHEN json_array_length(w.list) = 0 THEN b.body::text
    ELSE left(b.body::text, -1) || ', "warnings" : ' || w.list || '}' END
    FROM (SELECT {body} AS body) b CROSS JOIN (SELECT {alike} AS list FROM (SELECT t.*) n) w))",
                  {{"body", body}, {"alike", likenesses_sql(author, noun, of_author)}});
}

}  // namespace

std::string create_sql(const Noun& noun, Role role, Creating how, bool warns) {
    const bool at_once = how == Creating::at_once;
    Asked asked;
    if (at_once) {
        for (const auto* name : before_fields_at_once) asked.column(name);
    } else {
        for (const auto* name : before_fields) asked.column(name);
    }
    std::string fields;
    for (const auto& field : noun.fields) {
        if (field.kind == Kind::rows && field.derived) continue;
        asked.column("f_" + column(field.name));
        fields += ", " + asked_value(field) + " AS " + column(field.name);
    }
    const auto draft =
        filled(R"(x.n, x.its_authority AS authority_id, x.its_id::uuid AS id, x.its_reference AS reference,
           x.its_token::uuid AS its_token, x.its_request, x.its_entries{state}{fields},
           1 AS version, false AS voided, {at} AS recorded_at, x.its_staff::uuid AS recorded_by,
           {at} AS entered_at, x.its_staff::uuid AS actor)",
               {{"state", noun.moves.empty() ? "" : ", '" + std::string{noun.initial()} + "'::text AS state"},
                {"fields", fields},
                {"at", at_once ? "live.at" : "x.its_at::timestamptz"}});
    const auto lists = [](const Field& field) {
        return field.derived ? std::string{"'[]'::json"} : "coalesce(t." + column(field.name) + ", '[]'::json)";
    };
    auto body = wire_object(noun, role, lists);
    if (warns) body = with_warnings(noun, role, body);
    if (at_once) {
        return filled(at_once_sql,
                      {{"asked", asked.cte()},
                       {"draft", draft},
                       {"path", "/v1/" + std::string{noun.path} + "/"},
                       {"body", body},
                       {"stored", stored_sql(noun, "draft d JOIN claimed c ON c.location = d.its_location")}});
    }
    const auto stored = stored_sql(noun, "draft d");
    if (how == Creating::list) return filled(list_sql, {{"asked", asked.cte()}, {"draft", draft}, {"stored", stored}});
    return filled(one_sql, {{"asked", asked.cte()}, {"draft", draft}, {"stored", stored}, {"body", body}});
}

namespace {

const Query& create_query(const Noun& noun, const Principal& who, Creating how, bool warns = false) {
    constexpr std::array prefixes{"create_at_once_", "create_", "create_all_"};
    const auto name = prefixes[static_cast<std::size_t>(how)] + std::string{noun.name} + "_" + seen_fields(who.role) +
                      (warns ? "_warns_" + std::string{visibility_of(who)} : "");
    return cached(name, [&] { return create_sql(noun, who.role, how, warns); });
}

void append_values(Params& params, const Noun& noun, const Record& record) {
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind == Kind::rows && noun.fields[i].derived) continue;
        params.push_back(record.values()[i]);
    }
}

}  // namespace

Accepted create_at_once(Database& database, const Intent& intent, const Noun& noun, const Draft& draft) {
    const auto& record = *draft.record;
    const auto& who = intent.principal;
    Params row{who.authority,
               who.staff_id,
               intent.route,
               intent.key,
               who.token_id,
               std::to_string(who.token_version),
               intent.request_id,
               intent.fingerprint,
               record.id,
               draft.reference,
               postings_json(draft.postings)};
    append_values(row, noun, record);
    return database.write_at_once(intent, create_query(noun, who, Creating::at_once, draft.warns), row,
                                  {.status = 201,
                                   .etag = std::string{first_etag},
                                   .location = "/v1/" + std::string{noun.path} + "/" + record.id});
}

namespace {

Params row_of(Tx& tx, const Noun& noun, const Draft& draft) {
    const auto& who = tx.principal();
    Params row{who.authority, who.staff_id,     who.token_id,    tx.intent().request_id,
               tx.at(),       draft.record->id, draft.reference, postings_json(draft.postings)};
    append_values(row, noun, *draft.record);
    return row;
}

}  // namespace

Accepted create(Tx& tx, const Noun& noun, const Draft& draft) {
    const auto row = row_of(tx, noun, draft);
    const auto stored = tx.run(create_query(noun, tx.principal(), Creating::one, draft.warns), as_arrays({&row}))[0];
    return {.status = 201,
            .body = stored[0].as<std::string>(),
            .etag = std::string{first_etag},
            .location = "/v1/" + std::string{noun.path} + "/" + draft.record->id};
}

void create_all(Tx& tx, const Noun& noun, std::span<const Draft> drafts) {
    std::vector<Params> asked;
    std::vector<const Params*> rows;
    asked.reserve(drafts.size());
    for (const auto& draft : drafts) rows.push_back(&asked.emplace_back(row_of(tx, noun, draft)));
    const Principal any{.authority = {}, .token_id = {}, .staff_id = {}, .partner = {}, .role = Role::admin};
    if (!rows.empty()) tx.run(create_query(noun, any, Creating::list), as_arrays(rows));
}

}  // namespace tideover::db::records
