-- A published figure can be withdrawn. Its definition then ends, at a place in the ledger as it began, and is superseded by
-- none: what was known before that still counts it. Definitions that ended are counted and folded no further.

ALTER TABLE figure
    ADD COLUMN withdrawn_on date,
    ADD COLUMN withdrawal_reason text CHECK (length(withdrawal_reason) BETWEEN 0 AND 500),
    ADD COLUMN withdrawn_by uuid,
    ADD FOREIGN KEY (authority_id, withdrawn_by) REFERENCES staff (authority_id, id),
    ADD CONSTRAINT figure_withdrawn CHECK ((state = 'withdrawn') = (withdrawn_on IS NOT NULL));
CREATE INDEX ON figure (authority_id, withdrawn_on, id) WHERE withdrawn_on IS NOT NULL;
INSERT INTO lifecycle_move VALUES
    ('figure', 'published', 'withdraw', 'withdrawn');
CREATE INDEX headline_superseded ON headline (authority_id, superseded_seq);

CREATE OR REPLACE FUNCTION distinct_turns(authority text, parties uuid[], upto bigint)
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

CREATE OR REPLACE FUNCTION ledger_delta(authority text, after bigint, upto bigint)
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
