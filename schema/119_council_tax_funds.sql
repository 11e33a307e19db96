-- Council Tax funds are rows, each of one financial year. A fund's automatic award is made once an account, and no account
-- ever stands below nothing from a fund, on whatever day, through merges and corrections.

CREATE OR REPLACE FUNCTION canonical_form(form text, value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE form
        WHEN 'code' THEN trim(BOTH '-' FROM regexp_replace(lower(value COLLATE "C"), '[\s_\u2010-\u2015-]+', '-', 'g'))
        WHEN 'fund' THEN trim(BOTH '_' FROM regexp_replace(lower(value COLLATE "C"), '[\s_\u2010-\u2015-]+', '_', 'g'))
        WHEN 'tag' THEN regexp_replace(upper(value COLLATE "C"), '[\s_\u2010-\u2015-]+', '', 'g')
        WHEN 'account' THEN upper(regexp_replace(value, '[^0-9A-Za-z]', '', 'g'))
        WHEN 'ward' THEN trim(regexp_replace(replace(lower(value), '&', ' and '), '[^[:alnum:]]+', ' ', 'g'))
        ELSE value END;

CREATE TABLE council_tax_fund (
    authority_id text NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL CHECK (length(code) BETWEEN 2 AND 60),
    title text NOT NULL CHECK (length(title) BETWEEN 2 AND 120),
    financial_year text NOT NULL
        CHECK (financial_year IN ('2019/20', '2020/21', '2021/22', '2022/23', '2023/24', '2024/25', '2025/26', '2026/27',
                                  '2027/28', '2028/29', '2029/30', '2030/31')),
    automatic_pence pence CHECK (automatic_pence >= 1),
    version integer NOT NULL DEFAULT 1,
    voided boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (authority_id, id),
    UNIQUE (authority_id, reference),
    UNIQUE (authority_id, code),
    FOREIGN KEY (authority_id, recorded_by) REFERENCES staff (authority_id, id)
);
CREATE INDEX council_tax_fund_in_form ON council_tax_fund (authority_id, canonical_form('fund', code));
CREATE TRIGGER guard BEFORE UPDATE ON council_tax_fund FOR EACH ROW EXECUTE FUNCTION guard_record();
CREATE FUNCTION code_in_form_council_tax_fund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.code <> canonical_form('fund', NEW.code) THEN
        RAISE EXCEPTION 'a code in another spelling than its form: constraint "council_tax_fund_form"' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER code_in_form BEFORE INSERT ON council_tax_fund FOR EACH ROW EXECUTE FUNCTION code_in_form_council_tax_fund();
GRANT SELECT, INSERT, UPDATE ON council_tax_fund TO tideover_app;

-- The funds that postings name. Where those of one fund were of several years, it is of the year that most were of.
INSERT INTO council_tax_fund (authority_id, id, reference, code, title, financial_year, automatic_pence, recorded_at, recorded_by)
SELECT p.authority_id,
       (substr(hash, 1, 8) || '-' || substr(hash, 9, 4) || '-8' || substr(hash, 14, 3) || '-' ||
        to_hex(8 + (('x' || substr(hash, 17, 1))::bit(4)::int & 3)) || substr(hash, 18, 3) || '-' || substr(hash, 21, 12))::uuid,
       fresh_reference('CF'), f.code, f.title, coalesce(f.year, p.year), f.automatic_pence, p.recorded_at, p.recorded_by
FROM (SELECT authority_id, fund, mode() WITHIN GROUP (ORDER BY financial_year) AS year, min(recorded_at) AS recorded_at,
             (array_agg(recorded_by ORDER BY recorded_at, id))[1] AS recorded_by
      FROM council_tax_posting GROUP BY authority_id, fund) p
JOIN (VALUES ('hardship_2020_21', 'Hardship Fund 2020/21', '2020/21', 15000),
             ('discretionary_2020_21', 'Discretionary help 2020/21', '2020/21', NULL),
             ('council_tax_support', 'Council Tax Support', NULL, NULL),
             ('energy_rebate_2022', 'Energy rebate 2022', '2022/23', 15000)) f (code, title, year, automatic_pence) ON f.code = p.fund
CROSS JOIN LATERAL (SELECT encode(sha256(convert_to(concat_ws(E'\n', p.authority_id, 'council_tax_fund', f.code), 'UTF8')), 'hex')) h (hash);
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
SELECT f.authority_id, clock_timestamp(), f.recorded_by, l.token_id, 'record', 'council_tax_fund', f.id, 1, NULL, 'migration-119'
FROM council_tax_fund f
CROSS JOIN LATERAL (SELECT a.token_id FROM council_tax_posting p
                    JOIN audit a ON a.authority_id = p.authority_id AND a.record_id = p.id AND a.version = 1
                    WHERE p.authority_id = f.authority_id AND p.fund = f.code ORDER BY p.recorded_at, p.id LIMIT 1) l
ORDER BY f.authority_id, f.code;

ALTER TABLE council_tax_posting
    DROP CONSTRAINT council_tax_posting_fund_check, DROP CONSTRAINT council_tax_posting_financial_year_check,
    ADD basis text CHECK (basis IN ('automatic', 'application')), ADD fund_id uuid, ADD automatic_pence pence CHECK (automatic_pence >= 1),
    ADD CHECK (financial_year IN ('2019/20', '2020/21', '2021/22', '2022/23', '2023/24', '2024/25', '2025/26', '2026/27',
                                  '2027/28', '2028/29', '2029/30', '2030/31')),
    ALTER financial_year DROP NOT NULL;
ALTER TABLE council_tax_posting DISABLE TRIGGER guard;
UPDATE council_tax_posting p SET fund_id = f.id FROM council_tax_fund f WHERE f.authority_id = p.authority_id AND f.code = p.fund;
ALTER TABLE council_tax_posting ENABLE TRIGGER guard;
ALTER TABLE council_tax_posting
    ADD FOREIGN KEY (authority_id, fund) REFERENCES council_tax_fund (authority_id, code),
    ADD FOREIGN KEY (authority_id, fund_id) REFERENCES council_tax_fund (authority_id, id),
    ADD CONSTRAINT council_tax_posting_basis CHECK (kind = 'award' OR basis IS NULL),
    ADD CONSTRAINT council_tax_posting_year CHECK (financial_year IS NOT NULL),
    ADD CONSTRAINT council_tax_posting_most CHECK (basis <> 'automatic' OR amount_pence <= automatic_pence);
SELECT hold_references('council_tax_posting');
CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON council_tax_fund FOR EACH ROW WHEN (NEW.voided AND NOT OLD.voided)
    EXECUTE FUNCTION refuse_void_in_use();

-- The award that stands in the way of an automatic one of a fund: a live one of the account, or of one merged with it, that
-- was not reversed. Of an award of before funds were rows nobody said whether it was automatic: it may have been.
CREATE FUNCTION automatic_award(authority text, account uuid, of_fund text, of_year text, itself uuid) RETURNS text LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p.reference FROM council_tax_posting p
    WHERE p.authority_id = authority AND p.fund = of_fund AND p.financial_year = of_year AND p.kind = 'award'
      AND p.basis IS DISTINCT FROM 'application' AND NOT p.voided AND p.id <> itself
      AND p.account_id IN (SELECT members_of(authority, root_of(authority, account, 9223372036854775807), 9223372036854775807))
      AND NOT EXISTS (SELECT FROM council_tax_posting r
                      WHERE r.authority_id = authority AND r.reverses_id = p.id AND NOT r.voided)
    ORDER BY p.reference LIMIT 1;
END;

-- The first day on which an account, with those merged with it, would stand below nothing from a fund, and by how much.
CREATE FUNCTION below_nothing(authority text, account uuid, of_fund text, of_year text)
RETURNS TABLE (on_day date, balance bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT b.effective_on, b.balance::bigint
    FROM (SELECT p.effective_on, sum(p.credit_pence::bigint) OVER (ORDER BY p.effective_on) AS balance
          FROM council_tax_posting p
          WHERE p.authority_id = authority AND p.fund = of_fund AND p.financial_year = of_year AND NOT p.voided
            AND p.account_id IN (SELECT members_of(authority, root_of(authority, account, 9223372036854775807), 9223372036854775807))) b
    WHERE b.balance < 0 ORDER BY b.effective_on LIMIT 1;
END;

CREATE FUNCTION refuse_second_automatic(award council_tax_posting) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    rival text;
BEGIN
    PERFORM hold_payee(award.authority_id, award.account_id, NULL);
    rival := automatic_award(award.authority_id, award.account_id, award.fund, award.financial_year, award.id);
    IF rival IS NOT NULL THEN
        RAISE EXCEPTION 'Posting % stands, an award of the same fund to the same account: constraint "council_tax_posting_automatic"', rival
            USING ERRCODE = 'unique_violation';
    END IF;
END $$;

CREATE FUNCTION refuse_below_nothing(posting council_tax_posting) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    low record;
BEGIN
    PERFORM hold_payee(posting.authority_id, posting.account_id, NULL);
    SELECT * INTO low FROM below_nothing(posting.authority_id, posting.account_id, posting.fund, posting.financial_year);
    IF FOUND THEN
        RAISE EXCEPTION 'On % the account would stand at % pence from the fund: constraint "council_tax_posting_balance"',
            low.on_day, low.balance USING ERRCODE = 'check_violation';
    END IF;
END $$;

-- What takes from an account is looked at, and what gives is not: so an account that stands below nothing from before can
-- be put right.
CREATE FUNCTION posting_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gave bigint := CASE WHEN TG_OP = 'UPDATE' AND NOT OLD.voided THEN OLD.credit_pence::bigint ELSE 0 END;
    gives bigint := CASE WHEN NEW.voided THEN 0 ELSE NEW.credit_pence::bigint END;
    freed council_tax_posting;
BEGIN
    IF NEW.basis = 'automatic' AND NOT NEW.voided THEN
        PERFORM refuse_second_automatic(NEW);
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.reverses_id IS NOT NULL AND NOT OLD.voided
       AND (NEW.voided OR NEW.reverses_id IS DISTINCT FROM OLD.reverses_id) THEN  -- what it had reversed stands again
        SELECT * INTO freed FROM council_tax_posting p
        WHERE p.authority_id = OLD.authority_id AND p.id = OLD.reverses_id AND p.basis = 'automatic' AND NOT p.voided;
        IF FOUND THEN
            PERFORM refuse_second_automatic(freed);
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.account_id, NEW.fund, NEW.financial_year, NEW.effective_on)
                         IS NOT DISTINCT FROM (OLD.account_id, OLD.fund, OLD.financial_year, OLD.effective_on) THEN
        IF gives < gave THEN
            PERFORM refuse_below_nothing(NEW);
        END IF;
        RETURN NULL;
    END IF;
    IF gave > 0 THEN
        PERFORM refuse_below_nothing(OLD);
    END IF;
    IF gives < 0 THEN
        PERFORM refuse_below_nothing(NEW);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stands AFTER INSERT OR UPDATE ON council_tax_posting FOR EACH ROW EXECUTE FUNCTION posting_stands();

INSERT INTO migration_finding (authority_id, migration, rule, record_kind, record_id, reference)
SELECT p.authority_id, 119, 'its fund is of ' || f.financial_year || ', it of ' || p.financial_year, 'council_tax_posting', p.id, p.reference
FROM council_tax_posting p JOIN council_tax_fund f ON f.authority_id = p.authority_id AND f.id = p.fund_id
WHERE p.financial_year <> f.financial_year AND NOT p.voided
UNION ALL
SELECT a.authority_id, 119, 'it stands at ' || b.balance || ' pence from ' || k.fund || ' on ' || b.on_day, 'council_tax_account', a.id, a.reference
FROM (SELECT DISTINCT authority_id, account_id, fund, financial_year FROM council_tax_posting WHERE credit_pence < 0 AND NOT voided) k
JOIN council_tax_account a ON a.authority_id = k.authority_id AND a.id = k.account_id
CROSS JOIN LATERAL below_nothing(k.authority_id, k.account_id, k.fund, k.financial_year) b
UNION ALL
SELECT authority_id, 119, 'another live award of this fund to this account is of the same amount', 'council_tax_posting', id, reference
FROM (SELECT p.authority_id, p.id, p.reference,
             row_number() OVER (PARTITION BY p.authority_id, p.account_id, p.fund, p.financial_year, p.amount_pence
                                ORDER BY p.recorded_at, p.id) AS place
      FROM council_tax_posting p
      WHERE p.kind = 'award' AND NOT p.voided
        AND NOT EXISTS (SELECT FROM council_tax_posting r
                        WHERE r.authority_id = p.authority_id AND r.reverses_id = p.id AND NOT r.voided)) w
WHERE place > 1;
