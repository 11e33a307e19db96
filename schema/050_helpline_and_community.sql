-- Calls, mutual aid groups, volunteers, and merges of parties.
-- Columns are the fields of the noun in domain/ (a dot becomes an underscore); a test holds the two together.

CREATE TABLE call (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    line text NOT NULL CHECK (line IN ('coronavirus', 'business_support', 'customer_services')),
    counterparty text NOT NULL CHECK (counterparty IN ('resident', 'business', 'partner', 'professional')),
    purpose text CHECK (purpose IN ('help_request', 'welfare', 'callback', 'enquiry', 'other')),
    started_at timestamptz NOT NULL,
    duration_s integer CHECK (duration_s BETWEEN 0 AND 86400),
    caller_name text CHECK (length(caller_name) BETWEEN 0 AND 200),
    caller_phone text CHECK (caller_phone ~ '^[0-9+]{8,16}$'),
    caller_postcode text CHECK (is_postcode(caller_postcode)),
    person_id uuid,
    reasons text[]
        CHECK (reasons <@ ARRAY['food', 'supermarket_slot', 'medicine', 'isolation', 'money', 'housing',
            'employment', 'health', 'mental_health', 'internet', 'council_tax', 'business_grant', 'volunteering',
            'something_else']),
    vulnerability_basis text CHECK (vulnerability_basis IN ('vulnerable', 'shielding')),
    outcome text NOT NULL
        CHECK (outcome IN ('referred', 'advice_given', 'resolved', 'callback_arranged', 'rescheduled',
            'refused_to_engage', 'abandoned', 'no_answer', 'voicemail', 'wrong_number', 'line_engaged')),
    note text CHECK (length(note) BETWEEN 0 AND 4000),
    answered boolean NOT NULL,
    happened_on date,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, person_id) REFERENCES person (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON call (authority_id, person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX ON call (authority_id, outcome, id);
CREATE INDEX ON call (authority_id, happened_on, id) WHERE happened_on IS NOT NULL;
CREATE TRIGGER guard BEFORE UPDATE ON call FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE mutual_aid_group (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'registered',
    name text NOT NULL CHECK (length(name) BETWEEN 2 AND 200),
    established_on date NOT NULL,
    ward text NOT NULL CHECK (length(ward) BETWEEN 1 AND 60),
    area text CHECK (length(area) BETWEEN 0 AND 200),
    contact_name text CHECK (length(contact_name) BETWEEN 0 AND 200),
    contact_phone text CHECK (contact_phone ~ '^[0-9+]{8,16}$'),
    contact_email text CHECK (contact_email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(contact_email) <= 254),
    confirmed_on date,
    closed_on date,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON mutual_aid_group (authority_id, state, id);
CREATE INDEX ON mutual_aid_group (authority_id, established_on, id);
CREATE INDEX ON mutual_aid_group (authority_id, ward, id);
INSERT INTO lifecycle_move VALUES
    ('mutual_aid_group', 'registered', 'confirm', 'active'),
    ('mutual_aid_group', 'active', 'close', 'closed'),
    ('mutual_aid_group', 'registered', 'close', 'closed');
CREATE TRIGGER guard BEFORE UPDATE ON mutual_aid_group FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE volunteer (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'registered',
    person_id uuid NOT NULL,
    registered_on date NOT NULL,
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    skills text CHECK (length(skills) BETWEEN 0 AND 500),
    list text,
    left_on date,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, person_id) REFERENCES person (authority_id, id),
    FOREIGN KEY (authority_id, list) REFERENCES organisation (authority_id, code),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON volunteer (authority_id, state, id);
CREATE INDEX ON volunteer (authority_id, person_id, id);
CREATE INDEX ON volunteer (authority_id, registered_on, id);
CREATE INDEX ON volunteer (authority_id, list, id) WHERE list IS NOT NULL;
INSERT INTO lifecycle_move VALUES
    ('volunteer', 'registered', 'leave', 'left');
CREATE TRIGGER guard BEFORE UPDATE ON volunteer FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE UNIQUE INDEX volunteer_person ON volunteer (authority_id, person_id, list) WHERE state = 'registered' AND NOT voided;

CREATE TABLE merge (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'merged',
    kind text NOT NULL CHECK (kind IN ('person', 'household', 'business', 'organisation')),
    from_id uuid NOT NULL,
    into_id uuid NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 500),
    reversal_reason text CHECK (length(reversal_reason) BETWEEN 0 AND 500),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON merge (authority_id, state, id);
CREATE INDEX ON merge (authority_id, kind, id);
CREATE INDEX ON merge (authority_id, from_id, id);
CREATE INDEX ON merge (authority_id, into_id, id);
INSERT INTO lifecycle_move VALUES
    ('merge', 'merged', 'reverse', 'reversed');
CREATE TRIGGER guard BEFORE UPDATE ON merge FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE UNIQUE INDEX merge_from ON merge (authority_id, from_id) WHERE state = 'merged' AND NOT voided;
