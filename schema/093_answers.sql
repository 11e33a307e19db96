-- An answer is stored once and whole, by the transaction of what it answers: nothing of it is ever changed.

DELETE FROM idempotency WHERE status IS NULL OR body IS NULL;
ALTER TABLE idempotency ALTER COLUMN status SET NOT NULL, ALTER COLUMN body SET NOT NULL;
REVOKE UPDATE (status, location, etag, body) ON idempotency FROM tideover_app;

-- As it stands in 082, with one look at the lock and the clock less.
CREATE OR REPLACE FUNCTION begin_writing(authority text, token uuid, as_of integer) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7461, hashtext(authority)),
            pg_advisory_xact_lock_shared(7466, hashtext(token::text));
    RETURN (SELECT greatest(clock_timestamp(),
                            (SELECT max(s.at) + interval '1 microsecond' FROM seal s WHERE s.authority_id = authority))
            FROM api_token t WHERE t.authority_id = authority AND t.id = token AND t.version = as_of
                AND t.state = 'valid' AND NOT t.voided);
END $$;

-- Begins a write under a key. Twins wait for each other here, before they look at anything: the second finds the
-- first's answer. `at`: as begin_writing. `answered`: the key has an answer, so nothing may be done again.
CREATE FUNCTION begin_answering(authority text, token uuid, as_of integer, staff uuid, asked_route text, asked_key text,
                                OUT at timestamptz, OUT answered boolean) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    at := begin_writing(authority, token, as_of);
    PERFORM pg_advisory_xact_lock(7467, hashtext(concat_ws(' ', authority, staff, asked_route, asked_key)));
    answered := EXISTS (SELECT FROM idempotency i WHERE i.authority_id = authority AND i.staff_id = staff
                        AND i.route = asked_route AND i.key = asked_key);
END $$;
