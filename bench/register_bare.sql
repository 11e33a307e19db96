-- What the refreshed register comes to, by set-based SQL alone: the premises that a row names and their ratepayer are
-- found, those that differ are changed and audited with what was there before, and what came of each row is noted.
SET enable_nestloop = off;  -- the planner takes the files' rows for a few
WITH said AS MATERIALIZED (
    SELECT row_number() OVER () + 1 AS number, i.premises_id AS id, b.business_id, s.address, s.postcode, s.use,
           (translate(s.value, '£,', '')::numeric * 100)::bigint AS value, ARRAY[s.reliefs] AS reliefs
    FROM staged s
    JOIN premises_identifier i ON i.kind = 'uprn' AND i.canonical = canonical_identifier('uprn', s.uprn)
         AND i.to_version IS NULL
    JOIN business_identifier b ON b.kind = 'company_number' AND b.to_version IS NULL
         AND b.canonical = canonical_identifier('company_number', s.company_number)
), differing AS MATERIALIZED (
    SELECT s.*, to_jsonb(p) AS before, p.authority_id, p.recorded_by, p.version FROM said s JOIN premises p ON p.id = s.id
    WHERE (p.business_id, p.address, p.postcode, p.use, p.rateable_value_pence, p.reliefs)
          IS DISTINCT FROM (s.business_id, s.address, s.postcode, s.use, s.value, s.reliefs)
), changed AS (
    UPDATE premises p SET version = p.version + 1, business_id = d.business_id, address = d.address, postcode = d.postcode,
                          use = d.use, rateable_value_pence = d.value, reliefs = d.reliefs
    FROM differing d WHERE p.id = d.id
), audited AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, reason, before, request_id)
    SELECT authority_id, now(), recorded_by, recorded_by, 'correct', 'premises', id, version + 1, 'Register', before, 'bare'
    FROM differing
)
INSERT INTO import_row (authority_id, import_id, number, outcome, record_id)
SELECT i.authority_id, i.id, i.last + s.number, 'same', s.id
FROM said s, (SELECT authority_id, import_id AS id, max(number) AS last FROM import_row
              GROUP BY 1, 2 ORDER BY 2 LIMIT 1) i;
