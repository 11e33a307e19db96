-- Postcodes are records: recorded, corrected, imported and audited as all others. A record with a postcode and no ward
-- takes its ward from here at the moment when it is recorded; what is said later changes no record.
CREATE TABLE postcode (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    postcode text NOT NULL CHECK (is_postcode(postcode)),
    ward text NOT NULL CHECK (length(ward) BETWEEN 1 AND 60),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, postcode),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON postcode (authority_id, recorded_at, id);
CREATE INDEX ON postcode (authority_id, recorded_by, id);
CREATE INDEX ON postcode (authority_id, id) WHERE voided;
CREATE INDEX ON postcode (authority_id, ward, id);
CREATE INDEX postcode_counts ON postcode (authority_id, ward, recorded_by) WHERE NOT voided;
CREATE TRIGGER guard BEFORE UPDATE ON postcode FOR EACH ROW EXECUTE FUNCTION guard_record();
GRANT SELECT, INSERT, UPDATE ON postcode TO tideover_app;

-- A ward is on the council's list while a postcode that is not void lies in it. Sealing waits until this commits, so that a
-- ward is listed after the seals before it and before those after it.
CREATE FUNCTION list_wards() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    authority text;
    at timestamptz;
BEGIN
    FOR authority IN
        SELECT DISTINCT f.authority_id FROM fresh f
        WHERE NOT f.voided AND NOT EXISTS (SELECT FROM ward_listing l WHERE l.authority_id = f.authority_id
                                           AND l.ward = f.ward AND l.delisted_at IS NULL)
           OR TG_OP = 'UPDATE' AND EXISTS (
               SELECT FROM ward_listing l WHERE l.authority_id = f.authority_id AND l.delisted_at IS NULL
               AND NOT EXISTS (SELECT FROM postcode p WHERE p.authority_id = l.authority_id AND p.ward = l.ward
                               AND NOT p.voided))
    LOOP
        at := begin_writing(authority);
        UPDATE ward_listing l SET delisted_at = at
        WHERE l.authority_id = authority AND l.delisted_at IS NULL AND NOT EXISTS (
            SELECT FROM postcode p WHERE p.authority_id = authority AND p.ward = l.ward AND NOT p.voided);
        INSERT INTO ward_listing (authority_id, ward, listed_at)
        SELECT DISTINCT authority, f.ward, at FROM fresh f
        WHERE f.authority_id = authority AND NOT f.voided
        ON CONFLICT (authority_id, ward) WHERE delisted_at IS NULL DO NOTHING;
    END LOOP;
    RETURN NULL;
END $$;

-- What was imported by the command line is taken over, as recorded by the member of staff who came first.
INSERT INTO postcode (authority_id, id, reference, postcode, ward, recorded_at, recorded_by)
SELECT w.authority_id, gen_random_uuid(), 'PO-' || replace(w.postcode, ' ', ''), w.postcode, w.ward, clock_timestamp(), s.id
FROM postcode_ward w JOIN LATERAL (
    SELECT s.id FROM staff s WHERE s.authority_id = w.authority_id ORDER BY s.id LIMIT 1) s ON true;
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, reason, request_id)
SELECT p.authority_id, p.recorded_at, p.recorded_by, coalesce(t.id, p.recorded_by), 'record', 'postcode', p.id, 1,
       'Taken over from the table of wards.', 'migration 141'
FROM postcode p LEFT JOIN LATERAL (
    SELECT t.id FROM api_token t WHERE t.authority_id = p.authority_id AND t.staff_id = p.recorded_by
    ORDER BY t.id LIMIT 1) t ON true;
DROP TABLE postcode_ward;

CREATE TRIGGER list_wards_of_new AFTER INSERT ON postcode REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION list_wards();
CREATE TRIGGER list_wards_of_changed AFTER UPDATE ON postcode REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION list_wards();
