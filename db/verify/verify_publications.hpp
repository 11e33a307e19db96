// The checks of publications: that what was published is still what was published, and can still be counted.
#pragma once

#include "db/verify/verify_check.hpp"

namespace tideover::db {

// Each published figure counted anew, plainly, over the entries and merges up to its publication's seal and by the
// definition that was frozen with it: neither folded totals nor today's definitions are looked at. All publications are
// counted in one pass, whatever their number. A point is a seal with a day as at which it was published; points are put
// into chains in which both grow, so that an entry has one place in a chain: the first point that knows it, and all
// after it know it too. A party that never was in a merge turns at some places; the others are counted at each point.
inline constexpr Check published_figures{"publication-not-recomputed", R"(
published AS MATERIALIZED (
    SELECT f.publication_id, f.code, f.measure, f.aggregate, f.filter, f.definition_version, f.from_day, f.as_at,
           f.value, f.entries, f.evidence_digest, s.seq
    FROM publication_figure f
    LEFT JOIN publication p ON p.authority_id = f.authority_id AND p.id = f.publication_id
    LEFT JOIN seal s ON s.authority_id = f.authority_id AND s.at = p.known_at
    WHERE f.authority_id = $1
), question AS MATERIALIZED (
    SELECT row_number() OVER () AS question, measure, filter, from_day, bool_or(aggregate = 'distinct') AS of_parties
    FROM published GROUP BY measure, filter, from_day
), ordered AS MATERIALIZED (
    SELECT seq, as_at, row_number() OVER (ORDER BY seq, as_at) AS n
    FROM (SELECT DISTINCT seq, as_at FROM published WHERE seq IS NOT NULL) p
), chained(n, chain, ends) AS (
    SELECT 0::bigint, 0, '{}'::date[]
    UNION ALL
    SELECT o.n, fit.chain, c.ends[:fit.chain - 1] || o.as_at || c.ends[fit.chain + 1:]
    FROM chained c JOIN ordered o ON o.n = c.n + 1
    CROSS JOIN LATERAL (
        SELECT coalesce((SELECT e.chain FROM unnest(c.ends) WITH ORDINALITY e(day, chain) WHERE e.day <= o.as_at
                         ORDER BY e.day DESC LIMIT 1), cardinality(c.ends) + 1)::integer AS chain) fit
), point AS MATERIALIZED (
    SELECT o.seq, o.as_at, c.chain, row_number() OVER (PARTITION BY c.chain ORDER BY o.n) AS place
    FROM ordered o JOIN chained c ON c.n = o.n
), chain AS MATERIALIZED (
    SELECT chain, array_agg(seq ORDER BY place) AS seqs, array_agg(as_at ORDER BY place) AS days FROM point GROUP BY 1
), counting AS MATERIALIZED (
    SELECT q.question, q.from_day, q.of_parties, e.measure, e.dims
    FROM (SELECT DISTINCT measure, dims FROM entry WHERE authority_id = $1) e
    JOIN question q ON q.measure = e.measure
    WHERE (SELECT count(*) FROM jsonb_each(q.filter) f WHERE f.value @> jsonb_build_array(e.dims -> f.key)) =
          (SELECT count(*) FROM jsonb_object_keys(q.filter))
), held AS MATERIALIZED (
    SELECT k.question, c.chain, CASE WHEN k.of_parties THEN e.subject_id END AS party,
           greatest(width_bucket(e.seq - 1, c.seqs), width_bucket(e.happened_on - 1, c.days)) + 1 AS place,
           sum(e.quantity) AS quantity, sum(sign(e.quantity)) AS signs, count(*) AS entries, sum(limb(e.hash, 0)) AS l0,
           sum(limb(e.hash, 1)) AS l1, sum(limb(e.hash, 2)) AS l2, sum(limb(e.hash, 3)) AS l3
    FROM entry e
    JOIN counting k ON k.measure = e.measure AND k.dims = e.dims AND e.happened_on >= k.from_day
    CROSS JOIN chain c
    WHERE e.authority_id = $1 GROUP BY 1, 2, 3, 4
), placed AS MATERIALIZED (
    SELECT question, chain, place, sum(quantity) AS quantity, sum(signs) AS signs, sum(entries) AS entries,
           sum(l0) AS l0, sum(l1) AS l1, sum(l2) AS l2, sum(l3) AS l3
    FROM held GROUP BY 1, 2, 3
), summed AS (
    SELECT p.seq, p.as_at, h.question, sum(h.quantity) AS quantity, sum(h.signs) AS signs, sum(h.entries) AS entries,
           '|' || modulo_2_64(sum(h.l0)) || '|' || modulo_2_64(sum(h.l1)) || '|' || modulo_2_64(sum(h.l2)) || '|' ||
           modulo_2_64(sum(h.l3)) AS limbs
    FROM point p JOIN placed h ON h.chain = p.chain AND h.place <= p.place GROUP BY 1, 2, 3
), kin AS MATERIALIZED (
    SELECT from_id AS party FROM merge_link WHERE authority_id = $1
    UNION SELECT into_id FROM merge_link WHERE authority_id = $1
), sealed AS MATERIALIZED (
    SELECT DISTINCT seq FROM ordered
), linked AS MATERIALIZED (
    SELECT DISTINCT ON (s.seq, l.from_id) s.seq, l.from_id, l.into_id, l.linked
    FROM sealed s JOIN merge_link l ON l.authority_id = $1 AND l.seq <= s.seq ORDER BY s.seq, l.from_id, l.seq DESC
), merges_known AS MATERIALIZED (
    SELECT s.seq, count(*)::text || '|' || modulo_2_64(coalesce(sum(limb(l.hash, 0)), 0))::text || '|' ||
           modulo_2_64(coalesce(sum(limb(l.hash, 1)), 0))::text AS digest
    FROM sealed s JOIN merge_link l ON l.authority_id = $1 AND l.seq <= s.seq GROUP BY 1
), top(seq, party, root) AS (
    SELECT l.seq, l.from_id, l.into_id FROM linked l
    WHERE l.linked AND NOT EXISTS (SELECT FROM linked up WHERE up.seq = l.seq AND up.from_id = l.into_id AND up.linked)
    UNION ALL
    SELECT l.seq, l.from_id, t.root
    FROM top t JOIN linked l ON l.seq = t.seq AND l.into_id = t.party AND l.linked
), turned AS (
    SELECT question, chain, place, sum(turn) AS parties
    FROM (SELECT question, chain, place,
                 stands::integer - lag(stands, 1, false) OVER (PARTITION BY question, chain, party ORDER BY place)::integer AS turn
          FROM (SELECT question, chain, party, place,
                       sum(quantity) OVER (PARTITION BY question, chain, party ORDER BY place) > 0 AS stands
                FROM held h WHERE party IS NOT NULL AND NOT EXISTS (SELECT FROM kin k WHERE k.party = h.party)) s) t
    GROUP BY 1, 2, 3
), of_kin AS (
    SELECT seq, as_at, question, count(*) AS parties
    FROM (SELECT p.seq, p.as_at, h.question, coalesce(t.root, h.party) AS party
          FROM held h
          JOIN kin k ON k.party = h.party
          JOIN point p ON p.chain = h.chain AND h.place <= p.place
          LEFT JOIN top t ON t.seq = p.seq AND t.party = h.party
          GROUP BY 1, 2, 3, 4 HAVING sum(h.quantity) > 0) standing
    GROUP BY 1, 2, 3
), stood_at AS (
    SELECT seq, as_at, question, sum(parties) AS parties
    FROM (SELECT p.seq, p.as_at, t.question, t.parties FROM point p JOIN turned t ON t.chain = p.chain AND t.place <= p.place
          UNION ALL SELECT seq, as_at, question, parties FROM of_kin) both_ways
    GROUP BY 1, 2, 3
), counted AS (
    SELECT p.*, coalesce(s.entries, 0) AS entries_now,
           coalesce(CASE p.aggregate WHEN 'sum' THEN s.quantity WHEN 'count' THEN s.signs ELSE d.parties END, 0)::bigint
               AS value_now,
           coalesce(s.limbs, '') || CASE p.aggregate WHEN 'distinct' THEN '|' || coalesce(m.digest, '0|0|0') ELSE '' END
               AS rest
    FROM published p
    JOIN question q ON q.measure = p.measure AND q.filter = p.filter AND q.from_day = p.from_day
    LEFT JOIN summed s ON s.seq = p.seq AND s.as_at = p.as_at AND s.question = q.question
    LEFT JOIN stood_at d ON d.seq = p.seq AND d.as_at = p.as_at AND d.question = q.question
    LEFT JOIN merges_known m ON m.seq = p.seq
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
read AS MATERIALIZED (
    SELECT publication_id, document::jsonb AS document FROM publication_document WHERE authority_id = $1
), said AS MATERIALIZED (
    SELECT r.publication_id, f.value AS figure FROM read r CROSS JOIN LATERAL jsonb_array_elements(r.document -> 'figures') f
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
JOIN read r ON r.publication_id = p.id
WHERE p.authority_id = $1
      AND (p.id::text, p.title, p.note, p.as_at::text, wire(p.known_at), wire(p.recorded_at), p.published_by,
           p.supersedes_id::text) IS DISTINCT FROM
          (r.document ->> 'id', r.document ->> 'title', r.document ->> 'note',
           r.document ->> 'as_at', r.document ->> 'known_at', r.document ->> 'published_at',
           r.document ->> 'published_by', r.document ->> 'supersedes_id')
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

/// What is counted under a definition is what two people published, and nobody withdrew.
inline constexpr Check definitions{"wrong-definition", R"(
listed(figure_id, filter) AS (
    SELECT figure_id, jsonb_object_agg(dimension, said) FROM (
        SELECT figure_id, dimension, jsonb_agg(CASE value WHEN 'true' THEN 'true'::jsonb WHEN 'false' THEN 'false'::jsonb
                                                    ELSE to_jsonb(value) END ORDER BY position) AS said
        FROM figure_filter WHERE authority_id = $1 AND to_version IS NULL GROUP BY 1, 2) d
    GROUP BY 1
), )",
                                   R"(
SELECT 'figure ' || f.id, CASE WHEN h.code IS NULL THEN 'It is published, and nothing is counted under it.'
                               WHEN f.state = 'withdrawn' AND h.current THEN 'It is withdrawn, and still counted.'
                               ELSE 'What is counted under it is not what was published.' END
FROM figure f
LEFT JOIN listed l ON l.figure_id = f.id
LEFT JOIN headline h ON h.authority_id = f.authority_id AND h.figure = f.code AND h.definition_version = f.number
WHERE f.authority_id = $1 AND f.state <> 'draft'
      AND ((f.state = 'withdrawn' AND h.current) OR ROW(h.title, h.unit, h.aggregate, h.measure, h.filter, h.meaning, h.from_day, h.as_at, h.beside, h.included_in,
              h.claim_text, h.comparator, h.claim_value, h.precision)
          IS DISTINCT FROM
          ROW(f.title, f.unit, f.aggregate, f.measure, coalesce(l.filter, '{}'), f.meaning, f.from_on, f.as_at, f.beside,
              f.included_in, f.claim_text, f.claim_comparator, f.claim_value, f.claim_precision)))"};

}  // namespace tideover::db
