-- So many persons, and so many calls of theirs, with the words that both are found by, and 200 questions about them in
-- bench_typed. psql variables: authority, persons, calls. They are put past everything that would check them, to load in
-- minutes.
SET session_replication_role = replica;
INSERT INTO person (authority_id, id, reference, name, address, postcode, phone, email, restricted, recorded_at, recorded_by)
SELECT :'authority', ('00000000-' || lpad(to_hex(n >> 16), 4, '0') || '-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid,
       'PE-' || n, pg_temp.name_of(n), 1 + n % 211 || ' ' || pg_temp.street_of(n) || E'\nStockport',
       'SK' || 1 + n % 8 || ' ' || n / 8 % 10 || chr((65 + n / 80 % 8)::integer) || chr((65 + n / 640 % 8)::integer),
       pg_temp.phone_of(n), lower(replace(pg_temp.name_of(n), ' ', '.')) || CASE n % 3 WHEN 0 THEN (n % 1000)::text ELSE '' END || '@example.org', false,
       timestamptz '2020-03-16Z' + n * interval '100 seconds', '00000000-0000-7000-8000-000000000001'
FROM generate_series(1, :persons) n;
INSERT INTO call (authority_id, id, reference, direction, line, counterparty, purpose, started_at, duration_s, caller_name,
                  caller_phone, caller_postcode, person_id, reasons, outcome, answered, happened_on, recorded_at,
                  recorded_by)
SELECT :'authority', ('00000000-' || lpad(to_hex(n >> 16), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       'CL-' || n, 'inbound', 'coronavirus', 'resident', 'help_request', at, n % 1800, p.name, p.phone, p.postcode, p.id,
       '{food}', 'referred', true, (at AT TIME ZONE 'Europe/London')::date, at, '00000000-0000-7000-8000-000000000001'
FROM generate_series(1, :calls) n
CROSS JOIN LATERAL (SELECT timestamptz '2020-03-16Z' + n * interval '31 seconds') t(at)
JOIN person p ON p.authority_id = :'authority' AND p.reference = 'PE-' || 1 + n * 7919::bigint % :persons;
INSERT INTO search_word (authority_id, word)
SELECT DISTINCT :'authority', w.word
FROM (SELECT name || ' ' || address || ' ' || email AS words, postcode FROM person) d
CROSS JOIN LATERAL unnest(tsvector_to_array(search_document(d.words, d.postcode))) w(word)
WHERE length(w.word) BETWEEN 3 AND 40;

-- What is typed of every 1,500th or so: a name with a slip in its surname (two letters changed places, one left out, one
-- doubled), a part of a telephone number as people read it out, a street with its house number.
CREATE TABLE bench_typed AS
SELECT i AS n, kind, reference,
       CASE kind
           WHEN 'name' THEN split_part(name, ' ', 1) || ' ' ||
               CASE i / 3 % 3 WHEN 0 THEN overlay(surname PLACING substr(surname, 4, 1) || substr(surname, 3, 1) FROM 3)
                   WHEN 1 THEN overlay(surname PLACING '' FROM 4 FOR 1)
                   ELSE overlay(surname PLACING repeat(substr(surname, 3, 1), 2) FROM 3 FOR 1) END
           WHEN 'phone' THEN CASE i / 3 % 3 WHEN 0 THEN substr(phone, 1, 5) || ' ' || substr(phone, 6, 3)
               WHEN 1 THEN substr(phone, 6, 3) || ' ' || substr(phone, 9) ELSE '+44 (0)' || substr(phone, 2, 8) END
           ELSE split_part(address, E'\n', 1) END AS typed
FROM (SELECT i, (ARRAY['name', 'phone', 'street'])[1 + i % 3] AS kind, p.*, split_part(p.name, ' ', 2) AS surname
      FROM generate_series(1, 200) i
      JOIN person p ON p.authority_id = :'authority' AND p.reference = 'PE-' || 1 + i * 1471 % :persons) one;
