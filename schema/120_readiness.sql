-- Does what a write needs, and stores nothing: a trigger's language, leave to write, the log of what is committed. Returns
-- the number of the latest migration.
CREATE FUNCTION would_write() RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF current_setting('transaction_read_only') = 'on' THEN
        RAISE EXCEPTION 'the database takes no writes' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    PERFORM pg_logical_emit_message(true, 'tideover', 'ready');
    RETURN (SELECT max(number) FROM migration);
END $$;
