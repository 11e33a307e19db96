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

-- Whether an entry's dimensions pass a filter: every named dimension has one of the listed values.
CREATE FUNCTION passes(dims jsonb, filter jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN filter = '{}' OR NOT EXISTS (
        SELECT FROM jsonb_each(filter) wanted WHERE NOT coalesce(wanted.value @> (dims -> wanted.key), false));

-- The n-th of the four 64-bit limbs of a SHA-256, as a number from 0 to 2^64 - 1.
CREATE FUNCTION limb(hash bytea, n integer) RETURNS numeric LANGUAGE sql IMMUTABLE
    RETURN ('x' || encode(substr(hash, 8 * n + 1, 4), 'hex'))::bit(32)::bigint::numeric * 4294967296 +
           ('x' || encode(substr(hash, 8 * n + 5, 4), 'hex'))::bit(32)::bigint;

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

-- Everybody counted as `root` when the ledger ended at `upto`, itself included.
CREATE FUNCTION members_of(authority text, root uuid, upto bigint) RETURNS SETOF uuid LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE member(id) AS (
        SELECT root
        UNION
        SELECT l.from_id FROM member m
        JOIN merge_link l ON l.authority_id = authority AND l.into_id = m.id AND l.seq <= upto
        WHERE l.linked AND NOT EXISTS (
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
    ), member AS (
        SELECT g.root, m.id FROM grouped g CROSS JOIN LATERAL members_of(authority, g.root, upto) m(id)
    ), daily AS (
        SELECT h.code, m.root, e.happened_on AS day, sum(e.quantity) AS quantity
        FROM member m
        JOIN entry e ON e.authority_id = authority AND e.subject_id = m.id AND e.seq <= upto
        JOIN headline h ON h.authority_id = authority AND h.aggregate = 'distinct' AND h.measure = e.measure
             AND e.happened_on >= h.from_day AND passes(e.dims, h.filter)
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

-- What the entries and merges after `after` and up to `upto` change in each figure, day by day.
CREATE FUNCTION ledger_delta(authority text, after bigint, upto bigint)
RETURNS TABLE (headline text, day date, quantity bigint, entries bigint, l0 numeric, l1 numeric, l2 numeric, l3 numeric)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH tail AS MATERIALIZED (
        SELECT h.code, h.aggregate, e.subject_id, e.happened_on AS day, e.quantity, e.hash
        FROM entry e
        JOIN headline h ON h.authority_id = authority AND h.measure = e.measure
             AND e.happened_on >= h.from_day AND passes(e.dims, h.filter)
        WHERE e.authority_id = authority AND e.seq > after AND e.seq <= upto
    ), link AS (
        SELECT from_id, into_id FROM merge_link l WHERE l.authority_id = authority AND l.seq > after AND l.seq <= upto
    ), touched AS (
        SELECT subject_id AS id FROM tail WHERE aggregate = 'distinct' AND subject_id IS NOT NULL
        UNION SELECT from_id FROM link UNION SELECT into_id FROM link
    ), affected AS (
        SELECT touched.id FROM touched
        UNION SELECT m.id FROM (SELECT DISTINCT t.id FROM touched t WHERE EXISTS (
                  SELECT FROM merge_link l WHERE l.authority_id = authority AND (l.from_id = t.id OR l.into_id = t.id))) t
              CROSS JOIN LATERAL (SELECT members_of(authority, root_of(authority, t.id, after), after)
                                  UNION SELECT members_of(authority, root_of(authority, t.id, upto), upto)) m(id)
    ), parties AS (
        SELECT array_agg(id) AS ids FROM affected
    ), counted AS (
        SELECT n.headline, n.day, n.delta FROM parties, distinct_days(authority, parties.ids, upto) n
        UNION ALL
        SELECT o.headline, o.day, -o.delta FROM parties, distinct_days(authority, parties.ids, after) o
    ), changed AS (
        SELECT code, day, CASE aggregate WHEN 'distinct' THEN 0 WHEN 'count' THEN sign(quantity)::bigint ELSE quantity END AS quantity,
               1 AS entries,
               limb(hash, 0) AS l0, limb(hash, 1) AS l1, limb(hash, 2) AS l2, limb(hash, 3) AS l3
        FROM tail
        UNION ALL
        SELECT counted.headline, counted.day, counted.delta, 0, 0, 0, 0, 0 FROM counted
    )
    SELECT code, changed.day, sum(changed.quantity)::bigint, sum(changed.entries)::bigint,
           sum(changed.l0), sum(changed.l1), sum(changed.l2), sum(changed.l3)
    FROM changed GROUP BY 1, 2;
END;

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
