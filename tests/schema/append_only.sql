-- What counts and what was audited can be added to, and nothing else, whoever asks.
BEGIN;
SELECT no_plan();

INSERT INTO staff (authority_id, id, key, name)
VALUES ('E08000007', '00000000-0000-7000-8000-000000000001', 'a', 'A'),
       ('E08000007', '00000000-0000-7000-8000-000000000002', 'b', 'B');
INSERT INTO entry (authority_id, id, measure, quantity, dims, happened_on, recorded_at, record_kind, record_id, cause,
                   request_id, actor)
VALUES ('E08000007', '00000000-0000-7000-8000-0000000000e1', 'call_received', 1, '{}', '2020-04-01', now(), 'call',
        '00000000-0000-7000-8000-0000000000c1', 'record', 'r', '00000000-0000-7000-8000-000000000001');
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, request_id)
VALUES ('E08000007', now(), '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', 'record',
        'call', '00000000-0000-7000-8000-0000000000c1', 1, 'r');
INSERT INTO seal VALUES ('E08000007', now(), 1);
INSERT INTO merge_link (authority_id, from_id, into_id, linked)
VALUES ('E08000007', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', true);

SELECT throws_ok('UPDATE entry SET quantity = 2', '23001', 'entry is append-only', 'no entry can be changed, even by the owner');
SELECT throws_ok('DELETE FROM entry', '23001', 'entry is append-only', 'no entry can be deleted, even by the owner');
SELECT throws_ok('TRUNCATE entry CASCADE', '23001', 'entry is append-only', 'the ledger cannot be emptied');
SELECT throws_ok('UPDATE audit SET reason = ''x''', '23001', 'audit is append-only', 'no audit line can be changed');
SELECT throws_ok('DELETE FROM audit', '23001', 'audit is append-only', 'no audit line can be deleted');
SELECT throws_ok('TRUNCATE audit', '23001', 'audit is append-only', 'the audit cannot be emptied');
INSERT INTO audit_link VALUES ('E08000007', 1, now(), 1, 1, 1, 1, sha256(''));
SELECT throws_ok('UPDATE audit_link SET number = 2', '23001', 'audit_link is append-only', 'no link of the chain can be changed');
SELECT throws_ok('DELETE FROM audit_link', '23001', 'audit_link is append-only', 'no link of the chain can be taken out');
SELECT throws_ok('TRUNCATE audit_link', '23001', 'audit_link is append-only', 'the chain cannot be cut off');
SELECT throws_ok('UPDATE seal SET seq = 2', '23001', 'seal is append-only', 'a seal cannot be moved');
SELECT throws_ok('DELETE FROM seal', '23001', 'seal is append-only', 'a seal cannot be broken');
SELECT throws_ok('DELETE FROM merge_link', '23001', 'merge_link is append-only', 'that two were one stays known');
SELECT throws_ok('UPDATE merge_link SET linked = false', '23001', 'merge_link is append-only', 'a link is undone by a new one');

SELECT throws_ok('UPDATE publication SET title = ''x''', '23001', 'publication is append-only', 'what was published cannot be changed');
SELECT throws_ok('DELETE FROM publication', '23001', 'publication is append-only', 'nor taken back');
SELECT throws_ok('UPDATE publication_document SET document = ''x''', '23001', 'publication_document is append-only', 'its bytes stay');
SELECT throws_ok('UPDATE publication_figure SET value = 1', '23001', 'publication_figure is append-only', 'its figures stay');

SELECT throws_ok(
    $$INSERT INTO entry (authority_id, id, measure, quantity, dims, happened_on, recorded_at, record_kind, record_id, cause,
                         request_id, actor, hash)
      VALUES ('E08000007', gen_random_uuid(), 'call_received', 1, '{}', '2020-04-01', now(), 'call', gen_random_uuid(),
              'record', 'r', '00000000-0000-7000-8000-000000000001', 'x')$$,
    '428C9', NULL, 'an entry''s hash is made by the database');
SELECT is((SELECT hash FROM entry), sha256(convert_to(
    '00000000-0000-7000-8000-0000000000e1|call_received|1|-|{}|' || (DATE '2020-04-01' - DATE '2000-01-01'), 'UTF8')),
    'an entry''s hash is SHA-256 over id, measure, quantity, subject, dimensions and day');

SET LOCAL ROLE tideover_app;
SELECT throws_ok('UPDATE entry SET quantity = 2', '42501', NULL, 'the service''s login may not change entries');
SELECT throws_ok('DELETE FROM entry', '42501', NULL, 'the service''s login may not delete entries');
SELECT throws_ok('UPDATE audit SET reason = ''x''', '42501', NULL, 'the service''s login may not change the audit');
SELECT throws_ok('DELETE FROM call', '42501', NULL, 'the service''s login may not delete records');
SELECT throws_ok('TRUNCATE call', '42501', NULL, 'the service''s login may not empty tables');
SELECT throws_ok('CREATE TABLE mine ()', '42501', NULL, 'the service''s login may not create tables');
SELECT throws_ok('DELETE FROM api_token', '42501', NULL, 'the service''s login may not delete tokens');
SELECT throws_ok('DELETE FROM staff', '42501', NULL, 'the service''s login may not delete staff');
SELECT throws_ok('UPDATE idempotency SET body = ''x''', '42501', NULL, 'a stored answer stays as it was given');
SELECT throws_ok('UPDATE publication SET title = ''x''', '42501', NULL, 'the service''s login may not change publications');
SELECT throws_ok('DELETE FROM publication_document', '42501', NULL, 'the service''s login may not delete documents');
RESET ROLE;
SELECT is_empty($$SELECT tablename FROM pg_tables WHERE tableowner = 'tideover_app'$$, 'the service''s login owns nothing');

SELECT * FROM finish();
ROLLBACK;
