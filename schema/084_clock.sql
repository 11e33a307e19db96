-- The database's clock may be set back. What is recorded after a seal is later than it all the same, as the seal is later
-- than what it closes: the order of the ledger and the order of its times are one.

CREATE OR REPLACE FUNCTION begin_writing(authority text) RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7461, hashtext(authority));
    RETURN greatest(clock_timestamp(),
                    (SELECT max(s.at) + interval '1 microsecond' FROM seal s WHERE s.authority_id = authority));
END $$;
