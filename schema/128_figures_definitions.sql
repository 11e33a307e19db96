-- Figures by request: what a council counts and publishes is drafted by one administrator, published by another, and
-- kept in versions. A definition has a row in `headline` under its own code, "x" for the first version and "x@2" for the
-- next, and its own folded totals under that; of each figure one definition is current.

ALTER TABLE headline
    DROP CONSTRAINT headline_code_check,
    ADD CONSTRAINT headline_code_check CHECK (code ~ '^[a-z][a-z0-9-]{2,59}(@[0-9]{1,5})?$'),
    DROP CONSTRAINT headline_authority_id_beside_fkey,
    DROP CONSTRAINT headline_authority_id_included_in_fkey,
    ALTER COLUMN as_at DROP NOT NULL,
    ADD COLUMN figure text NOT NULL GENERATED ALWAYS AS (split_part(code, '@', 1)) STORED,
    ADD COLUMN seq bigint NOT NULL DEFAULT 0,
    ADD COLUMN superseded_seq bigint,
    ADD COLUMN current boolean NOT NULL GENERATED ALWAYS AS (superseded_seq IS NULL) STORED,
    ADD COLUMN folded_from bigint;
-- A definition has a place in the ledger, as an entry has: what was known at a seal is counted as it was defined then.
ALTER TABLE headline ALTER COLUMN seq SET DEFAULT nextval('ledger_seq');
COMMENT ON COLUMN headline.as_at IS 'the day that the figure is for; without one, the day as on which it is known';
COMMENT ON COLUMN headline.folded_from IS 'the fold from which on its totals are folded; null: not yet';
UPDATE headline SET folded_from = 0;
CREATE UNIQUE INDEX headline_current ON headline (authority_id, figure) WHERE superseded_seq IS NULL;
CREATE INDEX headline_unfolded ON headline (authority_id) WHERE folded_from IS NULL;
CREATE INDEX headline_seq ON headline (authority_id, seq);
GRANT INSERT ON headline TO tideover_app;
GRANT UPDATE (superseded_seq, folded_from) ON headline TO tideover_app;

-- What was defined stays as it was: another version takes its place, and its totals are folded once.
CREATE FUNCTION guard_headline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.superseded_seq IS NOT NULL AND NEW.superseded_seq IS DISTINCT FROM OLD.superseded_seq)
       OR (OLD.folded_from IS NOT NULL AND NEW.folded_from IS DISTINCT FROM OLD.folded_from) THEN
        RAISE EXCEPTION 'a definition is superseded once, and folded once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON headline FOR EACH ROW EXECUTE FUNCTION guard_headline();

CREATE TABLE figure (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'draft',
    code text NOT NULL CHECK (length(code) BETWEEN 3 AND 60),
    number integer NOT NULL CHECK (number BETWEEN 1 AND 10000),
    title text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
    measure text NOT NULL CHECK (length(measure) BETWEEN 2 AND 60),
    aggregate text NOT NULL CHECK (aggregate IN ('sum', 'count', 'distinct')),
    unit text NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
    meaning text NOT NULL CHECK (length(meaning) BETWEEN 3 AND 1000),
    from_on date NOT NULL,
    as_at date,
    beside text CHECK (length(beside) BETWEEN 0 AND 60),
    included_in text CHECK (length(included_in) BETWEEN 0 AND 60),
    claim_text text CHECK (length(claim_text) BETWEEN 0 AND 120),
    claim_comparator text CHECK (claim_comparator IN ('exact', 'rounded', 'over', 'nearly')),
    claim_value bigint CHECK (claim_value BETWEEN 0 AND 1000000000000),
    claim_precision bigint CHECK (claim_precision BETWEEN 1 AND 1000000000000),
    claim_precision_basis text CHECK (claim_precision_basis IN ('stated', 'assumed')),
    claim_pair text CHECK (length(claim_pair) BETWEEN 0 AND 60),
    drafted_by uuid NOT NULL,
    published_by uuid,
    published_on date,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, code, number),
    FOREIGN KEY (measure) REFERENCES measure,
    FOREIGN KEY (authority_id, drafted_by) REFERENCES staff (authority_id, id),
    FOREIGN KEY (authority_id, published_by) REFERENCES staff (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id),
    CHECK (as_at >= from_on),
    CONSTRAINT figure_claim CHECK ((claim_text IS NULL) = (claim_comparator IS NULL)
        AND (claim_text IS NULL) = (claim_value IS NULL) AND (claim_text IS NULL) = (claim_precision IS NULL)),
    CONSTRAINT figure_beside_unclaimed CHECK (beside IS NULL OR claim_text IS NULL),
    CONSTRAINT figure_two_people CHECK (published_by <> drafted_by),
    CONSTRAINT figure_published CHECK ((state = 'draft') = (published_on IS NULL))
);
CREATE TABLE figure_filter (
    authority_id text NOT NULL,
    figure_id uuid NOT NULL,
    position integer NOT NULL,
    dimension text NOT NULL CHECK (length(dimension) BETWEEN 1 AND 40),
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 200),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, figure_id, position),
    FOREIGN KEY (authority_id, figure_id) REFERENCES figure (authority_id, id)
);
CREATE UNIQUE INDEX figure_filter_once ON figure_filter (authority_id, figure_id, dimension, value)
    WHERE to_version IS NULL;
CREATE INDEX ON figure (authority_id, recorded_at, id);
CREATE INDEX ON figure (authority_id, recorded_by, id);
CREATE INDEX ON figure (authority_id, id) WHERE voided;
CREATE INDEX ON figure (authority_id, state, id);
CREATE INDEX ON figure (authority_id, code, id);
CREATE INDEX ON figure (authority_id, number, id) WHERE number IS NOT NULL;
CREATE INDEX ON figure (authority_id, measure, id);
CREATE INDEX ON figure (authority_id, from_on, id);
CREATE INDEX ON figure (authority_id, as_at, id) WHERE as_at IS NOT NULL;
CREATE INDEX ON figure (authority_id, claim_value, id) WHERE claim_value IS NOT NULL;
CREATE INDEX ON figure (authority_id, claim_precision, id) WHERE claim_precision IS NOT NULL;
CREATE INDEX ON figure (authority_id, published_on, id) WHERE published_on IS NOT NULL;
CREATE INDEX figure_search ON figure USING gin (search_document(code || ' ' || title, ''));
INSERT INTO lifecycle_move VALUES
    ('figure', 'draft', 'publish', 'published');
CREATE TRIGGER guard BEFORE UPDATE ON figure FOR EACH ROW EXECUTE FUNCTION guard_record();
GRANT SELECT, INSERT, UPDATE ON figure TO tideover_app;
GRANT SELECT, INSERT ON figure_filter TO tideover_app;
GRANT UPDATE (to_version) ON figure_filter TO tideover_app;
