-- Parties: organisations, households, people, businesses, premises.
-- Columns are the fields of the noun in domain/ (a dot becomes an underscore); a test holds the two together.

CREATE TABLE organisation (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    code text CHECK (length(code) BETWEEN 2 AND 60),
    kind text NOT NULL CHECK (kind IN ('voluntary_group', 'school', 'care_home', 'partner', 'other')),
    address text CHECK (length(address) BETWEEN 0 AND 300),
    postcode text CHECK (is_postcode(postcode)),
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    email text CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(email) <= 254),
    phone text CHECK (phone ~ '^[0-9+]{8,16}$'),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON organisation (authority_id, code, id) WHERE code IS NOT NULL;
CREATE INDEX ON organisation (authority_id, kind, id);
CREATE INDEX ON organisation (authority_id, postcode, id) WHERE postcode IS NOT NULL;
CREATE INDEX ON organisation (authority_id, ward, id) WHERE ward IS NOT NULL;
CREATE TABLE organisation_identifier (
    authority_id text NOT NULL,
    organisation_id uuid NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number',
            'email', 'phone', 'urn', 'other')),
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 254),
    source text CHECK (length(source) BETWEEN 0 AND 60),
    PRIMARY KEY (authority_id, organisation_id, position),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id)
);
CREATE TRIGGER guard BEFORE UPDATE ON organisation FOR EACH ROW EXECUTE FUNCTION guard_record();

-- Strong identifiers belong to one record of a kind only.
CREATE UNIQUE INDEX organisation_identifier_strong ON organisation_identifier (authority_id, kind, value)
    WHERE kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number');
CREATE INDEX ON organisation_identifier (authority_id, value);
CREATE UNIQUE INDEX organisation_code ON organisation (authority_id, code);

CREATE TABLE household (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    address text NOT NULL CHECK (length(address) BETWEEN 1 AND 300),
    postcode text NOT NULL CHECK (is_postcode(postcode)),
    ward text NOT NULL CHECK (length(ward) BETWEEN 1 AND 60),
    people integer NOT NULL CHECK (people BETWEEN 1 AND 30),
    children integer CHECK (children BETWEEN 0 AND 25),
    phone text CHECK (phone ~ '^[0-9+]{8,16}$'),
    email text CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(email) <= 254),
    access_note text CHECK (length(access_note) BETWEEN 0 AND 500),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON household (authority_id, postcode, id);
CREATE INDEX ON household (authority_id, ward, id);
CREATE TRIGGER guard BEFORE UPDATE ON household FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE person (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    born_on date,
    address text CHECK (length(address) BETWEEN 0 AND 300),
    postcode text CHECK (is_postcode(postcode)),
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    phone text CHECK (phone ~ '^[0-9+]{8,16}$'),
    email text CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(email) <= 254),
    household_id uuid,
    safe_contact text CHECK (length(safe_contact) BETWEEN 0 AND 300),
    restricted boolean NOT NULL,
    died_on date,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, household_id) REFERENCES household (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON person (authority_id, postcode, id) WHERE postcode IS NOT NULL;
CREATE INDEX ON person (authority_id, ward, id) WHERE ward IS NOT NULL;
CREATE INDEX ON person (authority_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX ON person (authority_id, household_id, id) WHERE household_id IS NOT NULL;
CREATE TABLE person_identifier (
    authority_id text NOT NULL,
    person_id uuid NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number',
            'email', 'phone', 'urn', 'other')),
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 254),
    source text CHECK (length(source) BETWEEN 0 AND 60),
    PRIMARY KEY (authority_id, person_id, position),
    FOREIGN KEY (authority_id, person_id) REFERENCES person (authority_id, id)
);
CREATE TRIGGER guard BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION guard_record();

-- Strong identifiers belong to one record of a kind only.
CREATE UNIQUE INDEX person_identifier_strong ON person_identifier (authority_id, kind, value)
    WHERE kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number');
CREATE INDEX ON person_identifier (authority_id, value);

CREATE TABLE business (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    trading_as text CHECK (length(trading_as) BETWEEN 0 AND 200),
    legal_form text NOT NULL
        CHECK (legal_form IN ('company', 'sole_trader', 'partnership', 'charity', 'co_operative', 'other')),
    address text CHECK (length(address) BETWEEN 0 AND 300),
    postcode text CHECK (is_postcode(postcode)),
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    email text CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(email) <= 254),
    phone text CHECK (phone ~ '^[0-9+]{8,16}$'),
    employees integer CHECK (employees BETWEEN 0 AND 1000000),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON business (authority_id, legal_form, id);
CREATE INDEX ON business (authority_id, postcode, id) WHERE postcode IS NOT NULL;
CREATE INDEX ON business (authority_id, ward, id) WHERE ward IS NOT NULL;
CREATE TABLE business_identifier (
    authority_id text NOT NULL,
    business_id uuid NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number',
            'email', 'phone', 'urn', 'other')),
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 254),
    source text CHECK (length(source) BETWEEN 0 AND 60),
    PRIMARY KEY (authority_id, business_id, position),
    FOREIGN KEY (authority_id, business_id) REFERENCES business (authority_id, id)
);
CREATE TRIGGER guard BEFORE UPDATE ON business FOR EACH ROW EXECUTE FUNCTION guard_record();

-- Strong identifiers belong to one record of a kind only.
CREATE UNIQUE INDEX business_identifier_strong ON business_identifier (authority_id, kind, value)
    WHERE kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number');
CREATE INDEX ON business_identifier (authority_id, value);

CREATE TABLE premises (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    business_id uuid NOT NULL,
    address text NOT NULL CHECK (length(address) BETWEEN 1 AND 300),
    postcode text NOT NULL CHECK (is_postcode(postcode)),
    ward text NOT NULL CHECK (length(ward) BETWEEN 1 AND 60),
    use text NOT NULL
        CHECK (use IN ('retail', 'hospitality', 'leisure', 'office', 'industrial', 'market_stall', 'other')),
    rateable_value_pence pence CHECK (rateable_value_pence >= 0),
    reliefs text[] CHECK (reliefs <@ ARRAY['small_business', 'rural', 'expanded_retail', 'charitable']),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, business_id) REFERENCES business (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON premises (authority_id, business_id, id);
CREATE INDEX ON premises (authority_id, postcode, id);
CREATE INDEX ON premises (authority_id, ward, id);
CREATE TABLE premises_identifier (
    authority_id text NOT NULL,
    premises_id uuid NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number',
            'email', 'phone', 'urn', 'other')),
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 254),
    source text CHECK (length(source) BETWEEN 0 AND 60),
    PRIMARY KEY (authority_id, premises_id, position),
    FOREIGN KEY (authority_id, premises_id) REFERENCES premises (authority_id, id)
);
CREATE TRIGGER guard BEFORE UPDATE ON premises FOR EACH ROW EXECUTE FUNCTION guard_record();

-- Strong identifiers belong to one record of a kind only.
CREATE UNIQUE INDEX premises_identifier_strong ON premises_identifier (authority_id, kind, value)
    WHERE kind IN ('company_number', 'charity_number', 'vat_number', 'uprn', 'rates_account', 'nhs_number');
CREATE INDEX ON premises_identifier (authority_id, value);
