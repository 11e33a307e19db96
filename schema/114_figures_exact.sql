-- Figures to the letter: chains of merges are walked to their end or refused, wards are listed as they were at the
-- time, what may still come back from the bank is counted payment by payment, working days know bank holidays.

-- England's bank holidays (https://www.gov.uk/bank-holidays, and their proclamations).
CREATE TABLE bank_holiday (day date PRIMARY KEY, name text NOT NULL);
GRANT SELECT ON bank_holiday TO tideover_app;
INSERT INTO bank_holiday
SELECT d::date, CASE WHEN d IN ('2020-05-08') THEN 'Early May bank holiday (VE day)'
                     WHEN d IN ('2022-06-03') THEN 'Platinum Jubilee bank holiday'
                     WHEN d IN ('2022-09-19') THEN 'State funeral of Queen Elizabeth II'
                     WHEN d IN ('2023-05-08') THEN 'Coronation of King Charles III'
                     ELSE CASE extract(month FROM d)::integer
                          WHEN 1 THEN 'New Year''s Day' WHEN 3 THEN 'Easter' WHEN 4 THEN 'Easter' WHEN 8 THEN 'Summer bank holiday'
                          WHEN 12 THEN 'Christmas' WHEN 6 THEN 'Spring bank holiday'
                          ELSE CASE WHEN extract(day FROM d) < 10 THEN 'Early May bank holiday' ELSE 'Spring bank holiday' END END END
FROM unnest(ARRAY[
    '2019-01-01', '2019-04-19', '2019-04-22', '2019-05-06', '2019-05-27', '2019-08-26', '2019-12-25', '2019-12-26',
    '2020-01-01', '2020-04-10', '2020-04-13', '2020-05-08', '2020-05-25', '2020-08-31', '2020-12-25', '2020-12-28',
    '2021-01-01', '2021-04-02', '2021-04-05', '2021-05-03', '2021-05-31', '2021-08-30', '2021-12-27', '2021-12-28',
    '2022-01-03', '2022-04-15', '2022-04-18', '2022-05-02', '2022-06-02', '2022-06-03', '2022-08-29', '2022-09-19', '2022-12-26', '2022-12-27',
    '2023-01-02', '2023-04-07', '2023-04-10', '2023-05-01', '2023-05-08', '2023-05-29', '2023-08-28', '2023-12-25', '2023-12-26',
    '2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26',
    '2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26',
    '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28',
    '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28']::timestamp[]) d;

-- The day `many` working days before `from_day`.
CREATE FUNCTION working_days_before(from_day date, many integer) RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN
    WHILE many > 0 LOOP
        from_day := from_day - 1;
        IF extract(isodow FROM from_day) < 6 AND NOT EXISTS (SELECT FROM bank_holiday h WHERE h.day = from_day) THEN
            many := many - 1;
        END IF;
    END LOOP;
    RETURN from_day;
END $$;

-- What was paid in the last days, payment by payment.
CREATE INDEX entry_paid ON entry (authority_id, measure, happened_on)
    WHERE measure IN ('business_grant_paid', 'community_grant_paid', 'household_grant_paid');

-- Which wards the council's list had, and when: a sealed answer names those of its time.
CREATE TABLE ward_listing (
    authority_id text NOT NULL REFERENCES authority,
    ward text NOT NULL CHECK (length(ward) BETWEEN 1 AND 60),
    listed_at timestamptz NOT NULL,
    delisted_at timestamptz CHECK (delisted_at > listed_at),
    PRIMARY KEY (authority_id, ward, listed_at)
);
CREATE UNIQUE INDEX ward_listing_now ON ward_listing (authority_id, ward) WHERE delisted_at IS NULL;
GRANT SELECT ON ward_listing TO tideover_app;
INSERT INTO ward_listing (authority_id, ward, listed_at) SELECT DISTINCT authority_id, ward, '-infinity'::timestamptz FROM postcode_ward;

-- How many merges one party may be away from the record that it is counted as.
CREATE FUNCTION merges_in_a_row() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 100;

CREATE OR REPLACE FUNCTION root_of(authority text, party uuid, upto bigint) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
    link record;
BEGIN
    FOR depth IN 0..merges_in_a_row() LOOP
        SELECT l.into_id, l.linked INTO link FROM merge_link l
        WHERE l.authority_id = authority AND l.from_id = party AND l.seq <= upto ORDER BY l.seq DESC LIMIT 1;
        IF NOT FOUND OR NOT link.linked THEN
            RETURN party;
        END IF;
        party := link.into_id;
    END LOOP;
    RAISE EXCEPTION 'more than % merges in a row end at %: reverse some', merges_in_a_row(), party USING ERRCODE = 'program_limit_exceeded';
END $$;

-- How many merges the farthest of those counted as `root` is away from it.
CREATE FUNCTION merges_below(authority text, root uuid) RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
    level uuid[] := ARRAY[root];
    depth integer := 0;
BEGIN
    LOOP
        level := ARRAY(
            SELECT l.from_id FROM unnest(level) m(id)
            CROSS JOIN LATERAL (SELECT * FROM merge_link WHERE authority_id = authority AND into_id = m.id OFFSET 0) l
            WHERE l.linked AND NOT EXISTS (SELECT FROM merge_link later WHERE later.authority_id = authority
                                           AND later.from_id = l.from_id AND later.seq > l.seq));
        EXIT WHEN cardinality(level) = 0 OR depth > merges_in_a_row();
        depth := depth + 1;
    END LOOP;
    RETURN depth;
END $$;

-- How many merges a party is away from the record that it is counted as.
CREATE FUNCTION merges_above(authority text, party uuid) RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
    link record;
BEGIN
    FOR depth IN 0..merges_in_a_row() LOOP
        SELECT l.into_id, l.linked INTO link FROM merge_link l
        WHERE l.authority_id = authority AND l.from_id = party ORDER BY l.seq DESC LIMIT 1;
        IF NOT FOUND OR NOT link.linked THEN
            RETURN depth;
        END IF;
        party := link.into_id;
    END LOOP;
    RETURN merges_in_a_row();
END $$;

CREATE FUNCTION merge_within_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.linked AND merges_below(NEW.authority_id, NEW.from_id) + merges_above(NEW.authority_id, NEW.into_id) >= merges_in_a_row() THEN
        RAISE EXCEPTION 'too many merges in a row: constraint "merge_in_a_row"' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER within_bound BEFORE INSERT ON merge_link FOR EACH ROW EXECUTE FUNCTION merge_within_bound();

INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference)
SELECT m.authority_id, 114, 'it is at the end of more than 50 merges in a row, which were not all counted as one', 'merge', m.id, m.reference
FROM merge m WHERE m.state = 'merged' AND NOT m.voided AND merges_below(m.authority_id, m.into_id) > 50
AND NOT EXISTS (SELECT FROM merge n WHERE n.authority_id = m.authority_id AND n.from_id = m.into_id AND n.state = 'merged' AND NOT n.voided);
