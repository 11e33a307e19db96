-- A file that was read in part, because its job was cancelled, failed or its login ended, and that is sent again, goes on
-- behind what stands of it: no row is recorded twice.
ALTER TABLE import
    ADD COLUMN continues uuid,
    ADD CONSTRAINT import_continues_fkey FOREIGN KEY (authority_id, continues) REFERENCES import (authority_id, id),
    ADD CONSTRAINT import_continues_check CHECK (continues IS NULL OR (continues <> id AND NOT dry_run AND NOT all_or_nothing));
COMMENT ON COLUMN import.continues IS 'the import of the same bytes that ended before all its rows were done';
CREATE INDEX import_ended ON import (authority_id, sha256) WHERE NOT stands;
