-- The check that a new code comes in its form and is nobody's in another spelling, with a plan that is kept: one function
-- for each kind of record.
DO $$
DECLARE
    coded record;
BEGIN
    FOR coded IN SELECT * FROM (VALUES ('organisation', 'code', 'code'), ('scheme', 'code', 'code'), ('ppe_item', 'code', 'code'),
                                       ('council_tax_account', 'account_reference', 'account')) AS x(noun, field, form) LOOP
        EXECUTE format($body$
            CREATE FUNCTION code_in_form_%1$s() RETURNS trigger LANGUAGE plpgsql AS $function$
            BEGIN
                IF NEW.%2$I <> canonical_form(%3$L, NEW.%2$I) THEN
                    RAISE EXCEPTION 'a code in another spelling than its form: constraint "%1$s_form"' USING ERRCODE = 'check_violation';
                END IF;
                IF EXISTS (SELECT FROM %1$I t WHERE t.authority_id = NEW.authority_id AND t.%2$I IS NOT NULL
                           AND canonical_form(%3$L, t.%2$I) = NEW.%2$I) THEN
                    RAISE EXCEPTION 'there in another spelling: constraint "%1$s_form"' USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END $function$ $body$, coded.noun, coded.field, coded.form);
        EXECUTE format('DROP TRIGGER code_in_form ON %I', coded.noun);
        EXECUTE format('CREATE TRIGGER code_in_form BEFORE INSERT ON %I FOR EACH ROW WHEN (NEW.%I IS NOT NULL) '
                       'EXECUTE FUNCTION %I()', coded.noun, coded.field, 'code_in_form_' || coded.noun);
    END LOOP;
END $$;
DROP FUNCTION code_in_form();
