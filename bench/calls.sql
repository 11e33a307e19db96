-- So many calls, spread over the plan's year. psql variables: authority, calls. They are put past everything that would
-- check them, to load in a minute.
SET session_replication_role = replica;
INSERT INTO call (authority_id, id, reference, direction, line, counterparty, purpose, started_at, duration_s, caller_name,
                  caller_phone, caller_postcode, person_id, reasons, outcome, note, answered, happened_on, recorded_at,
                  recorded_by)
SELECT :'authority', ('00000000-' || lpad(to_hex(n >> 16), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       'CL-' || n, CASE n % 5 WHEN 0 THEN 'outbound' ELSE 'inbound' END,
       CASE n % 7 WHEN 0 THEN 'customer_services' ELSE 'coronavirus' END, 'resident', 'help_request',
       timestamptz '2020-03-16Z' + n * interval '31 seconds', n % 1800, 'Caller Invented ' || n % 5000,
       '0161496' || lpad((n % 9000)::text, 4, '0'), 'SK1 3XE', CASE n % 3 WHEN 0 THEN gen_random_uuid() END,
       CASE n % 4 WHEN 0 THEN '{food,medicine}' ELSE '{food}' END::text[], 'referred',
       'Shielding; nobody to shop for her until Friday. Asked for a parcel and a call back.', true,
       ((timestamptz '2020-03-16Z' + n * interval '31 seconds') AT TIME ZONE 'Europe/London')::date,
       timestamptz '2020-03-16Z' + n * interval '31 seconds', '00000000-0000-7000-8000-000000000001'
FROM generate_series(1, :calls) n;
