-- Dated facts: a ratepayer, a relief, who lives where hold from a day on, and the council learned of them at a time. Of a
-- field that was never changed its record says all; the first change or correction puts what was so before beside what
-- is so from then on. The newest of what is known now is what the record says.
CREATE TABLE dated_fact (
    authority_id text NOT NULL REFERENCES authority,
    record_id uuid NOT NULL,
    noun text NOT NULL CHECK (length(noun) BETWEEN 1 AND 60),
    field text NOT NULL CHECK (length(field) BETWEEN 1 AND 60),
    from_on date NOT NULL,
    value jsonb NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    known_from timestamptz NOT NULL,
    known_until timestamptz,
    CHECK (known_until >= known_from),
    PRIMARY KEY (authority_id, record_id, field, from_on, version)
);
CREATE UNIQUE INDEX dated_fact_known ON dated_fact (authority_id, record_id, field, from_on) WHERE known_until IS NULL;
-- Who lived there, who paid its rates: what named a record on a day.
CREATE INDEX dated_fact_naming ON dated_fact (authority_id, noun, field, (value #>> '{}'))
    WHERE field IN ('household_id', 'business_id');
COMMENT ON COLUMN dated_fact.from_on IS 'the first day on which it was so; -infinity: it was so from the beginning';
COMMENT ON COLUMN dated_fact.value IS 'as the record would have it; null where it has none';
COMMENT ON COLUMN dated_fact.version IS 'the version of the record that said it';
COMMENT ON COLUMN dated_fact.known_until IS 'when something else was said of the same day; null: it is what is known';
GRANT SELECT, INSERT, UPDATE (known_until) ON dated_fact TO tideover_app;

CREATE FUNCTION guard_dated_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.known_until IS NOT NULL THEN
        RAISE EXCEPTION 'what was known is known no longer once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON dated_fact FOR EACH ROW EXECUTE FUNCTION guard_dated_fact();

ALTER TABLE premises ADD COLUMN occupied boolean;

-- What was corrected before today, from the audit, whose lines have the record as it was.
DO $$
DECLARE
    dated record;
BEGIN
    FOR dated IN SELECT * FROM (VALUES
        ('premises', ARRAY['business_id', 'use', 'rateable_value_pence', 'reliefs']),
        ('household', ARRAY['address', 'postcode', 'ward', 'people', 'children']),
        ('person', ARRAY['address', 'postcode', 'ward', 'household_id']),
        ('council_tax_account', ARRAY['ratepayer'])) x(noun, fields)
    LOOP
        EXECUTE format($f$
INSERT INTO dated_fact (authority_id, record_id, noun, field, from_on, value, version, known_from, known_until)
SELECT c.authority_id, c.record_id, %1$L, c.field, '-infinity', c.value, c.version, c.known_from,
       lead(c.known_from) OVER (PARTITION BY c.authority_id, c.record_id, c.field ORDER BY c.version)
FROM (
    SELECT v.*, lag(v.value) OVER (PARTITION BY v.authority_id, v.record_id, v.field ORDER BY v.version) AS was,
           bool_or(v.changed) OVER (PARTITION BY v.authority_id, v.record_id, v.field) AS ever
    FROM (
        SELECT s.*, s.value IS DISTINCT FROM
                    lag(s.value) OVER (PARTITION BY s.authority_id, s.record_id, s.field ORDER BY s.version)
                    AND s.version > 1 AS changed
        FROM (
            -- Each version of a record: as the line of the next one has it, or as it stands.
            SELECT a.authority_id, a.record_id, f.field, a.version - 1 AS version,
                   coalesce(a.before -> f.field, 'null') AS value,
                   coalesce((SELECT p.at FROM audit p WHERE p.authority_id = a.authority_id AND p.record_id = a.record_id
                                   AND p.version = a.version - 1 AND p.version > 1 ORDER BY p.id LIMIT 1), t.recorded_at) AS known_from
            FROM audit a JOIN %1$I t ON t.authority_id = a.authority_id AND t.id = a.record_id
            CROSS JOIN unnest(%2$L::text[]) f(field)
            WHERE a.record_kind = %1$L AND a.before IS NOT NULL
            UNION ALL
            SELECT t.authority_id, t.id, f.field, t.version, coalesce(to_jsonb(t) -> f.field, 'null'),
                   (SELECT p.at FROM audit p WHERE p.authority_id = t.authority_id AND p.record_id = t.id
                           AND p.version = t.version ORDER BY p.id LIMIT 1)
            FROM %1$I t CROSS JOIN unnest(%2$L::text[]) f(field) WHERE t.version > 1) s) v) c
WHERE c.ever AND (c.version = 1 OR c.changed)$f$, dated.noun, dated.fields);
    END LOOP;
END $$;
