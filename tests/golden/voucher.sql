-- create
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
        $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[],
        $24::text[], $25::text[], $26::text[], $27::text[]) WITH ORDINALITY AS x(its_authority, its_staff,
        its_token, its_request, its_at, its_id, its_reference, its_entries, f_household_id, f_children,
        f_value_pence, f_purpose, f_holiday_period, f_channel, f_requested_on, f_issuer_code, f_school, f_ward,
        f_alike_id, f_sent_on, f_bounced_on, f_unsent_on, f_redeemed_on, f_expired_on, f_reason, f_replaces_id,
        f_replaced_by_id, n)
), draft AS (
    SELECT x.n, x.its_authority AS authority_id, x.its_id::uuid AS id, x.its_reference AS reference,
           x.its_token::uuid AS its_token, x.its_request, x.its_entries, 'requested'::text AS state,
               x.f_household_id::uuid AS household_id, x.f_children::bigint AS children,
               x.f_value_pence::bigint AS value_pence, x.f_purpose::text AS purpose,
               x.f_holiday_period::text AS holiday_period, x.f_channel::text AS channel,
               x.f_requested_on::date AS requested_on, x.f_issuer_code::text AS issuer_code, x.f_school::text AS school,
               coalesce((SELECT n.name FROM ward_name n WHERE n.authority_id = x.its_authority AND n.form = canonical_form('ward',
               x.f_ward::text)), ward_named(x.its_authority, x.f_ward::text)) AS ward, x.f_alike_id::uuid AS alike_id,
               x.f_sent_on::date AS sent_on, x.f_bounced_on::date AS bounced_on, x.f_unsent_on::date AS unsent_on,
               x.f_redeemed_on::date AS redeemed_on, x.f_expired_on::date AS expired_on, x.f_reason::text AS reason,
               x.f_replaces_id::uuid AS replaces_id, x.f_replaced_by_id::uuid AS replaced_by_id,
           1 AS version, false AS voided, x.its_at::timestamptz AS recorded_at,
               x.its_staff::uuid AS recorded_by,
           x.its_at::timestamptz AS entered_at, x.its_staff::uuid AS actor FROM asked x
), record AS (
    INSERT INTO voucher (authority_id, id, reference, state, household_id, children, value_pence, purpose,
        holiday_period, channel, requested_on, issuer_code, school, ward, alike_id, sent_on, bounced_on, unsent_on,
        redeemed_on, expired_on, reason, replaces_id, replaced_by_id, recorded_at, recorded_by)
    SELECT d.authority_id, d.id, d.reference, d.state, d.household_id, d.children, d.value_pence, d.purpose,
        d.holiday_period, d.channel, d.requested_on, d.issuer_code, d.school, d.ward, d.alike_id, d.sent_on,
        d.bounced_on, d.unsent_on, d.redeemed_on, d.expired_on, d.reason, d.replaces_id, d.replaced_by_id,
        d.recorded_at, d.recorded_by FROM draft d
), line AS (
    INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at,
                       record_kind, record_id, cause, corrects, request_id, actor)
    SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at,
           'voucher', d.id, 'record',
           CASE WHEN x.of_quantity IS NOT NULL THEN (
               SELECT e.id FROM entry e
               WHERE e.authority_id = d.authority_id AND e.record_id = d.id AND e.measure = x.measure
                 AND e.quantity = x.of_quantity AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id
                 AND e.dims = x.of_dims AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END,
           d.its_request, d.actor
    FROM draft d CROSS JOIN json_to_recordset(d.its_entries::json) AS x(
        id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date,
        of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date)
), logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version,
                       reason, before, request_id)
    SELECT d.authority_id, d.entered_at, d.actor, d.its_token, 'record', 'voucher', d.id, d.version,
           NULL, NULL, d.its_request
    FROM draft d
)
SELECT json_build_object('id', t.id, 'reference', t.reference, 'state', t.state, 'household_id',
    t.household_id, 'children', t.children, 'value_pence', t.value_pence, 'purpose', t.purpose,
    'holiday_period', t.holiday_period, 'channel', t.channel, 'requested_on', t.requested_on, 'issuer_code',
    t.issuer_code, 'school', t.school, 'ward', t.ward, 'alike_id', t.alike_id, 'sent_on', t.sent_on,
    'bounced_on', t.bounced_on, 'unsent_on', t.unsent_on, 'redeemed_on', t.redeemed_on, 'expired_on',
    t.expired_on, 'reason', t.reason, 'replaces_id', t.replaces_id, 'replaced_by_id', t.replaced_by_id,
    'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by',
    t.recorded_by)::text FROM draft t

-- read
SELECT json_build_object('id', t.id, 'reference', t.reference, 'state', t.state, 'household_id',
    t.household_id, 'children', t.children, 'value_pence', t.value_pence, 'purpose', t.purpose,
    'holiday_period', t.holiday_period, 'channel', t.channel, 'requested_on', t.requested_on, 'issuer_code',
    t.issuer_code, 'school', t.school, 'ward', t.ward, 'alike_id', t.alike_id, 'sent_on', t.sent_on,
    'bounced_on', t.bounced_on, 'unsent_on', t.unsent_on, 'redeemed_on', t.redeemed_on, 'expired_on',
    t.expired_on, 'reason', t.reason, 'replaces_id', t.replaces_id, 'replaced_by_id', t.replaced_by_id,
    'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by',
    t.recorded_by)::text, '"' || t.version || '"' FROM voucher t WHERE t.authority_id = $1 AND t.id = $2::uuid

-- lock
SELECT t.id, t.version, t.voided, t.state, t.household_id::text, t.children::text, t.value_pence::text,
    t.purpose::text, t.holiday_period::text, t.channel::text, t.requested_on::text, t.issuer_code::text,
    t.school::text, t.ward::text, t.alike_id::text, t.sent_on::text, t.bounced_on::text, t.unsent_on::text,
    t.redeemed_on::text, t.expired_on::text, t.reason::text, t.replaces_id::text, t.replaced_by_id::text
FROM voucher t WHERE t.authority_id = $1 AND t.id = ANY ($2::uuid[])
ORDER BY t.id FOR UPDATE OF t

-- step
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
        $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[],
        $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[],
        $28::text[], $29::text[], $30::text[], $31::text[]) WITH ORDINALITY AS x(its_id, its_version, its_entries,
        its_action, its_reason, its_voided, its_state, f_household_id, f_children, f_value_pence, f_purpose,
        f_holiday_period, f_channel, f_requested_on, f_issuer_code, f_school, f_ward, f_alike_id, f_sent_on,
        f_bounced_on, f_unsent_on, f_redeemed_on, f_expired_on, f_reason, f_replaces_id, f_replaced_by_id, its_n)
), old AS MATERIALIZED (
    SELECT x.*,
        to_jsonb(t) AS was FROM asked x JOIN voucher t ON t.authority_id = $1 AND t.id = x.its_id::uuid
), d AS (
    UPDATE voucher t SET version = t.version + 1, voided = o.its_voided::boolean, state = o.its_state,
        household_id = o.f_household_id::uuid, children = o.f_children::bigint,
        value_pence = o.f_value_pence::bigint, purpose = o.f_purpose, holiday_period = o.f_holiday_period,
        channel = o.f_channel, requested_on = o.f_requested_on::date, issuer_code = o.f_issuer_code,
        school = o.f_school, ward = o.f_ward, alike_id = o.f_alike_id::uuid, sent_on = o.f_sent_on::date,
        bounced_on = o.f_bounced_on::date, unsent_on = o.f_unsent_on::date, redeemed_on = o.f_redeemed_on::date,
        expired_on = o.f_expired_on::date, reason = o.f_reason, replaces_id = o.f_replaces_id::uuid,
        replaced_by_id = o.f_replaced_by_id::uuid
    FROM old o WHERE t.authority_id = $1 AND t.id = o.its_id::uuid AND t.version = o.its_version::integer
    RETURNING t.*, o.was, o.its_n, o.its_entries, o.its_action, o.its_reason, $2::uuid AS actor,
        $3::uuid AS its_token,
              $4 AS its_request, $5::timestamptz AS entered_at
), line AS (
    INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at,
                       record_kind, record_id, cause, corrects, request_id, actor)
    SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at,
           'voucher', d.id, 'event',
           CASE WHEN x.of_quantity IS NOT NULL THEN (
               SELECT e.id FROM entry e
               WHERE e.authority_id = d.authority_id AND e.record_id = d.id AND e.measure = x.measure
                 AND e.quantity = x.of_quantity AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id
                 AND e.dims = x.of_dims AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END,
           d.its_request, d.actor
    FROM d CROSS JOIN json_to_recordset(d.its_entries::json) AS x(
        id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date,
        of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date)
), logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version,
                       reason, before, request_id)
    SELECT d.authority_id, d.entered_at, d.actor, d.its_token, d.its_action, 'voucher', d.id, d.version,
           d.its_reason, d.was, d.its_request
    FROM d
)
SELECT json_build_object('id', t.id, 'reference', t.reference, 'state', t.state, 'household_id',
    t.household_id, 'children', t.children, 'value_pence', t.value_pence, 'purpose', t.purpose,
    'holiday_period', t.holiday_period, 'channel', t.channel, 'requested_on', t.requested_on, 'issuer_code',
    t.issuer_code, 'school', t.school, 'ward', t.ward, 'alike_id', t.alike_id, 'sent_on', t.sent_on,
    'bounced_on', t.bounced_on, 'unsent_on', t.unsent_on, 'redeemed_on', t.redeemed_on, 'expired_on',
    t.expired_on, 'reason', t.reason, 'replaces_id', t.replaces_id, 'replaced_by_id', t.replaced_by_id,
    'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by',
    t.recorded_by)::text, '"' || t.version || '"' FROM d t ORDER BY t.its_n

-- correct
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
        $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[],
        $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[],
        $28::text[], $29::text[], $30::text[], $31::text[]) WITH ORDINALITY AS x(its_id, its_version, its_entries,
        its_action, its_reason, its_voided, its_state, f_household_id, f_children, f_value_pence, f_purpose,
        f_holiday_period, f_channel, f_requested_on, f_issuer_code, f_school, f_ward, f_alike_id, f_sent_on,
        f_bounced_on, f_unsent_on, f_redeemed_on, f_expired_on, f_reason, f_replaces_id, f_replaced_by_id, its_n)
), old AS MATERIALIZED (
    SELECT x.*,
        to_jsonb(t) AS was FROM asked x JOIN voucher t ON t.authority_id = $1 AND t.id = x.its_id::uuid
), d AS (
    UPDATE voucher t SET version = t.version + 1, voided = o.its_voided::boolean, state = o.its_state,
        household_id = o.f_household_id::uuid, children = o.f_children::bigint,
        value_pence = o.f_value_pence::bigint, purpose = o.f_purpose, holiday_period = o.f_holiday_period,
        channel = o.f_channel, requested_on = o.f_requested_on::date, issuer_code = o.f_issuer_code,
        school = o.f_school, ward = o.f_ward, alike_id = o.f_alike_id::uuid, sent_on = o.f_sent_on::date,
        bounced_on = o.f_bounced_on::date, unsent_on = o.f_unsent_on::date, redeemed_on = o.f_redeemed_on::date,
        expired_on = o.f_expired_on::date, reason = o.f_reason, replaces_id = o.f_replaces_id::uuid,
        replaced_by_id = o.f_replaced_by_id::uuid
    FROM old o WHERE t.authority_id = $1 AND t.id = o.its_id::uuid AND t.version = o.its_version::integer
    RETURNING t.*, o.was, o.its_n, o.its_entries, o.its_action, o.its_reason, $2::uuid AS actor,
        $3::uuid AS its_token,
              $4 AS its_request, $5::timestamptz AS entered_at
), line AS (
    INSERT INTO entry (authority_id, id, measure, quantity, subject_id, dims, happened_on, recorded_at,
                       record_kind, record_id, cause, corrects, request_id, actor)
    SELECT d.authority_id, x.id, x.measure, x.quantity, x.subject_id, x.dims, x.happened_on, d.entered_at,
           'voucher', d.id, 'correction',
           CASE WHEN x.of_quantity IS NOT NULL THEN (
               SELECT e.id FROM entry e
               WHERE e.authority_id = d.authority_id AND e.record_id = d.id AND e.measure = x.measure
                 AND e.quantity = x.of_quantity AND e.subject_id IS NOT DISTINCT FROM x.of_subject_id
                 AND e.dims = x.of_dims AND e.happened_on = x.of_happened_on ORDER BY e.seq DESC LIMIT 1) END,
           d.its_request, d.actor
    FROM d CROSS JOIN json_to_recordset(d.its_entries::json) AS x(
        id uuid, measure text, quantity bigint, subject_id uuid, dims jsonb, happened_on date,
        of_quantity bigint, of_subject_id uuid, of_dims jsonb, of_happened_on date)
), logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version,
                       reason, before, request_id)
    SELECT d.authority_id, d.entered_at, d.actor, d.its_token, d.its_action, 'voucher', d.id, d.version,
           d.its_reason, d.was, d.its_request
    FROM d
)
SELECT json_build_object('id', t.id, 'reference', t.reference, 'state', t.state, 'household_id',
    t.household_id, 'children', t.children, 'value_pence', t.value_pence, 'purpose', t.purpose,
    'holiday_period', t.holiday_period, 'channel', t.channel, 'requested_on', t.requested_on, 'issuer_code',
    t.issuer_code, 'school', t.school, 'ward', t.ward, 'alike_id', t.alike_id, 'sent_on', t.sent_on,
    'bounced_on', t.bounced_on, 'unsent_on', t.unsent_on, 'redeemed_on', t.redeemed_on, 'expired_on',
    t.expired_on, 'reason', t.reason, 'replaces_id', t.replaces_id, 'replaced_by_id', t.replaced_by_id,
    'voided', t.voided, 'version', t.version, 'recorded_at', wire(t.recorded_at), 'recorded_by',
    t.recorded_by)::text, '"' || t.version || '"' FROM d t ORDER BY t.its_n

