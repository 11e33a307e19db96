-- A ward leaves the list after it came on it, also where a clock was set back meanwhile.
CREATE OR REPLACE FUNCTION list_wards() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    authority text;
    at timestamptz;
BEGIN
    FOR authority IN
        SELECT DISTINCT f.authority_id FROM fresh f
        WHERE NOT f.voided AND NOT EXISTS (SELECT FROM ward_listing l WHERE l.authority_id = f.authority_id
                                           AND l.ward = f.ward AND l.delisted_at IS NULL)
           OR TG_OP = 'UPDATE' AND EXISTS (
               SELECT FROM ward_listing l WHERE l.authority_id = f.authority_id AND l.delisted_at IS NULL
               AND NOT EXISTS (SELECT FROM postcode p WHERE p.authority_id = l.authority_id AND p.ward = l.ward
                               AND NOT p.voided))
    LOOP
        at := begin_writing(authority);
        UPDATE ward_listing l SET delisted_at = greatest(at, l.listed_at + interval '1 microsecond')
        WHERE l.authority_id = authority AND l.delisted_at IS NULL AND NOT EXISTS (
            SELECT FROM postcode p WHERE p.authority_id = authority AND p.ward = l.ward AND NOT p.voided);
        INSERT INTO ward_listing (authority_id, ward, listed_at)
        SELECT authority, f.ward, greatest(at, (SELECT max(l.delisted_at) FROM ward_listing l
                                                WHERE l.authority_id = authority AND l.ward = f.ward))
        FROM (SELECT DISTINCT f.ward FROM fresh f WHERE f.authority_id = authority AND NOT f.voided) f
        ON CONFLICT (authority_id, ward) WHERE delisted_at IS NULL DO NOTHING;
    END LOOP;
    RETURN NULL;
END $$;
