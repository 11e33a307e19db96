-- The ledger: everything that counts is one append-only entry. Totals, headlines, as-at figures and
-- evidence are questions to it.

CREATE TABLE measure (
    code text PRIMARY KEY,
    unit text NOT NULL,
    subject text NOT NULL
);
INSERT INTO measure (code, unit, subject) VALUES
    ('business_grant_paid', 'pence', 'business'),
    ('community_grant_paid', 'pence', 'organisation'),
    ('council_tax_credited', 'pence', 'account'),
    ('external_funding_secured', 'pence', 'organisation'),
    ('ppe_issued', 'items', 'organisation'),
    ('voucher_sent', 'vouchers', 'household'),
    ('voucher_children', 'children', 'household'),
    ('voucher_redeemed', 'vouchers', 'household'),
    ('parcel_delivered', 'parcels', 'household'),
    ('food_shop_provided', 'households', 'household'),
    ('call_received', 'calls', 'person'),
    ('call_made', 'calls', 'person'),
    ('device_distributed', 'devices', 'organisation'),
    ('device_handed_on', 'devices', 'organisation'),
    ('mutual_aid_group_established', 'groups', 'group'),
    ('volunteer_registered', 'volunteers', 'person');

-- Entries and merge links share one numbering, drawn only while the authority's writer lock is held.
CREATE SEQUENCE ledger_seq;

CREATE TABLE entry (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    seq bigint NOT NULL DEFAULT nextval('ledger_seq'),
    measure text NOT NULL REFERENCES measure,
    quantity bigint NOT NULL CHECK (quantity <> 0),
    subject_id uuid,
    dims jsonb NOT NULL CHECK (jsonb_typeof(dims) = 'object'),
    happened_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    record_kind text NOT NULL,
    record_id uuid NOT NULL,
    cause text NOT NULL CHECK (cause IN ('record', 'event', 'correction')),
    corrects uuid,
    request_id text NOT NULL,
    actor uuid NOT NULL,
    hash bytea NOT NULL GENERATED ALWAYS AS (sha256(replace(
        id::text || '|' || measure || '|' || quantity::text || '|' || coalesce(subject_id::text, '-') || '|' ||
        dims::text || '|' || (happened_on - DATE '2000-01-01')::text, '\', '\\')::bytea)) STORED,
    PRIMARY KEY (authority_id, id),
    FOREIGN KEY (authority_id, corrects) REFERENCES entry (authority_id, id),
    FOREIGN KEY (authority_id, actor) REFERENCES staff (authority_id, id)
);
CREATE UNIQUE INDEX entry_seq ON entry (authority_id, seq);
CREATE INDEX entry_record ON entry (authority_id, record_id);
CREATE INDEX entry_subject ON entry (authority_id, subject_id, measure, seq) WHERE subject_id IS NOT NULL;
CREATE INDEX entry_measure ON entry (authority_id, measure, seq);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry EXECUTE FUNCTION refuse_change();

-- That two parties are counted as one, and later perhaps not: a log, so that what was known stays known.
CREATE TABLE merge_link (
    authority_id text NOT NULL REFERENCES authority,
    seq bigint NOT NULL DEFAULT nextval('ledger_seq'),
    from_id uuid NOT NULL,
    into_id uuid NOT NULL CHECK (into_id <> from_id),
    linked boolean NOT NULL,
    hash bytea NOT NULL GENERATED ALWAYS AS (sha256(
        (from_id::text || '>' || into_id::text || CASE WHEN linked THEN '+' ELSE '-' END)::bytea)) STORED,
    PRIMARY KEY (authority_id, seq)
);
CREATE INDEX merge_link_from ON merge_link (authority_id, from_id, seq);
CREATE INDEX merge_link_into ON merge_link (authority_id, into_id, seq);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON merge_link EXECUTE FUNCTION refuse_change();

-- Writers share this lock from before they draw a number until they have committed; a seal takes it alone,
-- so that nothing can slip in behind a seal. Returns the time that the writer's rows are recorded at.
CREATE FUNCTION begin_writing(authority text) RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7461, hashtext(authority));
    RETURN clock_timestamp();
END $$;

-- "At this instant the ledger ended at this number."
CREATE TABLE seal (
    authority_id text NOT NULL REFERENCES authority,
    at timestamptz NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (authority_id, at)
);
CREATE UNIQUE INDEX seal_seq ON seal (authority_id, seq);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal EXECUTE FUNCTION refuse_change();

-- A filter as a condition on an entry's dimensions (`dims @@ condition`): every dimension that it names has one
-- of the listed values.
CREATE FUNCTION condition_of(filter jsonb) RETURNS jsonpath LANGUAGE sql IMMUTABLE
    RETURN (SELECT coalesce(string_agg('(' || one.choices || ')', ' && ' ORDER BY one.key), '1 == 1')
            FROM (SELECT f.key, string_agg('$.' || to_json(f.key) || ' == ' || v.value, ' || ') AS choices
                  FROM jsonb_each(filter) f CROSS JOIN jsonb_array_elements(f.value) v GROUP BY f.key) one)::jsonpath;

-- The figures. `sum` adds quantities; `count` adds their signs, so that what is taken back is not counted;
-- `distinct` counts the subjects whose net is above nil. What is counted, and what the council said it came to. `beside` figures are shown with another.
CREATE TABLE headline (
    authority_id text NOT NULL REFERENCES authority,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9-]{2,59}$'),
    position integer NOT NULL,
    title text NOT NULL,
    unit text NOT NULL,
    aggregate text NOT NULL CHECK (aggregate IN ('sum', 'count', 'distinct')),
    measure text NOT NULL REFERENCES measure,
    filter jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(filter) = 'object'),
    condition jsonpath NOT NULL GENERATED ALWAYS AS (condition_of(filter)) STORED,
    definition_version integer NOT NULL DEFAULT 1,
    meaning text NOT NULL,
    from_day date NOT NULL,
    as_at date NOT NULL CHECK (as_at >= from_day),
    beside text,
    included_in text,
    claim_text text,
    comparator text CHECK (comparator IN ('exact', 'rounded', 'over', 'nearly')),
    claim_value bigint,
    precision bigint CHECK (precision > 0),
    precision_basis text CHECK (precision_basis IN ('stated', 'assumed')),
    pair text,
    PRIMARY KEY (authority_id, code),
    FOREIGN KEY (authority_id, beside) REFERENCES headline (authority_id, code),
    FOREIGN KEY (authority_id, included_in) REFERENCES headline (authority_id, code),
    CHECK ((beside IS NULL) = (claim_text IS NOT NULL)),
    CHECK ((claim_text IS NULL) = (comparator IS NULL) AND (claim_text IS NULL) = (claim_value IS NULL)
           AND (claim_text IS NULL) = (precision IS NULL))
);
CREATE INDEX headline_measure ON headline (authority_id, measure);

-- The n-th of the four 64-bit limbs of a SHA-256, read as a signed number: sums of them are cheap, and the same
-- modulo 2^64 as of unsigned ones.
CREATE FUNCTION limb(hash bytea, n integer) RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN ('x' || encode(substr(hash, 8 * n + 1, 8), 'hex'))::bit(64)::bigint;
CREATE FUNCTION modulo_2_64(total numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
    RETURN (total % 18446744073709551616 + 18446744073709551616) % 18446744073709551616;

-- The party that `party` was counted as when the ledger ended at `upto`.
CREATE FUNCTION root_of(authority text, party uuid, upto bigint) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
    link record;
BEGIN
    FOR depth IN 1..50 LOOP
        SELECT l.into_id, l.linked INTO link FROM merge_link l
        WHERE l.authority_id = authority AND l.from_id = party AND l.seq <= upto ORDER BY l.seq DESC LIMIT 1;
        EXIT WHEN NOT FOUND OR NOT link.linked;
        party := link.into_id;
    END LOOP;
    RETURN party;
END $$;

-- Everybody counted as `root` when the ledger ended at `upto`, itself included. OFFSET 0, here and below, keeps
-- a look at one party a look at its index, whatever the planner believes of the table.
CREATE FUNCTION members_of(authority text, root uuid, upto bigint) RETURNS SETOF uuid LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE member(id) AS (
        SELECT root
        UNION
        SELECT l.from_id FROM member m
        CROSS JOIN LATERAL (SELECT * FROM merge_link WHERE authority_id = authority AND into_id = m.id OFFSET 0) l
        WHERE l.linked AND l.seq <= upto AND NOT EXISTS (
            SELECT FROM merge_link later WHERE later.authority_id = authority AND later.from_id = l.from_id
            AND later.seq > l.seq AND later.seq <= upto))
    SELECT id FROM member;
END;

-- By how much each distinct figure counts the groups of `parties`, day by day, when the ledger ends at
-- `upto` with the merges known then: +1 on the day a group's net rises above nil, -1 when it falls back.
CREATE FUNCTION distinct_days(authority text, parties uuid[], upto bigint)
RETURNS TABLE (headline text, day date, delta bigint) LANGUAGE sql STABLE
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
             AND e.happened_on >= h.from_day AND e.dims @@ h.condition
        GROUP BY 1, 2, 3
    ), running AS (
        SELECT code, root, day, sum(quantity) OVER (PARTITION BY code, root ORDER BY day) AS net FROM daily
    ), crossed AS (
        SELECT code, day, (net > 0)::int - (coalesce(lag(net) OVER (PARTITION BY code, root ORDER BY day), 0) > 0)::int
               AS delta
        FROM running
    )
    SELECT code, day, sum(delta)::bigint FROM crossed WHERE delta <> 0 GROUP BY 1, 2;
END;

-- What the entries and merges after `after` and up to `upto` change in each figure, day by day. Its plan is made
-- once for each connection, and walks indexes only: a tail is short, however long the ledger and whatever the
-- statistics say. What a figure makes of an entry depends on measure, dimensions and day alone, so entries are
-- added up by these first.
CREATE FUNCTION ledger_delta(authority text, after bigint, upto bigint)
RETURNS TABLE (headline text, day date, quantity bigint, entries bigint, l0 numeric, l1 numeric, l2 numeric, l3 numeric)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    IF upto <= after THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH tail AS MATERIALIZED (
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
        WHERE t.subject_id IS NOT NULL AND t.measure IN (
            SELECT h.measure FROM headline h WHERE h.authority_id = authority AND h.aggregate = 'distinct')
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
        SELECT n.headline, n.day, n.delta FROM parties, distinct_days(authority, parties.ids, upto) n
        UNION ALL
        SELECT o.headline, o.day, -o.delta FROM parties, distinct_days(authority, parties.ids, after) o
    ), changed AS (
        SELECT h.code, t.happened_on AS day,
               CASE h.aggregate WHEN 'sum' THEN t.quantity WHEN 'count' THEN t.signs ELSE 0 END AS quantity,
               t.entries, t.l0, t.l1, t.l2, t.l3
        FROM tally t
        JOIN headline h ON h.authority_id = authority AND h.measure = t.measure AND t.happened_on >= h.from_day
             AND t.dims @@ h.condition
        UNION ALL
        SELECT c.headline, c.day, sum(c.delta), 0, 0, 0, 0, 0 FROM counted c GROUP BY 1, 2 HAVING sum(c.delta) <> 0
    )
    SELECT c.code, c.day, sum(c.quantity)::bigint, sum(c.entries)::bigint, modulo_2_64(sum(c.l0)),
           modulo_2_64(sum(c.l1)), modulo_2_64(sum(c.l2)), modulo_2_64(sum(c.l3))
    FROM changed c GROUP BY 1, 2;
END $$;

-- Totals folded up to a seal: for each figure and each day ('d') and month ('m') that has any, the total as
-- known at `seq`. Versions are kept, so that a past known_at reads as quickly as today.
CREATE TABLE fold (
    authority_id text NOT NULL REFERENCES authority,
    seq bigint NOT NULL,
    PRIMARY KEY (authority_id, seq)
);
CREATE TABLE folded (
    authority_id text NOT NULL,
    headline text NOT NULL,
    bucket_kind "char" NOT NULL CHECK (bucket_kind IN ('d', 'm')),
    bucket date NOT NULL,
    seq bigint NOT NULL,
    quantity bigint NOT NULL,
    entries bigint NOT NULL,
    l0 numeric NOT NULL,
    l1 numeric NOT NULL,
    l2 numeric NOT NULL,
    l3 numeric NOT NULL,
    PRIMARY KEY (authority_id, headline, bucket_kind, bucket, seq),
    FOREIGN KEY (authority_id, headline) REFERENCES headline (authority_id, code),
    FOREIGN KEY (authority_id, seq) REFERENCES fold (authority_id, seq)
);
CREATE TABLE folded_bucket (
    authority_id text NOT NULL,
    headline text NOT NULL,
    bucket_kind "char" NOT NULL,
    bucket date NOT NULL,
    PRIMARY KEY (authority_id, headline, bucket_kind, bucket)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fold EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON folded EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON folded_bucket EXECUTE FUNCTION refuse_change();
