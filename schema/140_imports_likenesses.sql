-- A rehearsed import says which of its rows may be records that are there, or other rows.
ALTER TABLE import ADD COLUMN likenesses jsonb;
GRANT UPDATE (likenesses) ON import TO tideover_app;
COMMENT ON COLUMN import.likenesses IS 'of a rehearsal: the first hundred rows that are like others, and which';
