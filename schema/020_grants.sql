-- Grants: schemes, applications, awards, payments; and money that groups secured elsewhere.
-- Columns are the fields of the noun in domain/ (a dot becomes an underscore); a test holds the two together.

CREATE TABLE scheme (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL CHECK (length(code) BETWEEN 2 AND 60),
    title text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
    kind text NOT NULL CHECK (kind IN ('business', 'community')),
    funding text NOT NULL CHECK (funding IN ('full', 'capped', 'discretionary')),
    opens_on date NOT NULL,
    closes_on date,
    allocation_pence pence CHECK (allocation_pence >= 0),
    committed_pence pence CHECK (committed_pence >= 0),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, code),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON scheme (authority_id, kind, id);
CREATE TABLE scheme_amount (
    authority_id text NOT NULL,
    scheme_id uuid NOT NULL,
    position integer NOT NULL,
    period text NOT NULL CHECK (length(period) BETWEEN 1 AND 40),
    band text NOT NULL CHECK (band IN ('any', 'small', 'medium', 'large', 'discretionary')),
    least_pence pence NOT NULL CHECK (least_pence >= 1),
    most_pence pence NOT NULL CHECK (most_pence >= 1),
    PRIMARY KEY (authority_id, scheme_id, position),
    FOREIGN KEY (authority_id, scheme_id) REFERENCES scheme (authority_id, id)
);
CREATE TRIGGER guard BEFORE UPDATE ON scheme FOR EACH ROW EXECUTE FUNCTION guard_record();

-- Never more committed than allocated: held here, under any number of approvers at once.
ALTER TABLE scheme ALTER committed_pence SET DEFAULT 0, ALTER committed_pence SET NOT NULL,
    ADD CONSTRAINT scheme_allocation
        CHECK (committed_pence BETWEEN 0 AND coalesce(allocation_pence, committed_pence)),
    ADD CHECK (closes_on >= opens_on);
ALTER TABLE scheme_amount ADD CHECK (most_pence >= least_pence);
CREATE UNIQUE INDEX scheme_amount_band ON scheme_amount (authority_id, scheme_id, period, band);

CREATE TABLE application (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'submitted',
    scheme text NOT NULL,
    period text NOT NULL CHECK (length(period) BETWEEN 1 AND 40),
    business_id uuid,
    organisation_id uuid,
    premises_id uuid,
    requested_pence pence CHECK (requested_pence >= 1),
    received_on date NOT NULL,
    channel text NOT NULL CHECK (channel IN ('portal', 'post', 'telephone', 'identified_by_council')),
    declarations text[] NOT NULL
        CHECK (declarations <@ ARRAY['meets_criteria', 'authorised_to_act', 'notify_changes',
            'within_subsidy_limit', 'not_in_difficulty', 'repay_if_error', 'share_with_government',
            'accepts_data_use']),
    payee_name text NOT NULL CHECK (length(payee_name) BETWEEN 1 AND 140),
    payee_sort_code text NOT NULL CHECK (payee_sort_code ~ '^[0-9]{6}$'),
    payee_account_number text NOT NULL CHECK (payee_account_number ~ '^[0-9]{8}$'),
    note text CHECK (length(note) BETWEEN 0 AND 4000),
    recommendation text CHECK (recommendation IN ('award', 'refuse')),
    band text CHECK (band IN ('any', 'small', 'medium', 'large', 'discretionary')),
    amount_pence pence CHECK (amount_pence >= 1),
    reason text
        CHECK (reason IN ('eligible', 'not_ratepayer', 'not_trading', 'outside_rateable_value', 'excluded_use',
            'duplicate', 'no_evidence', 'in_insolvency', 'over_subsidy_limit', 'other')),
    assessed_by uuid,
    decided_by uuid,
    decided_on date,
    withdrawn_on date,
    award_id uuid,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, scheme) REFERENCES scheme (authority_id, code),
    FOREIGN KEY (authority_id, business_id) REFERENCES business (authority_id, id),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id),
    FOREIGN KEY (authority_id, premises_id) REFERENCES premises (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON application (authority_id, state, id);
CREATE INDEX ON application (authority_id, scheme, id);
CREATE INDEX ON application (authority_id, business_id, id) WHERE business_id IS NOT NULL;
CREATE INDEX ON application (authority_id, organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX ON application (authority_id, premises_id, id) WHERE premises_id IS NOT NULL;
CREATE TABLE application_assessment (
    authority_id text NOT NULL,
    application_id uuid NOT NULL,
    position integer NOT NULL,
    recommendation text NOT NULL CHECK (recommendation IN ('award', 'refuse')),
    band text CHECK (band IN ('any', 'small', 'medium', 'large', 'discretionary')),
    amount_pence pence CHECK (amount_pence >= 1),
    reason text NOT NULL
        CHECK (reason IN ('eligible', 'not_ratepayer', 'not_trading', 'outside_rateable_value', 'excluded_use',
            'duplicate', 'no_evidence', 'in_insolvency', 'over_subsidy_limit', 'other')),
    assessment_note text CHECK (length(assessment_note) BETWEEN 0 AND 4000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, application_id, position),
    FOREIGN KEY (authority_id, application_id) REFERENCES application (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE TABLE application_decision (
    authority_id text NOT NULL,
    application_id uuid NOT NULL,
    position integer NOT NULL,
    decision text NOT NULL CHECK (decision IN ('approve', 'refuse')),
    decided_on date NOT NULL,
    reason text NOT NULL
        CHECK (reason IN ('eligible', 'not_ratepayer', 'not_trading', 'outside_rateable_value', 'excluded_use',
            'duplicate', 'no_evidence', 'in_insolvency', 'over_subsidy_limit', 'other')),
    decision_note text CHECK (length(decision_note) BETWEEN 0 AND 4000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, application_id, position),
    FOREIGN KEY (authority_id, application_id) REFERENCES application (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
INSERT INTO lifecycle_move VALUES
    ('application', 'submitted', 'assess', 'assessed'),
    ('application', 'assessed', 'assess', 'assessed'),
    ('application', 'assessed', 'approve', 'approved'),
    ('application', 'assessed', 'refuse', 'refused'),
    ('application', 'submitted', 'withdraw', 'withdrawn'),
    ('application', 'assessed', 'withdraw', 'withdrawn');
CREATE TRIGGER guard BEFORE UPDATE ON application FOR EACH ROW EXECUTE FUNCTION guard_record();

-- The business or the group; and two people, whatever the program does.
ALTER TABLE application ADD CHECK ((business_id IS NULL) <> (organisation_id IS NULL)),
    ADD CONSTRAINT application_two_people CHECK (decided_by <> assessed_by),
    ADD FOREIGN KEY (authority_id, assessed_by) REFERENCES staff (authority_id, id),
    ADD FOREIGN KEY (authority_id, decided_by) REFERENCES staff (authority_id, id);

CREATE TABLE award (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'awarded',
    application_id uuid,
    scheme text,
    period text CHECK (length(period) BETWEEN 1 AND 40),
    band text CHECK (band IN ('any', 'small', 'medium', 'large', 'discretionary')),
    business_id uuid,
    organisation_id uuid,
    premises_id uuid,
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    amount_pence pence CHECK (amount_pence >= 1),
    awarded_on date,
    cancelled_on date,
    cancellation_reason text CHECK (length(cancellation_reason) BETWEEN 0 AND 500),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, application_id) REFERENCES application (authority_id, id),
    FOREIGN KEY (authority_id, scheme) REFERENCES scheme (authority_id, code),
    FOREIGN KEY (authority_id, business_id) REFERENCES business (authority_id, id),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id),
    FOREIGN KEY (authority_id, premises_id) REFERENCES premises (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON award (authority_id, state, id);
CREATE INDEX ON award (authority_id, application_id, id) WHERE application_id IS NOT NULL;
CREATE INDEX ON award (authority_id, scheme, id) WHERE scheme IS NOT NULL;
CREATE INDEX ON award (authority_id, business_id, id) WHERE business_id IS NOT NULL;
CREATE INDEX ON award (authority_id, organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX ON award (authority_id, premises_id, id) WHERE premises_id IS NOT NULL;
INSERT INTO lifecycle_move VALUES
    ('award', 'awarded', 'cancel', 'cancelled');
CREATE TRIGGER guard BEFORE UPDATE ON award FOR EACH ROW EXECUTE FUNCTION guard_record();

-- One live award for a scheme, period and premises; where there are no premises, for the business or group.
CREATE UNIQUE INDEX award_premises ON award (authority_id, scheme, period, premises_id)
    WHERE state = 'awarded' AND premises_id IS NOT NULL AND NOT voided;
CREATE UNIQUE INDEX award_payee ON award (authority_id, scheme, period, coalesce(business_id, organisation_id))
    WHERE state = 'awarded' AND premises_id IS NULL AND NOT voided;
CREATE UNIQUE INDEX award_application ON award (authority_id, application_id) WHERE state = 'awarded' AND NOT voided;
ALTER TABLE application ADD FOREIGN KEY (authority_id, award_id) REFERENCES award (authority_id, id);

CREATE TABLE payment (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'instructed',
    award_id uuid NOT NULL,
    instructed_on date NOT NULL,
    scheme text,
    kind text CHECK (kind IN ('business', 'community')),
    business_id uuid,
    organisation_id uuid,
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    amount_pence pence CHECK (amount_pence >= 1),
    payee_name text CHECK (length(payee_name) BETWEEN 1 AND 140),
    payee_sort_code text CHECK (payee_sort_code ~ '^[0-9]{6}$'),
    payee_account_number text CHECK (payee_account_number ~ '^[0-9]{8}$'),
    entry_day date,
    rejected_on date,
    returned_on date,
    return_code text CHECK (return_code IN ('0', '2', '3', '5', 'B', 'C')),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, award_id) REFERENCES award (authority_id, id),
    FOREIGN KEY (authority_id, scheme) REFERENCES scheme (authority_id, code),
    FOREIGN KEY (authority_id, business_id) REFERENCES business (authority_id, id),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON payment (authority_id, state, id);
CREATE INDEX ON payment (authority_id, award_id, id);
CREATE INDEX ON payment (authority_id, scheme, id) WHERE scheme IS NOT NULL;
CREATE INDEX ON payment (authority_id, business_id, id) WHERE business_id IS NOT NULL;
CREATE INDEX ON payment (authority_id, organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX ON payment (authority_id, entry_day, id) WHERE entry_day IS NOT NULL;
INSERT INTO lifecycle_move VALUES
    ('payment', 'instructed', 'settle', 'settled'),
    ('payment', 'instructed', 'reject', 'rejected'),
    ('payment', 'settled', 'return', 'returned');
CREATE TRIGGER guard BEFORE UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION guard_record();

-- An award is paid by one live payment at a time.
CREATE UNIQUE INDEX payment_live ON payment (authority_id, award_id)
    WHERE state IN ('instructed', 'settled') AND NOT voided;
ALTER TABLE payment ADD CHECK (entry_day >= instructed_on), ADD CHECK (returned_on >= entry_day);

CREATE TABLE external_funding (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    organisation_id uuid NOT NULL,
    funder text NOT NULL CHECK (length(funder) BETWEEN 2 AND 120),
    bid_reference text CHECK (length(bid_reference) BETWEEN 0 AND 80),
    amount_pence pence NOT NULL CHECK (amount_pence >= 1),
    secured_on date NOT NULL,
    evidence text NOT NULL CHECK (length(evidence) BETWEEN 3 AND 300),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON external_funding (authority_id, organisation_id, id);
CREATE INDEX ON external_funding (authority_id, funder, id);
CREATE TABLE external_funding_partner (
    authority_id text NOT NULL,
    external_funding_id uuid NOT NULL,
    position integer NOT NULL,
    organisation_id uuid NOT NULL,
    PRIMARY KEY (authority_id, external_funding_id, position),
    FOREIGN KEY (authority_id, external_funding_id) REFERENCES external_funding (authority_id, id),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id)
);
CREATE TRIGGER guard BEFORE UPDATE ON external_funding FOR EACH ROW EXECUTE FUNCTION guard_record();

-- A bid counts once, however many groups share it.
CREATE UNIQUE INDEX external_funding_bid ON external_funding (authority_id, funder, bid_reference)
    WHERE bid_reference IS NOT NULL AND NOT voided;
