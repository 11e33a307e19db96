-- How often a job was taken up since it last got on: what has got on is not given up for the faults before.
ALTER TABLE job ADD COLUMN tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0);
GRANT UPDATE (tries) ON job TO tideover_app;
COMMENT ON COLUMN job.tries IS 'attempts since more of its work stood';

-- A row at fault keeps its cells, which may tell of people, so that they can be mended: for ninety days after the import
-- ended. How many there were stays.
CREATE INDEX job_ended ON job (ended_at) WHERE kind = 'import';
CREATE FUNCTION forget_faulty_rows() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    WITH gone AS (
        DELETE FROM import_row r USING job j
        WHERE j.kind = 'import' AND j.ended_at < clock_timestamp() - interval '90 days'
              AND r.authority_id = j.authority_id AND r.import_id = j.id AND r.faults IS NOT NULL
        RETURNING 1)
    SELECT count(*) FROM gone;
END;
REVOKE ALL ON FUNCTION forget_faulty_rows() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_faulty_rows() TO tideover_app;
