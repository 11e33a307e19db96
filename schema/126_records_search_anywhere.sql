-- Autovacuum works without a search path, so what an index calls says where it is found. Planning weighs what a document
-- costs to make: as much as some pages.
CREATE OR REPLACE FUNCTION search_document(words text, codes text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE
    PARALLEL SAFE COST 4000 AS $$
BEGIN
    RETURN array_to_tsvector(array_remove(public.search_words(words || ' ' || codes) ||
        string_to_array(regexp_replace(lower(codes), '[^0-9a-z\n]+', '', 'g'), E'\n'), ''));
END $$;
