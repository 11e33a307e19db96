-- Staff and their tokens become records: with versions, a lifecycle and an audit line for each change. Who left, and
-- which token was revoked or got another role, is decided here once more, inside the writer's own transaction.

-- As domain/reference.cpp makes them: ISO 7064 MOD 37-2 over Crockford's alphabet.
CREATE FUNCTION fresh_reference(prefix text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    crockford CONSTANT text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    base36 CONSTANT text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    body text;
    c text;
    sum integer;
BEGIN
    LOOP
        body := prefix || '-';
        FOR i IN 1..7 LOOP
            body := body || substr(crockford, 1 + floor(random() * 32)::integer, 1);
        END LOOP;
        sum := 0;
        FOREACH c IN ARRAY string_to_array(replace(body, '-', ''), NULL) LOOP
            sum := (sum + strpos(base36, c) - 1) * 2 % 37;
        END LOOP;
        sum := (38 - sum) % 37;
        CONTINUE WHEN sum = 36;
        RETURN body || '-' || substr(base36, sum + 1, 1);
    END LOOP;
END $$;

-- recorded_by is null for whoever was added at the command line.
ALTER TABLE staff
    ADD reference text NOT NULL DEFAULT fresh_reference('ST'),
    ADD state text NOT NULL DEFAULT 'employed' CHECK (state IN ('employed', 'left')),
    ADD left_on date,
    ADD rejoined_on date,
    ADD version integer NOT NULL DEFAULT 1,
    ADD voided boolean NOT NULL DEFAULT false,
    ADD recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD recorded_by uuid,
    ADD UNIQUE (authority_id, reference),
    ADD FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id);
CREATE INDEX ON staff (authority_id, state, id);
CREATE TRIGGER guard BEFORE UPDATE ON staff FOR EACH ROW EXECUTE FUNCTION guard_record();

ALTER TABLE api_token RENAME created_at TO recorded_at;
ALTER TABLE api_token DROP CONSTRAINT api_token_hash_check;
ALTER TABLE api_token ALTER hash TYPE text USING encode(hash, 'hex');
ALTER TABLE api_token
    ADD CHECK (hash ~ '^[0-9a-f]{64}$'),
    ADD reference text NOT NULL DEFAULT fresh_reference('TK'),
    ADD state text NOT NULL DEFAULT 'valid' CHECK (state IN ('valid', 'revoked')),
    ADD label text CHECK (length(label) BETWEEN 0 AND 120),
    ADD reason text CHECK (length(reason) BETWEEN 0 AND 500),
    ADD version integer NOT NULL DEFAULT 1,
    ADD voided boolean NOT NULL DEFAULT false,
    ADD recorded_by uuid,
    ADD UNIQUE (authority_id, reference),
    ADD FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id);
UPDATE api_token SET state = 'revoked', version = 2 WHERE revoked_at IS NOT NULL;
CREATE INDEX ON api_token (authority_id, staff_id, id);
CREATE INDEX ON api_token (authority_id, role, id);
CREATE INDEX ON api_token (authority_id, partner, id) WHERE partner IS NOT NULL;
CREATE INDEX ON api_token (authority_id, state, id);
CREATE TRIGGER guard BEFORE UPDATE ON api_token FOR EACH ROW EXECUTE FUNCTION guard_record();

-- A token is one secret of one person for as long as it lives.
CREATE FUNCTION guard_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.hash <> OLD.hash OR NEW.staff_id <> OLD.staff_id OR NEW.demo <> OLD.demo THEN
        RAISE EXCEPTION 'a token keeps its secret and its person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_token BEFORE UPDATE ON api_token FOR EACH ROW EXECUTE FUNCTION guard_token();

-- Whoever was there before has the audit lines that they would have by now.
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, request_id)
SELECT authority_id, clock_timestamp(), id, id, 'record', 'staff', id, 1, 'migration-082' FROM staff
UNION ALL
SELECT authority_id, clock_timestamp(), staff_id, id, 'record', 'api_token', id, 1, 'migration-082' FROM api_token;
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
SELECT authority_id, clock_timestamp(), staff_id, id, 'revoke', 'api_token', id, 2,
       to_jsonb(t) || '{"state": "valid", "version": 1, "revoked_at": null}', 'migration-082'
FROM api_token t WHERE state = 'revoked';

INSERT INTO lifecycle_move VALUES
    ('staff', 'employed', 'leave', 'left'),
    ('staff', 'left', 'rejoin', 'employed'),
    ('api_token', 'valid', 'change_role', 'valid'),
    ('api_token', 'valid', 'revoke', 'revoked');

-- As begin_writing, for the holder of a token as it stood when the request was admitted; null where it is another by
-- now. Writers share a lock on their token until they have committed, and whoever changes the token takes it alone:
-- so nothing that was under way commits after the change. The look is a fresh one, after the wait for the lock.
CREATE FUNCTION begin_writing(authority text, token uuid, as_of integer) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7461, hashtext(authority));
    PERFORM pg_advisory_xact_lock_shared(7466, hashtext(token::text));
    IF NOT EXISTS (SELECT FROM api_token t WHERE t.authority_id = authority AND t.id = token AND t.version = as_of
                   AND t.state = 'valid' AND NOT t.voided) THEN
        RETURN NULL;
    END IF;
    RETURN begin_writing(authority);
END $$;

-- Waits for what is under way with these tokens, and keeps them from being used until the caller has committed.
CREATE FUNCTION hold_tokens(ids uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    one uuid;
BEGIN
    FOR one IN SELECT id FROM unnest(ids) id ORDER BY id LOOP
        PERFORM pg_advisory_xact_lock(7466, hashtext(one::text));
    END LOOP;
END $$;

-- Revokes those of the tokens that are valid, each with its audit line. Without `actor`, at the command line, the line
-- names the token's own person and login. Returns how many it revoked.
CREATE FUNCTION revoke_tokens(authority text, ids uuid[], why text, actor uuid, through uuid, request text)
RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    many bigint;
BEGIN
    PERFORM hold_tokens(ids);
    WITH changed AS (
        UPDATE api_token t SET state = 'revoked', version = version + 1, revoked_at = clock_timestamp(), reason = why
        WHERE t.authority_id = authority AND t.id = ANY (ids) AND t.state = 'valid' RETURNING t.*
    )
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
    SELECT c.authority_id, c.revoked_at, coalesce(actor, c.staff_id), coalesce(through, c.id), 'revoke', 'api_token', c.id,
           c.version, to_jsonb(c) || jsonb_build_object('state', 'valid', 'version', c.version - 1, 'revoked_at', NULL,
                                                        'reason', NULL), request
    FROM changed c;
    GET DIAGNOSTICS many = ROW_COUNT;
    RETURN many;
END $$;

GRANT INSERT, UPDATE ON staff, api_token TO tideover_app;
