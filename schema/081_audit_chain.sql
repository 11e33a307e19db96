-- The chain over what was audited and what counts. A link holds one digest of the lines since the link before it and of
-- that link's head, so that no line behind a link can be changed, taken out, put in or moved unnoticed. Lines get their
-- numbers here, one after another without a gap: the last one behind a link is its audit_lines.

CREATE TABLE audit_link (
    authority_id text NOT NULL REFERENCES authority,
    number bigint NOT NULL CHECK (number > 0),
    at timestamptz NOT NULL,
    audit_upto bigint NOT NULL,  -- id of the last audit line behind it
    audit_lines bigint NOT NULL CHECK (audit_lines >= 0),
    ledger_upto bigint NOT NULL,  -- number of the last entry or merge behind it
    ledger_lines bigint NOT NULL CHECK (ledger_lines >= 0),
    head bytea NOT NULL CHECK (length(head) = 32),
    PRIMARY KEY (authority_id, number)
);
CREATE UNIQUE INDEX audit_link_lines ON audit_link (authority_id, audit_upto, number);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON audit_link TO tideover_app;

-- The audit is read by time, by member of staff and (there already) by record.
CREATE INDEX audit_time ON audit (authority_id, at, id);
CREATE INDEX audit_actor ON audit (authority_id, actor, at, id);
