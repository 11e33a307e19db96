// Finds, lists and stores publications, each in one statement.
#include "db/figures/publications.hpp"

namespace tideover::db::publications {
namespace {

const Query one{"publication_find", R"(
SELECT p.id, p.reference, p.title, p.as_at::text, wire(p.known_at), wire(p.recorded_at), p.published_by, p.digest,
       coalesce(p.supersedes_id::text, ''), coalesce(s.id::text, ''), coalesce(s.reference, ''), d.document
FROM publication p
JOIN publication_document d ON d.authority_id = p.authority_id AND d.publication_id = p.id
LEFT JOIN publication s ON s.authority_id = p.authority_id AND s.supersedes_id = p.id
WHERE p.authority_id = $1 AND p.id = $2::uuid)"};

const Query keep_both{"publication_keep", R"(
WITH kept AS (
    INSERT INTO publication_document (authority_id, publication_id, document) VALUES ($1, $2::uuid, $3)
)
INSERT INTO publication_figure (authority_id, publication_id, position, code, title, unit, measure, aggregate, filter,
                                definition_version, from_day, as_at, value, provisional, claim_text, comparator,
                                claim_value, precision, verdict, reason, entries, evidence_digest)
SELECT $1, $2::uuid, f.position, f.figure ->> 'code', f.figure ->> 'title', f.figure ->> 'unit', d.measure,
       d.aggregate, d.filter, d.version, d.from_day, ($3::jsonb ->> 'as_at')::date, (f.figure ->> 'value')::bigint,
       (f.figure ->> 'provisional')::bigint, f.figure #>> '{claim,text}', f.figure #>> '{claim,comparator}',
       (f.figure #>> '{claim,value}')::bigint, (f.figure #>> '{claim,precision}')::bigint, f.figure ->> 'verdict',
       f.figure ->> 'reason', (f.figure #>> '{evidence,entries}')::bigint, f.figure #>> '{evidence,digest}'
FROM jsonb_array_elements($3::jsonb -> 'figures') WITH ORDINALITY f(figure, position)
CROSS JOIN LATERAL (
    SELECT f.figure #>> '{definition,measure}' AS measure, f.figure #>> '{definition,aggregate}' AS aggregate,
           f.figure #> '{definition,filter}' AS filter, (f.figure #>> '{definition,version}')::integer AS version,
           (f.figure #>> '{definition,from}')::date AS from_day) d)"};

const Query last_seal{"publication_seal", R"(
SELECT coalesce(wire(max(at)), '') FROM seal WHERE authority_id = $1)"};

const Query who_and_when{"publication_imprint", R"(
SELECT a.name, s.name, wire($3::timestamptz)
FROM authority a JOIN staff s ON s.authority_id = a.id AND s.id = $2::uuid WHERE a.id = $1)"};

}  // namespace

std::optional<Publication> find(Tx& tx, const std::string& id) {
    const auto found = tx.run(one, {tx.authority(), id});
    if (found.empty()) return std::nullopt;
    const auto text = [row = found[0]](pqxx::row::size_type at) { return row[at].as<std::string>(); };
    return Publication{.id = text(0),
                       .reference = text(1),
                       .title = text(2),
                       .as_at = text(3),
                       .known_at = text(4),
                       .published_at = text(5),
                       .published_by = text(6),
                       .digest = text(7),
                       .supersedes_id = text(8),
                       .superseded_by_id = text(9),
                       .superseded_by = text(10),
                       .document = text(11)};
}

void keep(Tx& tx, const std::string& id, const std::string& document) {
    tx.run(keep_both, {tx.authority(), id, document});
}

std::string newest_seal(Tx& tx) {
    return tx.run(last_seal, {tx.authority()})[0][0].as<std::string>();
}

Imprint imprint(Tx& tx) {
    const auto row = tx.run(who_and_when, {tx.authority(), tx.principal().staff_id, tx.at()})[0];
    return {row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>()};
}

}  // namespace tideover::db::publications
