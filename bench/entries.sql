-- Entries first..last of the ledger, of all measures, spread over the plan's year and over so many subjects.
-- psql variables: authority, first, last, subjects.
-- They belong to no record: the figures ask only the ledger. Foreign keys are not checked, to load in seconds.
BEGIN;
SET LOCAL session_replication_role = replica;
SELECT begin_writing(:'authority');
WITH kind(position, measure, quantity, dims) AS (VALUES
    ( 0, 'business_grant_paid',          1000000, '{"scheme": "sbgf", "ward": "Bramhall North"}'::jsonb),
    ( 1, 'business_grant_paid',          2500000, '{"scheme": "rhlgf", "ward": "Edgeley and Cheadle Heath"}'),
    ( 2, 'business_grant_paid',           500000, '{"scheme": "ladgf", "ward": "Heald Green"}'),
    ( 3, 'community_grant_paid',           50000, '{"scheme": "community-support", "ward": "Offerton"}'),
    ( 4, 'council_tax_credited',           15000, '{"fund": "hardship_2020_21", "financial_year": "2020/21", "ward": "Manor"}'),
    ( 5, 'council_tax_credited',           -3000, '{"fund": "hardship_2020_21", "financial_year": "2020/21", "ward": "Manor"}'),
    ( 6, 'external_funding_secured',      250000, '{"funder": "National Lottery Community Fund"}'),
    ( 7, 'ppe_issued',                       400, '{"item": "mask-iir"}'),
    ( 8, 'voucher_sent',                       1, '{"purpose": "holiday_food", "channel": "email", "holiday_period": "winter-2020", "ward": "Reddish South"}'),
    ( 9, 'voucher_children',                   2, '{"purpose": "holiday_food", "channel": "email", "holiday_period": "winter-2020", "ward": "Reddish South"}'),
    (10, 'voucher_redeemed',                   1, '{"purpose": "holiday_food", "channel": "email", "holiday_period": "winter-2020", "ward": "Reddish South"}'),
    (11, 'parcel_delivered',                   1, '{"kind": "emergency", "delivered_by": "stockport-homes", "ward": "Brinnington and Central"}'),
    (12, 'food_shop_provided',                 1, '{"vulnerability_basis": "shielding", "ward": "Marple South and High Lane"}'),
    (13, 'call_received',                      1, '{"line": "coronavirus", "counterparty": "resident", "answered": true}'),
    (14, 'call_received',                      1, '{"line": "coronavirus", "counterparty": "resident", "answered": false}'),
    (15, 'call_received',                      1, '{"line": "business_support", "counterparty": "business", "answered": true}'),
    (16, 'call_made',                          1, '{"line": "coronavirus", "counterparty": "resident", "purpose": "welfare", "answered": true, "vulnerability_basis": "shielding"}'),
    (17, 'device_distributed',                 1, '{"kind": "laptop", "holder_kind": "school_pupil", "source": "dfe"}'),
    (18, 'device_handed_on',                   1, '{"kind": "laptop", "holder_kind": "school_pupil", "source": "dfe"}'),
    (19, 'mutual_aid_group_established',       1, '{"ward": "Heatons North"}'),
    (20, 'volunteer_registered',               1, '{"ward": "Davenport and Cale Green"}')
), numbered AS (
    SELECT n, lpad(to_hex(n), 12, '0') AS id_end, lpad(to_hex(n * 7919 % :subjects), 12, '0') AS subject_end
    FROM generate_series(:first::bigint, :last::bigint) n
)
INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at, record_kind,
                   record_id, cause, request_id, actor)
SELECT :'authority', ('00000000-0000-8000-8000-' || i.id_end)::uuid, k.measure, k.quantity,
       ('00000000-0000-8000-9000-' || i.subject_end)::uuid, k.dims, DATE '2020-03-11' + (i.n * 37 % 327)::integer,
       clock_timestamp(), 'bench', ('00000000-0000-8000-a000-' || i.id_end)::uuid, 'record', 'bench',
       '00000000-0000-8000-b000-000000000000'
FROM numbered i JOIN kind k ON k.position = i.n % 21
ORDER BY i.n;
COMMIT;
