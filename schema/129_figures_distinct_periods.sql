-- Whom a figure counts in a month, a quarter or a financial year is folded too, so that a year by month costs the same
-- however many entries there are. A period is counted like the whole of a figure whose first day is the period's: day by
-- day, by how many more are counted within it so far. It may end on any day.

COMMENT ON COLUMN folded.bucket_kind IS
    'd: a day of the whole figure, m: a month of it; of distinct ones also a day of its month (M), quarter (Q), financial year (Y)';
ALTER TABLE folded
    DROP CONSTRAINT folded_bucket_kind_check,
    ADD CONSTRAINT folded_bucket_kind_check CHECK (bucket_kind IN ('d', 'm', 'M', 'Q', 'Y'));

ALTER TABLE headline ADD COLUMN periods_folded_from bigint;
COMMENT ON COLUMN headline.periods_folded_from IS
    'the fold from which on whom it counts within a period is folded; null: not yet';
UPDATE headline SET periods_folded_from = folded_from WHERE aggregate <> 'distinct';
DROP INDEX headline_unfolded;
CREATE INDEX headline_unfolded ON headline (authority_id) WHERE periods_folded_from IS NULL;
GRANT UPDATE (periods_folded_from) ON headline TO tideover_app;

CREATE OR REPLACE FUNCTION guard_headline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.superseded_seq IS NOT NULL AND NEW.superseded_seq IS DISTINCT FROM OLD.superseded_seq)
       OR (OLD.folded_from IS NOT NULL AND NEW.folded_from IS DISTINCT FROM OLD.folded_from)
       OR (OLD.periods_folded_from IS NOT NULL
           AND NEW.periods_folded_from IS DISTINCT FROM OLD.periods_folded_from) THEN
        RAISE EXCEPTION 'a definition is superseded once, and folded once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What a distinct figure is counted over, by the bucket kind that it is folded as: from which day on, for a day within.
-- Financial years begin on 1 April; their quarters are those of the calendar.
CREATE FUNCTION counted_over(day date) RETURNS TABLE (bucket_kind "char", first date) LANGUAGE sql IMMUTABLE ROWS 4
BEGIN ATOMIC
    VALUES ('d'::"char", '-infinity'::date),
           ('M'::"char", date_trunc('month', day::timestamp)::date),
           ('Q'::"char", date_trunc('quarter', day::timestamp)::date),
           ('Y'::"char", (date_trunc('year', day::timestamp - interval '3 months') + interval '3 months')::date);
END;

-- By how much each distinct figure counts the groups of `parties`, day by day, when the ledger ends at `upto` with the
-- merges known then: +1 on the day a group's net rises above nil, -1 when it falls back. Over the whole figure, and over
-- each period, which begins at nil. A definition that had ended by then counts nobody.
CREATE FUNCTION distinct_turns(authority text, parties uuid[], upto bigint)
RETURNS TABLE (headline text, bucket_kind "char", day date, delta bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH grouped AS (
        SELECT DISTINCT root_of(authority, p.id, upto) AS root FROM unnest(parties) p(id)
    ), history AS MATERIALIZED (
        SELECT g.root, e.measure, e.dims, e.happened_on, e.quantity
        FROM grouped g
        CROSS JOIN LATERAL members_of(authority, g.root, upto) m(id)
        CROSS JOIN LATERAL (
            SELECT * FROM entry WHERE authority_id = authority AND subject_id = m.id OFFSET 0) e
        WHERE e.seq <= upto
    ), daily AS (
        SELECT h.code, e.root, e.happened_on AS day, sum(e.quantity) AS quantity
        FROM history e
        JOIN headline h ON h.authority_id = authority AND h.aggregate = 'distinct' AND h.measure = e.measure
             AND coalesce(h.superseded_seq > upto, true) AND e.happened_on >= h.from_day AND e.dims @@ h.condition
        GROUP BY 1, 2, 3
    ), running AS (
        SELECT d.code, d.root, d.day, o.bucket_kind, o.first,
               sum(d.quantity) OVER (PARTITION BY d.code, d.root, o.bucket_kind, o.first ORDER BY d.day) AS net
        FROM daily d CROSS JOIN LATERAL counted_over(d.day) o
    ), crossed AS (
        SELECT code, bucket_kind, day,
               (net > 0)::int - (coalesce(lag(net) OVER (PARTITION BY code, root, bucket_kind, first ORDER BY day), 0)
                                 > 0)::int AS delta
        FROM running
    )
    SELECT code, bucket_kind, day, sum(delta)::bigint FROM crossed WHERE delta <> 0 GROUP BY 1, 2, 3;
END;

-- What the entries and merges after `after` and up to `upto` change in each figure, day by day: the whole figure ('d'),
-- and of distinct ones each period. Definitions that had ended by then are left out. Its plan is made once for each
-- connection, and walks indexes only: a tail is short, however long the ledger and whatever the statistics say. What a
-- figure makes of an entry depends on measure, dimensions and day alone, so entries are added up by these first.
DROP FUNCTION ledger_delta;
CREATE FUNCTION ledger_delta(authority text, after bigint, upto bigint)
RETURNS TABLE (headline text, bucket_kind "char", day date, quantity bigint, entries bigint, l0 numeric, l1 numeric,
               l2 numeric, l3 numeric)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    IF upto <= after THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH counting AS MATERIALIZED (
        SELECT h.code, h.aggregate, h.measure, h.from_day, h.condition FROM headline h
        WHERE h.authority_id = authority AND coalesce(h.superseded_seq > upto, true)
    ), tail AS MATERIALIZED (
        SELECT e.measure, e.dims, e.subject_id, e.happened_on, e.quantity, e.hash FROM entry e
        WHERE e.authority_id = authority AND e.seq > after AND e.seq <= upto
    ), tally AS MATERIALIZED (
        SELECT t.measure, t.dims, t.happened_on, sum(t.quantity) AS quantity, sum(sign(t.quantity)) AS signs,
               count(*) AS entries, sum(limb(t.hash, 0)) AS l0, sum(limb(t.hash, 1)) AS l1, sum(limb(t.hash, 2)) AS l2,
               sum(limb(t.hash, 3)) AS l3
        FROM tail t GROUP BY 1, 2, 3
    ), link AS (
        SELECT l.from_id, l.into_id FROM merge_link l
        WHERE l.authority_id = authority AND l.seq > after AND l.seq <= upto
    ), touched AS (
        SELECT t.subject_id AS id FROM tail t
        WHERE t.subject_id IS NOT NULL
              AND t.measure IN (SELECT c.measure FROM counting c WHERE c.aggregate = 'distinct')
        UNION SELECT from_id FROM link UNION SELECT into_id FROM link
    ), affected AS (
        SELECT touched.id FROM touched
        UNION SELECT m.id FROM (SELECT t.id FROM touched t
                  WHERE EXISTS (SELECT FROM merge_link l WHERE l.authority_id = authority AND l.from_id = t.id)
                     OR EXISTS (SELECT FROM merge_link l WHERE l.authority_id = authority AND l.into_id = t.id)) t
              CROSS JOIN LATERAL (SELECT members_of(authority, root_of(authority, t.id, after), after)
                                  UNION SELECT members_of(authority, root_of(authority, t.id, upto), upto)) m(id)
    ), parties AS (
        SELECT array_agg(id) AS ids FROM affected
    ), counted AS (
        SELECT n.headline, n.bucket_kind, n.day, n.delta FROM parties, distinct_turns(authority, parties.ids, upto) n
        UNION ALL
        SELECT o.headline, o.bucket_kind, o.day, -o.delta FROM parties, distinct_turns(authority, parties.ids, after) o
    ), changed AS (
        SELECT c.code, 'd'::"char" AS bucket_kind, t.happened_on AS day,
               CASE c.aggregate WHEN 'sum' THEN t.quantity WHEN 'count' THEN t.signs ELSE 0 END AS quantity,
               t.entries, t.l0, t.l1, t.l2, t.l3
        FROM tally t
        JOIN counting c ON c.measure = t.measure AND t.happened_on >= c.from_day AND t.dims @@ c.condition
        UNION ALL
        SELECT c.headline, c.bucket_kind, c.day, sum(c.delta), 0, 0, 0, 0, 0
        FROM counted c WHERE c.headline IN (SELECT code FROM counting)
        GROUP BY 1, 2, 3 HAVING sum(c.delta) <> 0
    )
    SELECT c.code, c.bucket_kind, c.day, sum(c.quantity)::bigint, sum(c.entries)::bigint, modulo_2_64(sum(c.l0)),
           modulo_2_64(sum(c.l1)), modulo_2_64(sum(c.l2)), modulo_2_64(sum(c.l3))
    FROM changed c GROUP BY 1, 2, 3;
END $$;
DROP FUNCTION distinct_days;
