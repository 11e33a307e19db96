-- Authorities, staff, tokens, and what every record's table relies on.
-- Rules that hold in every file: the primary key is (authority_id, id), foreign keys stay inside one
-- authority, unique indexes start with it, and only small code tables are shared between authorities.

CREATE DOMAIN pence AS bigint CHECK (VALUE BETWEEN -1000000000000 AND 1000000000000);

CREATE TABLE authority (
    id text PRIMARY KEY CHECK (id ~ '^[A-Z][0-9]{8}$'),  -- ONS code
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120)
);

CREATE TABLE staff (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 120),  -- one person, however many logins
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, key)
);

-- A token is shown once and kept only as its SHA-256.
CREATE TABLE api_token (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    role text NOT NULL
        CHECK (role IN ('helpline', 'grants_officer', 'grants_approver', 'finance', 'partner', 'auditor', 'admin')),
    partner text CHECK (length(partner) BETWEEN 2 AND 60),
    hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at timestamptz,
    PRIMARY KEY (authority_id, id),
    FOREIGN KEY (authority_id, staff_id) REFERENCES staff (authority_id, id),
    CHECK ((role = 'partner') = (partner IS NOT NULL))
);

-- One row for every accepted POST: the same key gets the same answer for as long as the record lives.
CREATE TABLE idempotency (
    authority_id text NOT NULL,
    staff_id uuid NOT NULL,
    route text NOT NULL CHECK (length(route) <= 300),
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    status integer CHECK (status BETWEEN 200 AND 299),
    location text,
    etag text,
    body text,
    at timestamptz NOT NULL,
    PRIMARY KEY (authority_id, staff_id, route, key),
    FOREIGN KEY (authority_id, staff_id) REFERENCES staff (authority_id, id)
);

-- One line for every change: who, through which login, what, and what stood there before.
CREATE TABLE audit (
    authority_id text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    actor uuid NOT NULL,
    token_id uuid NOT NULL,
    action text NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
    record_kind text NOT NULL,
    record_id uuid NOT NULL,
    version integer NOT NULL,
    reason text CHECK (length(reason) <= 4000),
    before jsonb,
    request_id text NOT NULL CHECK (length(request_id) BETWEEN 1 AND 100),
    PRIMARY KEY (authority_id, id),
    FOREIGN KEY (authority_id, actor) REFERENCES staff (authority_id, id)
);
CREATE UNIQUE INDEX audit_record ON audit (authority_id, record_id, version);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION refuse_change();

-- The moves of domain/*.cpp once more: a state can change in no other way, whoever asks.
CREATE TABLE lifecycle_move (
    noun text NOT NULL,
    from_state text NOT NULL,
    event text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (noun, from_state, event)
);
CREATE INDEX ON lifecycle_move (noun, from_state, to_state);

-- Every change of a record is the next version of the same record, and a lawful move.
CREATE FUNCTION guard_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_state text := to_jsonb(OLD) ->> 'state';
    new_state text := to_jsonb(NEW) ->> 'state';
BEGIN
    IF NEW.version <> OLD.version + 1 OR NEW.authority_id <> OLD.authority_id OR NEW.id <> OLD.id
       OR NEW.reference <> OLD.reference OR NEW.recorded_at <> OLD.recorded_at THEN
        RAISE EXCEPTION 'a change of % is its next version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF new_state IS DISTINCT FROM old_state AND NOT EXISTS (
        SELECT FROM lifecycle_move m
        WHERE m.noun = TG_TABLE_NAME AND m.from_state = old_state AND m.to_state = new_state) THEN
        RAISE EXCEPTION '% cannot go from % to %', TG_TABLE_NAME, old_state, new_state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION is_postcode(text) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN $1 ~ '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$';

-- An instant as the API writes it.
CREATE FUNCTION wire(at timestamptz) RETURNS text LANGUAGE sql STABLE
    RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') ||
           CASE WHEN extract(microseconds FROM at)::bigint % 1000000 = 0 THEN ''
                ELSE to_char(at AT TIME ZONE 'UTC', '.US') END || 'Z';
