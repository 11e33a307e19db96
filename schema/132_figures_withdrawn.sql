-- A published figure can be withdrawn. Its definition then ends, at a place in the ledger as it began, and is superseded by
-- none: what was known before that still counts it. It is counted and folded no further.

ALTER TABLE figure
    ADD COLUMN withdrawn_on date,
    ADD COLUMN withdrawal_reason text CHECK (length(withdrawal_reason) BETWEEN 0 AND 500),
    ADD COLUMN withdrawn_by uuid,
    ADD FOREIGN KEY (authority_id, withdrawn_by) REFERENCES staff (authority_id, id),
    ADD CONSTRAINT figure_withdrawn CHECK ((state = 'withdrawn') = (withdrawn_on IS NOT NULL));
CREATE INDEX ON figure (authority_id, withdrawn_on, id) WHERE withdrawn_on IS NOT NULL;
INSERT INTO lifecycle_move VALUES
    ('figure', 'published', 'withdraw', 'withdrawn');
CREATE INDEX headline_superseded ON headline (authority_id, superseded_seq);
