-- Who said last where a grant's money goes: for the payee's name, sort code and account number each by itself.

ALTER TABLE application ADD payee_name_by uuid, ADD payee_sort_code_by uuid, ADD payee_account_number_by uuid;

-- What the audit says of it: the last change that left each as it stands today.
ALTER TABLE application DISABLE TRIGGER guard;
UPDATE application a SET payee_name_by = said.name_by, payee_sort_code_by = said.sort_code_by,
                         payee_account_number_by = said.account_number_by
FROM (SELECT p.authority_id, p.id,
             (array_agg(l.actor ORDER BY l.version DESC) FILTER (WHERE l.version = 1
                 OR l.before ->> 'payee_name' IS DISTINCT FROM p.payee_name))[1] AS name_by,
             (array_agg(l.actor ORDER BY l.version DESC) FILTER (WHERE l.version = 1
                 OR l.before ->> 'payee_sort_code' IS DISTINCT FROM p.payee_sort_code))[1] AS sort_code_by,
             (array_agg(l.actor ORDER BY l.version DESC) FILTER (WHERE l.version = 1
                 OR l.before ->> 'payee_account_number' IS DISTINCT FROM p.payee_account_number))[1] AS account_number_by
      FROM application p JOIN audit l ON l.authority_id = p.authority_id AND l.record_id = p.id
      GROUP BY p.authority_id, p.id) said
WHERE said.authority_id = a.authority_id AND said.id = a.id;
UPDATE application SET payee_name_by = coalesce(payee_name_by, recorded_by),
    payee_sort_code_by = coalesce(payee_sort_code_by, recorded_by),
    payee_account_number_by = coalesce(payee_account_number_by, recorded_by)
WHERE payee_name_by IS NULL OR payee_sort_code_by IS NULL OR payee_account_number_by IS NULL;
ALTER TABLE application ENABLE TRIGGER guard;

ALTER TABLE application ALTER payee_name_by SET NOT NULL, ALTER payee_sort_code_by SET NOT NULL,
    ALTER payee_account_number_by SET NOT NULL,
    ADD FOREIGN KEY (authority_id, payee_name_by) REFERENCES staff (authority_id, id),
    ADD FOREIGN KEY (authority_id, payee_sort_code_by) REFERENCES staff (authority_id, id),
    ADD FOREIGN KEY (authority_id, payee_account_number_by) REFERENCES staff (authority_id, id);

-- A day that follows another of the same record.
INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference)
SELECT authority_id, 112, 'cancelled before it was made', 'award', id, reference FROM award WHERE cancelled_on < awarded_on
UNION ALL
SELECT p.authority_id, 112, 'instructed before its award was made', 'payment', p.id, p.reference
FROM payment p JOIN award w ON w.authority_id = p.authority_id AND w.id = p.award_id
WHERE p.instructed_on < w.awarded_on AND NOT p.voided
UNION ALL
SELECT r.authority_id, 112, 'reversed before it took effect', 'council_tax_posting', p.id, p.reference
FROM council_tax_posting r JOIN council_tax_posting p ON p.authority_id = r.authority_id AND p.id = r.reverses_id
WHERE r.effective_on < p.effective_on AND NOT r.voided
UNION ALL
SELECT r.authority_id, 112, 'returned before its issue, or by another organisation', 'ppe_movement', r.id, r.reference
FROM ppe_movement r JOIN ppe_movement i ON i.authority_id = r.authority_id AND i.id = r.issue_id
WHERE (r.moved_on < i.moved_on OR r.organisation_id <> i.organisation_id) AND NOT r.voided
UNION ALL
SELECT a.authority_id, 112, 'received after its scheme''s version was closed', 'application', a.id, a.reference
FROM application a JOIN scheme_version v ON v.authority_id = a.authority_id AND v.id = a.scheme_version_id
WHERE a.received_on > v.closed_on AND NOT a.voided AND a.state NOT IN ('refused', 'withdrawn');
