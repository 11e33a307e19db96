-- Words without digits, such as names, are looked up among their like: codes and the ends of e-mail addresses, of which
-- there may be ten times as many, are not read for each.
DROP INDEX search_word_similar;
CREATE INDEX search_word_similar ON search_word USING gin (word gin_trgm_ops) WHERE word !~ '[0-9]';
CREATE INDEX search_word_similar_code ON search_word USING gin (word gin_trgm_ops) WHERE word ~ '[0-9]';

-- The words most like one, with digits where it has some; numbers have none. Two slips in a word of n letters leave it
-- n - 5 of n + 7 trigrams in common with the right one.
DROP FUNCTION search_similar;
CREATE FUNCTION search_similar(authority text, sought text) RETURNS SETOF text LANGUAGE plpgsql STABLE
    SET pg_trgm.similarity_threshold = 0.25 AS $$
BEGIN
    PERFORM set_config('pg_trgm.similarity_threshold',
                       greatest(0.25, least(0.33, (length(sought) - 5.01) / (length(sought) + 7)))::text, true);
    IF length(sought) < 3 OR sought ~ '^[0-9]+$' THEN
        RETURN;
    ELSIF sought ~ '[0-9]' THEN
        RETURN QUERY SELECT w.word FROM search_word w
            WHERE w.authority_id = authority AND w.word % sought AND w.word ~ '[0-9]'
            ORDER BY similarity(w.word, sought) DESC, w.word LIMIT 200;
    ELSE
        RETURN QUERY SELECT w.word FROM search_word w
            WHERE w.authority_id = authority AND w.word % sought AND w.word !~ '[0-9]'
            ORDER BY similarity(w.word, sought) DESC, w.word LIMIT 200;
    END IF;
END $$;

-- What words begin with something, in whatever language the database sorts.
CREATE INDEX search_word_beginning ON search_word (authority_id, word COLLATE "C");
