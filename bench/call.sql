-- The floor: the rows of one call in one statement, by pgbench over the socket. See README.md for what is the same
-- as in the service and what differs. Variables: authority, staff and token of a member of the helpline; answer,
-- the JSON that the service stores as its answer.
\set number random(1, 9000000000000000000)
WITH draft AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS entry_id, gen_random_uuid()::text AS request_id,
           begin_writing(:authority) AS at
), claimed AS (
    INSERT INTO idempotency (authority_id, staff_id, route, key, fingerprint, status, location, etag, body, at)
    SELECT :authority, :staff::uuid, 'POST /v1/calls', d.request_id, sha256(d.request_id::bytea), 201, '/v1/calls/' || d.id,
           '"1"', :answer, d.at
    FROM draft d
), record AS (
    INSERT INTO call (authority_id, id, reference, direction, line, counterparty, started_at, duration_s, caller_name,
                      caller_phone, caller_postcode, reasons, outcome, note, answered, happened_on, recorded_at,
                      recorded_by)
    SELECT :authority, d.id, 'CL-' || :number, 'inbound', 'coronavirus', 'resident', '2020-04-02 10:15:00Z', 412,
           'Joan Invented', '01614960123', 'SK1 3XE', '{food,medicine}', 'referred',
           'Shielding; nobody to shop for her until Friday. Asked for a parcel and a call back.', true, '2020-04-02',
           d.at, :staff::uuid
    FROM draft d
), line AS (
    INSERT INTO entry (authority_id, id, measure, quantity, dims, happened_on, recorded_at, record_kind, record_id,
                       cause, request_id, actor)
    SELECT :authority, d.entry_id, 'call_received', 1,
           '{"line": "coronavirus", "answered": true, "counterparty": "resident"}', '2020-04-02', d.at, 'call', d.id,
           'record', d.request_id, :staff::uuid
    FROM draft d
)
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, request_id)
SELECT :authority, d.at, :staff::uuid, :token::uuid, 'record', 'call', d.id, 1, d.request_id FROM draft d;
