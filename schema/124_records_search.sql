-- Records are found by what people know of them: words with slips in them, any part of a telephone number or of an
-- identifier, a postcode, a code. pg_trgm comes with PostgreSQL, and whoever owns the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A text in small letters without accents, and without the marks that are not written consistently.
CREATE FUNCTION search_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN octet_length(value) = char_length(value) THEN lower(value)
        ELSE lower(translate(
            regexp_replace(normalize(value, NFKD),
                '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u2060\ufeff]+', '', 'g'),
            U&'\00d8\00f8\0141\0142\0110\0111\00f0\00d0\0131', 'OoLlDddDi')) END;

-- Its words: what stands between blanks and punctuation. An apostrophe is no part of a name: O'Brien is obrien.
CREATE FUNCTION search_words(value text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_remove(string_to_array(translate(
        translate(search_text(value), U&'''`\2018\2019\02bc\00b4', ''),
        E' \t\n\r!"#$%&()*+,-./:;<=>?@[\\]^_{|}~' ||
        U&'\2010\2011\2012\2013\2014\2015\00ab\00bb\201c\201d\201e\2026\060c\061b\061f\00b7\2022\00a1\00bf',
        repeat(' ', 100)), ' '), '');

-- What a record is found by: the words of its texts, and its codes, a line each, by their words and as a whole without
-- blanks and dashes. It costs what a page costs, or a common word would be looked for row by row.
CREATE FUNCTION search_document(words text, codes text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    COST 400 AS $$
BEGIN
    RETURN array_to_tsvector(array_remove(search_words(words || ' ' || codes) ||
        string_to_array(regexp_replace(lower(codes), '[^0-9a-z\n]+', '', 'g'), E'\n'), ''));
END $$;

CREATE INDEX organisation_search ON organisation USING gin (search_document(name || ' ' || COALESCE(address, '') || ' ' || COALESCE(email, ''), COALESCE(code, '') || E'\n' || COALESCE(postcode, '')), phone gin_trgm_ops);
CREATE INDEX organisation_identifier_search ON organisation_identifier USING gin (canonical gin_trgm_ops);
CREATE INDEX household_search ON household USING gin (search_document(address || ' ' || COALESCE(email, ''), postcode), phone gin_trgm_ops);
CREATE INDEX household_identifier_search ON household_identifier USING gin (canonical gin_trgm_ops);
CREATE INDEX person_search ON person USING gin (search_document(name || ' ' || COALESCE(address, '') || ' ' || COALESCE(email, ''), COALESCE(postcode, '')), phone gin_trgm_ops);
CREATE INDEX person_identifier_search ON person_identifier USING gin (canonical gin_trgm_ops);
CREATE INDEX business_search ON business USING gin (search_document(name || ' ' || COALESCE(trading_as, '') || ' ' || COALESCE(address, '') || ' ' || COALESCE(email, ''), COALESCE(postcode, '')), phone gin_trgm_ops);
CREATE INDEX business_identifier_search ON business_identifier USING gin (canonical gin_trgm_ops);
CREATE INDEX premises_search ON premises USING gin (search_document(address, postcode));
CREATE INDEX premises_identifier_search ON premises_identifier USING gin (canonical gin_trgm_ops);
CREATE INDEX council_tax_account_search ON council_tax_account USING gin (search_document(COALESCE(ratepayer, '') || ' ' || COALESCE(address, ''), account_reference || E'\n' || COALESCE(postcode, '')));
CREATE INDEX council_tax_fund_search ON council_tax_fund USING gin (search_document(title, code));
CREATE INDEX scheme_search ON scheme USING gin (search_document(title, code));
CREATE INDEX call_search ON call USING gin (search_document(COALESCE(caller_name, ''), COALESCE(caller_postcode, '')), caller_phone gin_trgm_ops);
CREATE INDEX voucher_search ON voucher USING gin (search_document('', COALESCE(issuer_code, '')));
CREATE INDEX device_search ON device USING gin (search_document('', asset_tag));
CREATE INDEX ppe_item_search ON ppe_item USING gin (search_document(title, code));
CREATE INDEX external_funding_search ON external_funding USING gin (search_document('', funder || E'\n' || COALESCE(bid_reference, '')));
CREATE INDEX mutual_aid_group_search ON mutual_aid_group USING gin (search_document(name || ' ' || COALESCE(contact_name, '') || ' ' || COALESCE(contact_email, ''), ''), contact_phone gin_trgm_ops);
CREATE INDEX staff_search ON staff USING gin (search_document(key || ' ' || name, ''));

-- The words that records have: what a slip or a beginning may mean. They are learned from the audit a moment after a
-- record, so that no two writers meet at a word.
CREATE TABLE search_word (
    authority_id text NOT NULL,
    word text NOT NULL CHECK (length(word) BETWEEN 3 AND 40),
    PRIMARY KEY (authority_id, word),
    FOREIGN KEY (authority_id) REFERENCES authority (id)
);
CREATE INDEX search_word_similar ON search_word USING gin (word gin_trgm_ops);
CREATE TABLE search_progress (
    authority_id text PRIMARY KEY REFERENCES authority (id),
    upto bigint NOT NULL
);
GRANT SELECT, INSERT ON search_word TO tideover_app;
GRANT SELECT, INSERT, UPDATE ON search_progress TO tideover_app;

-- The words most like one, numbers left out.
CREATE FUNCTION search_similar(authority text, sought text) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE
    SET pg_trgm.similarity_threshold = 0.25 AS $$
    SELECT w.word FROM search_word w
    WHERE w.authority_id = authority AND w.word % sought AND length(sought) >= 3 AND sought !~ '^[0-9]+$'
    ORDER BY similarity(w.word, sought) DESC, w.word LIMIT 60
$$;
