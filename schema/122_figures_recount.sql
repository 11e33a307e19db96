-- What records say of themselves, a view a noun: recount_<noun> reads that noun's table alone (with what its lines name)
-- and no entry. `verify` compares the whole, `recount`, with the ledger. A migration that adds or changes a noun creates
-- or replaces its own view, and then asks for the whole anew: SELECT rebuild_recount().

CREATE VIEW recount_payment AS
    SELECT p.authority_id, paid.measure, counted.sign * p.amount_pence::bigint AS quantity, paid.payee AS subject_id,
           jsonb_strip_nulls(jsonb_build_object('scheme', p.scheme, 'ward', p.ward)) AS dims,
           counted.happened_on, 'payment' AS record_kind, p.id AS record_id
    FROM payment p
    CROSS JOIN LATERAL (VALUES ('business_grant_paid', p.business_id), ('community_grant_paid', p.organisation_id),
                               ('household_grant_paid', p.person_id)) paid(measure, payee)
    CROSS JOIN LATERAL (VALUES (1, p.entry_day), (-1, p.returned_on)) counted(sign, happened_on)
    WHERE paid.payee IS NOT NULL AND counted.happened_on IS NOT NULL AND NOT p.voided;

CREATE VIEW recount_council_tax_posting AS
    SELECT p.authority_id, 'council_tax_credited' AS measure,
           CASE WHEN p.kind IN ('award', 'increase') THEN p.amount_pence ELSE -p.amount_pence END::bigint AS quantity,
           a.id AS subject_id,
           jsonb_strip_nulls(jsonb_build_object('fund', p.fund, 'financial_year', p.financial_year, 'ward', p.ward))
               AS dims,
           p.effective_on AS happened_on, 'council_tax_posting' AS record_kind, p.id AS record_id
    FROM council_tax_posting p
    JOIN council_tax_account a ON a.authority_id = p.authority_id AND a.account_reference = p.account_reference
    WHERE NOT p.voided;

CREATE VIEW recount_external_funding AS
    SELECT authority_id, 'external_funding_secured' AS measure, amount_pence::bigint AS quantity,
           organisation_id AS subject_id, jsonb_build_object('funder', funder) AS dims,
           secured_on AS happened_on, 'external_funding' AS record_kind, id AS record_id
    FROM external_funding WHERE NOT voided;

CREATE VIEW recount_ppe_movement AS
    SELECT authority_id, 'ppe_issued' AS measure,
           CASE kind WHEN 'issue' THEN 1 ELSE -1 END * units::bigint * items_per_unit AS quantity,
           organisation_id AS subject_id, jsonb_build_object('item', item) AS dims,
           moved_on AS happened_on, 'ppe_movement' AS record_kind, id AS record_id
    FROM ppe_movement WHERE NOT voided;

CREATE VIEW recount_voucher AS
    SELECT v.authority_id, counted.measure, counted.quantity, v.household_id AS subject_id,
           jsonb_strip_nulls(jsonb_build_object('purpose', v.purpose, 'channel', v.channel,
                                                'holiday_period', v.holiday_period, 'ward', v.ward)) AS dims,
           counted.happened_on, 'voucher' AS record_kind, v.id AS record_id
    FROM voucher v
    CROSS JOIN LATERAL (VALUES
        ('voucher_sent', 1::bigint, v.sent_on),
        ('voucher_sent', -1, CASE WHEN v.sent_on IS NOT NULL THEN v.unsent_on END),
        ('voucher_children', v.children, v.sent_on),
        ('voucher_children', -v.children, CASE WHEN v.sent_on IS NOT NULL THEN v.unsent_on END),
        ('voucher_redeemed', 1, v.redeemed_on)
    ) counted(measure, quantity, happened_on)
    WHERE counted.happened_on IS NOT NULL AND NOT v.voided;

CREATE VIEW recount_parcel AS
    SELECT authority_id, 'parcel_delivered' AS measure, 1::bigint AS quantity, household_id AS subject_id,
           jsonb_strip_nulls(jsonb_build_object('kind', kind, 'delivered_by', delivered_by, 'ward', ward)) AS dims,
           delivered_on AS happened_on, 'parcel' AS record_kind, id AS record_id
    FROM parcel WHERE delivered_on IS NOT NULL AND NOT voided;

CREATE VIEW recount_food_shop AS
    SELECT authority_id, 'food_shop_provided' AS measure, 1::bigint AS quantity, household_id AS subject_id,
           jsonb_strip_nulls(jsonb_build_object('vulnerability_basis', vulnerability_basis, 'ward', ward)) AS dims,
           completed_on AS happened_on, 'food_shop' AS record_kind, id AS record_id
    FROM food_shop WHERE completed_on IS NOT NULL AND NOT voided;

CREATE VIEW recount_call AS
    SELECT authority_id, CASE direction WHEN 'inbound' THEN 'call_received' ELSE 'call_made' END AS measure,
           1::bigint AS quantity, person_id AS subject_id,
           jsonb_strip_nulls(jsonb_build_object(
               'line', line, 'counterparty', counterparty, 'purpose', purpose,
               'answered', outcome NOT IN ('abandoned', 'no_answer', 'voicemail', 'wrong_number', 'line_engaged'),
               'vulnerability_basis', CASE direction WHEN 'outbound' THEN vulnerability_basis END)) AS dims,
           (started_at AT TIME ZONE 'Europe/London')::date AS happened_on, 'call' AS record_kind, id AS record_id
    FROM call WHERE NOT voided;

CREATE VIEW recount_device AS
    SELECT d.authority_id, counted.measure, 1::bigint AS quantity, d.organisation_id AS subject_id,
           jsonb_build_object('kind', d.kind, 'holder_kind', d.holder_kind, 'source', d.source) AS dims,
           counted.happened_on, 'device' AS record_kind, d.id AS record_id
    FROM device d
    CROSS JOIN LATERAL (VALUES ('device_distributed', d.supplied_on), ('device_handed_on', d.handed_on_on))
        counted(measure, happened_on)
    WHERE counted.happened_on IS NOT NULL AND NOT d.voided;

CREATE VIEW recount_mutual_aid_group AS
    SELECT authority_id, 'mutual_aid_group_established' AS measure, 1::bigint AS quantity, id AS subject_id,
           jsonb_build_object('ward', ward) AS dims,
           established_on AS happened_on, 'mutual_aid_group' AS record_kind, id AS record_id
    FROM mutual_aid_group WHERE confirmed_on IS NOT NULL AND NOT voided;

CREATE VIEW recount_volunteer AS
    SELECT authority_id, 'volunteer_registered' AS measure, 1::bigint AS quantity, person_id AS subject_id,
           jsonb_strip_nulls(jsonb_build_object('ward', ward)) AS dims,
           registered_on AS happened_on, 'volunteer' AS record_kind, id AS record_id
    FROM volunteer WHERE NOT voided;

-- The whole is every view of that name, in the order of their names.
CREATE FUNCTION rebuild_recount() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE (SELECT 'CREATE OR REPLACE VIEW recount AS ' || string_agg(format(
                        'SELECT authority_id, measure, quantity, subject_id, dims, happened_on, record_kind, record_id FROM %I',
                        viewname), ' UNION ALL ' ORDER BY viewname COLLATE "C")
             FROM pg_views WHERE schemaname = current_schema() AND viewname LIKE 'recount\_%');
END $$;
REVOKE EXECUTE ON FUNCTION rebuild_recount() FROM PUBLIC;
SELECT rebuild_recount();
