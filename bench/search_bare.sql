-- Prints the best SQL for each question in bench_typed, for psql. A name or a street takes two rounds: what its words may
-- mean, each of them itself and the 24 most like it, and then who has one of each. A number takes one. The answers are the
-- newest 21 persons and calls, with their references, names and postcodes. psql variable: authority.
WITH document(kind, words) AS (VALUES
    ('person', 'search_document(name || '' '' || COALESCE(address, '''') || '' '' || COALESCE(email, ''''), COALESCE(postcode, ''''))'),
    ('call', 'search_document(COALESCE(caller_name, ''''), COALESCE(caller_postcode, ''''))')
), question AS (
    SELECT n, kind, search_words(typed) AS words,
           regexp_replace(regexp_replace(typed, '^\+44 \(0\)', '0'), '[^0-9]', '', 'g') AS digits
    FROM bench_typed
), condition AS (
    SELECT n,
           CASE kind WHEN 'phone' THEN NULL ELSE format(
               'SELECT string_agg(concat(''('', quote_literal(x.word), like_it.words, '')''), '' & '') AS meant FROM unnest(%L::text[]) x(word) '
               'CROSS JOIN LATERAL (SELECT string_agg('' | '' || quote_literal(s.word), '''') AS words FROM (SELECT * FROM search_similar(%L, x.word) LIMIT 24) s(word)) like_it \gset',
               q.words, :'authority') END AS before,
           CASE kind WHEN 'phone' THEN format('phone LIKE %L', '%' || digits || '%') ELSE p.words || ' @@ :''meant''::tsquery' END AS of_person,
           CASE kind WHEN 'phone' THEN format('caller_phone LIKE %L', '%' || digits || '%') ELSE l.words || ' @@ :''meant''::tsquery' END AS of_call
    FROM question q
    JOIN document p(d, words) ON p.d = 'person' JOIN document l(d, words) ON l.d = 'call'
)
SELECT concat_ws(E'\n', before, format(
    '(SELECT ''person'', reference, concat_ws('' · '', name, born_on, postcode) FROM person WHERE authority_id = %1$L AND %2$s ORDER BY id DESC LIMIT 21) '
    'UNION ALL (SELECT ''call'', reference, concat_ws('' · '', caller_name, started_at, caller_postcode) FROM call WHERE authority_id = %1$L AND %3$s ORDER BY id DESC LIMIT 21);
\echo end of question',
    :'authority', of_person, of_call))
FROM condition ORDER BY n;
