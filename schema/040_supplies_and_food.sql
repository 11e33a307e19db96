-- PPE, vouchers, parcels, food shops, devices.
-- Columns are the fields of the noun in domain/ (a dot becomes an underscore); a test holds the two together.

CREATE TABLE ppe_item (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL CHECK (length(code) BETWEEN 2 AND 60),
    title text NOT NULL CHECK (length(title) BETWEEN 2 AND 120),
    items_per_unit integer NOT NULL CHECK (items_per_unit BETWEEN 1 AND 100000),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, code),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE TRIGGER guard BEFORE UPDATE ON ppe_item FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE ppe_movement (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('issue', 'return', 'recall')),
    item text NOT NULL,
    units integer NOT NULL CHECK (units BETWEEN 1 AND 1000000),
    organisation_id uuid NOT NULL,
    moved_on date NOT NULL,
    hub text NOT NULL,
    issue_id uuid,
    item_id uuid,
    items_per_unit integer CHECK (items_per_unit BETWEEN 1 AND 100000),
    items bigint CHECK (items BETWEEN -100000000000 AND 100000000000),
    taken_back_units integer NOT NULL CHECK (taken_back_units BETWEEN 0 AND 1000000),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, item) REFERENCES ppe_item (authority_id, code),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id),
    FOREIGN KEY (authority_id, hub) REFERENCES organisation (authority_id, code),
    FOREIGN KEY (authority_id, issue_id) REFERENCES ppe_movement (authority_id, id),
    FOREIGN KEY (authority_id, item_id) REFERENCES ppe_item (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON ppe_movement (authority_id, kind, id);
CREATE INDEX ON ppe_movement (authority_id, item, id);
CREATE INDEX ON ppe_movement (authority_id, organisation_id, id);
CREATE INDEX ON ppe_movement (authority_id, moved_on, id);
CREATE INDEX ON ppe_movement (authority_id, hub, id);
CREATE INDEX ON ppe_movement (authority_id, issue_id, id) WHERE issue_id IS NOT NULL;
CREATE TRIGGER guard BEFORE UPDATE ON ppe_movement FOR EACH ROW EXECUTE FUNCTION guard_record();

-- No more comes back than was issued.
ALTER TABLE ppe_movement ADD CONSTRAINT ppe_movement_taken_back
    CHECK (taken_back_units BETWEEN 0 AND CASE WHEN kind = 'issue' THEN units ELSE 0 END);

CREATE TABLE voucher (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'requested',
    household_id uuid NOT NULL,
    children integer NOT NULL CHECK (children BETWEEN 1 AND 25),
    value_pence pence NOT NULL CHECK (value_pence >= 1),
    purpose text NOT NULL CHECK (purpose IN ('holiday_food', 'winter_support', 'essentials')),
    holiday_period text NOT NULL CHECK (length(holiday_period) BETWEEN 3 AND 60),
    channel text NOT NULL CHECK (channel IN ('email', 'post', 'sms')),
    requested_on date NOT NULL,
    school text,
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    sent_on date,
    bounced_on date,
    unsent_on date,
    redeemed_on date,
    expired_on date,
    reason text CHECK (length(reason) BETWEEN 0 AND 300),
    replaces_id uuid,
    replaced_by_id uuid,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, household_id) REFERENCES household (authority_id, id),
    FOREIGN KEY (authority_id, school) REFERENCES organisation (authority_id, code),
    FOREIGN KEY (authority_id, replaces_id) REFERENCES voucher (authority_id, id),
    FOREIGN KEY (authority_id, replaced_by_id) REFERENCES voucher (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON voucher (authority_id, state, id);
CREATE INDEX ON voucher (authority_id, household_id, id);
CREATE INDEX ON voucher (authority_id, purpose, id);
CREATE INDEX ON voucher (authority_id, holiday_period, id);
CREATE INDEX ON voucher (authority_id, school, id) WHERE school IS NOT NULL;
CREATE INDEX ON voucher (authority_id, sent_on, id) WHERE sent_on IS NOT NULL;
CREATE INDEX ON voucher (authority_id, replaces_id, id) WHERE replaces_id IS NOT NULL;
INSERT INTO lifecycle_move VALUES
    ('voucher', 'requested', 'send', 'sent'),
    ('voucher', 'sent', 'bounce', 'bounced'),
    ('voucher', 'bounced', 'send', 'sent'),
    ('voucher', 'bounced', 'fail', 'failed'),
    ('voucher', 'sent', 'fail', 'failed'),
    ('voucher', 'sent', 'redeem', 'redeemed'),
    ('voucher', 'sent', 'expire', 'expired'),
    ('voucher', 'requested', 'cancel', 'cancelled'),
    ('voucher', 'sent', 'cancel', 'cancelled'),
    ('voucher', 'bounced', 'cancel', 'cancelled'),
    ('voucher', 'bounced', 'reissue', 'reissued'),
    ('voucher', 'failed', 'reissue', 'reissued'),
    ('voucher', 'expired', 'reissue', 'reissued'),
    ('voucher', 'sent', 'reissue', 'reissued');
CREATE TRIGGER guard BEFORE UPDATE ON voucher FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE parcel (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'referred',
    household_id uuid NOT NULL,
    people integer NOT NULL CHECK (people BETWEEN 1 AND 30),
    diet text[]
        CHECK (diet <@ ARRAY['vegetarian', 'vegan', 'halal', 'kosher', 'gluten_free', 'dairy_free', 'nut_free']),
    kind text NOT NULL CHECK (kind IN ('emergency', 'standard', 'baby')),
    referred_at timestamptz NOT NULL,
    promised_by date NOT NULL,
    delivered_by text NOT NULL,
    note text CHECK (length(note) BETWEEN 0 AND 1000),
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    delivered_on date,
    failed_on date,
    reason text CHECK (length(reason) BETWEEN 0 AND 300),
    replaces_id uuid,
    replaced_by_id uuid,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, household_id) REFERENCES household (authority_id, id),
    FOREIGN KEY (authority_id, delivered_by) REFERENCES organisation (authority_id, code),
    FOREIGN KEY (authority_id, replaces_id) REFERENCES parcel (authority_id, id),
    FOREIGN KEY (authority_id, replaced_by_id) REFERENCES parcel (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON parcel (authority_id, state, id);
CREATE INDEX ON parcel (authority_id, household_id, id);
CREATE INDEX ON parcel (authority_id, kind, id);
CREATE INDEX ON parcel (authority_id, promised_by, id);
CREATE INDEX ON parcel (authority_id, delivered_by, id);
CREATE INDEX ON parcel (authority_id, delivered_on, id) WHERE delivered_on IS NOT NULL;
CREATE INDEX ON parcel (authority_id, replaces_id, id) WHERE replaces_id IS NOT NULL;
CREATE TABLE parcel_attempt (
    authority_id text NOT NULL,
    parcel_id uuid NOT NULL,
    position integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('delivered', 'left_safe', 'no_answer', 'refused', 'wrong_address')),
    attempted_on date NOT NULL,
    attempt_note text CHECK (length(attempt_note) BETWEEN 0 AND 500),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, parcel_id, position),
    FOREIGN KEY (authority_id, parcel_id) REFERENCES parcel (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
INSERT INTO lifecycle_move VALUES
    ('parcel', 'referred', 'delivered', 'delivered'),
    ('parcel', 'referred', 'left_safe', 'delivered'),
    ('parcel', 'referred', 'no_answer', 'attempted'),
    ('parcel', 'referred', 'wrong_address', 'attempted'),
    ('parcel', 'referred', 'refused', 'failed'),
    ('parcel', 'attempted', 'delivered', 'delivered'),
    ('parcel', 'attempted', 'left_safe', 'delivered'),
    ('parcel', 'attempted', 'no_answer', 'attempted'),
    ('parcel', 'attempted', 'wrong_address', 'attempted'),
    ('parcel', 'attempted', 'refused', 'failed'),
    ('parcel', 'referred', 'fail', 'failed'),
    ('parcel', 'attempted', 'fail', 'failed'),
    ('parcel', 'delivered', 'replace', 'replaced'),
    ('parcel', 'failed', 'replace', 'replaced');
CREATE TRIGGER guard BEFORE UPDATE ON parcel FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE food_shop (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'requested',
    household_id uuid NOT NULL,
    vulnerability_basis text CHECK (vulnerability_basis IN ('vulnerable', 'shielding')),
    requested_on date NOT NULL,
    done_by text,
    note text CHECK (length(note) BETWEEN 0 AND 1000),
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    completed_on date,
    failed_on date,
    reason text CHECK (length(reason) BETWEEN 0 AND 300),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, household_id) REFERENCES household (authority_id, id),
    FOREIGN KEY (authority_id, done_by) REFERENCES organisation (authority_id, code),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON food_shop (authority_id, state, id);
CREATE INDEX ON food_shop (authority_id, household_id, id);
CREATE INDEX ON food_shop (authority_id, done_by, id) WHERE done_by IS NOT NULL;
CREATE INDEX ON food_shop (authority_id, completed_on, id) WHERE completed_on IS NOT NULL;
INSERT INTO lifecycle_move VALUES
    ('food_shop', 'requested', 'complete', 'done'),
    ('food_shop', 'requested', 'fail', 'failed');
CREATE TRIGGER guard BEFORE UPDATE ON food_shop FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE device (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL DEFAULT 'supplied',
    asset_tag text NOT NULL CHECK (length(asset_tag) BETWEEN 3 AND 40),
    kind text NOT NULL CHECK (kind IN ('tablet', 'laptop', 'smartphone', 'router')),
    source text NOT NULL CHECK (source IN ('dfe', 'council', 'donated')),
    holder_kind text NOT NULL CHECK (holder_kind IN ('school_pupil', 'care_leaver', 'care_home', 'other')),
    organisation_id uuid,
    supplier text,
    supplied_on date NOT NULL,
    handed_on_on date,
    returned_on date,
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, organisation_id) REFERENCES organisation (authority_id, id),
    FOREIGN KEY (authority_id, supplier) REFERENCES organisation (authority_id, code),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON device (authority_id, state, id);
CREATE INDEX ON device (authority_id, asset_tag, id);
CREATE INDEX ON device (authority_id, kind, id);
CREATE INDEX ON device (authority_id, holder_kind, id);
CREATE INDEX ON device (authority_id, organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX ON device (authority_id, supplier, id) WHERE supplier IS NOT NULL;
CREATE INDEX ON device (authority_id, supplied_on, id);
INSERT INTO lifecycle_move VALUES
    ('device', 'supplied', 'hand_on', 'handed_on'),
    ('device', 'supplied', 'return', 'returned'),
    ('device', 'handed_on', 'return', 'returned');
CREATE TRIGGER guard BEFORE UPDATE ON device FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE UNIQUE INDEX device_tag ON device (authority_id, asset_tag) WHERE NOT voided;
