-- The second way to every number: what the records themselves say, without looking at any entry.
-- `tideover verify` compares this with the ledger, record by record. It shares no code with the write path.

CREATE VIEW recount AS
    SELECT authority_id, 'business_grant_paid' AS measure, amount_pence::bigint AS quantity, business_id AS subject_id,
           jsonb_strip_nulls(jsonb_build_object('scheme', scheme, 'ward', ward)) AS dims,
           entry_day AS happened_on, 'payment' AS record_kind, id AS record_id
    FROM payment WHERE business_id IS NOT NULL AND entry_day IS NOT NULL AND NOT voided
UNION ALL
    SELECT authority_id, 'business_grant_paid', -amount_pence::bigint, business_id,
           jsonb_strip_nulls(jsonb_build_object('scheme', scheme, 'ward', ward)), returned_on, 'payment', id
    FROM payment WHERE business_id IS NOT NULL AND returned_on IS NOT NULL AND NOT voided
UNION ALL
    SELECT authority_id, 'community_grant_paid', amount_pence::bigint, organisation_id,
           jsonb_strip_nulls(jsonb_build_object('scheme', scheme, 'ward', ward)), entry_day, 'payment', id
    FROM payment WHERE organisation_id IS NOT NULL AND entry_day IS NOT NULL AND NOT voided
UNION ALL
    SELECT authority_id, 'community_grant_paid', -amount_pence::bigint, organisation_id,
           jsonb_strip_nulls(jsonb_build_object('scheme', scheme, 'ward', ward)), returned_on, 'payment', id
    FROM payment WHERE organisation_id IS NOT NULL AND returned_on IS NOT NULL AND NOT voided
UNION ALL
    SELECT p.authority_id, 'council_tax_credited',
           CASE WHEN p.kind IN ('award', 'increase') THEN p.amount_pence ELSE -p.amount_pence END::bigint, a.id,
           jsonb_strip_nulls(jsonb_build_object('fund', p.fund, 'financial_year', p.financial_year, 'ward', p.ward)),
           p.effective_on, 'council_tax_posting', p.id
    FROM council_tax_posting p
    JOIN council_tax_account a ON a.authority_id = p.authority_id AND a.account_reference = p.account_reference
    WHERE NOT p.voided
UNION ALL
    SELECT authority_id, 'external_funding_secured', amount_pence::bigint, organisation_id,
           jsonb_build_object('funder', funder), secured_on, 'external_funding', id
    FROM external_funding WHERE NOT voided
UNION ALL
    SELECT m.authority_id, 'ppe_issued',
           CASE m.kind WHEN 'issue' THEN 1 ELSE -1 END * m.units::bigint * m.items_per_unit, m.organisation_id,
           jsonb_build_object('item', m.item), m.moved_on, 'ppe_movement', m.id
    FROM ppe_movement m WHERE NOT m.voided
UNION ALL
    SELECT v.authority_id, counted.measure, counted.quantity, v.household_id,
           jsonb_strip_nulls(jsonb_build_object('purpose', v.purpose, 'channel', v.channel,
                                                'holiday_period', v.holiday_period, 'ward', v.ward)),
           counted.happened_on, 'voucher', v.id
    FROM voucher v
    CROSS JOIN LATERAL (VALUES
        ('voucher_sent', 1::bigint, v.sent_on),
        ('voucher_sent', -1, CASE WHEN v.sent_on IS NOT NULL THEN v.unsent_on END),
        ('voucher_children', v.children, v.sent_on),
        ('voucher_children', -v.children, CASE WHEN v.sent_on IS NOT NULL THEN v.unsent_on END),
        ('voucher_redeemed', 1, v.redeemed_on)
    ) counted(measure, quantity, happened_on)
    WHERE counted.happened_on IS NOT NULL AND NOT v.voided
UNION ALL
    SELECT authority_id, 'parcel_delivered', 1, household_id,
           jsonb_strip_nulls(jsonb_build_object('kind', kind, 'delivered_by', delivered_by, 'ward', ward)),
           delivered_on, 'parcel', id
    FROM parcel WHERE delivered_on IS NOT NULL AND NOT voided
UNION ALL
    SELECT authority_id, 'food_shop_provided', 1, household_id,
           jsonb_strip_nulls(jsonb_build_object('vulnerability_basis', vulnerability_basis, 'ward', ward)),
           completed_on, 'food_shop', id
    FROM food_shop WHERE completed_on IS NOT NULL AND NOT voided
UNION ALL
    SELECT authority_id, CASE direction WHEN 'inbound' THEN 'call_received' ELSE 'call_made' END, 1, person_id,
           jsonb_strip_nulls(jsonb_build_object(
               'line', line, 'counterparty', counterparty, 'purpose', purpose,
               'answered', outcome NOT IN ('abandoned', 'no_answer', 'voicemail', 'wrong_number', 'line_engaged'),
               'vulnerability_basis', CASE direction WHEN 'outbound' THEN vulnerability_basis END)),
           (started_at AT TIME ZONE 'Europe/London')::date, 'call', id
    FROM call WHERE NOT voided
UNION ALL
    SELECT d.authority_id, counted.measure, 1, d.organisation_id,
           jsonb_build_object('kind', d.kind, 'holder_kind', d.holder_kind, 'source', d.source),
           counted.happened_on, 'device', d.id
    FROM device d
    CROSS JOIN LATERAL (VALUES ('device_distributed', d.supplied_on), ('device_handed_on', d.handed_on_on))
        counted(measure, happened_on)
    WHERE counted.happened_on IS NOT NULL AND NOT d.voided
UNION ALL
    SELECT authority_id, 'mutual_aid_group_established', 1, id, jsonb_build_object('ward', ward),
           established_on, 'mutual_aid_group', id
    FROM mutual_aid_group WHERE confirmed_on IS NOT NULL AND NOT voided
UNION ALL
    SELECT authority_id, 'volunteer_registered', 1, person_id,
           jsonb_strip_nulls(jsonb_build_object('ward', ward)), registered_on, 'volunteer', id
    FROM volunteer WHERE NOT voided;
