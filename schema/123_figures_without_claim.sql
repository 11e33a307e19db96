-- A council may publish a figure that it never claimed anything of: counted, shown and evidenced like any other, compared
-- with nothing. A figure that is shown beside another one still has no claim of its own.
ALTER TABLE headline DROP CONSTRAINT headline_check1,
    ADD CONSTRAINT headline_beside_unclaimed CHECK (beside IS NULL OR claim_text IS NULL);
