-- The login of the service owns nothing. It may add rows and move records on; what counts and what was audited
-- it can only add to. Nobody but the owner can delete anything.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tideover_app') THEN
        CREATE ROLE tideover_app LOGIN;
    END IF;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tideover_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tideover_app;  -- includes the list of migrations
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tideover_app;

GRANT INSERT ON
    idempotency, audit, entry, merge_link, seal, fold, folded, folded_bucket,
    organisation, organisation_identifier, household, person, person_identifier, business, business_identifier,
    premises, premises_identifier,
    scheme, scheme_amount, application, application_assessment, application_decision, award, payment,
    external_funding, external_funding_partner,
    council_tax_account, council_tax_posting,
    ppe_item, ppe_movement, voucher, parcel, parcel_attempt, food_shop, device,
    call, mutual_aid_group, volunteer, merge
TO tideover_app;

GRANT UPDATE ON
    organisation, household, person, business, premises, scheme, application, award, payment, external_funding,
    council_tax_account, council_tax_posting, ppe_item, ppe_movement, voucher, parcel, food_shop, device,
    call, mutual_aid_group, volunteer, merge
TO tideover_app;
GRANT UPDATE (status, location, etag, body) ON idempotency TO tideover_app;
