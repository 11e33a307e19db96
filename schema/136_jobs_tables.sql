-- Imports are of more than CSV: lines of JSON, and sheets of workbooks.
ALTER TABLE import
    ADD COLUMN format text NOT NULL DEFAULT 'csv' CHECK (format IN ('csv', 'ndjson', 'workbook')),
    ADD COLUMN reading jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN left_out bigint NOT NULL DEFAULT 0 CHECK (left_out >= 0);
COMMENT ON COLUMN import.reading IS 'how it was asked to be read: a profile as it was then, {"sheet", "header_row", "leave_out"}, as far as it was said';
COMMENT ON COLUMN import.columns IS 'what each column is: [{"column", "field", "by", "fault", "value"}]; column null of what every row has; field null where it is left out, by how its cells name, fault why a row that has such a cell is at fault';
-- Lines of JSON have the columns that all of them have.
GRANT UPDATE (columns, left_out) ON import TO tideover_app;

-- Rows that a profile does not want are counted.
COMMENT ON COLUMN import.left_out IS 'rows that its profile does not want';

-- The same bytes, read in the same way as the same kind, are the same import, unless it came to nothing.
DROP INDEX import_once;
CREATE UNIQUE INDEX import_once ON import (authority_id, kind, dry_run, sha256, delimiter, md5(reading::text)) WHERE stands;
