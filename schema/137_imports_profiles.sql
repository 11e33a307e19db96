-- Import profiles: how files of one origin are read, kept in versions as every record is.
CREATE TABLE import_profile (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL CHECK (length(code) BETWEEN 3 AND 60),
    title text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
    kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    sheet text CHECK (length(sheet) BETWEEN 1 AND 100),
    header_row integer CHECK (header_row BETWEEN 1 AND 1000),
    others text NOT NULL CHECK (others IN ('refused', 'left_out')),
    note text CHECK (length(note) BETWEEN 0 AND 1000),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, code),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE TABLE import_profile_column (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    position integer NOT NULL,
    header text NOT NULL CHECK (length(header) BETWEEN 1 AND 200),
    field text CHECK (length(field) BETWEEN 1 AND 100),
    days text CHECK (days IN ('month_first', 'two_digit_years', 'compact', 'serial', 'day_first')),
    money text CHECK (money IN ('pence', 'pounds')),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, import_profile_id, position),
    FOREIGN KEY (authority_id, import_profile_id) REFERENCES import_profile (authority_id, id)
);
CREATE TABLE import_profile_constant (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    position integer NOT NULL,
    field text NOT NULL CHECK (length(field) BETWEEN 1 AND 100),
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 300),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, import_profile_id, position),
    FOREIGN KEY (authority_id, import_profile_id) REFERENCES import_profile (authority_id, id)
);
CREATE TABLE import_profile_meaning (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    position integer NOT NULL,
    header text NOT NULL CHECK (length(header) BETWEEN 1 AND 200),
    said text NOT NULL CHECK (length(said) BETWEEN 1 AND 200),
    means text CHECK (length(means) BETWEEN 0 AND 300),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, import_profile_id, position),
    FOREIGN KEY (authority_id, import_profile_id) REFERENCES import_profile (authority_id, id)
);
CREATE TABLE import_profile_skip (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    position integer NOT NULL,
    header text NOT NULL CHECK (length(header) BETWEEN 1 AND 200),
    said text CHECK (length(said) BETWEEN 1 AND 200),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, import_profile_id, position),
    FOREIGN KEY (authority_id, import_profile_id) REFERENCES import_profile (authority_id, id)
);
CREATE TABLE import_profile_need (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    position integer NOT NULL,
    columns text NOT NULL CHECK (length(columns) BETWEEN 1 AND 1000),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, import_profile_id, position),
    FOREIGN KEY (authority_id, import_profile_id) REFERENCES import_profile (authority_id, id)
);
CREATE INDEX ON import_profile (authority_id, recorded_at, id);
CREATE INDEX ON import_profile (authority_id, recorded_by, id);
CREATE INDEX ON import_profile (authority_id, id) WHERE voided;
CREATE INDEX ON import_profile (authority_id, kind, id);
CREATE INDEX ON import_profile (authority_id, header_row, id) WHERE header_row IS NOT NULL;
CREATE INDEX import_profile_counts ON import_profile (authority_id, recorded_by) WHERE NOT voided;
CREATE INDEX import_profile_search ON import_profile USING gin (search_document(title, code));
CREATE TRIGGER guard BEFORE UPDATE ON import_profile FOR EACH ROW EXECUTE FUNCTION guard_record();
GRANT SELECT, INSERT, UPDATE ON import_profile TO tideover_app;
GRANT SELECT, INSERT ON import_profile_column TO tideover_app;
GRANT UPDATE (to_version) ON import_profile_column TO tideover_app;
GRANT SELECT, INSERT ON import_profile_constant TO tideover_app;
GRANT UPDATE (to_version) ON import_profile_constant TO tideover_app;
GRANT SELECT, INSERT ON import_profile_meaning TO tideover_app;
GRANT UPDATE (to_version) ON import_profile_meaning TO tideover_app;
GRANT SELECT, INSERT ON import_profile_skip TO tideover_app;
GRANT UPDATE (to_version) ON import_profile_skip TO tideover_app;
GRANT SELECT, INSERT ON import_profile_need TO tideover_app;
GRANT UPDATE (to_version) ON import_profile_need TO tideover_app;
