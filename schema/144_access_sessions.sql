-- Sessions of people who signed in in a browser, each a child of the token that they signed in with: where that ends, or
-- stands for another role, so does what is done under the session. Only the hash of its secret is kept.
CREATE TABLE session (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    token_id uuid NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (authority_id, id),
    UNIQUE (hash),
    FOREIGN KEY (authority_id, token_id) REFERENCES api_token (authority_id, id)
);
CREATE INDEX ON session (authority_id, token_id);
CREATE INDEX session_old ON session (seen_at);
GRANT SELECT, INSERT, UPDATE (seen_at, ended_at) ON session TO tideover_app;

-- A session that ended stays ended.
CREATE FUNCTION guard_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a session ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION guard_session();

-- Who signed in when is kept for ninety days.
CREATE FUNCTION forget_sessions() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    WITH gone AS (
        DELETE FROM session WHERE seen_at < clock_timestamp() - interval '90 days' RETURNING 1)
    SELECT count(*) FROM gone;
END;
REVOKE ALL ON FUNCTION forget_sessions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_sessions() TO tideover_app;
