-- Which ward a postcode lies in, as `tideoverd wards import` read it. A record with a postcode and no ward takes its
-- ward from here at the moment when it is recorded; what is imported later changes no record.

CREATE TABLE postcode_ward (
    authority_id text NOT NULL REFERENCES authority,
    postcode text NOT NULL CHECK (is_postcode(postcode)),
    ward text NOT NULL CHECK (length(ward) BETWEEN 1 AND 60),
    PRIMARY KEY (authority_id, postcode)
);
GRANT SELECT ON postcode_ward TO tideover_app;

-- A ward that nobody knows yet is no reason to turn a family away.
ALTER TABLE household ALTER COLUMN ward DROP NOT NULL;
ALTER TABLE premises ALTER COLUMN ward DROP NOT NULL;
