-- Rules that the database keeps even if the program forgets: versions, lifecycles, two people, money.
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.id(n integer) RETURNS uuid LANGUAGE sql RETURN ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid;

INSERT INTO staff (authority_id, id, key, name) VALUES ('E08000007', pg_temp.id(1), 'a', 'A'), ('E08000007', pg_temp.id(2), 'b', 'B');
INSERT INTO scheme (authority_id, id, reference, code, title, kind, allocation_pence, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(10), 'SC-1', 'sbgf', 'SBGF', 'business', 2000000, now(), pg_temp.id(1));
INSERT INTO scheme_version (authority_id, id, reference, scheme, number, opens_on, uniqueness_key, funding, council_is, source,
                            drafted_by, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(13), 'SV-1', 'sbgf', 1, '2020-03-11', 'premises', 'full', 'agent', 'the guidance', pg_temp.id(1),
        now(), pg_temp.id(1));
INSERT INTO scheme_version_amount (authority_id, scheme_version_id, position, period, band, least_pence, most_pence)
VALUES ('E08000007', pg_temp.id(13), 1, 'once', 'any', 1000000, 1000000);
INSERT INTO business (authority_id, id, reference, name, legal_form, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(11), 'BU-1', 'B', 'company', now(), pg_temp.id(1));
INSERT INTO premises (authority_id, id, reference, business_id, address, postcode, ward, use, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(12), 'PR-1', pg_temp.id(11), '1', 'SK1 3XE', 'Manor', 'retail', now(), pg_temp.id(1));
INSERT INTO application (authority_id, id, reference, scheme, scheme_version_id, period, business_id, premises_id, received_on, channel, declarations,
                         payee_name, payee_sort_code, payee_account_number, payee_name_by, payee_sort_code_by, payee_account_number_by, recorded_at,
                         recorded_by, assessed_by)
SELECT 'E08000007', pg_temp.id(n), 'AP-' || n, 'sbgf', pg_temp.id(13), 'once', pg_temp.id(11), pg_temp.id(12), '2020-04-01', 'portal',
       ARRAY['meets_criteria'], 'B', '089999', '66374958', pg_temp.id(1), pg_temp.id(1), pg_temp.id(1), now(), pg_temp.id(1), pg_temp.id(1) FROM generate_series(20, 21) n;
INSERT INTO award (authority_id, id, reference, application_id, scheme, scheme_version_id, period, band, business_id, premises_id, amount_pence,
                   awarded_on, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(30), 'AW-1', pg_temp.id(20), 'sbgf', pg_temp.id(13), 'once', 'small', pg_temp.id(11), pg_temp.id(12), 1000000,
        '2020-04-02', now(), pg_temp.id(2));

SELECT lives_ok($$UPDATE scheme_version SET version = version + 1, opens_on = '2020-03-12'$$, 'a draft can be corrected');
SELECT throws_ok($$UPDATE scheme_version SET version = version + 1, state = 'published', published_on = '2020-03-11',
    published_by = drafted_by$$, '23514', NULL, 'nobody publishes terms that they wrote');
SELECT lives_ok($$UPDATE scheme_version SET version = version + 1, state = 'published', published_on = '2020-03-11',
    published_by = pg_temp.id(2)$$, 'somebody else does');
SELECT throws_ok($$UPDATE scheme_version SET version = version + 1, opens_on = '2020-03-11'$$, '23001',
    'published terms never change', 'published terms stay');
SELECT throws_ok($$UPDATE scheme_version_amount SET most_pence = 2000000$$, '23001', 'published terms never change',
    'and so do their amounts');
SELECT throws_ok($$INSERT INTO scheme_version_period (authority_id, scheme_version_id, position, period)
    VALUES ('E08000007', pg_temp.id(13), 1, 'again')$$, '23001', 'published terms never change', 'no period comes to them');

SELECT throws_ok($$UPDATE application SET note = 'x' WHERE id = pg_temp.id(20)$$, '23001', NULL, 'a change without a new version is refused');
SELECT throws_ok($$UPDATE application SET version = version + 2 WHERE id = pg_temp.id(20)$$, '23001', NULL, 'a version cannot be skipped');
SELECT throws_ok($$UPDATE application SET version = version + 1, state = 'approved' WHERE id = pg_temp.id(20)$$, '23001',
    'application cannot go from submitted to approved', 'an unlawful move is refused');
SELECT lives_ok($$UPDATE application SET version = version + 1, state = 'assessed' WHERE id = pg_temp.id(20)$$, 'a lawful move is taken');
SELECT throws_ok($$UPDATE application SET version = version + 1, decided_by = assessed_by WHERE id = pg_temp.id(20)$$, '23514', NULL,
    'nobody decides what they assessed');
SELECT lives_ok($$UPDATE application SET version = version + 1, decided_by = pg_temp.id(2) WHERE id = pg_temp.id(20)$$,
    'somebody else may');
SELECT throws_ok($$UPDATE scheme SET version = version + 1, committed_pence = 2000001$$, '23514', NULL, 'no more is committed than allocated');
SELECT lives_ok($$UPDATE scheme SET version = version + 1, committed_pence = 2000000$$, 'the last penny can be');
SELECT throws_ok($$UPDATE scheme SET version = version + 1, committed_pence = -1$$, '23514', NULL, 'nor less than nothing');
SELECT throws_ok($$INSERT INTO award (authority_id, id, reference, application_id, scheme, scheme_version_id, period, band, business_id, premises_id,
    amount_pence, awarded_on, recorded_at, recorded_by) VALUES ('E08000007', pg_temp.id(31), 'AW-2', pg_temp.id(21), 'sbgf', pg_temp.id(13), 'once',
    'small', pg_temp.id(11), pg_temp.id(12), 1000000, '2020-04-02', now(), pg_temp.id(2))$$, '23505', NULL,
    'one live award for what a scheme pays once');
SELECT lives_ok($$UPDATE award SET version = version + 1, state = 'cancelled' WHERE id = pg_temp.id(30)$$, 'an award can be cancelled');
SELECT lives_ok($$INSERT INTO award (authority_id, id, reference, application_id, scheme, scheme_version_id, period, band, business_id, premises_id,
    amount_pence, awarded_on, recorded_at, recorded_by) VALUES ('E08000007', pg_temp.id(31), 'AW-2', pg_temp.id(21), 'sbgf', pg_temp.id(13), 'once',
    'small', pg_temp.id(11), pg_temp.id(12), 1000000, '2020-04-02', now(), pg_temp.id(2))$$, 'and then the premises are free');
SELECT throws_ok($$UPDATE award SET version = version + 1, state = 'awarded' WHERE id = pg_temp.id(30)$$, '23001', NULL,
    'a cancelled award does not come back');
INSERT INTO payment (authority_id, id, reference, award_id, instructed_on, kind, business_id, amount_pence, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(40), 'PY-1', pg_temp.id(31), '2020-04-03', 'business', pg_temp.id(11), 1000000, now(), pg_temp.id(1));
SELECT throws_ok($$INSERT INTO payment (authority_id, id, reference, award_id, instructed_on, kind, business_id, amount_pence,
    recorded_at, recorded_by) VALUES ('E08000007', pg_temp.id(41), 'PY-2', pg_temp.id(31), '2020-04-03', 'business',
    pg_temp.id(11), 1000000, now(), pg_temp.id(1))$$, '23505', NULL, 'an award has one live payment');
SELECT throws_ok($$UPDATE payment SET version = version + 1, entry_day = '2020-04-02' WHERE id = pg_temp.id(40)$$, '23514', NULL,
    'a payment cannot settle before it was instructed');
SELECT throws_ok($$INSERT INTO business_identifier VALUES ('E08000007', pg_temp.id(11), 1, 'company_number', '0123', NULL),
    ('E08000007', pg_temp.id(11), 2, 'company_number', '0123', NULL)$$, '23505', NULL, 'a company number is one business');

INSERT INTO api_token (authority_id, id, staff_id, role, hash)
SELECT 'E08000007', pg_temp.id(n), pg_temp.id(1), 'helpline', encode(sha256(n::text::bytea), 'hex') FROM generate_series(50, 51) n;
SELECT throws_ok($$UPDATE api_token SET version = version + 1, staff_id = pg_temp.id(2) WHERE id = pg_temp.id(50)$$, '23001',
    'a token keeps its secret and its person', 'a token cannot be given to somebody else');
SELECT ok(begin_writing('E08000007', pg_temp.id(50), 1) IS NOT NULL, 'whoever holds a token may write');
SELECT is(revoke_tokens('E08000007', ARRAY[pg_temp.id(50), pg_temp.id(50)], 'left', NULL, NULL, 'r'), 1::bigint, 'a token is revoked once');
SELECT ok(begin_writing('E08000007', pg_temp.id(50), 1) IS NULL AND begin_writing('E08000007', pg_temp.id(50), 2) IS NULL,
    'and then nobody writes with it');
SELECT throws_ok($$UPDATE api_token SET version = version + 1, state = 'valid' WHERE id = pg_temp.id(50)$$, '23001', NULL,
    'a revoked token does not come back');

SELECT * FROM finish();
ROLLBACK;
