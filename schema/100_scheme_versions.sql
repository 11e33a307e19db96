-- A scheme's terms are rows of its versions: published by a second administrator, and from then on never changed.
-- Applications, awards and decisions name the version that they were judged by. Bands and declarations are data.

CREATE TABLE scheme_version (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'draft',
    scheme text NOT NULL,
    number bigint NOT NULL CHECK (number BETWEEN 1 AND 10000),
    opens_on date NOT NULL,
    closes_on date,
    last_payment_on date,
    reference_on date,
    uniqueness_key text NOT NULL CHECK (uniqueness_key IN ('premises', 'business', 'person')),
    exclusion_group text CHECK (length(exclusion_group) BETWEEN 0 AND 60),
    funding text NOT NULL CHECK (funding IN ('full', 'capped', 'discretionary')),
    council_is text NOT NULL CHECK (council_is IN ('agent', 'principal')),
    allocation_pence pence CHECK (allocation_pence >= 0),
    required_checks text[] CHECK (required_checks::text ~ '^\{[a-z0-9_,]*\}$'),
    exclusions text[] CHECK (exclusions::text ~ '^\{[a-z0-9_,]*\}$'),
    source text NOT NULL CHECK (length(source) BETWEEN 3 AND 1000),
    uncertain text CHECK (length(uncertain) BETWEEN 0 AND 2000),
    drafted_by uuid NOT NULL,
    published_by uuid,
    published_on date,
    closed_on date,
    closure_reason text CHECK (length(closure_reason) BETWEEN 0 AND 500),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, scheme, number),
    FOREIGN KEY (authority_id, scheme) REFERENCES scheme (authority_id, code),
    FOREIGN KEY (authority_id, drafted_by) REFERENCES staff (authority_id, id),
    FOREIGN KEY (authority_id, published_by) REFERENCES staff (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id),
    CHECK (closes_on >= opens_on),
    CONSTRAINT scheme_version_two_people CHECK (published_by <> drafted_by),
    CONSTRAINT scheme_version_published CHECK ((state = 'draft') = (published_on IS NULL)),
    CONSTRAINT scheme_version_closed CHECK ((state = 'closed') = (closed_on IS NOT NULL))
);
CREATE INDEX ON scheme_version (authority_id, scheme, id);
CREATE INDEX ON scheme_version (authority_id, state, id);
INSERT INTO lifecycle_move VALUES
    ('scheme_version', 'draft', 'publish', 'published'),
    ('scheme_version', 'published', 'close', 'closed');
CREATE TRIGGER guard BEFORE UPDATE ON scheme_version FOR EACH ROW EXECUTE FUNCTION guard_record();

-- Lists are corrected while the version is a draft, as other lists are.
CREATE TABLE scheme_version_band (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    position integer NOT NULL,
    band text NOT NULL CHECK (length(band) BETWEEN 1 AND 40),
    bound text NOT NULL CHECK (bound IN ('up_to', 'below', 'unbounded')),
    rateable_value_pence pence CHECK (rateable_value_pence >= 1),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    CONSTRAINT scheme_version_band_end CHECK ((bound = 'unbounded') = (rateable_value_pence IS NULL)),
    PRIMARY KEY (authority_id, scheme_version_id, position),
    FOREIGN KEY (authority_id, scheme_version_id) REFERENCES scheme_version (authority_id, id)
);
CREATE UNIQUE INDEX scheme_version_band_once ON scheme_version_band (authority_id, scheme_version_id, band)
    WHERE to_version IS NULL;
CREATE TABLE scheme_version_period (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    position integer NOT NULL,
    period text NOT NULL CHECK (length(period) BETWEEN 1 AND 40),
    from_on date,
    to_on date CHECK (to_on >= from_on),
    closes_on date,
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, scheme_version_id, position),
    FOREIGN KEY (authority_id, scheme_version_id) REFERENCES scheme_version (authority_id, id)
);
CREATE UNIQUE INDEX scheme_version_period_once ON scheme_version_period (authority_id, scheme_version_id, period)
    WHERE to_version IS NULL;
CREATE TABLE scheme_version_amount (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    position integer NOT NULL,
    period text NOT NULL CHECK (length(period) BETWEEN 1 AND 40),
    band text NOT NULL CHECK (length(band) BETWEEN 1 AND 40),
    least_pence pence NOT NULL CHECK (least_pence >= 1),
    most_pence pence NOT NULL CHECK (most_pence >= least_pence),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, scheme_version_id, position),
    FOREIGN KEY (authority_id, scheme_version_id) REFERENCES scheme_version (authority_id, id)
);
CREATE UNIQUE INDEX scheme_version_amount_once ON scheme_version_amount (authority_id, scheme_version_id, period, band)
    WHERE to_version IS NULL;
CREATE TABLE scheme_version_declaration (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    position integer NOT NULL,
    declaration text NOT NULL CHECK (length(declaration) BETWEEN 1 AND 60),
    wording_version bigint NOT NULL CHECK (wording_version BETWEEN 1 AND 1000),
    wording text NOT NULL CHECK (length(wording) BETWEEN 3 AND 2000),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, scheme_version_id, position),
    FOREIGN KEY (authority_id, scheme_version_id) REFERENCES scheme_version (authority_id, id)
);
CREATE UNIQUE INDEX scheme_version_declaration_once
    ON scheme_version_declaration (authority_id, scheme_version_id, declaration) WHERE to_version IS NULL;
CREATE TABLE scheme_version_tranche (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    position integer NOT NULL,
    tranche text NOT NULL CHECK (length(tranche) BETWEEN 1 AND 60),
    amount_pence pence NOT NULL CHECK (amount_pence >= 1),
    source text CHECK (length(source) BETWEEN 0 AND 1000),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, scheme_version_id, position),
    FOREIGN KEY (authority_id, scheme_version_id) REFERENCES scheme_version (authority_id, id)
);
CREATE UNIQUE INDEX scheme_version_tranche_once ON scheme_version_tranche (authority_id, scheme_version_id, tranche)
    WHERE to_version IS NULL;

-- Published terms stay. Only that they are closed is still to come.
CREATE FUNCTION guard_terms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    later CONSTANT text[] := ARRAY['state', 'version', 'closed_on', 'closure_reason'];
BEGIN
    IF OLD.state <> 'draft' AND to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later THEN
        RAISE EXCEPTION 'published terms never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_terms BEFORE UPDATE ON scheme_version FOR EACH ROW EXECUTE FUNCTION guard_terms();

CREATE FUNCTION guard_term_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM scheme_version v WHERE v.authority_id = NEW.authority_id AND v.id = NEW.scheme_version_id
                   AND v.state = 'draft') THEN
        RAISE EXCEPTION 'published terms never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- What a scheme's own row said of its terms so far is its first version.
INSERT INTO scheme_version (authority_id, id, reference, state, scheme, number, opens_on, closes_on, uniqueness_key, funding,
                            council_is, allocation_pence, source, drafted_by, published_on, version, voided, recorded_at,
                            recorded_by)
SELECT authority_id, gen_random_uuid(), fresh_reference('SV'), 'published', code, 1, opens_on, closes_on,
       CASE kind WHEN 'business' THEN 'premises' ELSE 'business' END, funding,
       CASE funding WHEN 'full' THEN 'agent' ELSE 'principal' END, allocation_pence, 'as recorded with the scheme',
       recorded_by, (recorded_at AT TIME ZONE 'Europe/London')::date, 2, voided, recorded_at, recorded_by
FROM scheme;
INSERT INTO scheme_version_amount (authority_id, scheme_version_id, position, period, band, least_pence, most_pence)
SELECT a.authority_id, v.id, a.position, a.period, a.band, a.least_pence, a.most_pence
FROM scheme_amount a JOIN scheme s ON s.authority_id = a.authority_id AND s.id = a.scheme_id
JOIN scheme_version v ON v.authority_id = s.authority_id AND v.scheme = s.code;
INSERT INTO scheme_version_period (authority_id, scheme_version_id, position, period)
SELECT authority_id, scheme_version_id, row_number() OVER (PARTITION BY authority_id, scheme_version_id ORDER BY min(position)),
       period
FROM scheme_version_amount GROUP BY authority_id, scheme_version_id, period;
INSERT INTO scheme_version_band (authority_id, scheme_version_id, position, band, bound, rateable_value_pence)
SELECT v.authority_id, v.id, b.position, b.band, b.bound, b.ends
FROM scheme_version v CROSS JOIN (VALUES (1, 'small', 'up_to', 1500000), (2, 'medium', 'below', 5100000),
                                         (3, 'large', 'unbounded', NULL)) b (position, band, bound, ends)
WHERE EXISTS (SELECT FROM scheme_version_amount a WHERE a.authority_id = v.authority_id AND a.scheme_version_id = v.id
              AND a.band IN ('small', 'medium', 'large'));
INSERT INTO scheme_version_declaration (authority_id, scheme_version_id, position, declaration, wording_version, wording)
SELECT v.authority_id, v.id, d.position, d.declaration, 1, 'as on the form of the day'
FROM scheme_version v CROSS JOIN unnest(ARRAY['meets_criteria', 'authorised_to_act', 'notify_changes', 'within_subsidy_limit',
    'not_in_difficulty', 'repay_if_error', 'share_with_government', 'accepts_data_use']) WITH ORDINALITY d (declaration, position);
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
SELECT v.authority_id, clock_timestamp(), l.actor, l.token_id, w.action, 'scheme_version', v.id, w.version,
       CASE w.version WHEN 2 THEN to_jsonb(v) || '{"state": "draft", "version": 1, "published_on": null}' END, 'migration-100'
FROM scheme_version v JOIN scheme s ON s.authority_id = v.authority_id AND s.code = v.scheme
JOIN audit l ON l.authority_id = s.authority_id AND l.record_kind = 'scheme' AND l.record_id = s.id AND l.version = 1
CROSS JOIN (VALUES (1, 'record'), (2, 'publish')) w (version, action)
ORDER BY v.id, w.version;

DO $$
DECLARE
    list text;
BEGIN
    FOREACH list IN ARRAY ARRAY['scheme_version_band', 'scheme_version_period', 'scheme_version_amount',
                                'scheme_version_declaration', 'scheme_version_tranche'] LOOP
        EXECUTE format('CREATE TRIGGER guard_terms AFTER INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION '
                       'guard_term_rows()', list);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE (to_version) ON %I TO tideover_app', list);
    END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON scheme_version TO tideover_app;

DROP TABLE scheme_amount;
ALTER TABLE scheme DROP COLUMN opens_on, DROP COLUMN closes_on, DROP COLUMN funding;

-- Each decision keeps the version it was made by.
ALTER TABLE application ADD scheme_version_id uuid,
    ADD FOREIGN KEY (authority_id, scheme_version_id) REFERENCES scheme_version (authority_id, id);
ALTER TABLE award ADD scheme_version_id uuid,
    ADD FOREIGN KEY (authority_id, scheme_version_id) REFERENCES scheme_version (authority_id, id);
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['application', 'award'] LOOP
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER guard', kept);
        EXECUTE format('UPDATE %I t SET scheme_version_id = v.id FROM scheme_version v '
                       'WHERE v.authority_id = t.authority_id AND v.scheme = t.scheme', kept);
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER guard, ALTER scheme_version_id SET NOT NULL', kept);
        EXECUTE format('CREATE INDEX ON %I (authority_id, scheme_version_id, id)', kept);
    END LOOP;
END $$;

-- Which bands and declarations there are stands in the version.
ALTER TABLE application DROP CONSTRAINT application_band_check, DROP CONSTRAINT application_declarations_check,
    ADD CONSTRAINT application_band_check CHECK (length(band) BETWEEN 1 AND 40),
    ADD CONSTRAINT application_declarations_check CHECK (declarations::text ~ '^\{[a-z0-9_,]*\}$');
ALTER TABLE application_assessment DROP CONSTRAINT application_assessment_band_check,
    ADD CONSTRAINT application_assessment_band_check CHECK (length(band) BETWEEN 1 AND 40);
ALTER TABLE award DROP CONSTRAINT award_band_check,
    ADD CONSTRAINT award_band_check CHECK (length(band) BETWEEN 1 AND 40);
