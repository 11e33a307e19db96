-- What is asked while a record is stored: calls with this number around this moment.
DROP INDEX call_authority_id_caller_phone_id_idx;
CREATE INDEX ON call (authority_id, caller_phone, started_at);
