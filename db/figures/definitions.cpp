// Beside its record a definition has a row in `headline`, which is what counting reads.
#include "db/figures/definitions.hpp"

#include "db/core/locks.hpp"
#include "domain/figures/figure.hpp"

namespace tideover::db::figures {
namespace {

constexpr Fields its{nouns::figure_table::fields};

}  // namespace

void hold_definitions(Tx& tx) {
    static const Query query{"definitions_hold", filled("SELECT pg_advisory_xact_lock({lock}, hashtext($1))",
                                                        {{"lock", locks::definitions.number}})};
    tx.run(query, {tx.authority()});
}

std::vector<std::string> next_numbers(Tx& tx, const Records& definitions) {
    static const Query query{"definitions_next_numbers", R"(
SELECT row_number() OVER (PARTITION BY x.code ORDER BY x.n) +
       greatest((SELECT max(f.number) FROM figure f WHERE f.authority_id = $1 AND f.code = x.code),
                (SELECT max(h.definition_version) FROM headline h WHERE h.authority_id = $1 AND h.figure = x.code), 0)
FROM unnest($2::text[]) WITH ORDINALITY AS x(code, n) ORDER BY x.n)"};
    std::vector<std::string> out;
    for (const auto& row : tx.run(query, {tx.authority(), records::values_of(definitions, its["code"])})) {
        out.push_back(row[0].as<std::string>());
    }
    return out;
}

std::vector<Named> named(Tx& tx, const std::string& own, const std::vector<std::string>& codes) {
    static const Query query{"definitions_named", R"(
WITH RECURSIVE given AS (
    SELECT x.code, x.n FROM unnest($3::text[]) WITH ORDINALITY AS x(code, n)
), up(n, figure) AS (
    SELECT n, code FROM given
    UNION
    SELECT up.n, above.figure FROM up
    JOIN headline h ON h.authority_id = $1 AND h.current AND h.figure = up.figure
    CROSS JOIN LATERAL (VALUES (h.beside), (h.included_in)) above(figure)
    WHERE above.figure IS NOT NULL
)
SELECT h.figure IS NOT NULL,
       EXISTS (SELECT FROM figure f WHERE f.authority_id = $1 AND f.code = g.code AND f.state = 'draft'
               AND NOT f.voided),
       h.figure IS NOT NULL AND h.beside IS NULL,
       EXISTS (SELECT FROM up WHERE up.n = g.n AND up.figure = $2)
FROM given g LEFT JOIN headline h ON h.authority_id = $1 AND h.current AND h.figure = g.code ORDER BY g.n)"};
    std::vector<Named> out;
    for (const auto& row : tx.run(query, {tx.authority(), own, array_of(codes)})) {
        out.push_back({row[0].as<bool>(), row[1].as<bool>(), row[2].as<bool>(), row[3].as<bool>()});
    }
    return out;
}

bool has_others_beside(Tx& tx, const std::string& code) {
    static const Query query{"definitions_others_beside", R"(
SELECT FROM headline WHERE authority_id = $1 AND current AND beside = $2 LIMIT 1)"};
    return !tx.run(query, {tx.authority(), code}).empty();
}

std::optional<std::string> overlapping(Tx& tx, const Record& definition, const std::string& filter) {
    // Upwards a figure leads to the one that it is shown beside, or a part of; the last of these is its family.
    static const Query query{"definitions_overlapping", R"(
WITH RECURSIVE up(figure, above) AS (
    SELECT figure, coalesce(beside, included_in) FROM headline
    WHERE authority_id = $1 AND current AND figure <> $2
    UNION ALL SELECT $2, $3::text
), family(figure, head) AS (
    SELECT figure, figure FROM up WHERE above IS NULL
    UNION SELECT up.figure, family.head FROM up JOIN family ON up.above = family.figure
)
SELECT h.figure FROM headline h
WHERE h.authority_id = $1 AND h.current AND h.figure <> $2 AND h.measure = $4 AND h.aggregate = $5
      AND h.from_day <= coalesce($7::date, 'infinity') AND coalesce(h.as_at, 'infinity') >= $6::date
      AND NOT EXISTS (
          SELECT FROM jsonb_each(h.filter) theirs JOIN jsonb_each($8::jsonb) ours USING (key)
          WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(theirs.value) a
                            JOIN jsonb_array_elements(ours.value) b ON a.value = b.value))
      AND (SELECT head FROM family WHERE figure = h.figure) IS DISTINCT FROM (SELECT head FROM family WHERE figure = $2)
ORDER BY h.position LIMIT 1)"};
    const auto beside = definition.at(its["beside"]);
    const auto found =
        tx.run(query, {tx.authority(), definition.at(its["code"]), beside ? beside : definition.at(its["included_in"]),
                       definition.at(its["measure"]), definition.at(its["aggregate"]), definition.at(its["from_on"]),
                       definition.at(its["as_at"]), filter});
    return found.empty() ? std::nullopt : std::optional{found[0][0].as<std::string>()};
}

std::optional<int> current_number(Tx& tx, const std::string& code) {
    static const Query query{"definitions_current_number", R"(
SELECT definition_version FROM headline WHERE authority_id = $1 AND figure = $2 AND current)"};
    const auto found = tx.run(query, {tx.authority(), code});
    return found.empty() ? std::nullopt : std::optional{found[0][0].as<int>()};
}

std::optional<std::string> belonging_to(Tx& tx, const std::string& code) {
    static const Query query{"definitions_belonging_to", R"(
SELECT figure FROM headline WHERE authority_id = $1 AND current AND $2 IN (beside, included_in) ORDER BY position LIMIT 1)"};
    const auto found = tx.run(query, {tx.authority(), code});
    return found.empty() ? std::nullopt : std::optional{found[0][0].as<std::string>()};
}

void end(Tx& tx, const std::string& code) {
    static const Query query{"definitions_end", R"(
UPDATE headline SET superseded_seq = nextval('ledger_seq') WHERE authority_id = $1 AND figure = $2 AND current)"};
    tx.run(query, {tx.authority(), code});
}

void put_in_place(Tx& tx, const Record& definition, const std::string& filter) {
    static const Query supersede{"definitions_supersede", R"(
UPDATE headline SET superseded_seq = nextval('ledger_seq') WHERE authority_id = $1 AND figure = $2 AND current
RETURNING position, superseded_seq)"};
    static const Query add{"definitions_add", R"(
INSERT INTO headline (authority_id, code, position, title, unit, aggregate, measure, filter, definition_version, meaning,
                      from_day, as_at, beside, included_in, claim_text, comparator, claim_value, precision,
                      precision_basis, pair, seq)
SELECT $1, $2 || CASE $3::integer WHEN 1 THEN '' ELSE '@' || $3 END,
       coalesce($4::integer, (SELECT coalesce(max(position), 0) + 1 FROM headline WHERE authority_id = $1)),
       $5, $6, $7, $8, $9::jsonb, $3::integer, $10, $11::date, $12::date, $13, $14, $15, $16, $17::bigint, $18::bigint,
       $19, $20, coalesce($21::bigint, nextval('ledger_seq')))"};
    const auto before = tx.run(supersede, {tx.authority(), definition.at(its["code"])});
    const auto of_before = [&](int column) {
        return before.empty() ? std::nullopt : std::optional{before[0][column].as<std::string>()};
    };
    tx.run(add, {tx.authority(),
                 definition.at(its["code"]),
                 definition.at(its["number"]),
                 of_before(0),
                 definition.at(its["title"]),
                 definition.at(its["unit"]),
                 definition.at(its["aggregate"]),
                 definition.at(its["measure"]),
                 filter,
                 definition.at(its["meaning"]),
                 definition.at(its["from_on"]),
                 definition.at(its["as_at"]),
                 definition.at(its["beside"]),
                 definition.at(its["included_in"]),
                 definition.at(its["claim.text"]),
                 definition.at(its["claim.comparator"]),
                 definition.at(its["claim.value"]),
                 definition.at(its["claim.precision"]),
                 definition.at(its["claim.precision_basis"]),
                 definition.at(its["claim.pair"]),
                 of_before(1)});
}

}  // namespace tideover::db::figures
