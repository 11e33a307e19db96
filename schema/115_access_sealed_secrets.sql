-- Secrets for the repeat of a request whose answer was lost: sealed with a key of the service, for ten minutes, for the
-- login that asked.

CREATE TABLE sealed_secret (
    authority_id text NOT NULL REFERENCES authority,
    record_id uuid NOT NULL,
    token_id uuid NOT NULL,
    box bytea NOT NULL,
    kept_until timestamptz NOT NULL,
    PRIMARY KEY (authority_id, record_id),
    FOREIGN KEY (authority_id, token_id) REFERENCES api_token (authority_id, id)
);
CREATE INDEX ON sealed_secret (authority_id, kept_until);
GRANT SELECT, INSERT, DELETE ON sealed_secret TO tideover_app;
