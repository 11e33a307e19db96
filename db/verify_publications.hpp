// The checks of publications: that what was published is still what was published, and can still be counted.
#pragma once

#include "db/verify_check.hpp"

namespace tideover::db {

// Each published figure counted anew, plainly, over the entries and merges up to its publication's seal and by the
// definition that was frozen with it: neither folded totals nor today's definitions are looked at.
inline constexpr Check published_figures{"publication-not-recomputed", R"(
published AS MATERIALIZED (
    SELECT f.publication_id, f.code, f.measure, f.aggregate, f.filter, f.definition_version, f.from_day, f.as_at,
           f.value, f.entries, f.evidence_digest, s.seq
    FROM publication_figure f
    LEFT JOIN publication p ON p.authority_id = f.authority_id AND p.id = f.publication_id
    LEFT JOIN seal s ON s.authority_id = f.authority_id AND s.at = p.known_at
    WHERE f.authority_id = $1
), published_at AS MATERIALIZED (
    SELECT DISTINCT publication_id, seq FROM published
), linked AS MATERIALIZED (
    SELECT DISTINCT ON (p.publication_id, l.from_id) p.publication_id, l.from_id, l.into_id, l.linked
    FROM published_at p JOIN merge_link l ON l.authority_id = $1 AND l.seq <= p.seq
    ORDER BY p.publication_id, l.from_id, l.seq DESC
), merges_known AS MATERIALIZED (
    SELECT p.publication_id, count(*)::text || '|' || modulo_2_64(coalesce(sum(limb(l.hash, 0)), 0))::text || '|' ||
           modulo_2_64(coalesce(sum(limb(l.hash, 1)), 0))::text AS digest
    FROM published_at p JOIN merge_link l ON l.authority_id = $1 AND l.seq <= p.seq GROUP BY 1
), top(publication_id, party, root) AS (
    SELECT l.publication_id, l.from_id, l.into_id FROM linked l
    WHERE l.linked AND NOT EXISTS (SELECT FROM linked up WHERE up.publication_id = l.publication_id
                                   AND up.from_id = l.into_id AND up.linked)
    UNION ALL
    SELECT l.publication_id, l.from_id, t.root
    FROM top t JOIN linked l ON l.publication_id = t.publication_id AND l.into_id = t.party AND l.linked
), counting AS MATERIALIZED (
    SELECT p.publication_id, p.code, p.from_day, p.as_at, p.seq, e.measure, e.dims
    FROM (SELECT DISTINCT measure, dims FROM entry WHERE authority_id = $1) e
    JOIN published p ON p.measure = e.measure
    WHERE (SELECT count(*) FROM jsonb_each(p.filter) f WHERE f.value @> jsonb_build_array(e.dims -> f.key)) =
          (SELECT count(*) FROM jsonb_object_keys(p.filter))
), held AS (
    SELECT k.publication_id, k.code, coalesce(t.root, e.subject_id) AS party, sum(e.quantity) AS quantity,
           sum(sign(e.quantity)) AS signs, count(*) AS entries, sum(limb(e.hash, 0)) AS l0, sum(limb(e.hash, 1)) AS l1,
           sum(limb(e.hash, 2)) AS l2, sum(limb(e.hash, 3)) AS l3
    FROM entry e
    JOIN counting k ON k.measure = e.measure AND k.dims = e.dims AND e.seq <= k.seq
         AND e.happened_on BETWEEN k.from_day AND k.as_at
    LEFT JOIN top t ON t.publication_id = k.publication_id AND t.party = e.subject_id
    WHERE e.authority_id = $1 GROUP BY 1, 2, 3
), summed AS (
    SELECT publication_id, code, sum(quantity) AS quantity, sum(signs) AS signs,
           count(*) FILTER (WHERE party IS NOT NULL AND quantity > 0) AS parties, sum(entries) AS entries,
           '|' || modulo_2_64(sum(l0)) || '|' || modulo_2_64(sum(l1)) || '|' || modulo_2_64(sum(l2)) || '|' ||
           modulo_2_64(sum(l3)) AS limbs
    FROM held GROUP BY 1, 2
), counted AS (
    SELECT p.*, coalesce(s.entries, 0) AS entries_now,
           coalesce(CASE p.aggregate WHEN 'sum' THEN s.quantity WHEN 'count' THEN s.signs ELSE s.parties END, 0)::bigint
               AS value_now,
           coalesce(s.limbs, '') || CASE p.aggregate WHEN 'distinct' THEN '|' || coalesce(m.digest, '0|0|0') ELSE '' END
               AS rest
    FROM published p
    LEFT JOIN summed s ON s.publication_id = p.publication_id AND s.code = p.code
    LEFT JOIN merges_known m ON m.publication_id = p.publication_id
), )",
                                         R"(
SELECT 'publication ' || publication_id || ' ' || code,
       CASE WHEN seq IS NULL THEN 'The seal that it stands on is not there.'
            WHEN (value_now, entries_now) = (value, entries) THEN 'The entries behind it have another digest.'
            ELSE 'It was published as ' || value || ' from ' || entries || ' entries, and the ledger of that seal gives ' ||
                 value_now || ' from ' || entries_now || '.' END
FROM counted
WHERE seq IS NULL OR value_now <> value OR entries_now <> entries OR evidence_digest <> 'sha256:' || encode(sha256(
    convert_to(definition_version || '|' || entries_now || '|' || value_now || rest, 'UTF8')), 'hex'))"};

/// The bytes that were published have their digest, and say what the rows beside them say.
inline constexpr Check published_documents{"publication-altered", R"(
said AS MATERIALIZED (
    SELECT d.publication_id, f.value AS figure FROM publication_document d
    CROSS JOIN LATERAL jsonb_array_elements(d.document::jsonb -> 'figures') f WHERE d.authority_id = $1
), )",
                                           R"(
SELECT 'publication ' || p.id,
       CASE WHEN d.document IS NULL THEN 'Its document is not there.' ELSE 'Its document has another digest.' END
FROM publication p
LEFT JOIN publication_document d ON d.authority_id = p.authority_id AND d.publication_id = p.id
WHERE p.authority_id = $1
      AND p.digest IS DISTINCT FROM 'sha256:' || encode(sha256(convert_to(d.document, 'UTF8')), 'hex')
UNION ALL
SELECT 'publication ' || p.id, 'Its document says something else about it than its record.'
FROM publication p
JOIN publication_document d ON d.authority_id = p.authority_id AND d.publication_id = p.id
WHERE p.authority_id = $1
      AND (p.id::text, p.title, p.note, p.as_at::text, wire(p.known_at), wire(p.recorded_at), p.published_by,
           p.supersedes_id::text) IS DISTINCT FROM
          (d.document::jsonb ->> 'id', d.document::jsonb ->> 'title', d.document::jsonb ->> 'note',
           d.document::jsonb ->> 'as_at', d.document::jsonb ->> 'known_at', d.document::jsonb ->> 'published_at',
           d.document::jsonb ->> 'published_by', d.document::jsonb ->> 'supersedes_id')
UNION ALL
SELECT 'publication ' || coalesce(f.publication_id, s.publication_id) || ' ' || coalesce(f.code, s.figure ->> 'code'),
       'Its document says something else about the figure than the row beside it.'
FROM (SELECT * FROM publication_figure WHERE authority_id = $1) f
FULL JOIN said s ON s.publication_id = f.publication_id AND s.figure ->> 'code' = f.code
WHERE (f.title, f.unit, f.value, f.provisional, f.claim_text, f.comparator, f.claim_value, f.precision, f.verdict,
       f.reason, f.entries, f.evidence_digest, f.definition_version, f.filter, f.measure, f.aggregate, f.from_day)
      IS DISTINCT FROM
      (s.figure ->> 'title', s.figure ->> 'unit', (s.figure ->> 'value')::bigint, (s.figure ->> 'provisional')::bigint,
       s.figure #>> '{claim,text}', s.figure #>> '{claim,comparator}', (s.figure #>> '{claim,value}')::bigint,
       (s.figure #>> '{claim,precision}')::bigint, s.figure ->> 'verdict', s.figure ->> 'reason',
       (s.figure #>> '{evidence,entries}')::bigint, s.figure #>> '{evidence,digest}',
       (s.figure #>> '{definition,version}')::integer, s.figure #> '{definition,filter}',
       s.figure #>> '{definition,measure}', s.figure #>> '{definition,aggregate}',
       (s.figure #>> '{definition,from}')::date))"};

}  // namespace tideover::db
