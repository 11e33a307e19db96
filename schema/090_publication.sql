-- Publications: figures of a seal as somebody put them before the public. `publication_document` holds the bytes
-- that were published and that the digest is of; `publication_figure` the same figures as rows, each with what it
-- takes to count it again. Nothing here is ever changed: a later publication names the one it takes the place of.

CREATE TABLE publication (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    title text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
    note text CHECK (length(note) BETWEEN 0 AND 4000),
    as_at date NOT NULL,
    known_at timestamptz NOT NULL,
    supersedes_id uuid CHECK (supersedes_id <> id),
    published_by text NOT NULL CHECK (length(published_by) BETWEEN 1 AND 120),
    digest text NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
    version integer NOT NULL DEFAULT 1 CHECK (version = 1),
    voided boolean NOT NULL DEFAULT false CHECK (NOT voided),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, known_at) REFERENCES seal (authority_id, at),
    FOREIGN KEY (authority_id, supersedes_id) REFERENCES publication (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
-- Each is superseded once: from any of them one way leads to the one that holds now.
CREATE UNIQUE INDEX publication_supersedes ON publication (authority_id, supersedes_id) WHERE supersedes_id IS NOT NULL;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON publication EXECUTE FUNCTION refuse_change();

-- Both are written a moment before the publication that they belong to, in its transaction.
CREATE TABLE publication_document (
    authority_id text NOT NULL,
    publication_id uuid NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (authority_id, publication_id),
    FOREIGN KEY (authority_id, publication_id) REFERENCES publication (authority_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_document EXECUTE FUNCTION refuse_change();

CREATE TABLE publication_figure (
    authority_id text NOT NULL,
    publication_id uuid NOT NULL,
    position integer NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    unit text NOT NULL,
    measure text NOT NULL REFERENCES measure,
    aggregate text NOT NULL CHECK (aggregate IN ('sum', 'count', 'distinct')),
    filter jsonb NOT NULL CHECK (jsonb_typeof(filter) = 'object'),
    definition_version integer NOT NULL,
    from_day date NOT NULL,
    as_at date NOT NULL,
    value bigint NOT NULL,
    provisional bigint NOT NULL,
    claim_text text,
    comparator text CHECK (comparator IN ('exact', 'rounded', 'over', 'nearly')),
    claim_value bigint,
    precision bigint,
    verdict text CHECK (verdict IN ('matches', 'warns', 'differs')),
    reason text,
    entries bigint NOT NULL CHECK (entries >= 0),
    evidence_digest text NOT NULL CHECK (evidence_digest ~ '^sha256:[0-9a-f]{64}$'),
    PRIMARY KEY (authority_id, publication_id, position),
    UNIQUE (authority_id, publication_id, code),
    FOREIGN KEY (authority_id, publication_id) REFERENCES publication (authority_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_figure EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON publication, publication_document, publication_figure TO tideover_app;
