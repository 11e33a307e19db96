// A field that was never changed has no row: its record says what it is, and was from the beginning.
#include "db/records/facts.hpp"

#include "db/core/query.hpp"
#include "db/records/record_sql.hpp"
#include "db/records/references.hpp"
#include "db/records/revision.hpp"
#include "db/records/visibility.hpp"

namespace tideover::db::records {
namespace {

/// The values of sayings as parameters; those that are JSON already are marked.
struct Said {
    Column ids, fields, days, values, plain;

    explicit Said(std::span<const Saying> sayings) {
        for (std::size_t i = 0; i < sayings.size(); ++i) {
            const auto& one = sayings[i];
            const auto kind = one.field->kind;
            const bool is_json =
                kind == Kind::pence || kind == Kind::count || kind == Kind::flag || kind == Kind::choices;
            ids.add(i, one.before->id);
            fields.add(i, std::string{one.field->name});
            days.add(i, one.from_on);
            values.add(i, one.value);
            plain.add(i, is_json ? "true" : "false");
        }
    }
};

/// `x`: each saying with its number, and its value as JSON.
constexpr std::string_view said_sql = R"(
SELECT x.n, x.id, x.field, x.from_on,
       CASE WHEN x.value IS NULL THEN 'null' WHEN x.plain THEN x.value::jsonb ELSE to_jsonb(x.value) END AS value
FROM unnest($2::uuid[], $3::text[], $4::date[], $5::text[], $6::boolean[])
     WITH ORDINALITY AS x(id, field, from_on, value, plain, n))";

}  // namespace

std::vector<KnownAlready> known_already(Tx& tx, std::span<const Saying> sayings) {
    static const Query query{"facts_known_already", filled(R"(
SELECT f.record_id IS NULL, coalesce(f.value = x.value, false), NOT EXISTS (
    SELECT FROM dated_fact l WHERE l.authority_id = $1 AND l.record_id = x.id AND l.field = x.field
           AND l.known_until IS NULL AND l.from_on > x.from_on)
FROM ({said}) x
LEFT JOIN LATERAL (
    SELECT * FROM dated_fact f WHERE f.authority_id = $1 AND f.record_id = x.id AND f.field = x.field
           AND f.known_until IS NULL AND f.from_on <= x.from_on
    ORDER BY f.from_on DESC LIMIT 1) f ON true
ORDER BY x.n)",
                                                           {{"said", said_sql}})};
    std::vector<KnownAlready> out;
    if (sayings.empty()) return out;
    const Said said{sayings};
    for (const auto& row : tx.run(query, {tx.authority(), said.ids.array(), said.fields.array(), said.days.array(),
                                          said.values.array(), said.plain.array()})) {
        const auto& one = sayings[out.size()];
        const bool never = row[0].as<bool>();
        out.push_back({never ? one.before->at(*one.field) == one.value : row[1].as<bool>(), row[2].as<bool>()});
    }
    return out;
}

void keep_facts(Tx& tx, const Noun& noun, std::span<const Saying> sayings) {
    if (sayings.empty()) return;
    const auto& query = cached("facts_keep_" + std::string{noun.name}, [&] {
        return filled(R"(
WITH x AS MATERIALIZED (
    -- A clock that was set back learns nothing before what is known already.
    SELECT s.*, t.version, t.recorded_at, to_jsonb(t) -> s.field AS was, f.newest,
           greatest(clock_timestamp(), t.recorded_at, f.latest) AS at
    FROM ({said}) s JOIN {table} t ON t.authority_id = $1 AND t.id = s.id
    LEFT JOIN LATERAL (
        SELECT max(f.from_on) FILTER (WHERE f.known_until IS NULL) AS newest,
               max(greatest(f.known_from, f.known_until)) AS latest
        FROM dated_fact f WHERE f.authority_id = $1 AND f.record_id = s.id AND f.field = s.field) f ON true
), first AS (
    INSERT INTO dated_fact (authority_id, record_id, noun, field, from_on, value, version, known_from, known_until)
    SELECT $1, x.id, '{table}', x.field, '-infinity', x.was, 1, x.recorded_at,
           CASE WHEN x.from_on IS NULL THEN x.at END
    FROM x WHERE x.newest IS NULL
), ended AS (
    UPDATE dated_fact f SET known_until = x.at FROM x
    WHERE f.authority_id = $1 AND f.record_id = x.id AND f.field = x.field AND f.known_until IS NULL
          AND f.from_on = coalesce(x.from_on, x.newest)
    RETURNING 1
)
INSERT INTO dated_fact (authority_id, record_id, noun, field, from_on, value, version, known_from)
SELECT $1, x.id, '{table}', x.field, coalesce(x.from_on, x.newest, '-infinity'), x.value, x.version + 1, x.at
FROM x, (SELECT count(*) FROM ended) e)",
                      {{"said", said_sql}, {"table", noun.name}});
    });
    const Said said{sayings};
    tx.run(query, {tx.authority(), said.ids.array(), said.fields.array(), said.days.array(), said.values.array(),
                   said.plain.array()});
}

std::vector<SaidBefore> said_before(Tx& tx, const std::vector<std::string>& ids,
                                    const std::vector<std::int64_t>& versions) {
    static const Query query{"facts_said_before", R"(
SELECT x.n - 1, f.field, f.from_on, p.value #>> '{}'
FROM unnest($2::uuid[], $3::integer[]) WITH ORDINALITY AS x(id, version, n)
JOIN dated_fact f ON f.authority_id = $1 AND f.record_id = x.id AND f.version = x.version AND f.from_on > '-infinity'
LEFT JOIN LATERAL (
    SELECT p.value FROM dated_fact p
    WHERE p.authority_id = $1 AND p.record_id = f.record_id AND p.field = f.field AND p.from_on <= f.from_on
          AND p.version < f.version AND (p.known_until IS NULL OR p.known_until >= f.known_from)
    ORDER BY p.from_on DESC, p.version DESC LIMIT 1) p ON true
ORDER BY x.n)"};
    Params wanted;
    for (const auto version : versions) wanted.emplace_back(std::to_string(version));
    std::vector<SaidBefore> out;
    for (const auto& row : tx.run(query, {tx.authority(), array_of(ids), array_of_values(wanted)})) {
        out.push_back({.place = row[0].as<std::size_t>(),
                       .field = row[1].as<std::string>(),
                       .from_on = row[2].as<std::string>(),
                       .value = text_or_null(row[3])});
    }
    return out;
}

std::optional<std::string> facts_of(Tx& tx, const Noun& noun, const std::string& id,
                                    const std::optional<std::string>& on, const std::optional<std::string>& known_at) {
    if (!is_seen(tx, noun, id)) return std::nullopt;
    const auto& query = cached("facts_of_" + std::string{noun.name}, [&] {
        std::string fields;
        for (const auto& field : noun.fields) {
            if (field.dated) fields += (fields.empty() ? "'" : ", '") + std::string{field.name} + "'";
        }
        return filled(R"(
SELECT coalesce(json_agg(json_build_object(
    'field', q.field, 'value', q.value, 'from', nullif(q.from_on, '-infinity'), 'until', q.until,
    'known_from', wire(q.known_from), 'known_until', wire(q.known_until), 'version', q.version)
    ORDER BY q.place, q.from_on), '[]')::text
FROM (
    SELECT k.* FROM (
        SELECT n.place, n.field, coalesce(f.value, to_jsonb(t) -> n.field) AS value,
               coalesce(f.from_on, '-infinity') AS from_on, coalesce(f.version, 1) AS version,
               coalesce(f.known_from, t.recorded_at) AS known_from, f.known_until,
               lead(f.from_on) OVER (PARTITION BY n.field ORDER BY f.from_on) AS until
        FROM {table} t
        CROSS JOIN unnest(ARRAY[{fields}]) WITH ORDINALITY n(field, place)
        LEFT JOIN dated_fact f ON f.authority_id = t.authority_id AND f.record_id = t.id AND f.field = n.field
             AND f.known_from <= coalesce($4::timestamptz, 'infinity')
             AND (f.known_until IS NULL OR f.known_until > coalesce($4::timestamptz, 'infinity'))
        WHERE t.authority_id = $1 AND t.id = $2::uuid AND t.recorded_at <= coalesce($4::timestamptz, 'infinity')) k
    WHERE $3::date IS NULL OR (k.from_on <= $3::date AND (k.until IS NULL OR k.until > $3::date))
    LIMIT 1000) q)",
                      {{"table", noun.name}, {"fields", fields}});
    });
    const auto found = tx.run(query, {tx.authority(), id, on, known_at});
    return found[0][0].as<std::string>();
}

std::optional<std::string> named_it(Tx& tx, const Noun& noun, const std::string& id, const Noun& other,
                                    const Field& field, const std::optional<std::string>& on,
                                    const std::optional<std::string>& known_at) {
    if (!is_seen(tx, noun, id)) return std::nullopt;
    Params params{tx.authority(), id, on, known_at};
    const auto visible = visible_only(tx.principal(), other, [&](const std::string& value, std::string_view type) {
        params.emplace_back(value);
        return "$" + std::to_string(params.size()) + "::" + std::string{type};
    });
    const auto name = "named_it_" + std::string{other.name} + "_" + column(field.name) + "_" +
                      std::string{visibility_of(tx.principal())};
    const auto& query = cached(name, [&] {
        return filled(
            R"(
SELECT coalesce(json_agg(json_build_object(
    'kind', '{table}', 'id', q.id, 'reference', q.reference, 'href', '/v1/{path}/' || q.id,
    'from', nullif(q.from_on, '-infinity'), 'until', q.until, 'known_from', wire(q.known_from))
    ORDER BY q.from_on, q.id), '[]')::text
FROM (
    SELECT t.id, t.reference, k.from_on, k.until, k.known_from FROM (
        -- What was never changed the record says; of what was, the rows that were known then.
        SELECT t.id, date '-infinity' AS from_on, NULL::date AS until, t.recorded_at AS known_from
        FROM {table} t
        WHERE t.authority_id = $1 AND t.{field} = $2::uuid AND t.recorded_at <= coalesce($4::timestamptz, 'infinity')
              AND NOT EXISTS (SELECT FROM dated_fact f WHERE f.authority_id = $1 AND f.record_id = t.id
                                     AND f.field = '{field}')
        UNION ALL
        SELECT f.record_id, f.from_on, (
            SELECT min(l.from_on) FROM dated_fact l
            WHERE l.authority_id = $1 AND l.record_id = f.record_id AND l.field = f.field AND l.from_on > f.from_on
                  AND l.known_from <= coalesce($4::timestamptz, 'infinity')
                  AND (l.known_until IS NULL OR l.known_until > coalesce($4::timestamptz, 'infinity'))), f.known_from
        FROM dated_fact f
        WHERE f.authority_id = $1 AND f.noun = '{table}' AND f.field = '{field}' AND f.value #>> '{}' = $2::uuid::text
              AND f.field IN ('household_id', 'business_id')
              AND f.known_from <= coalesce($4::timestamptz, 'infinity')
              AND (f.known_until IS NULL OR f.known_until > coalesce($4::timestamptz, 'infinity'))) k
    JOIN {table} t ON t.authority_id = $1 AND t.id = k.id AND NOT t.voided{visible}
    WHERE $3::date IS NULL OR (k.from_on <= $3::date AND (k.until IS NULL OR k.until > $3::date))
    LIMIT 1000) q)",
            {{"table", other.name}, {"path", other.path}, {"field", column(field.name)}, {"visible", visible}});
    });
    return tx.run(query, params)[0][0].as<std::string>();
}

}  // namespace tideover::db::records
