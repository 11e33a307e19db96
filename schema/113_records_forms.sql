-- Codes, numbers and names have one form each, by which they are compared, found and unique, whatever was typed. The
-- same forms as domain/form.cpp; a test compares the two. Rows that came before keep their spelling; the second of two
-- that have one form is listed.

CREATE FUNCTION canonical_form(form text, value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE form
        WHEN 'code' THEN trim(BOTH '-' FROM regexp_replace(lower(value COLLATE "C"), '[\s_\u2010-\u2015-]+', '-', 'g'))
        WHEN 'tag' THEN regexp_replace(upper(value COLLATE "C"), '[\s_\u2010-\u2015-]+', '', 'g')
        WHEN 'account' THEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'))
        WHEN 'ward' THEN trim(regexp_replace(replace(lower(value), '&', ' and '), '[^[:alnum:]]+', ' ', 'g'))
        ELSE value END;

CREATE OR REPLACE FUNCTION canonical_identifier(kind text, value text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE kind
        WHEN 'uprn' THEN ltrim(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'), '0')
        WHEN 'company_number' THEN
            CASE WHEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')) ~ '^[0-9]{1,8}$'
                 THEN lpad(regexp_replace(value, '[^0-9]', '', 'g'), 8, '0')
                 WHEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')) ~ '^[A-Z][A-Z0-9][0-9]{1,6}$'
                 THEN upper(substr(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'), 1, 2)) ||
                      lpad(substr(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'), 3), 6, '0')
                 ELSE upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')) END
        WHEN 'vat_number' THEN regexp_replace(upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g')), '^(GB|XI)', '')
        WHEN 'charity_number' THEN
            ltrim(regexp_replace(upper(regexp_replace(value, '[^0-9A-Za-z-]', '', 'g')), '^SCO', 'SC0'), '0')
        WHEN 'nhs_number' THEN regexp_replace(value, '[^0-9A-Za-z]', '', 'g')
        WHEN 'rates_account' THEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'))
        WHEN 'urn' THEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'))
        WHEN 'email' THEN lower(value)
        WHEN 'phone' THEN regexp_replace(regexp_replace(regexp_replace(lower(value),
            '\s*\.?\s*(extension|extn|ext|x|#)[.: ]*([0-9]+)$', 'x\2'), '[^0-9x+]', '', 'g'),
            '^(\+|00)?44(0?)([0-9]{9,10})(x|$)', '0\3\4')
        ELSE value END;

-- Rows whose form is another one by now get it; of several strong ones that come to share it the first keeps it.
DO $$
DECLARE
    party text;
BEGIN
    FOREACH party IN ARRAY ARRAY['organisation', 'household', 'person', 'business', 'premises'] LOOP
        IF party <> 'household' THEN
            EXECUTE format('WITH placed AS (SELECT authority_id, %2$I AS id, position, row_number() OVER (PARTITION BY '
                'authority_id, kind, canonical_identifier(kind, value) ORDER BY contested, %2$I, position) AS place FROM %1$I '
                'WHERE to_version IS NULL AND kind IN (''charity_number'', ''vat_number'')), '
                'mended AS (UPDATE %1$I i SET contested = true FROM placed p WHERE i.authority_id = p.authority_id AND '
                'i.%2$I = p.id AND i.position = p.position AND p.place > 1 AND NOT i.contested RETURNING i.*) '
                'INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference) '
                'SELECT DISTINCT r.authority_id, 113, ''another record has the same '' || m.kind, %3$L, r.id, r.reference '
                'FROM mended m JOIN %3$I r ON r.authority_id = m.authority_id AND r.id = m.%2$I',
                party || '_identifier', party || '_id', party);
        END IF;
        EXECUTE format('UPDATE %I SET kind = kind WHERE canonical <> canonical_identifier(kind, value)', party || '_identifier');
    END LOOP;
END $$;

-- Published codes. New ones come in their form, and are nobody's who came before in another spelling.
CREATE FUNCTION code_in_form() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    code CONSTANT text := to_jsonb(NEW) ->> TG_ARGV[0];
    taken boolean;
BEGIN
    IF code IS NULL THEN
        RETURN NEW;
    END IF;
    IF code <> canonical_form(TG_ARGV[1], code) THEN
        RAISE EXCEPTION 'a code in another spelling than its form: constraint "%_form"', TG_TABLE_NAME
            USING ERRCODE = 'check_violation';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I t WHERE t.authority_id = $1 AND canonical_form(%L, t.%I) = $2)',
                   TG_TABLE_NAME, TG_ARGV[1], TG_ARGV[0]) INTO taken USING NEW.authority_id, code;
    IF taken THEN
        RAISE EXCEPTION 'there in another spelling: constraint "%_form"', TG_TABLE_NAME USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE
    coded record;
BEGIN
    FOR coded IN SELECT * FROM (VALUES ('organisation', 'code', 'code'), ('scheme', 'code', 'code'), ('ppe_item', 'code', 'code'),
                                       ('council_tax_account', 'account_reference', 'account')) AS x(noun, field, form) LOOP
        EXECUTE format('CREATE INDEX %I ON %I (authority_id, canonical_form(%L, %I)) WHERE %4$I IS NOT NULL',
                       coded.noun || '_in_form', coded.noun, coded.form, coded.field);
        EXECUTE format('CREATE TRIGGER code_in_form BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION code_in_form(%L, %L)',
                       coded.noun, coded.field, coded.form);
        EXECUTE format('INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference) '
                       'SELECT t.authority_id, 113, ''another record has this code in another spelling'', %L, t.id, t.reference '
                       'FROM (SELECT *, row_number() OVER (PARTITION BY authority_id, canonical_form(%L, %I) ORDER BY recorded_at, id) '
                       'AS place FROM %1$I WHERE %3$I IS NOT NULL AND NOT voided) t WHERE place > 1', coded.noun, coded.form, coded.field);
    END LOOP;
END $$;

-- What others issued is kept as it was typed, and is unique by its form.
ALTER TABLE device ADD contested boolean NOT NULL DEFAULT false;
ALTER TABLE external_funding ADD contested boolean NOT NULL DEFAULT false;
DO $$
DECLARE
    kept record;
BEGIN
    FOR kept IN SELECT * FROM (VALUES
        ('device', 'device_tag', 'canonical_form(''tag'', asset_tag)', 'another device has this asset tag'),
        ('external_funding', 'external_funding_bid', 'canonical_form(''tag'', funder), canonical_form(''tag'', bid_reference)',
         'another record has this bid')) AS x(noun, index, form, rule) LOOP
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER guard', kept.noun);  -- what is found is no version of the record
        EXECUTE format('WITH placed AS (SELECT authority_id, id, row_number() OVER (PARTITION BY authority_id, %2$s '
            'ORDER BY recorded_at, id) AS place FROM %1$I WHERE NOT voided AND (%1$L = ''device'' OR to_jsonb(%1$I) ->> '
            '''bid_reference'' IS NOT NULL)), '
            'marked AS (UPDATE %1$I t SET contested = true FROM placed p WHERE p.authority_id = t.authority_id AND p.id = t.id '
            'AND p.place > 1 RETURNING t.*) '
            'INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference) '
            'SELECT authority_id, 113, %3$L, %1$L, id, reference FROM marked', kept.noun, kept.form, kept.rule);
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER guard', kept.noun);
        EXECUTE format('DROP INDEX %I', kept.index);
        EXECUTE format('CREATE UNIQUE INDEX %I ON %I (authority_id, %s) WHERE NOT voided AND NOT contested',
                       kept.index, kept.noun, kept.form);
    END LOOP;
END $$;
CREATE INDEX ON device (authority_id, canonical_form('tag', asset_tag), id);
CREATE INDEX ON external_funding (authority_id, canonical_form('tag', funder), id);

-- A ward has the spelling that the imported list gives it, or else whoever named it first.
CREATE TABLE ward_name (
    authority_id text NOT NULL REFERENCES authority,
    form text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    PRIMARY KEY (authority_id, form)
);
GRANT SELECT ON ward_name TO tideover_app;
INSERT INTO ward_name SELECT authority_id, canonical_form('ward', ward), min(ward) FROM postcode_ward GROUP BY 1, 2;
DO $$
DECLARE
    noun text;
BEGIN
    FOREACH noun IN ARRAY ARRAY['organisation', 'household', 'person', 'business', 'premises', 'council_tax_account',
                                'mutual_aid_group'] LOOP
        EXECUTE format('INSERT INTO ward_name SELECT DISTINCT ON (authority_id, canonical_form(''ward'', ward)) authority_id, '
                       'canonical_form(''ward'', ward), ward FROM %I WHERE ward <> '''' GROUP BY authority_id, ward '
                       'ORDER BY authority_id, canonical_form(''ward'', ward), count(*) DESC, ward ON CONFLICT DO NOTHING', noun);
        EXECUTE format('INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference) '
                       'SELECT t.authority_id, 113, ''its ward is '' || t.ward || '', elsewhere '' || n.name, %1$L, t.id, t.reference '
                       'FROM %1$I t JOIN ward_name n ON n.authority_id = t.authority_id AND n.form = canonical_form(''ward'', t.ward) '
                       'WHERE n.name <> t.ward AND NOT t.voided', noun);
    END LOOP;
END $$;

-- The spelling in which a ward is known; what nobody named before is known from now on.
CREATE FUNCTION ward_named(authority text, said text) RETURNS text LANGUAGE plpgsql VOLATILE STRICT
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    its_form CONSTANT text := canonical_form('ward', said);
    known text;
BEGIN
    SELECT name INTO known FROM ward_name w WHERE w.authority_id = authority AND w.form = its_form;
    IF known IS NULL AND its_form <> '' THEN
        INSERT INTO ward_name VALUES (authority, its_form, said) ON CONFLICT DO NOTHING;
        SELECT name INTO known FROM ward_name w WHERE w.authority_id = authority AND w.form = its_form;
    END IF;
    RETURN coalesce(known, said);
END $$;

-- Awards of one period in two spellings are of one period.
CREATE OR REPLACE FUNCTION rival_awards(authority text, of_scheme text, terms uuid, of_period text, party uuid, premises uuid,
                             itself uuid)
RETURNS TABLE (id uuid, reference text, excludes boolean) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    ever CONSTANT bigint := 9223372036854775807;
    parties uuid[] := ARRAY(SELECT members_of(authority, root_of(authority, party, ever), ever));
    properties uuid[] := ARRAY(SELECT same_premises(authority, premises));
    its_period CONSTANT text := canonical_form('code', of_period);
    by_premises boolean;
    exclusion text;
BEGIN
    SELECT v.uniqueness_key = 'premises', nullif(v.exclusion_group, '') INTO by_premises, exclusion
    FROM scheme_version v WHERE v.authority_id = authority AND v.id = terms;
    RETURN QUERY
    SELECT w.id, w.reference, NOT (w.scheme = of_scheme AND canonical_form('code', w.period) = its_period)
    FROM award w
    CROSS JOIN LATERAL (SELECT w.premises_id = ANY (properties) AS property,
                               coalesce(w.business_id, w.organisation_id, w.person_id) = ANY (parties) AS payee,
                               premises IS NULL OR w.premises_id IS NULL AS without) same
    WHERE w.authority_id = authority AND w.id IS DISTINCT FROM itself AND w.state = 'awarded' AND NOT w.voided
      AND (w.business_id = ANY (parties) OR w.organisation_id = ANY (parties) OR w.person_id = ANY (parties)
           OR w.premises_id = ANY (properties))
      AND ((w.scheme = of_scheme AND canonical_form('code', w.period) = its_period
            AND CASE WHEN by_premises THEN same.property IS TRUE OR (same.payee AND same.without) ELSE same.payee END)
           OR (w.exclusion_group = exclusion AND (same.property IS TRUE OR (same.payee AND same.without))))
    ORDER BY 3, 2;
END $$;

-- Telephone numbers: short ones, those abroad, extensions, and that there is none to be had.
DO $$
DECLARE
    phone record;
BEGIN
    FOR phone IN SELECT * FROM (VALUES ('organisation', 'phone'), ('household', 'phone'), ('person', 'phone'), ('business', 'phone'),
                                       ('call', 'caller_phone'), ('mutual_aid_group', 'contact_phone')) AS x(noun, field) LOOP
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', phone.noun, phone.noun || '_' || phone.field || '_check');
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (%I ~ ''^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'')',
                       phone.noun, phone.noun || '_' || phone.field || '_check', phone.field);
    END LOOP;
END $$;

-- Council Tax accounts are merged like other parties: one ratepayer's account that was recorded twice.
ALTER TABLE merge DROP CONSTRAINT merge_kind_check,
    ADD CONSTRAINT merge_kind_check CHECK (kind IN ('person', 'household', 'business', 'organisation', 'council_tax_account'));
