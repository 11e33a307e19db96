-- create
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
        $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[],
        $24::text[], $25::text[], $26::text[], $27::text[]) WITH ORDINALITY AS x(its_authority, its_staff,
        its_route, its_key, its_token, its_version, its_request, its_fingerprint, its_id, its_reference,
        its_entries, f_direction, f_line, f_counterparty, f_purpose, f_started_at, f_duration_s, f_caller_name,
        f_caller_phone, f_caller_postcode, f_person_id, f_reasons, f_vulnerability_basis, f_outcome, f_note,
        f_answered, f_happened_on, n)
), held AS MATERIALIZED (
    SELECT x.n, begin_writing(x.its_authority, x.its_token::uuid, x.its_version::integer) AS at
    FROM (SELECT * FROM asked ORDER BY its_token) x
), live AS MATERIALIZED (
    SELECT n, at FROM held WHERE at IS NOT NULL
), draft AS (
    SELECT x.n, x.its_authority AS authority_id, x.its_id::uuid AS id, x.its_reference AS reference,
           x.its_token::uuid AS its_token, x.its_request, x.its_entries, x.f_direction::text AS direction,
               x.f_line::text AS line, x.f_counterparty::text AS counterparty, x.f_purpose::text AS purpose,
               x.f_started_at::timestamptz AS started_at, x.f_duration_s::bigint AS duration_s,
               x.f_caller_name::text AS caller_name, x.f_caller_phone::text AS caller_phone,
               x.f_caller_postcode::text AS caller_postcode, x.f_person_id::uuid AS person_id,
               x.f_reasons::text[] AS reasons, x.f_vulnerability_basis::text AS vulnerability_basis,
               x.f_outcome::text AS outcome, x.f_note::text AS note, x.f_answered::boolean AS answered,
               x.f_happened_on::date AS happened_on,
           1 AS version, false AS voided, live.at AS recorded_at, x.its_staff::uuid AS recorded_by,
           live.at AS entered_at, x.its_staff::uuid AS actor, '/v1/calls/' || x.its_id AS its_location,
               x.its_route, x.its_key, x.its_fingerprint
    FROM asked x JOIN live USING (n)
), claimed AS (
    INSERT INTO idempotency (authority_id, staff_id, route, key, fingerprint, status, location, etag, body,
        at)
    SELECT t.authority_id, t.recorded_by, t.its_route, t.its_key, decode(t.its_fingerprint, 'hex'), 201,
           t.its_location, '"1"', json_build_object('id', t.id, 'reference', t.reference, 'direction',
               t.direction, 'line', t.line, 'counterparty', t.counterparty, 'purpose', t.purpose, 'started_at',
               wire(t.started_at), 'duration_s', t.duration_s, 'caller', json_build_object('name', t.caller_name, 'phone',
               t.caller_phone, 'postcode', t.caller_postcode), 'person_id', t.person_id, 'reasons', t.reasons,
               'vulnerability_basis', t.vulnerability_basis, 'outcome', t.outcome, 'note', t.note, 'answered', t.answered,
               'happened_on', t.happened_on, 'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at),
               'recorded_by', t.recorded_by)::text, t.recorded_at
    FROM draft t ON CONFLICT DO NOTHING RETURNING location, body
), record AS (
    INSERT INTO call (authority_id, id, reference, direction, line, counterparty, purpose, started_at,
        duration_s, caller_name, caller_phone, caller_postcode, person_id, reasons, vulnerability_basis, outcome,
        note, answered, happened_on, recorded_at, recorded_by)
    SELECT d.authority_id, d.id, d.reference, d.direction, d.line, d.counterparty, d.purpose, d.started_at,
        d.duration_s, d.caller_name, d.caller_phone, d.caller_postcode, d.person_id, d.reasons,
        d.vulnerability_basis, d.outcome, d.note, d.answered, d.happened_on, d.recorded_at,
        d.recorded_by FROM draft d JOIN claimed c ON c.location = d.its_location
), line AS (
    INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at,
                       record_kind, record_id, cause, corrects, request_id, actor)
    SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at,
           'call', d.id, 'record',
           CASE WHEN x.of_quantity IS NOT NULL THEN (
               SELECT e.id FROM entry e
               WHERE e.authority_id = d.authority_id AND e.record_id = d.id AND e.measure = x.measure
                 AND e.quantity = x.of_quantity AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id
                 AND e.dims = x.of_dims AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END,
           d.its_request, d.actor
    FROM draft d JOIN claimed c ON c.location = d.its_location CROSS JOIN json_to_recordset(d.its_entries::json) AS x(
        id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date,
        of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date)
), logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version,
                       reason, before, request_id)
    SELECT d.authority_id, d.entered_at, d.actor, d.its_token, 'record', 'call', d.id, d.version,
           NULL, NULL, d.its_request
    FROM draft d JOIN claimed c ON c.location = d.its_location
)
SELECT l.n IS NOT NULL, c.body
FROM asked x LEFT JOIN live l USING (n) LEFT JOIN claimed c ON c.location = '/v1/calls/' || x.its_id ORDER BY x.n

-- read
SELECT json_build_object('id', t.id, 'reference', t.reference, 'direction', t.direction, 'line', t.line,
    'counterparty', t.counterparty, 'purpose', t.purpose, 'started_at', wire(t.started_at), 'duration_s',
    t.duration_s, 'caller', json_build_object('name', t.caller_name, 'phone', t.caller_phone, 'postcode',
    t.caller_postcode), 'person_id', t.person_id, 'reasons', t.reasons, 'vulnerability_basis',
    t.vulnerability_basis, 'outcome', t.outcome, 'note', t.note, 'answered', t.answered, 'happened_on',
    t.happened_on, 'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by',
    t.recorded_by)::text,
    '"' || t.version || '"' FROM call t WHERE t.authority_id = $1 AND t.id = $2::uuid AND (t.recorded_by = $3::uuid OR (true AND NOT EXISTS (SELECT FROM person r WHERE r.authority_id = t.authority_id AND r.id IN (t.person_id)
                                  AND r.restricted AND (r.recorded_by = $3::uuid OR r.case_worker_id = $3::uuid) IS NOT TRUE)))

-- lock
SELECT t.id, t.version, t.voided, '', t.direction::text, t.line::text, t.counterparty::text,
    t.purpose::text, wire(t.started_at)::text, t.duration_s::text, t.caller_name::text, t.caller_phone::text,
    t.caller_postcode::text, t.person_id::text, t.reasons::text, t.vulnerability_basis::text, t.outcome::text,
    t.note::text, t.answered::text, t.happened_on::text
FROM call t WHERE t.authority_id = $1 AND t.id = ANY ($2::uuid[]) AND (t.recorded_by = $3::uuid OR (true AND NOT EXISTS (SELECT FROM person r WHERE r.authority_id = t.authority_id AND r.id IN (t.person_id)
                                  AND r.restricted AND (r.recorded_by = $3::uuid OR r.case_worker_id = $3::uuid) IS NOT TRUE)))
ORDER BY t.id FOR UPDATE OF t

-- step
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
        $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[],
        $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[],
        $27::text[]) WITH ORDINALITY AS x(its_id, its_version, its_entries, its_action, its_reason, its_voided,
        f_direction, f_line, f_counterparty, f_purpose, f_started_at, f_duration_s, f_caller_name, f_caller_phone,
        f_caller_postcode, f_person_id, f_reasons, f_vulnerability_basis, f_outcome, f_note, f_answered,
        f_happened_on, its_n)
), old AS MATERIALIZED (
    SELECT x.*, to_jsonb(t) AS was FROM asked x JOIN call t ON t.authority_id = $1 AND t.id = x.its_id::uuid
), d AS (
    UPDATE call t SET version = t.version + 1, voided = o.its_voided::boolean, direction = o.f_direction,
        line = o.f_line, counterparty = o.f_counterparty, purpose = o.f_purpose,
        started_at = o.f_started_at::timestamptz, duration_s = o.f_duration_s::bigint,
        caller_name = o.f_caller_name, caller_phone = o.f_caller_phone, caller_postcode = o.f_caller_postcode,
        person_id = o.f_person_id::uuid, reasons = o.f_reasons::text[],
        vulnerability_basis = o.f_vulnerability_basis, outcome = o.f_outcome, note = o.f_note,
        answered = o.f_answered::boolean, happened_on = o.f_happened_on::date
    FROM old o WHERE t.authority_id = $1 AND t.id = o.its_id::uuid AND t.version = o.its_version::integer
    RETURNING t.*, o.was, o.its_n, o.its_entries, o.its_action, o.its_reason, $2::uuid AS actor,
        $3::uuid AS its_token,
              $4 AS its_request, $5::timestamptz AS entered_at
), line AS (
    INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at,
                       record_kind, record_id, cause, corrects, request_id, actor)
    SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at,
           'call', d.id, 'event',
           CASE WHEN x.of_quantity IS NOT NULL THEN (
               SELECT e.id FROM entry e
               WHERE e.authority_id = d.authority_id AND e.record_id = d.id AND e.measure = x.measure
                 AND e.quantity = x.of_quantity AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id
                 AND e.dims = x.of_dims AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END,
           d.its_request, d.actor
    FROM d CROSS JOIN json_to_recordset(d.its_entries::json) AS x(
        id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date,
        of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date)
), logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version,
                       reason, before, request_id)
    SELECT d.authority_id, d.entered_at, d.actor, d.its_token, d.its_action, 'call', d.id, d.version,
           d.its_reason, d.was, d.its_request
    FROM d
)
SELECT json_build_object('id', t.id, 'reference', t.reference, 'direction', t.direction, 'line', t.line,
    'counterparty', t.counterparty, 'purpose', t.purpose, 'started_at', wire(t.started_at), 'duration_s',
    t.duration_s, 'caller', json_build_object('name', t.caller_name, 'phone', t.caller_phone, 'postcode',
    t.caller_postcode), 'person_id', t.person_id, 'reasons', t.reasons, 'vulnerability_basis',
    t.vulnerability_basis, 'outcome', t.outcome, 'note', t.note, 'answered', t.answered, 'happened_on',
    t.happened_on, 'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by',
    t.recorded_by)::text, '"' || t.version || '"' FROM d t ORDER BY t.its_n

-- correct
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
        $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[],
        $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[],
        $27::text[]) WITH ORDINALITY AS x(its_id, its_version, its_entries, its_action, its_reason, its_voided,
        f_direction, f_line, f_counterparty, f_purpose, f_started_at, f_duration_s, f_caller_name, f_caller_phone,
        f_caller_postcode, f_person_id, f_reasons, f_vulnerability_basis, f_outcome, f_note, f_answered,
        f_happened_on, its_n)
), old AS MATERIALIZED (
    SELECT x.*, to_jsonb(t) AS was FROM asked x JOIN call t ON t.authority_id = $1 AND t.id = x.its_id::uuid
), d AS (
    UPDATE call t SET version = t.version + 1, voided = o.its_voided::boolean, direction = o.f_direction,
        line = o.f_line, counterparty = o.f_counterparty, purpose = o.f_purpose,
        started_at = o.f_started_at::timestamptz, duration_s = o.f_duration_s::bigint,
        caller_name = o.f_caller_name, caller_phone = o.f_caller_phone, caller_postcode = o.f_caller_postcode,
        person_id = o.f_person_id::uuid, reasons = o.f_reasons::text[],
        vulnerability_basis = o.f_vulnerability_basis, outcome = o.f_outcome, note = o.f_note,
        answered = o.f_answered::boolean, happened_on = o.f_happened_on::date
    FROM old o WHERE t.authority_id = $1 AND t.id = o.its_id::uuid AND t.version = o.its_version::integer
    RETURNING t.*, o.was, o.its_n, o.its_entries, o.its_action, o.its_reason, $2::uuid AS actor,
        $3::uuid AS its_token,
              $4 AS its_request, $5::timestamptz AS entered_at
), line AS (
    INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at,
                       record_kind, record_id, cause, corrects, request_id, actor)
    SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at,
           'call', d.id, 'correction',
           CASE WHEN x.of_quantity IS NOT NULL THEN (
               SELECT e.id FROM entry e
               WHERE e.authority_id = d.authority_id AND e.record_id = d.id AND e.measure = x.measure
                 AND e.quantity = x.of_quantity AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id
                 AND e.dims = x.of_dims AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END,
           d.its_request, d.actor
    FROM d CROSS JOIN json_to_recordset(d.its_entries::json) AS x(
        id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date,
        of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date)
), logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version,
                       reason, before, request_id)
    SELECT d.authority_id, d.entered_at, d.actor, d.its_token, d.its_action, 'call', d.id, d.version,
           d.its_reason, d.was, d.its_request
    FROM d
)
SELECT json_build_object('id', t.id, 'reference', t.reference, 'direction', t.direction, 'line', t.line,
    'counterparty', t.counterparty, 'purpose', t.purpose, 'started_at', wire(t.started_at), 'duration_s',
    t.duration_s, 'caller', json_build_object('name', t.caller_name, 'phone', t.caller_phone, 'postcode',
    t.caller_postcode), 'person_id', t.person_id, 'reasons', t.reasons, 'vulnerability_basis',
    t.vulnerability_basis, 'outcome', t.outcome, 'note', t.note, 'answered', t.answered, 'happened_on',
    t.happened_on, 'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by',
    t.recorded_by)::text, '"' || t.version || '"' FROM d t ORDER BY t.its_n

