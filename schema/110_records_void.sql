-- A void record was recorded by mistake: it counts as nothing, nothing new names it, and it is not made void while live
-- work leans on it. The rules are read off the foreign keys, so that a new kind of record has them by one call.

-- What a rule finds in a council that has data, and that it would refuse today: it stays as it is, and is listed here.
CREATE TABLE migration_finding (
    authority_id text NOT NULL REFERENCES authority,
    migration integer NOT NULL,
    rule text NOT NULL CHECK (length(rule) BETWEEN 1 AND 200),
    record_kind text NOT NULL,
    record_id uuid NOT NULL,
    reference text NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (authority_id, migration, rule, record_kind, record_id)
);
GRANT SELECT ON migration_finding TO tideover_app;

-- The states of domain/*.cpp in which a record is over and counts as nothing: nothing leans any more by it.
CREATE TABLE ended_state (
    noun text NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (noun, state)
);
INSERT INTO ended_state VALUES
    ('application', 'refused'), ('application', 'withdrawn'), ('award', 'cancelled'), ('payment', 'rejected'), ('merge', 'reversed'),
    ('api_token', 'revoked');
GRANT SELECT ON ended_state TO tideover_app;

-- Every column by which live work leans on a record that can be void. `holder` is the table of the record that the row
-- belongs to: the table itself, or the parent of a list. A column that names what came of a record, or what
-- it stands in place of, is none of these; of staff only those are whose charge it is, not those who once acted; and no
-- publication is ever void.
CREATE VIEW record_reference AS
SELECT source.relname::text AS source, here.attname::text AS source_column, target.relname::text AS target,
       there.attname::text AS target_column, coalesce(parent.relname, source.relname)::text AS holder
FROM pg_constraint k
JOIN pg_class source ON source.oid = k.conrelid
JOIN pg_class target ON target.oid = k.confrelid
JOIN pg_attribute here ON here.attrelid = k.conrelid AND here.attnum = k.conkey[2]
JOIN pg_attribute there ON there.attrelid = k.confrelid AND there.attnum = k.confkey[2]
LEFT JOIN (SELECT p.conrelid, up.relname FROM pg_constraint p JOIN pg_class up ON up.oid = p.confrelid
           JOIN pg_class list ON list.oid = p.conrelid JOIN pg_attribute a ON a.attrelid = p.conrelid AND a.attnum = p.conkey[2]
           WHERE p.contype = 'f' AND starts_with(list.relname, up.relname || '_') AND a.attname = up.relname || '_id'
                 AND EXISTS (SELECT FROM pg_attribute v WHERE v.attrelid = list.oid AND v.attname = 'to_version')) parent
       ON parent.conrelid = k.conrelid
WHERE k.contype = 'f' AND cardinality(k.conkey) = 2 AND source.relnamespace = 'public'::regnamespace
  AND EXISTS (SELECT FROM pg_attribute v WHERE v.attrelid = target.oid AND v.attname = 'voided')
  AND (parent.relname IS NOT NULL OR EXISTS (SELECT FROM pg_attribute v WHERE v.attrelid = source.oid AND v.attname = 'voided'))
  AND here.attname <> coalesce(parent.relname, '') || '_id'
  AND target.relname <> 'publication' AND here.attname NOT IN ('replaces_id', 'replaced_by_id')
  AND (source.relname, here.attname) <> ('application', 'award_id')
  AND (target.relname <> 'staff' OR here.attname IN ('staff_id', 'case_worker_id'));
GRANT SELECT ON record_reference TO tideover_app;

-- Leaves the table with a trigger that refuses to name a void record. Whoever makes a record void holds its row alone,
-- and whoever names it shares it: so of two at once one waits and then sees what the other did.
CREATE FUNCTION hold_references(of_table text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part record;
    body text := '';
    condition text := '';
    is_list boolean;
BEGIN
    SELECT holder <> source INTO is_list FROM record_reference WHERE source = of_table LIMIT 1;
    FOR part IN SELECT * FROM record_reference WHERE source = of_table ORDER BY source_column LOOP
        condition := condition || format(' OR NEW.%I IS NOT NULL', part.source_column);
        body := body || format($part$
    IF NEW.%1$I IS NOT NULL AND (fresh OR NEW.%1$I IS DISTINCT FROM OLD.%1$I) THEN
        SELECT r.voided INTO is_void FROM %2$I r WHERE r.authority_id = NEW.authority_id AND r.%3$I = NEW.%1$I FOR %4$s;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "%5$s_%1$s_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;$part$, part.source_column, part.target, part.target_column,
            CASE part.target WHEN 'staff' THEN 'SHARE' ELSE 'KEY SHARE' END, of_table);
    END LOOP;
    EXECUTE format($function$
CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN%s%s
    RETURN NULL;
END $body$
$function$, 'name_nothing_void_' || of_table, CASE WHEN is_list THEN '' ELSE '
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;' END, body);
    EXECUTE format('CREATE OR REPLACE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON %I FOR EACH ROW WHEN (%s) '
                   'EXECUTE FUNCTION %I()', of_table, substr(condition, 5), 'name_nothing_void_' || of_table);
END $$;

-- Refuses to make a record void that live work leans on.
CREATE FUNCTION refuse_void_in_use() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
    leans boolean;
    live text;
BEGIN
    IF TG_TABLE_NAME <> 'staff' THEN  -- of whom everything that they recorded holds a share
        EXECUTE format('SELECT FROM %I WHERE authority_id = $1 AND id = $2 FOR UPDATE', TG_TABLE_NAME)
            USING OLD.authority_id, OLD.id;
    END IF;
    FOR part IN SELECT * FROM record_reference WHERE target = TG_TABLE_NAME ORDER BY source, source_column LOOP
        live := '';
        IF EXISTS (SELECT FROM ended_state e WHERE e.noun = part.holder) THEN
            live := format(' AND NOT EXISTS (SELECT FROM ended_state e WHERE e.noun = %L AND e.state = h.state)', part.holder);
        END IF;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I s JOIN %I h ON h.authority_id = s.authority_id AND h.id = s.%I '
                       'WHERE s.authority_id = $1 AND s.%I = ($2).%I AND NOT h.voided %s%s)',
            part.source, part.holder, CASE WHEN part.holder = part.source THEN 'id' ELSE part.holder || '_id' END,
            part.source_column, part.target_column,
            CASE WHEN part.holder = part.source THEN '' ELSE 'AND s.to_version IS NULL' END, live)
        USING OLD.authority_id, OLD INTO leans;
        IF leans THEN
            RAISE EXCEPTION 'live work leans on it: constraint "void_in_use"' USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM merge m WHERE m.authority_id = OLD.authority_id AND m.kind = TG_TABLE_NAME AND m.state = 'merged'
               AND NOT m.voided AND OLD.id IN (m.from_id, m.into_id)) THEN
        RAISE EXCEPTION 'live work leans on it: constraint "void_in_use"' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What a merge names stands in no foreign key, because its kind says which table it is in.
CREATE FUNCTION name_nothing_void_merge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_void boolean;
BEGIN
    IF to_regclass(NEW.kind) IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT bool_or(voided) FROM (SELECT voided FROM %I WHERE authority_id = $1 AND id IN ($2, $3) '
                   'FOR KEY SHARE) parties', NEW.kind) USING NEW.authority_id, NEW.from_id, NEW.into_id INTO is_void;
    IF is_void THEN
        RAISE EXCEPTION 'it names a void record: constraint "merge_from_id_not_void"' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER name_nothing_void AFTER INSERT ON merge FOR EACH ROW EXECUTE FUNCTION name_nothing_void_merge();

DO $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT DISTINCT source FROM record_reference LOOP
        PERFORM hold_references(part.source);
    END LOOP;
    FOR part IN SELECT DISTINCT target FROM record_reference LOOP
        EXECUTE format('CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON %I FOR EACH ROW '
                       'WHEN (NEW.voided AND NOT OLD.voided) EXECUTE FUNCTION refuse_void_in_use()', part.target);
    END LOOP;
    FOR part IN SELECT * FROM record_reference WHERE holder = source LOOP
        EXECUTE format('INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference) '
                       'SELECT s.authority_id, 110, %L, %L, s.id, s.reference FROM %I s JOIN %I r ON r.authority_id = s.authority_id '
                       'AND r.%I = s.%I WHERE r.voided AND NOT s.voided',
                       part.source_column || ' names a void record', part.source, part.source, part.target, part.target_column,
                       part.source_column);
    END LOOP;
    FOR part IN SELECT unnest(ARRAY['person', 'household', 'business', 'organisation']) AS kind LOOP
        EXECUTE format('INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference) '
                       'SELECT m.authority_id, 110, ''it merges a void record'', ''merge'', m.id, m.reference FROM merge m '
                       'WHERE m.kind = %L AND m.state = ''merged'' AND NOT m.voided AND EXISTS (SELECT FROM %I r '
                       'WHERE r.authority_id = m.authority_id AND r.id IN (m.from_id, m.into_id) AND r.voided)',
                       part.kind, part.kind);
    END LOOP;
END $$;

CREATE INDEX ON person (authority_id, case_worker_id, id) WHERE case_worker_id IS NOT NULL;
CREATE INDEX ON external_funding_partner (authority_id, organisation_id);
