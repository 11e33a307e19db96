-- Lists can be corrected: a row says from which version of its record to which it held, so what was said before stays.
-- What a row that holds no more named is free for another record.
DO $$
DECLARE
    list text;
BEGIN
    FOREACH list IN ARRAY ARRAY['organisation_identifier', 'person_identifier', 'business_identifier', 'premises_identifier',
                                'external_funding_partner'] LOOP
        EXECUTE format('ALTER TABLE %I ADD from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0), '
                       'ADD to_version integer, ADD CHECK (to_version >= from_version)', list);
        EXECUTE format('GRANT UPDATE (to_version) ON %I TO tideover_app', list);
    END LOOP;
    FOREACH list IN ARRAY ARRAY['organisation', 'person', 'business', 'premises'] LOOP
        EXECUTE format('DROP INDEX %I', list || '_identifier_strong');
        EXECUTE format('CREATE UNIQUE INDEX %I ON %I (authority_id, kind, value) WHERE to_version IS NULL AND kind IN '
                       '(''company_number'', ''charity_number'', ''vat_number'', ''uprn'', ''rates_account'', ''nhs_number'')',
                       list || '_identifier_strong', list || '_identifier');
    END LOOP;
END $$;

-- Households have identifiers like other parties; several of them may live at one UPRN.
CREATE TABLE household_identifier (
    authority_id text NOT NULL,
    household_id uuid NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number',
            'email', 'phone', 'urn', 'other')),
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 254),
    source text CHECK (length(source) BETWEEN 0 AND 60),
    from_version integer NOT NULL DEFAULT 1 CHECK (from_version > 0),
    to_version integer,
    CHECK (to_version >= from_version),
    PRIMARY KEY (authority_id, household_id, position),
    FOREIGN KEY (authority_id, household_id) REFERENCES household (authority_id, id)
);
CREATE INDEX ON household_identifier (authority_id, value);
GRANT SELECT, INSERT, UPDATE (to_version) ON household_identifier TO tideover_app;

-- A restricted person's record is open to administrators, whoever recorded it, and the case worker.
ALTER TABLE person ADD case_worker_id uuid,
    ADD FOREIGN KEY (authority_id, case_worker_id) REFERENCES staff (authority_id, id);

-- A mutual aid group belongs to the partner who registered it, as a volunteer does.
ALTER TABLE mutual_aid_group ADD list text,
    ADD FOREIGN KEY (authority_id, list) REFERENCES organisation (authority_id, code);
CREATE INDEX ON mutual_aid_group (authority_id, list, id) WHERE list IS NOT NULL;

-- What is counted was said more narrowly than it is.
UPDATE headline SET meaning = 'different people who registered on or after the first day; a person known twice counts once'
WHERE code = 'new-volunteers';
