-- One grant, one payment, one payee: what a scheme pays once is found through merges and through every spelling of a
-- property's number, whenever an award is made and once more whenever it is paid.

-- One form for each spelling of an identifier; what was typed is kept beside it.
CREATE FUNCTION canonical_identifier(kind text, value text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE kind
        WHEN 'uprn' THEN ltrim(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'), '0')
        WHEN 'company_number' THEN
            CASE WHEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')) ~ '^[0-9]{1,8}$'
                 THEN lpad(regexp_replace(value, '[^0-9]', '', 'g'), 8, '0')
                 WHEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')) ~ '^[A-Z][A-Z0-9][0-9]{1,6}$'
                 THEN upper(substr(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'), 1, 2)) ||
                      lpad(substr(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'), 3), 6, '0')
                 ELSE upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')) END
        WHEN 'vat_number' THEN regexp_replace(upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')), '^GB', '')
        WHEN 'charity_number' THEN ltrim(upper(regexp_replace(value, '[^0-9A-Za-z-]', '', 'g')), '0')
        WHEN 'nhs_number' THEN regexp_replace(value, '[^0-9A-Za-z]', '', 'g')
        WHEN 'rates_account' THEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'))
        WHEN 'email' THEN lower(value)
        ELSE value END;

-- Of records that had one number in two spellings the first keeps it; the others are contested, and listed.
DO $$
DECLARE
    party text;
BEGIN
    FOREACH party IN ARRAY ARRAY['organisation', 'household', 'person', 'business', 'premises'] LOOP
        EXECUTE format('ALTER TABLE %1$I ADD canonical text GENERATED ALWAYS AS (canonical_identifier(kind, value)) STORED, '
                       'ADD contested boolean NOT NULL DEFAULT false', party || '_identifier');
        EXECUTE format('CREATE INDEX ON %I (authority_id, kind, canonical)', party || '_identifier');
        CONTINUE WHEN party = 'household';  -- several live at one address
        EXECUTE format('UPDATE %1$I i SET contested = true FROM (SELECT authority_id, %2$I, position, row_number() OVER ('
                       'PARTITION BY authority_id, kind, canonical ORDER BY %2$I, position) AS place FROM %1$I '
                       'WHERE to_version IS NULL AND kind IN (''company_number'', ''charity_number'', ''vat_number'', ''uprn'', '
                       '''rates_account'', ''nhs_number'')) same WHERE i.authority_id = same.authority_id '
                       'AND i.%2$I = same.%2$I AND i.position = same.position AND same.place > 1',
                       party || '_identifier', party || '_id');
        EXECUTE format('INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference) '
                       'SELECT DISTINCT r.authority_id, 111, ''another record has the same '' || i.kind, %1$L, r.id, r.reference '
                       'FROM %2$I i JOIN %1$I r ON r.authority_id = i.authority_id AND r.id = i.%3$I WHERE i.contested',
                       party, party || '_identifier', party || '_id');
        EXECUTE format('DROP INDEX %I', party || '_identifier_strong');
        EXECUTE format('CREATE UNIQUE INDEX %I ON %I (authority_id, kind, canonical) WHERE to_version IS NULL AND NOT contested '
                       'AND kind IN (''company_number'', ''charity_number'', ''vat_number'', ''uprn'', ''rates_account'', '
                       '''nhs_number'')', party || '_identifier_strong', party || '_identifier');
    END LOOP;
END $$;

-- The records of the same property: the premises, and whatever has or had at its end one of its numbers.
CREATE FUNCTION same_premises(authority text, asked uuid) RETURNS SETOF uuid LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT asked WHERE asked IS NOT NULL
    UNION
    SELECT there.premises_id FROM premises_identifier here
    JOIN premises_identifier there ON there.authority_id = here.authority_id AND there.kind = here.kind
         AND there.canonical = here.canonical
    JOIN premises p ON p.authority_id = there.authority_id AND p.id = there.premises_id
    WHERE here.authority_id = authority AND here.premises_id = asked AND here.kind = 'uprn' AND here.to_version IS NULL
          AND (there.to_version IS NULL OR (p.voided AND there.to_version = p.version - 1));
END;

-- Whoever makes an award of a party or a property, or pays one, waits here for others who do; merges wait too. In one
-- order, so that no two wait for each other.
CREATE FUNCTION hold_payee(authority text, party uuid, premises uuid) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    key text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7464, hashtext(authority));
    FOR key IN
        SELECT DISTINCT k FROM (
            SELECT root_of(authority, party, 9223372036854775807)::text
            UNION ALL SELECT premises::text
            UNION ALL SELECT 'uprn ' || i.canonical FROM premises_identifier i
            WHERE i.authority_id = authority AND i.premises_id = premises AND i.kind = 'uprn' AND i.to_version IS NULL) keys(k)
        WHERE k IS NOT NULL ORDER BY k
    LOOP
        PERFORM pg_advisory_xact_lock(7468, hashtext(authority || ' ' || key));
    END LOOP;
END $$;

-- The live awards that stand in the way of another one for this party and property: of the same scheme and period by what
-- the scheme pays once, or of a scheme that excludes it (`excludes`). Where one of two names no premises, the party decides.
CREATE FUNCTION rival_awards(authority text, of_scheme text, terms uuid, of_period text, party uuid, premises uuid,
                             itself uuid)
RETURNS TABLE (id uuid, reference text, excludes boolean) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    ever CONSTANT bigint := 9223372036854775807;
    parties uuid[] := ARRAY(SELECT members_of(authority, root_of(authority, party, ever), ever));
    properties uuid[] := ARRAY(SELECT same_premises(authority, premises));
    by_premises boolean;
    exclusion text;
BEGIN
    SELECT v.uniqueness_key = 'premises', nullif(v.exclusion_group, '') INTO by_premises, exclusion
    FROM scheme_version v WHERE v.authority_id = authority AND v.id = terms;
    RETURN QUERY
    SELECT w.id, w.reference, NOT (w.scheme = of_scheme AND w.period = of_period)
    FROM award w
    CROSS JOIN LATERAL (SELECT w.premises_id = ANY (properties) AS property,
                               coalesce(w.business_id, w.organisation_id, w.person_id) = ANY (parties) AS payee,
                               premises IS NULL OR w.premises_id IS NULL AS without) same
    WHERE w.authority_id = authority AND w.id IS DISTINCT FROM itself AND w.state = 'awarded' AND NOT w.voided
      AND (w.business_id = ANY (parties) OR w.organisation_id = ANY (parties) OR w.person_id = ANY (parties)
           OR w.premises_id = ANY (properties))
      AND ((w.scheme = of_scheme AND w.period = of_period
            AND CASE WHEN by_premises THEN same.property IS TRUE OR (same.payee AND same.without) ELSE same.payee END)
           OR (w.exclusion_group = exclusion AND (same.property IS TRUE OR (same.payee AND same.without))))
    ORDER BY 3, 2;
END $$;

CREATE FUNCTION award_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    party uuid := coalesce(NEW.business_id, NEW.organisation_id, NEW.person_id);
    rival record;
BEGIN
    PERFORM hold_payee(NEW.authority_id, party, NEW.premises_id);
    SELECT * INTO rival FROM rival_awards(NEW.authority_id, NEW.scheme, NEW.scheme_version_id, NEW.period, party,
                                          NEW.premises_id, NEW.id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'another award stands: constraint "%"', CASE WHEN rival.excludes THEN 'award_excluded' ELSE 'award_holder' END
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER once BEFORE INSERT ON award FOR EACH ROW EXECUTE FUNCTION award_once();

-- Two awards of one party may come to light by a merge after they were made: then one of them is paid.
CREATE FUNCTION payment_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    w award;
    party uuid;
BEGIN
    IF NEW.voided OR NEW.state NOT IN ('instructed', 'settled') OR (TG_OP = 'UPDATE' AND NOT OLD.voided) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO w FROM award a WHERE a.authority_id = NEW.authority_id AND a.id = NEW.award_id;
    party := coalesce(w.business_id, w.organisation_id, w.person_id);
    PERFORM hold_payee(NEW.authority_id, party, w.premises_id);
    IF EXISTS (SELECT FROM rival_awards(w.authority_id, w.scheme, w.scheme_version_id, w.period, party, w.premises_id, w.id) r
               JOIN payment p ON p.authority_id = w.authority_id AND p.award_id = r.id
               WHERE p.state IN ('instructed', 'settled') AND NOT p.voided) THEN
        RAISE EXCEPTION 'another award of the same is paid: constraint "payment_once"' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER once BEFORE INSERT OR UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION payment_once();

INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference)
SELECT w.authority_id, 111, 'another live award is for the same, ' || min(r.reference), 'award', w.id, w.reference
FROM award w CROSS JOIN LATERAL rival_awards(w.authority_id, w.scheme, w.scheme_version_id, w.period,
    coalesce(w.business_id, w.organisation_id, w.person_id), w.premises_id, w.id) r
WHERE w.state = 'awarded' AND NOT w.voided GROUP BY w.authority_id, w.id, w.reference;
