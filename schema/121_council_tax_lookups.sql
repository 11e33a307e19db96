-- What is looked at when a posting is made, from the accounts to their postings: it costs the same however many there are.

CREATE OR REPLACE FUNCTION automatic_award(authority text, account uuid, of_fund text, of_year text, itself uuid)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    ever CONSTANT bigint := 9223372036854775807;
    accounts uuid[] := ARRAY(SELECT m FROM members_of(authority, root_of(authority, account, ever), ever) m);
BEGIN
    RETURN (SELECT min(a.reference)
            FROM (SELECT * FROM council_tax_posting p WHERE p.authority_id = authority AND p.account_id = ANY (accounts) OFFSET 0) a
            LEFT JOIN LATERAL (SELECT true AS there FROM council_tax_posting r
                               WHERE r.authority_id = authority AND r.reverses_id = a.id AND NOT r.voided OFFSET 0) reversal ON true
            WHERE a.fund = of_fund AND a.financial_year = of_year AND a.kind = 'award'
              AND a.basis IS DISTINCT FROM 'application' AND NOT a.voided AND a.id <> itself AND reversal.there IS NULL);
END $$;

CREATE OR REPLACE FUNCTION below_nothing(authority text, account uuid, of_fund text, of_year text)
RETURNS TABLE (on_day date, balance bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    ever CONSTANT bigint := 9223372036854775807;
    accounts uuid[] := ARRAY(SELECT m FROM members_of(authority, root_of(authority, account, ever), ever) m);
BEGIN
    RETURN QUERY
    SELECT b.effective_on, b.balance::bigint
    FROM (SELECT a.effective_on, sum(a.credit_pence::bigint) OVER (ORDER BY a.effective_on) AS balance
          FROM (SELECT * FROM council_tax_posting p WHERE p.authority_id = authority AND p.account_id = ANY (accounts) OFFSET 0) a
          WHERE a.fund = of_fund AND a.financial_year = of_year AND NOT a.voided) b
    WHERE b.balance < 0 ORDER BY b.effective_on LIMIT 1;
END $$;
