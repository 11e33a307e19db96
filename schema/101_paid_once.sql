-- What a scheme pays once: the premises, the business or the person of a period, by the key that its version publishes.
-- The database finds the key itself, so that no writer can leave it out, and an index keeps it. Schemes that exclude
-- each other share a group, of which the same premises or payee get one award. Schemes may pay households.

ALTER TABLE scheme DROP CONSTRAINT scheme_kind_check,
    ADD CONSTRAINT scheme_kind_check CHECK (kind IN ('business', 'community', 'household'));

ALTER TABLE application ADD person_id uuid, DROP CONSTRAINT application_check,
    ADD CONSTRAINT application_one_party CHECK (num_nonnulls(business_id, organisation_id, person_id) = 1),
    ADD FOREIGN KEY (authority_id, person_id) REFERENCES person (authority_id, id);
ALTER TABLE award ADD person_id uuid, ADD holder_id uuid, ADD exclusion_group text, ADD excluded_id uuid,
    ADD FOREIGN KEY (authority_id, person_id) REFERENCES person (authority_id, id),
    ADD CHECK (length(exclusion_group) BETWEEN 1 AND 60),
    ADD CONSTRAINT award_excluded_whom CHECK ((exclusion_group IS NULL) = (excluded_id IS NULL));
ALTER TABLE payment ADD person_id uuid, DROP CONSTRAINT payment_kind_check,
    ADD CONSTRAINT payment_kind_check CHECK (kind IN ('business', 'community', 'household')),
    ADD FOREIGN KEY (authority_id, person_id) REFERENCES person (authority_id, id);
CREATE INDEX ON application (authority_id, person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX ON award (authority_id, person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX ON payment (authority_id, person_id, id) WHERE person_id IS NOT NULL;

-- A party that was merged counts as the one it was merged into.
CREATE FUNCTION key_of_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ever CONSTANT bigint := 9223372036854775807;
    terms scheme_version;
    party uuid := root_of(NEW.authority_id, coalesce(NEW.business_id, NEW.organisation_id, NEW.person_id), ever);
BEGIN
    SELECT * INTO terms FROM scheme_version v WHERE v.authority_id = NEW.authority_id AND v.id = NEW.scheme_version_id;
    NEW.holder_id := CASE terms.uniqueness_key WHEN 'premises' THEN coalesce(NEW.premises_id, party) ELSE party END;
    NEW.exclusion_group := nullif(terms.exclusion_group, '');
    NEW.excluded_id := CASE WHEN NEW.exclusion_group IS NOT NULL THEN coalesce(NEW.premises_id, party) END;
    RETURN NEW;
END $$;

ALTER TABLE award DISABLE TRIGGER guard;
UPDATE award SET holder_id = coalesce(premises_id, business_id, organisation_id);
ALTER TABLE award ENABLE TRIGGER guard, ALTER holder_id SET NOT NULL;
CREATE TRIGGER key_of_award BEFORE INSERT ON award FOR EACH ROW EXECUTE FUNCTION key_of_award();
CREATE UNIQUE INDEX award_holder ON award (authority_id, scheme, period, holder_id) WHERE state = 'awarded' AND NOT voided;
CREATE UNIQUE INDEX award_excluded ON award (authority_id, exclusion_group, excluded_id)
    WHERE exclusion_group IS NOT NULL AND state = 'awarded' AND NOT voided;
DROP INDEX award_premises;
DROP INDEX award_payee;

-- What an award is of does not change: it is cancelled, and another made.
CREATE FUNCTION guard_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.scheme, NEW.scheme_version_id, NEW.period, NEW.business_id, NEW.organisation_id, NEW.person_id, NEW.premises_id,
        NEW.holder_id, NEW.exclusion_group, NEW.excluded_id)
       IS DISTINCT FROM
       (OLD.scheme, OLD.scheme_version_id, OLD.period, OLD.business_id, OLD.organisation_id, OLD.person_id, OLD.premises_id,
        OLD.holder_id, OLD.exclusion_group, OLD.excluded_id) THEN
        RAISE EXCEPTION 'an award stays with what it was made for' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_key BEFORE UPDATE ON award FOR EACH ROW EXECUTE FUNCTION guard_key();

-- Grants to households count too.
INSERT INTO measure (code, unit, subject) VALUES ('household_grant_paid', 'pence', 'person');
DO $$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW recount AS ' || rtrim(pg_get_viewdef('recount'::regclass), ';') || '
UNION ALL
    SELECT authority_id, ''household_grant_paid'', amount_pence::bigint, person_id,
           jsonb_strip_nulls(jsonb_build_object(''scheme'', scheme, ''ward'', ward)), entry_day, ''payment'', id
    FROM payment WHERE person_id IS NOT NULL AND entry_day IS NOT NULL AND NOT voided
UNION ALL
    SELECT authority_id, ''household_grant_paid'', -amount_pence::bigint, person_id,
           jsonb_strip_nulls(jsonb_build_object(''scheme'', scheme, ''ward'', ward)), returned_on, ''payment'', id
    FROM payment WHERE person_id IS NOT NULL AND returned_on IS NOT NULL AND NOT voided';
END $$;
