-- Council Tax accounts and the ledger of postings on them.
-- Columns are the fields of the noun in domain/ (a dot becomes an underscore); a test holds the two together.

CREATE TABLE council_tax_account (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    account_reference text NOT NULL CHECK (length(account_reference) BETWEEN 4 AND 20),
    ratepayer text CHECK (length(ratepayer) BETWEEN 0 AND 200),
    address text CHECK (length(address) BETWEEN 0 AND 300),
    postcode text CHECK (is_postcode(postcode)),
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, account_reference),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON council_tax_account (authority_id, postcode, id) WHERE postcode IS NOT NULL;
CREATE INDEX ON council_tax_account (authority_id, ward, id) WHERE ward IS NOT NULL;
CREATE TRIGGER guard BEFORE UPDATE ON council_tax_account FOR EACH ROW EXECUTE FUNCTION guard_record();

CREATE TABLE council_tax_posting (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    account_reference text NOT NULL,
    fund text NOT NULL
        CHECK (fund IN ('hardship_2020_21', 'discretionary_2020_21', 'council_tax_support', 'energy_rebate_2022')),
    financial_year text NOT NULL CHECK (financial_year IN ('2019/20', '2020/21', '2021/22')),
    kind text NOT NULL CHECK (kind IN ('award', 'increase', 'decrease', 'reversal')),
    amount_pence pence NOT NULL CHECK (amount_pence >= 1),
    effective_on date NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 300),
    reverses_id uuid,
    credit_pence pence,
    account_id uuid,
    ward text CHECK (length(ward) BETWEEN 0 AND 60),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    FOREIGN KEY (authority_id, account_reference) REFERENCES council_tax_account (authority_id, account_reference),
    FOREIGN KEY (authority_id, reverses_id) REFERENCES council_tax_posting (authority_id, id),
    FOREIGN KEY (authority_id, account_id) REFERENCES council_tax_account (authority_id, id),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX ON council_tax_posting (authority_id, account_reference, id);
CREATE INDEX ON council_tax_posting (authority_id, fund, id);
CREATE INDEX ON council_tax_posting (authority_id, kind, id);
CREATE INDEX ON council_tax_posting (authority_id, effective_on, id);
CREATE INDEX ON council_tax_posting (authority_id, account_id, id) WHERE account_id IS NOT NULL;
CREATE TRIGGER guard BEFORE UPDATE ON council_tax_posting FOR EACH ROW EXECUTE FUNCTION guard_record();

-- A posting is reversed once.
CREATE UNIQUE INDEX council_tax_posting_reversed ON council_tax_posting (authority_id, reverses_id)
    WHERE reverses_id IS NOT NULL AND NOT voided;
