-- Jobs: what takes long and runs by itself for somebody who asked for it. One server has a job at a time, by a lease;
-- whoever takes it up after a server that died goes on where that one stopped.
CREATE TABLE job (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('import', 'import_undo')),
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    -- As whom it acts: where that login ends, or becomes another, so does the job.
    staff_id uuid NOT NULL,
    token_id uuid NOT NULL,
    token_version integer NOT NULL CHECK (token_version > 0),
    role text NOT NULL,
    partner text,
    made_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    holder uuid,
    lease_until timestamptz NOT NULL,
    done bigint NOT NULL DEFAULT 0 CHECK (done >= 0),
    total bigint CHECK (total >= 0),
    cancelled_by uuid,
    problem text CHECK (length(problem) BETWEEN 1 AND 1000),
    PRIMARY KEY (authority_id, id),
    FOREIGN KEY (authority_id, staff_id) REFERENCES staff (authority_id, id),
    FOREIGN KEY (authority_id, token_id) REFERENCES api_token (authority_id, id),
    FOREIGN KEY (authority_id, cancelled_by) REFERENCES staff (authority_id, id),
    CHECK ((state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL)),
    CHECK ((state = 'cancelled') <= (cancelled_by IS NOT NULL)),
    CHECK ((state = 'failed') <= (problem IS NOT NULL)),
    CHECK (problem IS NULL OR state = 'failed' OR cancelled_by IS NOT NULL)
);
CREATE INDEX job_waiting ON job (lease_until) WHERE state IN ('queued', 'running');
CREATE INDEX ON job (authority_id, staff_id, id);
GRANT SELECT, INSERT ON job TO tideover_app;
GRANT UPDATE (state, started_at, ended_at, attempts, holder, lease_until, done, total, cancelled_by, problem)
    ON job TO tideover_app;
COMMENT ON COLUMN job.done IS 'how much of its work stands: committed with that work, in one transaction';

-- Imports: files of records. The job of the same id reads one.
CREATE TABLE import (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    name text CHECK (length(name) BETWEEN 1 AND 200),
    bytes bigint NOT NULL CHECK (bytes > 0),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    dry_run boolean NOT NULL,
    all_or_nothing boolean NOT NULL,
    may_correct boolean NOT NULL,
    encoding text CHECK (encoding IN ('utf-8', 'utf-16le', 'utf-16be', 'windows-1252')),
    delimiter text NOT NULL CHECK (length(delimiter) = 1),
    columns jsonb NOT NULL,
    recorded bigint NOT NULL DEFAULT 0 CHECK (recorded >= 0),
    same bigint NOT NULL DEFAULT 0 CHECK (same >= 0),
    changed bigint NOT NULL DEFAULT 0 CHECK (changed >= 0),
    faulty bigint NOT NULL DEFAULT 0 CHECK (faulty >= 0),
    stands boolean NOT NULL DEFAULT true,
    figures jsonb,
    PRIMARY KEY (authority_id, id),
    FOREIGN KEY (authority_id, id) REFERENCES job (authority_id, id)
);
-- The same bytes, as the same kind, are the same import, unless it came to nothing.
CREATE UNIQUE INDEX import_once ON import (authority_id, kind, dry_run, sha256) WHERE stands;
GRANT SELECT, INSERT ON import TO tideover_app;
GRANT UPDATE (encoding, recorded, same, changed, faulty, stands, figures) ON import TO tideover_app;
COMMENT ON COLUMN import.may_correct IS 'whether a row about a record that is there may change it';
COMMENT ON COLUMN import.figures IS 'of a rehearsal: the figures that would change';
COMMENT ON COLUMN import.columns IS 'what each column is: [{"column", "field", "by"}]; field null where it is left out, by how its cells name';

-- A file's bytes, as they came, until it is read.
CREATE TABLE import_part (
    authority_id text NOT NULL REFERENCES authority,
    import_id uuid NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    bytes bytea NOT NULL CHECK (length(bytes) > 0),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (authority_id, import_id, position)
);
ALTER TABLE import_part ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX import_part_forgotten ON import_part (at) WHERE position = 1;
GRANT SELECT, INSERT, DELETE ON import_part TO tideover_app;

-- What came of each row of a file; of those at fault, their cells and what is wrong with them.
CREATE TABLE import_row (
    authority_id text NOT NULL,
    import_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    outcome text NOT NULL CHECK (outcome IN ('recorded', 'same', 'changed', 'faulty')),
    record_id uuid,
    cells text[],
    faults jsonb,
    PRIMARY KEY (authority_id, import_id, number),
    FOREIGN KEY (authority_id, import_id) REFERENCES import (authority_id, id),
    CHECK ((faults IS NULL) = (cells IS NULL)),
    CHECK ((outcome = 'faulty') = (faults IS NOT NULL)),
    CHECK (record_id IS NULL OR faults IS NULL)
);
CREATE INDEX import_row_faulty ON import_row (authority_id, import_id, number) WHERE faults IS NOT NULL;
CREATE INDEX import_row_record ON import_row (authority_id, record_id) WHERE record_id IS NOT NULL;
GRANT SELECT, INSERT ON import_row TO tideover_app;

-- Undoing an import: the job of the same id makes void what the import recorded.
CREATE TABLE import_undo (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 500),
    stands boolean NOT NULL DEFAULT true,
    PRIMARY KEY (authority_id, id),
    FOREIGN KEY (authority_id, id) REFERENCES job (authority_id, id),
    FOREIGN KEY (authority_id, import_id) REFERENCES import (authority_id, id)
);
-- One at a time, and one that came to nothing leaves room for another.
CREATE UNIQUE INDEX import_undone_once ON import_undo (authority_id, import_id) WHERE stands;
GRANT SELECT, INSERT ON import_undo TO tideover_app;
GRANT UPDATE (stands) ON import_undo TO tideover_app;

-- A job goes on, and ends once. However an import's ends: its bytes go, and what came to nothing, or was rehearsed, may be
-- sent again.
CREATE FUNCTION guard_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR NEW.done < OLD.done OR NEW.attempts < OLD.attempts THEN
        RAISE EXCEPTION 'a job goes on, and ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kind = 'import' AND NEW.ended_at IS NOT NULL THEN
        UPDATE import SET stands = false
        WHERE authority_id = NEW.authority_id AND id = NEW.id AND (NEW.state <> 'done' OR dry_run);
        DELETE FROM import_part WHERE authority_id = NEW.authority_id AND import_id = NEW.id;
    END IF;
    IF NEW.kind = 'import_undo' AND NEW.ended_at IS NOT NULL THEN
        -- What was imported so may be imported again; what was not undone may be tried again.
        UPDATE import SET stands = false
        WHERE authority_id = NEW.authority_id AND NEW.state = 'done'
              AND id = (SELECT u.import_id FROM import_undo u WHERE u.authority_id = NEW.authority_id AND u.id = NEW.id);
        UPDATE import_undo SET stands = false
        WHERE authority_id = NEW.authority_id AND id = NEW.id AND NEW.state <> 'done';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION guard_job();
