-- Who is one with a payee, and which premises are one, is asked several times for each award and payment. As plpgsql these
-- questions are planned once a connection and not each time.

CREATE OR REPLACE FUNCTION members_of(authority text, root uuid, upto bigint) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN QUERY
    WITH RECURSIVE member(id) AS (
        SELECT root
        UNION
        SELECT l.from_id FROM member m
        CROSS JOIN LATERAL (SELECT * FROM merge_link WHERE authority_id = authority AND into_id = m.id OFFSET 0) l
        WHERE l.linked AND l.seq <= upto AND NOT EXISTS (
            SELECT FROM merge_link later WHERE later.authority_id = authority AND later.from_id = l.from_id
            AND later.seq > l.seq AND later.seq <= upto))
    SELECT id FROM member;
END $$;

CREATE OR REPLACE FUNCTION same_premises(authority text, asked uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT asked WHERE asked IS NOT NULL
    UNION
    SELECT there.premises_id
    FROM premises_identifier here
    JOIN premises_identifier there ON there.authority_id = here.authority_id AND there.kind = here.kind
         AND there.canonical = here.canonical
    JOIN premises p ON p.authority_id = there.authority_id AND p.id = there.premises_id
    WHERE here.authority_id = authority AND here.premises_id = asked AND here.kind = 'uprn' AND here.to_version IS NULL
          AND (there.to_version IS NULL OR (p.voided AND there.to_version = p.version - 1));
END $$;
