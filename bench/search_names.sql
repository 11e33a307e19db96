-- Invented names, streets and numbers, the n-th of each: pg_temp.name_of(n), street_of(n), phone_of(n). Some are common
-- and most are not, as with people: 60 first names, some 30,000 surnames, 2,000 streets or so.
CREATE FUNCTION pg_temp.syllable(n bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN
    (ARRAY['ba', 'cor', 'den', 'el', 'fin', 'gar', 'hol', 'in', 'jar', 'kel', 'lin', 'mor', 'nor', 'ock', 'pen', 'ros',
           'sel', 'tan', 'und', 'ver', 'wic', 'yar', 'ash', 'bro'])[1 + n % 24];
CREATE FUNCTION pg_temp.name_of(n bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN
    (ARRAY['Margaret', 'Susan', 'David', 'Mohammed', 'John', 'Patricia', 'Michael', 'Aisha', 'Christine', 'Paul', 'Linda',
           'Peter', 'Fatima', 'Jean', 'Robert', 'Helen', 'Ali', 'Dorothy', 'James', 'Karen', 'Joan', 'Andrew', 'Zofia',
           'Brian', 'Elizabeth', 'Alan', 'Wei', 'Sarah', 'George', 'Barbara', 'Stephen', 'Priya', 'Jacqueline', 'Kevin',
           'Maureen', 'Ian', 'Julie', 'Omar', 'Sheila', 'Thomas', 'Sandra', 'Colin', 'Amina', 'Irene', 'Graham', 'Carol',
           'Keith', 'Shirley', 'Hassan', 'Pauline', 'Derek', 'Janet', 'Oluwaseun', 'Marjorie', 'Anthony', 'Eileen',
           'Krzysztof', 'Valerie', 'Simon', 'Noor'])[1 + (n * n / 7 + n) % 60]
    || ' ' || initcap(pg_temp.syllable(n * 7 + n / 31) || pg_temp.syllable(n / 11 + n % 17) || pg_temp.syllable(n / 241 % 7))
    || (ARRAY['son', 'ley', 'ton', 'man', 'by', 'shaw', 'wood', ''])[1 + n / 3 % 8];
CREATE FUNCTION pg_temp.street_of(n bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN
    initcap(pg_temp.syllable(n / 5) || pg_temp.syllable(n / 77 + n % 3) || (ARRAY['ham', 'field', 'worth', 'bridge'])[1 + n % 4])
    || ' ' || (ARRAY['Road', 'Street', 'Avenue', 'Close', 'Lane'])[1 + n / 2 % 5];
CREATE FUNCTION pg_temp.phone_of(n bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN
    '0' || (7000000000 + n * 7919 % 999999937 + 100000000)::text;
