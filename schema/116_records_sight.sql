-- Who sees a person or household is decided by the work as it was recorded; and a hidden person's number tells nobody of
-- them.

-- The partner whose people recorded it: so far, as their tokens say.
DO $$
DECLARE
    party text;
BEGIN
    FOREACH party IN ARRAY ARRAY['person', 'household'] LOOP
        EXECUTE format('ALTER TABLE %I ADD recorded_for text CHECK (length(recorded_for) BETWEEN 0 AND 60)', party);
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', party);  -- what is filled in is no version of the record
        EXECUTE format('UPDATE %I t SET recorded_for = k.partner FROM (SELECT DISTINCT ON (authority_id, staff_id) authority_id, '
                       'staff_id, partner FROM api_token WHERE partner IS NOT NULL ORDER BY authority_id, staff_id, recorded_at) k '
                       'WHERE k.authority_id = t.authority_id AND k.staff_id = t.recorded_by', party);
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', party);
        EXECUTE format('CREATE INDEX ON %I (authority_id, recorded_for, id) WHERE recorded_for IS NOT NULL', party);
    END LOOP;
END $$;

-- A strong identifier that a restricted person has may be given to another record: a refusal would tell of them. The
-- newcomer is contested, as two records of one number are that came before that was forbidden.
CREATE FUNCTION hidden_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.to_version IS NULL AND EXISTS (
        SELECT FROM person_identifier i JOIN person p ON p.authority_id = i.authority_id AND p.id = i.person_id
        WHERE i.authority_id = NEW.authority_id AND i.kind = NEW.kind AND i.canonical = canonical_identifier(NEW.kind, NEW.value)
              AND i.to_version IS NULL AND i.person_id <> NEW.person_id AND p.restricted AND NOT p.voided) THEN
        NEW.contested := true;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hidden_holder BEFORE INSERT ON person_identifier FOR EACH ROW EXECUTE FUNCTION hidden_holder();
