-- Rules of shape that every table keeps, so that councils never meet and many can share one database.
BEGIN;
SELECT no_plan();

SELECT is_empty($$
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT IN ('measure', 'lifecycle_move', 'ended_state', 'bank_holiday', 'migration', 'authority')
    AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'authority_id' AND a.attnotnull)$$,
    'every table but the small code tables belongs to an authority');

SELECT is_empty($$
    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE n.nspname = 'public' AND i.indisprimary AND c.relkind = 'r' AND a.attname <> 'authority_id'
    AND c.relname NOT IN ('measure', 'lifecycle_move', 'ended_state', 'bank_holiday', 'migration', 'authority')$$,
    'every primary key is led by the authority');

SELECT is_empty($$
    SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE n.nspname = 'public' AND i.indisunique AND a.attname IS DISTINCT FROM 'authority_id'
    AND c.relname NOT IN ('measure', 'lifecycle_move', 'ended_state', 'bank_holiday', 'migration', 'authority')
    AND i.indexrelid::regclass::text NOT IN ('api_token_hash_key', 'session_hash_key')$$,
    'every unique index is led by the authority; only the hash of a token or a session is unique everywhere');

SELECT is_empty($$
    SELECT conname FROM pg_constraint WHERE contype = 'f' AND confrelid NOT IN ('authority'::regclass, 'measure'::regclass)
    AND (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) <> 'authority_id'$$,
    'every foreign key stays inside one authority');

SELECT is_empty($$
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'recorded_by'
    AND EXISTS (SELECT FROM pg_attribute v WHERE v.attrelid = c.oid AND v.attname = 'version')
    AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'guard')$$,
    'every record''s table guards its versions and its lifecycle');

SELECT is_empty($$
    SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND a.attname LIKE '%\_pence'
    AND a.atttypid <> 'pence'::regtype$$,
    'money is pence');

SELECT is_empty($$
    SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
    AND a.atttypid IN ('timestamp'::regtype, 'float4'::regtype, 'float8'::regtype, 'money'::regtype)$$,
    'no clock without a zone and no floating point anywhere');

SELECT is_empty($$
    SELECT DISTINCT r.source FROM record_reference r
    WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = r.source::regclass AND t.tgname = 'name_nothing_void')$$,
    'whatever names a record refuses to name a void one');

SELECT is_empty($$
    SELECT DISTINCT r.target FROM record_reference r
    WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = r.target::regclass AND t.tgname = 'refuse_void_in_use')$$,
    'whatever is named is not made void while work leans on it');

SELECT * FROM finish();
ROLLBACK;
