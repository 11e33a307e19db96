
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE DOMAIN public.pence AS bigint
	CONSTRAINT pence_check CHECK (((VALUE >= '-1000000000000'::bigint) AND (VALUE <= '1000000000000'::bigint)));

CREATE FUNCTION public.automatic_award(authority text, account uuid, of_fund text, of_year text, itself uuid) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION public.award_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    party uuid := coalesce(NEW.business_id, NEW.organisation_id, NEW.person_id);
    rival record;
BEGIN
    PERFORM hold_payee(NEW.authority_id, party, NEW.premises_id);
    SELECT * INTO rival FROM rival_awards(NEW.authority_id, NEW.scheme, NEW.scheme_version_id, NEW.period, party,
                                          NEW.premises_id, NEW.id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'another award stands: constraint "%"', CASE WHEN rival.excludes THEN 'award_excluded' ELSE 'award_holder' END
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.begin_answering(authority text, token uuid, as_of integer, staff uuid, asked_route text, asked_key text, OUT at timestamp with time zone, OUT answered boolean) RETURNS record
    LANGUAGE plpgsql
    AS $$
BEGIN
    at := begin_writing(authority, token, as_of);
    PERFORM pg_advisory_xact_lock(7467, hashtext(concat_ws(' ', authority, staff, asked_route, asked_key)));
    answered := EXISTS (SELECT FROM idempotency i WHERE i.authority_id = authority AND i.staff_id = staff
                        AND i.route = asked_route AND i.key = asked_key);
END $$;

CREATE FUNCTION public.begin_writing(authority text) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7461, hashtext(authority));
    RETURN greatest(clock_timestamp(),
                    (SELECT max(s.at) + interval '1 microsecond' FROM seal s WHERE s.authority_id = authority));
END $$;

CREATE FUNCTION public.begin_writing(authority text, token uuid, as_of integer) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7461, hashtext(authority)),
            pg_advisory_xact_lock_shared(7466, hashtext(token::text));
    RETURN (SELECT greatest(clock_timestamp(),
                            (SELECT max(s.at) + interval '1 microsecond' FROM seal s WHERE s.authority_id = authority))
            FROM api_token t WHERE t.authority_id = authority AND t.id = token AND t.version = as_of
                AND t.state = 'valid' AND NOT t.voided);
END $$;

CREATE FUNCTION public.below_nothing(authority text, account uuid, of_fund text, of_year text) RETURNS TABLE(on_day date, balance bigint)
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION public.canonical_form(form text, value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE form WHEN 'code'::text THEN TRIM(BOTH '-'::text FROM regexp_replace(lower((value COLLATE "C")), '[\s_\u2010-\u2015-]+'::text, '-'::text, 'g'::text)) WHEN 'fund'::text THEN TRIM(BOTH '_'::text FROM regexp_replace(lower((value COLLATE "C")), '[\s_\u2010-\u2015-]+'::text, '_'::text, 'g'::text)) WHEN 'tag'::text THEN regexp_replace(upper((value COLLATE "C")), '[\s_\u2010-\u2015-]+'::text, ''::text, 'g'::text) WHEN 'account'::text THEN upper(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text)) WHEN 'ward'::text THEN TRIM(BOTH FROM regexp_replace(replace(lower(value), '&'::text, ' and '::text), '[^[:alnum:]]+'::text, ' '::text, 'g'::text)) ELSE value END;

CREATE FUNCTION public.canonical_identifier(kind text, value text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE kind WHEN 'uprn'::text THEN ltrim(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text), '0'::text) WHEN 'company_number'::text THEN CASE WHEN (upper(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text)) ~ '^[0-9]{1,8}$'::text) THEN lpad(regexp_replace(value, '[^0-9]'::text, ''::text, 'g'::text), 8, '0'::text) WHEN (upper(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text)) ~ '^[A-Z][A-Z0-9][0-9]{1,6}$'::text) THEN (upper(substr(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text), 1, 2)) || lpad(substr(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text), 3), 6, '0'::text)) ELSE upper(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text)) END WHEN 'vat_number'::text THEN regexp_replace(upper(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text)), '^(GB|XI)'::text, ''::text) WHEN 'charity_number'::text THEN ltrim(regexp_replace(upper(regexp_replace(value, '[^0-9A-Za-z-]'::text, ''::text, 'g'::text)), '^SCO'::text, 'SC0'::text), '0'::text) WHEN 'nhs_number'::text THEN regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text) WHEN 'rates_account'::text THEN upper(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text)) WHEN 'urn'::text THEN upper(regexp_replace(value, '[^0-9A-Za-z]'::text, ''::text, 'g'::text)) WHEN 'email'::text THEN lower(value) WHEN 'phone'::text THEN regexp_replace(regexp_replace(regexp_replace(lower(value), '\s*\.?\s*(extension|extn|ext|x|#)[.: ]*([0-9]+)$'::text, 'x\2'::text), '[^0-9x+]'::text, ''::text, 'g'::text), '^(\+|00)?44(0?)([0-9]{9,10})(x|$)'::text, '0\3\4'::text) ELSE value END;

CREATE FUNCTION public.code_in_form_council_tax_account() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN
                IF NEW.account_reference <> canonical_form('account', NEW.account_reference) THEN
                    RAISE EXCEPTION 'a code in another spelling than its form: constraint "council_tax_account_form"' USING ERRCODE = 'check_violation';
                END IF;
                IF EXISTS (SELECT FROM council_tax_account t WHERE t.authority_id = NEW.authority_id AND t.account_reference IS NOT NULL
                           AND canonical_form('account', t.account_reference) = NEW.account_reference) THEN
                    RAISE EXCEPTION 'there in another spelling: constraint "council_tax_account_form"' USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END $$;

CREATE FUNCTION public.code_in_form_council_tax_fund() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.code <> canonical_form('fund', NEW.code) THEN
        RAISE EXCEPTION 'a code in another spelling than its form: constraint "council_tax_fund_form"' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.code_in_form_organisation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN
                IF NEW.code <> canonical_form('code', NEW.code) THEN
                    RAISE EXCEPTION 'a code in another spelling than its form: constraint "organisation_form"' USING ERRCODE = 'check_violation';
                END IF;
                IF EXISTS (SELECT FROM organisation t WHERE t.authority_id = NEW.authority_id AND t.code IS NOT NULL
                           AND canonical_form('code', t.code) = NEW.code) THEN
                    RAISE EXCEPTION 'there in another spelling: constraint "organisation_form"' USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END $$;

CREATE FUNCTION public.code_in_form_ppe_item() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN
                IF NEW.code <> canonical_form('code', NEW.code) THEN
                    RAISE EXCEPTION 'a code in another spelling than its form: constraint "ppe_item_form"' USING ERRCODE = 'check_violation';
                END IF;
                IF EXISTS (SELECT FROM ppe_item t WHERE t.authority_id = NEW.authority_id AND t.code IS NOT NULL
                           AND canonical_form('code', t.code) = NEW.code) THEN
                    RAISE EXCEPTION 'there in another spelling: constraint "ppe_item_form"' USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END $$;

CREATE FUNCTION public.code_in_form_scheme() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN
                IF NEW.code <> canonical_form('code', NEW.code) THEN
                    RAISE EXCEPTION 'a code in another spelling than its form: constraint "scheme_form"' USING ERRCODE = 'check_violation';
                END IF;
                IF EXISTS (SELECT FROM scheme t WHERE t.authority_id = NEW.authority_id AND t.code IS NOT NULL
                           AND canonical_form('code', t.code) = NEW.code) THEN
                    RAISE EXCEPTION 'there in another spelling: constraint "scheme_form"' USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END $$;

CREATE FUNCTION public.condition_of(filter jsonb) RETURNS jsonpath
    LANGUAGE sql IMMUTABLE
    RETURN ((SELECT COALESCE(string_agg((('('::text || one.choices) || ')'::text), ' && '::text ORDER BY one.key), '1 == 1'::text) AS "coalesce" FROM (SELECT f.key, string_agg(((('$.'::text || to_json(f.key)) || ' == '::text) || v.value), ' || '::text) AS choices FROM (jsonb_each(condition_of.filter) f(key, value) CROSS JOIN LATERAL jsonb_array_elements(f.value) v(value)) GROUP BY f.key) one))::jsonpath;

CREATE FUNCTION public.counted_over(day date) RETURNS TABLE(bucket_kind "char", first date)
    LANGUAGE sql IMMUTABLE ROWS 4
    BEGIN ATOMIC
 VALUES ('d'::"char",'-infinity'::date), ('M'::"char",(date_trunc('month'::text, (counted_over.day)::timestamp without time zone))::date), ('Q'::"char",(date_trunc('quarter'::text, (counted_over.day)::timestamp without time zone))::date), ('Y'::"char",((date_trunc('year'::text, ((counted_over.day)::timestamp without time zone - '3 mons'::interval)) + '3 mons'::interval))::date);
END;

CREATE FUNCTION public.members_of(authority text, root uuid, upto bigint) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE
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

CREATE FUNCTION public.root_of(authority text, party uuid, upto bigint) RETURNS uuid
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    link record;
BEGIN
    FOR depth IN 0..merges_in_a_row() LOOP
        SELECT l.into_id, l.linked INTO link FROM merge_link l
        WHERE l.authority_id = authority AND l.from_id = party AND l.seq <= upto ORDER BY l.seq DESC LIMIT 1;
        IF NOT FOUND OR NOT link.linked THEN
            RETURN party;
        END IF;
        party := link.into_id;
    END LOOP;
    RAISE EXCEPTION 'more than % merges in a row end at %: reverse some', merges_in_a_row(), party USING ERRCODE = 'program_limit_exceeded';
END $$;

CREATE SEQUENCE public.ledger_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.entry (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    seq bigint DEFAULT nextval('public.ledger_seq'::regclass) NOT NULL,
    measure text NOT NULL,
    quantity bigint NOT NULL,
    subject_id uuid,
    dims jsonb NOT NULL,
    happened_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    record_kind text NOT NULL,
    record_id uuid NOT NULL,
    cause text NOT NULL,
    corrects uuid,
    request_id text NOT NULL,
    actor uuid NOT NULL,
    hash bytea GENERATED ALWAYS AS (sha256((replace((((((((((((id)::text || '|'::text) || measure) || '|'::text) || (quantity)::text) || '|'::text) || COALESCE((subject_id)::text, '-'::text)) || '|'::text) || (dims)::text) || '|'::text) || ((happened_on - '2000-01-01'::date))::text), '\'::text, '\\'::text))::bytea)) STORED NOT NULL,
    CONSTRAINT entry_cause_check CHECK ((cause = ANY (ARRAY['record'::text, 'event'::text, 'correction'::text]))),
    CONSTRAINT entry_dims_check CHECK ((jsonb_typeof(dims) = 'object'::text)),
    CONSTRAINT entry_quantity_check CHECK ((quantity <> 0))
);

CREATE TABLE public.headline (
    authority_id text NOT NULL,
    code text NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    unit text NOT NULL,
    aggregate text NOT NULL,
    measure text NOT NULL,
    filter jsonb DEFAULT '{}'::jsonb NOT NULL,
    condition jsonpath GENERATED ALWAYS AS (public.condition_of(filter)) STORED NOT NULL,
    definition_version integer DEFAULT 1 NOT NULL,
    meaning text NOT NULL,
    from_day date NOT NULL,
    as_at date,
    beside text,
    included_in text,
    claim_text text,
    comparator text,
    claim_value bigint,
    "precision" bigint,
    precision_basis text,
    pair text,
    figure text GENERATED ALWAYS AS (split_part(code, '@'::text, 1)) STORED NOT NULL,
    seq bigint DEFAULT nextval('public.ledger_seq'::regclass) NOT NULL,
    superseded_seq bigint,
    current boolean GENERATED ALWAYS AS ((superseded_seq IS NULL)) STORED NOT NULL,
    folded_from bigint,
    periods_folded_from bigint,
    CONSTRAINT headline_aggregate_check CHECK ((aggregate = ANY (ARRAY['sum'::text, 'count'::text, 'distinct'::text]))),
    CONSTRAINT headline_beside_unclaimed CHECK (((beside IS NULL) OR (claim_text IS NULL))),
    CONSTRAINT headline_check CHECK ((as_at >= from_day)),
    CONSTRAINT headline_check2 CHECK ((((claim_text IS NULL) = (comparator IS NULL)) AND ((claim_text IS NULL) = (claim_value IS NULL)) AND ((claim_text IS NULL) = ("precision" IS NULL)))),
    CONSTRAINT headline_code_check CHECK ((code ~ '^[a-z][a-z0-9-]{2,59}(@[0-9]{1,5})?$'::text)),
    CONSTRAINT headline_comparator_check CHECK ((comparator = ANY (ARRAY['exact'::text, 'rounded'::text, 'over'::text, 'nearly'::text]))),
    CONSTRAINT headline_filter_check CHECK ((jsonb_typeof(filter) = 'object'::text)),
    CONSTRAINT headline_precision_basis_check CHECK ((precision_basis = ANY (ARRAY['stated'::text, 'assumed'::text]))),
    CONSTRAINT headline_precision_check CHECK (("precision" > 0))
);

COMMENT ON COLUMN public.headline.as_at IS 'the day that the figure is for; without one, the day as on which it is known';

COMMENT ON COLUMN public.headline.folded_from IS 'the fold from which on its totals are folded; null: not yet';

COMMENT ON COLUMN public.headline.periods_folded_from IS 'the fold from which on whom it counts within a period is folded; null: not yet';

CREATE FUNCTION public.distinct_turns(authority text, parties uuid[], upto bigint) RETURNS TABLE(headline text, bucket_kind "char", day date, delta bigint)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH grouped AS (
          SELECT DISTINCT public.root_of(distinct_turns.authority, p.id, distinct_turns.upto) AS root
            FROM unnest(distinct_turns.parties) p(id)
         ), history AS MATERIALIZED (
          SELECT g.root,
             e.measure,
             e.dims,
             e.happened_on,
             e.quantity
            FROM ((grouped g
              CROSS JOIN LATERAL public.members_of(distinct_turns.authority, g.root, distinct_turns.upto) m(id))
              CROSS JOIN LATERAL ( SELECT entry.authority_id,
                     entry.id,
                     entry.seq,
                     entry.measure,
                     entry.quantity,
                     entry.subject_id,
                     entry.dims,
                     entry.happened_on,
                     entry.recorded_at,
                     entry.record_kind,
                     entry.record_id,
                     entry.cause,
                     entry.corrects,
                     entry.request_id,
                     entry.actor,
                     entry.hash
                    FROM public.entry
                   WHERE ((entry.authority_id = distinct_turns.authority) AND (entry.subject_id = m.id))
                  OFFSET 0) e)
           WHERE (e.seq <= distinct_turns.upto)
         ), daily AS (
          SELECT h.code,
             e.root,
             e.happened_on AS day,
             sum(e.quantity) AS quantity
            FROM (history e
              JOIN public.headline h ON (((h.authority_id = distinct_turns.authority) AND (h.aggregate = 'distinct'::text) AND (h.measure = e.measure) AND COALESCE((h.superseded_seq > distinct_turns.upto), true) AND (e.happened_on >= h.from_day) AND (e.dims @@ h.condition))))
           GROUP BY h.code, e.root, e.happened_on
         ), running AS (
          SELECT d.code,
             d.root,
             d.day,
             o.bucket_kind,
             o.first,
             sum(d.quantity) OVER (PARTITION BY d.code, d.root, o.bucket_kind, o.first ORDER BY d.day) AS net
            FROM (daily d
              CROSS JOIN LATERAL public.counted_over(d.day) o(bucket_kind, first))
         ), crossed AS (
          SELECT running.code,
             running.bucket_kind,
             running.day,
             (((running.net > (0)::numeric))::integer - ((COALESCE(lag(running.net) OVER (PARTITION BY running.code, running.root, running.bucket_kind, running.first ORDER BY running.day), (0)::numeric) > (0)::numeric))::integer) AS delta
            FROM running
         )
  SELECT crossed.code,
     crossed.bucket_kind,
     crossed.day,
     sum(crossed.delta) AS sum
    FROM crossed
   WHERE (crossed.delta <> 0)
   GROUP BY crossed.code, crossed.bucket_kind, crossed.day;
END;

CREATE TABLE public.import_row (
    authority_id text NOT NULL,
    import_id uuid NOT NULL,
    number bigint NOT NULL,
    outcome text NOT NULL,
    record_id uuid,
    cells text[],
    faults jsonb,
    CONSTRAINT import_row_check CHECK (((faults IS NULL) = (cells IS NULL))),
    CONSTRAINT import_row_check1 CHECK (((outcome = 'faulty'::text) = (faults IS NOT NULL))),
    CONSTRAINT import_row_check2 CHECK (((record_id IS NULL) OR (faults IS NULL))),
    CONSTRAINT import_row_number_check CHECK ((number > 0)),
    CONSTRAINT import_row_outcome_check CHECK ((outcome = ANY (ARRAY['recorded'::text, 'same'::text, 'changed'::text, 'faulty'::text])))
);

CREATE TABLE public.job (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    staff_id uuid NOT NULL,
    token_id uuid NOT NULL,
    token_version integer NOT NULL,
    role text NOT NULL,
    partner text,
    made_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    holder uuid,
    lease_until timestamp with time zone NOT NULL,
    done bigint DEFAULT 0 NOT NULL,
    total bigint,
    cancelled_by uuid,
    problem text,
    tries integer DEFAULT 0 NOT NULL,
    CONSTRAINT job_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT job_check CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT job_check1 CHECK (((state = 'cancelled'::text) <= (cancelled_by IS NOT NULL))),
    CONSTRAINT job_check2 CHECK (((state = 'failed'::text) <= (problem IS NOT NULL))),
    CONSTRAINT job_check3 CHECK (((problem IS NULL) OR (state = 'failed'::text) OR (cancelled_by IS NOT NULL))),
    CONSTRAINT job_done_check CHECK ((done >= 0)),
    CONSTRAINT job_kind_check CHECK ((kind = ANY (ARRAY['import'::text, 'import_undo'::text]))),
    CONSTRAINT job_problem_check CHECK (((length(problem) >= 1) AND (length(problem) <= 1000))),
    CONSTRAINT job_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT job_token_version_check CHECK ((token_version > 0)),
    CONSTRAINT job_total_check CHECK ((total >= 0)),
    CONSTRAINT job_tries_check CHECK ((tries >= 0))
);

COMMENT ON COLUMN public.job.done IS 'how much of its work stands: committed with that work, in one transaction';

COMMENT ON COLUMN public.job.tries IS 'attempts since more of its work stood';

CREATE FUNCTION public.forget_faulty_rows() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    BEGIN ATOMIC
 WITH gone AS (
          DELETE FROM public.import_row AS r
            USING public.job j
           WHERE ((j.kind = 'import'::text) AND (j.ended_at < (clock_timestamp() - '90 days'::interval)) AND (r.authority_id = j.authority_id) AND (r.import_id = j.id) AND (r.faults IS NOT NULL))
           RETURNING 1 AS "?column?"
         )
  SELECT count(*) AS count
    FROM gone;
END;

CREATE TABLE public.session (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    hash text NOT NULL,
    token_id uuid NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT session_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);

CREATE FUNCTION public.forget_sessions() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    BEGIN ATOMIC
 WITH gone AS (
          DELETE FROM public.session
           WHERE (session.seen_at < (clock_timestamp() - '90 days'::interval))
           RETURNING 1 AS "?column?"
         )
  SELECT count(*) AS count
    FROM gone;
END;

CREATE FUNCTION public.fresh_reference(prefix text) RETURNS text
    LANGUAGE plpgsql
    AS $$
DECLARE
    crockford CONSTANT text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    base36 CONSTANT text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    body text;
    c text;
    sum integer;
BEGIN
    LOOP
        body := prefix || '-';
        FOR i IN 1..7 LOOP
            body := body || substr(crockford, 1 + floor(random() * 32)::integer, 1);
        END LOOP;
        sum := 0;
        FOREACH c IN ARRAY string_to_array(replace(body, '-', ''), NULL) LOOP
            sum := (sum + strpos(base36, c) - 1) * 2 % 37;
        END LOOP;
        sum := (38 - sum) % 37;
        CONTINUE WHEN sum = 36;
        RETURN body || '-' || substr(base36, sum + 1, 1);
    END LOOP;
END $$;

CREATE FUNCTION public.guard_dated_fact() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.known_until IS NOT NULL THEN
        RAISE EXCEPTION 'what was known is known no longer once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_headline() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.superseded_seq IS NOT NULL AND NEW.superseded_seq IS DISTINCT FROM OLD.superseded_seq)
       OR (OLD.folded_from IS NOT NULL AND NEW.folded_from IS DISTINCT FROM OLD.folded_from)
       OR (OLD.periods_folded_from IS NOT NULL
           AND NEW.periods_folded_from IS DISTINCT FROM OLD.periods_folded_from) THEN
        RAISE EXCEPTION 'a definition is superseded once, and folded once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_job() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR NEW.done < OLD.done OR NEW.attempts < OLD.attempts THEN
        RAISE EXCEPTION 'a job goes on, and ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kind = 'import' AND NEW.ended_at IS NOT NULL THEN
        UPDATE import SET stands = false
        WHERE authority_id = NEW.authority_id AND id = NEW.id AND (NEW.state <> 'done' OR dry_run);
        DELETE FROM import_part WHERE authority_id = NEW.authority_id AND import_id = NEW.id;
    END IF;
    IF NEW.kind = 'import_undo' AND NEW.ended_at IS NOT NULL THEN
        -- What was imported so may be imported again; what was not undone may be tried again.
        UPDATE import SET stands = false
        WHERE authority_id = NEW.authority_id AND NEW.state = 'done'
              AND id = (SELECT u.import_id FROM import_undo u WHERE u.authority_id = NEW.authority_id AND u.id = NEW.id);
        UPDATE import_undo SET stands = false
        WHERE authority_id = NEW.authority_id AND id = NEW.id AND NEW.state <> 'done';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_key() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (NEW.scheme, NEW.scheme_version_id, NEW.period, NEW.business_id, NEW.organisation_id, NEW.person_id, NEW.premises_id,
        NEW.holder_id, NEW.exclusion_group, NEW.excluded_id)
       IS DISTINCT FROM
       (OLD.scheme, OLD.scheme_version_id, OLD.period, OLD.business_id, OLD.organisation_id, OLD.person_id, OLD.premises_id,
        OLD.holder_id, OLD.exclusion_group, OLD.excluded_id) THEN
        RAISE EXCEPTION 'an award stays with what it was made for' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_record() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    old_state text := to_jsonb(OLD) ->> 'state';
    new_state text := to_jsonb(NEW) ->> 'state';
BEGIN
    IF NEW.version <> OLD.version + 1 OR NEW.authority_id <> OLD.authority_id OR NEW.id <> OLD.id
       OR NEW.reference <> OLD.reference OR NEW.recorded_at <> OLD.recorded_at THEN
        RAISE EXCEPTION 'a change of % is its next version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF new_state IS DISTINCT FROM old_state AND NOT EXISTS (
        SELECT FROM lifecycle_move m
        WHERE m.noun = TG_TABLE_NAME AND m.from_state = old_state AND m.to_state = new_state) THEN
        RAISE EXCEPTION '% cannot go from % to %', TG_TABLE_NAME, old_state, new_state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_session() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a session ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_term_rows() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM scheme_version v WHERE v.authority_id = NEW.authority_id AND v.id = NEW.scheme_version_id
                   AND v.state = 'draft') THEN
        RAISE EXCEPTION 'published terms never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.guard_terms() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    later CONSTANT text[] := ARRAY['state', 'version', 'closed_on', 'closure_reason'];
BEGIN
    IF OLD.state <> 'draft' AND to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later THEN
        RAISE EXCEPTION 'published terms never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_token() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.hash <> OLD.hash OR NEW.staff_id <> OLD.staff_id OR NEW.demo <> OLD.demo THEN
        RAISE EXCEPTION 'a token keeps its secret and its person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.hidden_holder() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.to_version IS NULL AND EXISTS (
        SELECT FROM person_identifier i JOIN person p ON p.authority_id = i.authority_id AND p.id = i.person_id
        WHERE i.authority_id = NEW.authority_id AND i.kind = NEW.kind AND i.canonical = canonical_identifier(NEW.kind, NEW.value)
              AND i.to_version IS NULL AND i.person_id <> NEW.person_id AND p.restricted AND NOT p.voided) THEN
        NEW.contested := true;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.hold_payee(authority text, party uuid, premises uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    key text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7464, hashtext(authority));
    FOR key IN
        SELECT DISTINCT k FROM (
            SELECT root_of(authority, party, 9223372036854775807)::text
            UNION ALL SELECT premises::text
            UNION ALL SELECT 'uprn ' || i.canonical FROM premises_identifier i
            WHERE i.authority_id = authority AND i.premises_id = premises AND i.kind = 'uprn' AND i.to_version IS NULL) keys(k)
        WHERE k IS NOT NULL ORDER BY k
    LOOP
        PERFORM pg_advisory_xact_lock(7468, hashtext(authority || ' ' || key));
    END LOOP;
END $$;

CREATE FUNCTION public.hold_references(of_table text) RETURNS void
    LANGUAGE plpgsql
    AS $_$
DECLARE
    part record;
    body text := '';
    condition text := '';
    is_list boolean;
BEGIN
    SELECT holder <> source INTO is_list FROM record_reference WHERE source = of_table LIMIT 1;
    FOR part IN SELECT * FROM record_reference WHERE source = of_table ORDER BY source_column LOOP
        condition := condition || format(' OR NEW.%I IS NOT NULL', part.source_column);
        body := body || format($part$
    IF NEW.%1$I IS NOT NULL AND (fresh OR NEW.%1$I IS DISTINCT FROM OLD.%1$I) THEN
        SELECT r.voided INTO is_void FROM %2$I r WHERE r.authority_id = NEW.authority_id AND r.%3$I = NEW.%1$I FOR %4$s;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "%5$s_%1$s_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;$part$, part.source_column, part.target, part.target_column,
            CASE part.target WHEN 'staff' THEN 'SHARE' ELSE 'KEY SHARE' END, of_table);
    END LOOP;
    EXECUTE format($function$
CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN%s%s
    RETURN NULL;
END $body$
$function$, 'name_nothing_void_' || of_table, CASE WHEN is_list THEN '' ELSE '
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;' END, body);
    EXECUTE format('CREATE OR REPLACE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON %I FOR EACH ROW WHEN (%s) '
                   'EXECUTE FUNCTION %I()', of_table, substr(condition, 5), 'name_nothing_void_' || of_table);
END $_$;

CREATE FUNCTION public.hold_tokens(ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    one uuid;
BEGIN
    FOR one IN SELECT id FROM unnest(ids) id ORDER BY id LOOP
        PERFORM pg_advisory_xact_lock(7466, hashtext(one::text));
    END LOOP;
END $$;

CREATE FUNCTION public.is_postcode(text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN ($1 ~ '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$'::text);

CREATE FUNCTION public.key_of_award() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    ever CONSTANT bigint := 9223372036854775807;
    terms scheme_version;
    party uuid := root_of(NEW.authority_id, coalesce(NEW.business_id, NEW.organisation_id, NEW.person_id), ever);
BEGIN
    SELECT * INTO terms FROM scheme_version v WHERE v.authority_id = NEW.authority_id AND v.id = NEW.scheme_version_id;
    NEW.holder_id := CASE terms.uniqueness_key WHEN 'premises' THEN coalesce(NEW.premises_id, party) ELSE party END;
    NEW.exclusion_group := nullif(terms.exclusion_group, '');
    NEW.excluded_id := CASE WHEN NEW.exclusion_group IS NOT NULL THEN coalesce(NEW.premises_id, party) END;
    RETURN NEW;
END $$;

CREATE FUNCTION public.ledger_delta(authority text, after bigint, upto bigint) RETURNS TABLE(headline text, bucket_kind "char", day date, quantity bigint, entries bigint, l0 numeric, l1 numeric, l2 numeric, l3 numeric)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
BEGIN
    IF upto <= after THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH counting AS MATERIALIZED (
        SELECT h.code, h.aggregate, h.measure, h.from_day, h.condition FROM headline h
        WHERE h.authority_id = authority AND coalesce(h.superseded_seq > upto, true)
    ), tail AS MATERIALIZED (
        SELECT e.measure, e.dims, e.subject_id, e.happened_on, e.quantity, e.hash FROM entry e
        WHERE e.authority_id = authority AND e.seq > after AND e.seq <= upto
    ), tally AS MATERIALIZED (
        SELECT t.measure, t.dims, t.happened_on, sum(t.quantity) AS quantity, sum(sign(t.quantity)) AS signs,
               count(*) AS entries, sum(limb(t.hash, 0)) AS l0, sum(limb(t.hash, 1)) AS l1, sum(limb(t.hash, 2)) AS l2,
               sum(limb(t.hash, 3)) AS l3
        FROM tail t GROUP BY 1, 2, 3
    ), link AS (
        SELECT l.from_id, l.into_id FROM merge_link l
        WHERE l.authority_id = authority AND l.seq > after AND l.seq <= upto
    ), touched AS (
        SELECT t.subject_id AS id FROM tail t
        WHERE t.subject_id IS NOT NULL
              AND t.measure IN (SELECT c.measure FROM counting c WHERE c.aggregate = 'distinct')
        UNION SELECT from_id FROM link UNION SELECT into_id FROM link
    ), affected AS (
        SELECT touched.id FROM touched
        UNION SELECT m.id FROM (SELECT t.id FROM touched t
                  WHERE EXISTS (SELECT FROM merge_link l WHERE l.authority_id = authority AND l.from_id = t.id)
                     OR EXISTS (SELECT FROM merge_link l WHERE l.authority_id = authority AND l.into_id = t.id)) t
              CROSS JOIN LATERAL (SELECT members_of(authority, root_of(authority, t.id, after), after)
                                  UNION SELECT members_of(authority, root_of(authority, t.id, upto), upto)) m(id)
    ), parties AS (
        SELECT array_agg(id) AS ids FROM affected
    ), counted AS (
        SELECT n.headline, n.bucket_kind, n.day, n.delta FROM parties, distinct_turns(authority, parties.ids, upto) n
        UNION ALL
        SELECT o.headline, o.bucket_kind, o.day, -o.delta FROM parties, distinct_turns(authority, parties.ids, after) o
    ), changed AS (
        SELECT c.code, 'd'::"char" AS bucket_kind, t.happened_on AS day,
               CASE c.aggregate WHEN 'sum' THEN t.quantity WHEN 'count' THEN t.signs ELSE 0 END AS quantity,
               t.entries, t.l0, t.l1, t.l2, t.l3
        FROM tally t
        JOIN counting c ON c.measure = t.measure AND t.happened_on >= c.from_day AND t.dims @@ c.condition
        UNION ALL
        SELECT c.headline, c.bucket_kind, c.day, sum(c.delta), 0, 0, 0, 0, 0
        FROM counted c WHERE c.headline IN (SELECT code FROM counting)
        GROUP BY 1, 2, 3 HAVING sum(c.delta) <> 0
    )
    SELECT c.code, c.bucket_kind, c.day, sum(c.quantity)::bigint, sum(c.entries)::bigint, modulo_2_64(sum(c.l0)),
           modulo_2_64(sum(c.l1)), modulo_2_64(sum(c.l2)), modulo_2_64(sum(c.l3))
    FROM changed c GROUP BY 1, 2, 3;
END $$;

CREATE FUNCTION public.limb(hash bytea, n integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN ((('x'::text || encode(substr(hash, ((8 * n) + 1), 8), 'hex'::text)))::bit(64))::bigint;

CREATE FUNCTION public.list_wards() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.merge_within_bound() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.linked AND merges_below(NEW.authority_id, NEW.from_id) + merges_above(NEW.authority_id, NEW.into_id) >= merges_in_a_row() THEN
        RAISE EXCEPTION 'too many merges in a row: constraint "merge_in_a_row"' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.merges_above(authority text, party uuid) RETURNS integer
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    link record;
BEGIN
    FOR depth IN 0..merges_in_a_row() LOOP
        SELECT l.into_id, l.linked INTO link FROM merge_link l
        WHERE l.authority_id = authority AND l.from_id = party ORDER BY l.seq DESC LIMIT 1;
        IF NOT FOUND OR NOT link.linked THEN
            RETURN depth;
        END IF;
        party := link.into_id;
    END LOOP;
    RETURN merges_in_a_row();
END $$;

CREATE FUNCTION public.merges_below(authority text, root uuid) RETURNS integer
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    level uuid[] := ARRAY[root];
    depth integer := 0;
BEGIN
    LOOP
        level := ARRAY(
            SELECT l.from_id FROM unnest(level) m(id)
            CROSS JOIN LATERAL (SELECT * FROM merge_link WHERE authority_id = authority AND into_id = m.id OFFSET 0) l
            WHERE l.linked AND NOT EXISTS (SELECT FROM merge_link later WHERE later.authority_id = authority
                                           AND later.from_id = l.from_id AND later.seq > l.seq));
        EXIT WHEN cardinality(level) = 0 OR depth > merges_in_a_row();
        depth := depth + 1;
    END LOOP;
    RETURN depth;
END $$;

CREATE FUNCTION public.merges_in_a_row() RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 100;

CREATE FUNCTION public.modulo_2_64(total numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    RETURN (((total % '18446744073709551616'::numeric) + '18446744073709551616'::numeric) % '18446744073709551616'::numeric);

CREATE FUNCTION public.name_nothing_void_api_token() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.staff_id IS NOT NULL AND (fresh OR NEW.staff_id IS DISTINCT FROM OLD.staff_id) THEN
        SELECT r.voided INTO is_void FROM staff r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.staff_id FOR SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "api_token_staff_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_application() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.business_id IS NOT NULL AND (fresh OR NEW.business_id IS DISTINCT FROM OLD.business_id) THEN
        SELECT r.voided INTO is_void FROM business r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.business_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "application_business_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.organisation_id IS NOT NULL AND (fresh OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.organisation_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "application_organisation_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.person_id IS NOT NULL AND (fresh OR NEW.person_id IS DISTINCT FROM OLD.person_id) THEN
        SELECT r.voided INTO is_void FROM person r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.person_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "application_person_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.premises_id IS NOT NULL AND (fresh OR NEW.premises_id IS DISTINCT FROM OLD.premises_id) THEN
        SELECT r.voided INTO is_void FROM premises r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.premises_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "application_premises_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.scheme IS NOT NULL AND (fresh OR NEW.scheme IS DISTINCT FROM OLD.scheme) THEN
        SELECT r.voided INTO is_void FROM scheme r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.scheme FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "application_scheme_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.scheme_version_id IS NOT NULL AND (fresh OR NEW.scheme_version_id IS DISTINCT FROM OLD.scheme_version_id) THEN
        SELECT r.voided INTO is_void FROM scheme_version r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.scheme_version_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "application_scheme_version_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_award() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.application_id IS NOT NULL AND (fresh OR NEW.application_id IS DISTINCT FROM OLD.application_id) THEN
        SELECT r.voided INTO is_void FROM application r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.application_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "award_application_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.business_id IS NOT NULL AND (fresh OR NEW.business_id IS DISTINCT FROM OLD.business_id) THEN
        SELECT r.voided INTO is_void FROM business r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.business_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "award_business_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.organisation_id IS NOT NULL AND (fresh OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.organisation_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "award_organisation_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.person_id IS NOT NULL AND (fresh OR NEW.person_id IS DISTINCT FROM OLD.person_id) THEN
        SELECT r.voided INTO is_void FROM person r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.person_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "award_person_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.premises_id IS NOT NULL AND (fresh OR NEW.premises_id IS DISTINCT FROM OLD.premises_id) THEN
        SELECT r.voided INTO is_void FROM premises r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.premises_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "award_premises_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.scheme IS NOT NULL AND (fresh OR NEW.scheme IS DISTINCT FROM OLD.scheme) THEN
        SELECT r.voided INTO is_void FROM scheme r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.scheme FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "award_scheme_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.scheme_version_id IS NOT NULL AND (fresh OR NEW.scheme_version_id IS DISTINCT FROM OLD.scheme_version_id) THEN
        SELECT r.voided INTO is_void FROM scheme_version r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.scheme_version_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "award_scheme_version_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_call() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.person_id IS NOT NULL AND (fresh OR NEW.person_id IS DISTINCT FROM OLD.person_id) THEN
        SELECT r.voided INTO is_void FROM person r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.person_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "call_person_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_council_tax_posting() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.account_id IS NOT NULL AND (fresh OR NEW.account_id IS DISTINCT FROM OLD.account_id) THEN
        SELECT r.voided INTO is_void FROM council_tax_account r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.account_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "council_tax_posting_account_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.account_reference IS NOT NULL AND (fresh OR NEW.account_reference IS DISTINCT FROM OLD.account_reference) THEN
        SELECT r.voided INTO is_void FROM council_tax_account r WHERE r.authority_id = NEW.authority_id AND r.account_reference = NEW.account_reference FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "council_tax_posting_account_reference_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.fund IS NOT NULL AND (fresh OR NEW.fund IS DISTINCT FROM OLD.fund) THEN
        SELECT r.voided INTO is_void FROM council_tax_fund r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.fund FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "council_tax_posting_fund_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.fund_id IS NOT NULL AND (fresh OR NEW.fund_id IS DISTINCT FROM OLD.fund_id) THEN
        SELECT r.voided INTO is_void FROM council_tax_fund r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.fund_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "council_tax_posting_fund_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.reverses_id IS NOT NULL AND (fresh OR NEW.reverses_id IS DISTINCT FROM OLD.reverses_id) THEN
        SELECT r.voided INTO is_void FROM council_tax_posting r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.reverses_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "council_tax_posting_reverses_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_device() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.organisation_id IS NOT NULL AND (fresh OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.organisation_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "device_organisation_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.supplier IS NOT NULL AND (fresh OR NEW.supplier IS DISTINCT FROM OLD.supplier) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.supplier FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "device_supplier_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_external_funding() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.organisation_id IS NOT NULL AND (fresh OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.organisation_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "external_funding_organisation_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_external_funding_partner() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.organisation_id IS NOT NULL AND (fresh OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.organisation_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "external_funding_partner_organisation_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_food_shop() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.done_by IS NOT NULL AND (fresh OR NEW.done_by IS DISTINCT FROM OLD.done_by) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.done_by FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "food_shop_done_by_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.household_id IS NOT NULL AND (fresh OR NEW.household_id IS DISTINCT FROM OLD.household_id) THEN
        SELECT r.voided INTO is_void FROM household r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.household_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "food_shop_household_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_merge() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE
    is_void boolean;
BEGIN
    IF to_regclass(NEW.kind) IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT bool_or(voided) FROM (SELECT voided FROM %I WHERE authority_id = $1 AND id IN ($2, $3) '
                   'FOR KEY SHARE) parties', NEW.kind) USING NEW.authority_id, NEW.from_id, NEW.into_id INTO is_void;
    IF is_void THEN
        RAISE EXCEPTION 'it names a void record: constraint "merge_from_id_not_void"' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $_$;

CREATE FUNCTION public.name_nothing_void_mutual_aid_group() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.list IS NOT NULL AND (fresh OR NEW.list IS DISTINCT FROM OLD.list) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.list FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "mutual_aid_group_list_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_parcel() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.delivered_by IS NOT NULL AND (fresh OR NEW.delivered_by IS DISTINCT FROM OLD.delivered_by) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.delivered_by FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "parcel_delivered_by_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.household_id IS NOT NULL AND (fresh OR NEW.household_id IS DISTINCT FROM OLD.household_id) THEN
        SELECT r.voided INTO is_void FROM household r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.household_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "parcel_household_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_payment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.award_id IS NOT NULL AND (fresh OR NEW.award_id IS DISTINCT FROM OLD.award_id) THEN
        SELECT r.voided INTO is_void FROM award r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.award_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "payment_award_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.business_id IS NOT NULL AND (fresh OR NEW.business_id IS DISTINCT FROM OLD.business_id) THEN
        SELECT r.voided INTO is_void FROM business r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.business_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "payment_business_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.organisation_id IS NOT NULL AND (fresh OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.organisation_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "payment_organisation_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.person_id IS NOT NULL AND (fresh OR NEW.person_id IS DISTINCT FROM OLD.person_id) THEN
        SELECT r.voided INTO is_void FROM person r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.person_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "payment_person_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.scheme IS NOT NULL AND (fresh OR NEW.scheme IS DISTINCT FROM OLD.scheme) THEN
        SELECT r.voided INTO is_void FROM scheme r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.scheme FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "payment_scheme_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_person() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.case_worker_id IS NOT NULL AND (fresh OR NEW.case_worker_id IS DISTINCT FROM OLD.case_worker_id) THEN
        SELECT r.voided INTO is_void FROM staff r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.case_worker_id FOR SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "person_case_worker_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.household_id IS NOT NULL AND (fresh OR NEW.household_id IS DISTINCT FROM OLD.household_id) THEN
        SELECT r.voided INTO is_void FROM household r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.household_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "person_household_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_ppe_movement() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.hub IS NOT NULL AND (fresh OR NEW.hub IS DISTINCT FROM OLD.hub) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.hub FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "ppe_movement_hub_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.issue_id IS NOT NULL AND (fresh OR NEW.issue_id IS DISTINCT FROM OLD.issue_id) THEN
        SELECT r.voided INTO is_void FROM ppe_movement r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.issue_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "ppe_movement_issue_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.item IS NOT NULL AND (fresh OR NEW.item IS DISTINCT FROM OLD.item) THEN
        SELECT r.voided INTO is_void FROM ppe_item r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.item FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "ppe_movement_item_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.item_id IS NOT NULL AND (fresh OR NEW.item_id IS DISTINCT FROM OLD.item_id) THEN
        SELECT r.voided INTO is_void FROM ppe_item r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.item_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "ppe_movement_item_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.organisation_id IS NOT NULL AND (fresh OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.organisation_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "ppe_movement_organisation_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_premises() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.business_id IS NOT NULL AND (fresh OR NEW.business_id IS DISTINCT FROM OLD.business_id) THEN
        SELECT r.voided INTO is_void FROM business r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.business_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "premises_business_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_scheme_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.scheme IS NOT NULL AND (fresh OR NEW.scheme IS DISTINCT FROM OLD.scheme) THEN
        SELECT r.voided INTO is_void FROM scheme r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.scheme FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "scheme_version_scheme_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_volunteer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.list IS NOT NULL AND (fresh OR NEW.list IS DISTINCT FROM OLD.list) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.list FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "volunteer_list_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.person_id IS NOT NULL AND (fresh OR NEW.person_id IS DISTINCT FROM OLD.person_id) THEN
        SELECT r.voided INTO is_void FROM person r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.person_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "volunteer_person_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_nothing_void_voucher() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    fresh boolean := TG_OP = 'INSERT';
    is_void boolean;
BEGIN
    IF NEW.voided THEN
        RETURN NULL;
    END IF;
    fresh := fresh OR OLD.voided;
    IF NEW.household_id IS NOT NULL AND (fresh OR NEW.household_id IS DISTINCT FROM OLD.household_id) THEN
        SELECT r.voided INTO is_void FROM household r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.household_id FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "voucher_household_id_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    IF NEW.school IS NOT NULL AND (fresh OR NEW.school IS DISTINCT FROM OLD.school) THEN
        SELECT r.voided INTO is_void FROM organisation r WHERE r.authority_id = NEW.authority_id AND r.code = NEW.school FOR KEY SHARE;
        IF is_void THEN
            RAISE EXCEPTION 'it names a void record: constraint "voucher_school_not_void"' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.payment_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    w award;
    party uuid;
BEGIN
    IF NEW.voided OR NEW.state NOT IN ('instructed', 'settled') OR (TG_OP = 'UPDATE' AND NOT OLD.voided) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO w FROM award a WHERE a.authority_id = NEW.authority_id AND a.id = NEW.award_id;
    party := coalesce(w.business_id, w.organisation_id, w.person_id);
    PERFORM hold_payee(NEW.authority_id, party, w.premises_id);
    IF EXISTS (SELECT FROM rival_awards(w.authority_id, w.scheme, w.scheme_version_id, w.period, party, w.premises_id, w.id) r
               JOIN payment p ON p.authority_id = w.authority_id AND p.award_id = r.id
               WHERE p.state IN ('instructed', 'settled') AND NOT p.voided) THEN
        RAISE EXCEPTION 'another award of the same is paid: constraint "payment_once"' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.posting_stands() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.rebuild_recount() RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE (SELECT 'CREATE OR REPLACE VIEW recount AS ' || string_agg(format(
                        'SELECT authority_id, measure, quantity, subject_id, dims, happened_on, record_kind, record_id FROM %I',
                        viewname), ' UNION ALL ' ORDER BY viewname COLLATE "C")
             FROM pg_views WHERE schemaname = current_schema() AND viewname LIKE 'recount\_%');
END $$;

CREATE TABLE public.council_tax_posting (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    account_reference text NOT NULL,
    fund text NOT NULL,
    financial_year text,
    kind text NOT NULL,
    amount_pence public.pence NOT NULL,
    effective_on date NOT NULL,
    reason text NOT NULL,
    reverses_id uuid,
    credit_pence public.pence,
    account_id uuid,
    ward text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    basis text,
    fund_id uuid,
    automatic_pence public.pence,
    CONSTRAINT council_tax_posting_amount_pence_check CHECK (((amount_pence)::bigint >= 1)),
    CONSTRAINT council_tax_posting_automatic_pence_check CHECK (((automatic_pence)::bigint >= 1)),
    CONSTRAINT council_tax_posting_basis CHECK (((kind = 'award'::text) OR (basis IS NULL))),
    CONSTRAINT council_tax_posting_basis_check CHECK ((basis = ANY (ARRAY['automatic'::text, 'application'::text]))),
    CONSTRAINT council_tax_posting_financial_year_check CHECK ((financial_year = ANY (ARRAY['2019/20'::text, '2020/21'::text, '2021/22'::text, '2022/23'::text, '2023/24'::text, '2024/25'::text, '2025/26'::text, '2026/27'::text, '2027/28'::text, '2028/29'::text, '2029/30'::text, '2030/31'::text]))),
    CONSTRAINT council_tax_posting_kind_check CHECK ((kind = ANY (ARRAY['award'::text, 'increase'::text, 'decrease'::text, 'reversal'::text]))),
    CONSTRAINT council_tax_posting_most CHECK (((basis <> 'automatic'::text) OR ((amount_pence)::bigint <= (automatic_pence)::bigint))),
    CONSTRAINT council_tax_posting_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 300))),
    CONSTRAINT council_tax_posting_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60))),
    CONSTRAINT council_tax_posting_year CHECK ((financial_year IS NOT NULL))
);

CREATE FUNCTION public.refuse_below_nothing(posting public.council_tax_posting) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.refuse_second_automatic(award public.council_tax_posting) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.refuse_void_in_use() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE
    part record;
    leans boolean;
    live text;
BEGIN
    IF TG_TABLE_NAME <> 'staff' THEN  -- of whom everything that they recorded holds a share
        EXECUTE format('SELECT FROM %I WHERE authority_id = $1 AND id = $2 FOR UPDATE', TG_TABLE_NAME)
            USING OLD.authority_id, OLD.id;
    END IF;
    FOR part IN SELECT * FROM record_reference WHERE target = TG_TABLE_NAME ORDER BY source, source_column LOOP
        live := '';
        IF EXISTS (SELECT FROM ended_state e WHERE e.noun = part.holder) THEN
            live := format(' AND NOT EXISTS (SELECT FROM ended_state e WHERE e.noun = %L AND e.state = h.state)', part.holder);
        END IF;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I s JOIN %I h ON h.authority_id = s.authority_id AND h.id = s.%I '
                       'WHERE s.authority_id = $1 AND s.%I = ($2).%I AND NOT h.voided %s%s)',
            part.source, part.holder, CASE WHEN part.holder = part.source THEN 'id' ELSE part.holder || '_id' END,
            part.source_column, part.target_column,
            CASE WHEN part.holder = part.source THEN '' ELSE 'AND s.to_version IS NULL' END, live)
        USING OLD.authority_id, OLD INTO leans;
        IF leans THEN
            RAISE EXCEPTION 'live work leans on it: constraint "void_in_use"' USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM merge m WHERE m.authority_id = OLD.authority_id AND m.kind = TG_TABLE_NAME AND m.state = 'merged'
               AND NOT m.voided AND OLD.id IN (m.from_id, m.into_id)) THEN
        RAISE EXCEPTION 'live work leans on it: constraint "void_in_use"' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $_$;

CREATE FUNCTION public.revoke_tokens(authority text, ids uuid[], why text, actor uuid, through uuid, request text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    many bigint;
BEGIN
    PERFORM hold_tokens(ids);
    WITH changed AS (
        UPDATE api_token t SET state = 'revoked', version = version + 1, revoked_at = clock_timestamp(), reason = why
        WHERE t.authority_id = authority AND t.id = ANY (ids) AND t.state = 'valid' RETURNING t.*
    )
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
    SELECT c.authority_id, c.revoked_at, coalesce(actor, c.staff_id), coalesce(through, c.id), 'revoke', 'api_token', c.id,
           c.version, to_jsonb(c) || jsonb_build_object('state', 'valid', 'version', c.version - 1, 'revoked_at', NULL,
                                                        'reason', NULL), request
    FROM changed c;
    GET DIAGNOSTICS many = ROW_COUNT;
    RETURN many;
END $$;

CREATE FUNCTION public.rival_awards(authority text, of_scheme text, terms uuid, of_period text, party uuid, premises uuid, itself uuid) RETURNS TABLE(id uuid, reference text, excludes boolean)
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
DECLARE
    ever CONSTANT bigint := 9223372036854775807;
    parties uuid[] := ARRAY(SELECT members_of(authority, root_of(authority, party, ever), ever));
    properties uuid[] := ARRAY(SELECT same_premises(authority, premises));
    its_period CONSTANT text := canonical_form('code', of_period);
    by_premises boolean;
    exclusion text;
BEGIN
    SELECT v.uniqueness_key = 'premises', nullif(v.exclusion_group, '') INTO by_premises, exclusion
    FROM scheme_version v WHERE v.authority_id = authority AND v.id = terms;
    RETURN QUERY
    SELECT w.id, w.reference, NOT (w.scheme = of_scheme AND canonical_form('code', w.period) = its_period)
    FROM award w
    CROSS JOIN LATERAL (SELECT w.premises_id = ANY (properties) AS property,
                               coalesce(w.business_id, w.organisation_id, w.person_id) = ANY (parties) AS payee,
                               premises IS NULL OR w.premises_id IS NULL AS without) same
    WHERE w.authority_id = authority AND w.id IS DISTINCT FROM itself AND w.state = 'awarded' AND NOT w.voided
      AND (w.business_id = ANY (parties) OR w.organisation_id = ANY (parties) OR w.person_id = ANY (parties)
           OR w.premises_id = ANY (properties))
      AND ((w.scheme = of_scheme AND canonical_form('code', w.period) = its_period
            AND CASE WHEN by_premises THEN same.property IS TRUE OR (same.payee AND same.without) ELSE same.payee END)
           OR (w.exclusion_group = exclusion AND (same.property IS TRUE OR (same.payee AND same.without))))
    ORDER BY 3, 2;
END $$;

CREATE FUNCTION public.same_premises(authority text, asked uuid) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION public.search_document(words text, codes text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE COST 4000 PARALLEL SAFE
    AS $$
BEGIN
    RETURN array_to_tsvector(array_remove(public.search_words(words || ' ' || codes) ||
        string_to_array(regexp_replace(lower(codes), '[^0-9a-z\n]+', '', 'g'), E'\n'), ''));
END $$;

CREATE FUNCTION public.search_similar(authority text, sought text) RETURNS SETOF text
    LANGUAGE plpgsql STABLE
    SET "pg_trgm.similarity_threshold" TO '0.25'
    AS $_$
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
END $_$;

CREATE FUNCTION public.search_text(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (octet_length(value) = char_length(value)) THEN lower(value) ELSE lower(translate(regexp_replace(NORMALIZE(value, NFKD), '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u2060\ufeff]+'::text, ''::text, 'g'::text), 'ØøŁłĐđðÐı'::text, 'OoLlDddDi'::text)) END;

CREATE FUNCTION public.search_words(value text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_remove(string_to_array(translate(translate(public.search_text(value), '''`‘’ʼ´'::text, ''::text), (' 	
!"#$%&()*+,-./:;<=>?@[\]^_{|}~'::text || '‐‑‒–—―«»“”„…،؛؟·•¡¿'::text), repeat(' '::text, 100)), ' '::text), ''::text);

CREATE FUNCTION public.ward_named(authority text, said text) RETURNS text
    LANGUAGE plpgsql STRICT SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    its_form CONSTANT text := canonical_form('ward', said);
    known text;
BEGIN
    SELECT name INTO known FROM ward_name w WHERE w.authority_id = authority AND w.form = its_form;
    IF known IS NULL AND its_form <> '' THEN
        INSERT INTO ward_name VALUES (authority, its_form, said) ON CONFLICT DO NOTHING;
        SELECT name INTO known FROM ward_name w WHERE w.authority_id = authority AND w.form = its_form;
    END IF;
    RETURN coalesce(known, said);
END $$;

CREATE FUNCTION public.wire(at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    RETURN ((to_char((at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS'::text) || CASE WHEN (((EXTRACT(microseconds FROM at))::bigint % (1000000)::bigint) = 0) THEN ''::text ELSE to_char((at AT TIME ZONE 'UTC'::text), '.US'::text) END) || 'Z'::text);

CREATE FUNCTION public.working_days_before(from_day date, many integer) RETURNS date
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    WHILE many > 0 LOOP
        from_day := from_day - 1;
        IF extract(isodow FROM from_day) < 6 AND NOT EXISTS (SELECT FROM bank_holiday h WHERE h.day = from_day) THEN
            many := many - 1;
        END IF;
    END LOOP;
    RETURN from_day;
END $$;

CREATE FUNCTION public.would_write() RETURNS integer
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF current_setting('transaction_read_only') = 'on' THEN
        RAISE EXCEPTION 'the database takes no writes' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    PERFORM pg_logical_emit_message(true, 'tideover', 'ready');
    RETURN (SELECT max(number) FROM migration);
END $$;

CREATE TABLE public.api_token (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    role text NOT NULL,
    partner text,
    hash text NOT NULL,
    demo boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    revoked_at timestamp with time zone,
    reference text DEFAULT public.fresh_reference('TK'::text) NOT NULL,
    state text DEFAULT 'valid'::text NOT NULL,
    label text,
    reason text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_by uuid,
    CONSTRAINT api_token_check CHECK (((role = 'partner'::text) = (partner IS NOT NULL))),
    CONSTRAINT api_token_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT api_token_label_check CHECK (((length(label) >= 0) AND (length(label) <= 120))),
    CONSTRAINT api_token_partner_check CHECK (((length(partner) >= 2) AND (length(partner) <= 60))),
    CONSTRAINT api_token_reason_check CHECK (((length(reason) >= 0) AND (length(reason) <= 500))),
    CONSTRAINT api_token_role_check CHECK ((role = ANY (ARRAY['helpline'::text, 'grants_officer'::text, 'grants_approver'::text, 'finance'::text, 'partner'::text, 'auditor'::text, 'admin'::text]))),
    CONSTRAINT api_token_state_check CHECK ((state = ANY (ARRAY['valid'::text, 'revoked'::text])))
);

CREATE TABLE public.application (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'submitted'::text NOT NULL,
    scheme text NOT NULL,
    period text NOT NULL,
    business_id uuid,
    organisation_id uuid,
    premises_id uuid,
    requested_pence public.pence,
    received_on date NOT NULL,
    channel text NOT NULL,
    declarations text[] NOT NULL,
    payee_name text NOT NULL,
    payee_sort_code text NOT NULL,
    payee_account_number text NOT NULL,
    note text,
    recommendation text,
    band text,
    amount_pence public.pence,
    reason text,
    assessed_by uuid,
    decided_by uuid,
    decided_on date,
    withdrawn_on date,
    award_id uuid,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    scheme_version_id uuid NOT NULL,
    person_id uuid,
    payee_name_by uuid NOT NULL,
    payee_sort_code_by uuid NOT NULL,
    payee_account_number_by uuid NOT NULL,
    CONSTRAINT application_amount_pence_check CHECK (((amount_pence)::bigint >= 1)),
    CONSTRAINT application_band_check CHECK (((length(band) >= 1) AND (length(band) <= 40))),
    CONSTRAINT application_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'post'::text, 'telephone'::text, 'identified_by_council'::text]))),
    CONSTRAINT application_declarations_check CHECK (((declarations)::text ~ '^\{[a-z0-9_,]*\}$'::text)),
    CONSTRAINT application_note_check CHECK (((length(note) >= 0) AND (length(note) <= 4000))),
    CONSTRAINT application_one_party CHECK ((num_nonnulls(business_id, organisation_id, person_id) = 1)),
    CONSTRAINT application_payee_account_number_check CHECK ((payee_account_number ~ '^[0-9]{8}$'::text)),
    CONSTRAINT application_payee_name_check CHECK (((length(payee_name) >= 1) AND (length(payee_name) <= 140))),
    CONSTRAINT application_payee_sort_code_check CHECK ((payee_sort_code ~ '^[0-9]{6}$'::text)),
    CONSTRAINT application_period_check CHECK (((length(period) >= 1) AND (length(period) <= 40))),
    CONSTRAINT application_reason_check CHECK ((reason = ANY (ARRAY['eligible'::text, 'not_ratepayer'::text, 'not_trading'::text, 'outside_rateable_value'::text, 'excluded_use'::text, 'duplicate'::text, 'no_evidence'::text, 'in_insolvency'::text, 'over_subsidy_limit'::text, 'other'::text]))),
    CONSTRAINT application_recommendation_check CHECK ((recommendation = ANY (ARRAY['award'::text, 'refuse'::text]))),
    CONSTRAINT application_requested_pence_check CHECK (((requested_pence)::bigint >= 1)),
    CONSTRAINT application_two_people CHECK ((decided_by <> assessed_by))
);

CREATE TABLE public.application_assessment (
    authority_id text NOT NULL,
    application_id uuid NOT NULL,
    "position" integer NOT NULL,
    recommendation text NOT NULL,
    band text,
    amount_pence public.pence,
    reason text NOT NULL,
    assessment_note text,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT application_assessment_amount_pence_check CHECK (((amount_pence)::bigint >= 1)),
    CONSTRAINT application_assessment_assessment_note_check CHECK (((length(assessment_note) >= 0) AND (length(assessment_note) <= 4000))),
    CONSTRAINT application_assessment_band_check CHECK (((length(band) >= 1) AND (length(band) <= 40))),
    CONSTRAINT application_assessment_reason_check CHECK ((reason = ANY (ARRAY['eligible'::text, 'not_ratepayer'::text, 'not_trading'::text, 'outside_rateable_value'::text, 'excluded_use'::text, 'duplicate'::text, 'no_evidence'::text, 'in_insolvency'::text, 'over_subsidy_limit'::text, 'other'::text]))),
    CONSTRAINT application_assessment_recommendation_check CHECK ((recommendation = ANY (ARRAY['award'::text, 'refuse'::text])))
);

CREATE TABLE public.application_decision (
    authority_id text NOT NULL,
    application_id uuid NOT NULL,
    "position" integer NOT NULL,
    decision text NOT NULL,
    decided_on date NOT NULL,
    reason text NOT NULL,
    decision_note text,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT application_decision_decision_check CHECK ((decision = ANY (ARRAY['approve'::text, 'refuse'::text]))),
    CONSTRAINT application_decision_decision_note_check CHECK (((length(decision_note) >= 0) AND (length(decision_note) <= 4000))),
    CONSTRAINT application_decision_reason_check CHECK ((reason = ANY (ARRAY['eligible'::text, 'not_ratepayer'::text, 'not_trading'::text, 'outside_rateable_value'::text, 'excluded_use'::text, 'duplicate'::text, 'no_evidence'::text, 'in_insolvency'::text, 'over_subsidy_limit'::text, 'other'::text])))
);

CREATE TABLE public.audit (
    authority_id text NOT NULL,
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor uuid NOT NULL,
    token_id uuid NOT NULL,
    action text NOT NULL,
    record_kind text NOT NULL,
    record_id uuid NOT NULL,
    version integer NOT NULL,
    reason text,
    before jsonb,
    request_id text NOT NULL,
    CONSTRAINT audit_action_check CHECK (((length(action) >= 1) AND (length(action) <= 60))),
    CONSTRAINT audit_reason_check CHECK ((length(reason) <= 4000)),
    CONSTRAINT audit_request_id_check CHECK (((length(request_id) >= 1) AND (length(request_id) <= 100)))
);

ALTER TABLE public.audit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_link (
    authority_id text NOT NULL,
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    audit_upto bigint NOT NULL,
    audit_lines bigint NOT NULL,
    ledger_upto bigint NOT NULL,
    ledger_lines bigint NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT audit_link_audit_lines_check CHECK ((audit_lines >= 0)),
    CONSTRAINT audit_link_head_check CHECK ((length(head) = 32)),
    CONSTRAINT audit_link_ledger_lines_check CHECK ((ledger_lines >= 0)),
    CONSTRAINT audit_link_number_check CHECK ((number > 0))
);

CREATE TABLE public.authority (
    id text NOT NULL,
    name text NOT NULL,
    CONSTRAINT authority_id_check CHECK ((id ~ '^[A-Z][0-9]{8}$'::text)),
    CONSTRAINT authority_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
);

CREATE TABLE public.award (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'awarded'::text NOT NULL,
    application_id uuid,
    scheme text,
    period text,
    band text,
    business_id uuid,
    organisation_id uuid,
    premises_id uuid,
    ward text,
    amount_pence public.pence,
    awarded_on date,
    cancelled_on date,
    cancellation_reason text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    scheme_version_id uuid NOT NULL,
    person_id uuid,
    holder_id uuid NOT NULL,
    exclusion_group text,
    excluded_id uuid,
    CONSTRAINT award_amount_pence_check CHECK (((amount_pence)::bigint >= 1)),
    CONSTRAINT award_band_check CHECK (((length(band) >= 1) AND (length(band) <= 40))),
    CONSTRAINT award_cancellation_reason_check CHECK (((length(cancellation_reason) >= 0) AND (length(cancellation_reason) <= 500))),
    CONSTRAINT award_excluded_whom CHECK (((exclusion_group IS NULL) = (excluded_id IS NULL))),
    CONSTRAINT award_exclusion_group_check CHECK (((length(exclusion_group) >= 1) AND (length(exclusion_group) <= 60))),
    CONSTRAINT award_period_check CHECK (((length(period) >= 1) AND (length(period) <= 40))),
    CONSTRAINT award_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.bank_holiday (
    day date NOT NULL,
    name text NOT NULL
);

CREATE TABLE public.business (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    name text NOT NULL,
    trading_as text,
    legal_form text NOT NULL,
    address text,
    postcode text,
    ward text,
    email text,
    phone text,
    employees integer,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT business_address_check CHECK (((length(address) >= 0) AND (length(address) <= 300))),
    CONSTRAINT business_email_check CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length(email) <= 254))),
    CONSTRAINT business_employees_check CHECK (((employees >= 0) AND (employees <= 1000000))),
    CONSTRAINT business_legal_form_check CHECK ((legal_form = ANY (ARRAY['company'::text, 'sole_trader'::text, 'partnership'::text, 'charity'::text, 'co_operative'::text, 'other'::text]))),
    CONSTRAINT business_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT business_phone_check CHECK ((phone ~ '^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'::text)),
    CONSTRAINT business_postcode_check CHECK (public.is_postcode(postcode)),
    CONSTRAINT business_trading_as_check CHECK (((length(trading_as) >= 0) AND (length(trading_as) <= 200))),
    CONSTRAINT business_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.business_identifier (
    authority_id text NOT NULL,
    business_id uuid NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    source text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    canonical text GENERATED ALWAYS AS (public.canonical_identifier(kind, value)) STORED,
    contested boolean DEFAULT false NOT NULL,
    CONSTRAINT business_identifier_check CHECK ((to_version >= from_version)),
    CONSTRAINT business_identifier_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT business_identifier_kind_check CHECK ((kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text, 'email'::text, 'phone'::text, 'urn'::text, 'other'::text]))),
    CONSTRAINT business_identifier_source_check CHECK (((length(source) >= 0) AND (length(source) <= 60))),
    CONSTRAINT business_identifier_value_check CHECK (((length(value) >= 1) AND (length(value) <= 254)))
);

CREATE TABLE public.call (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    direction text NOT NULL,
    line text NOT NULL,
    counterparty text NOT NULL,
    purpose text,
    started_at timestamp with time zone NOT NULL,
    duration_s integer,
    caller_name text,
    caller_phone text,
    caller_postcode text,
    person_id uuid,
    reasons text[],
    vulnerability_basis text,
    outcome text NOT NULL,
    note text,
    answered boolean NOT NULL,
    happened_on date,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT call_caller_name_check CHECK (((length(caller_name) >= 0) AND (length(caller_name) <= 200))),
    CONSTRAINT call_caller_phone_check CHECK ((caller_phone ~ '^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'::text)),
    CONSTRAINT call_caller_postcode_check CHECK (public.is_postcode(caller_postcode)),
    CONSTRAINT call_counterparty_check CHECK ((counterparty = ANY (ARRAY['resident'::text, 'business'::text, 'partner'::text, 'professional'::text]))),
    CONSTRAINT call_direction_check CHECK ((direction = ANY (ARRAY['inbound'::text, 'outbound'::text]))),
    CONSTRAINT call_duration_s_check CHECK (((duration_s >= 0) AND (duration_s <= 86400))),
    CONSTRAINT call_line_check CHECK ((line = ANY (ARRAY['coronavirus'::text, 'business_support'::text, 'customer_services'::text]))),
    CONSTRAINT call_note_check CHECK (((length(note) >= 0) AND (length(note) <= 4000))),
    CONSTRAINT call_outcome_check CHECK ((outcome = ANY (ARRAY['referred'::text, 'advice_given'::text, 'resolved'::text, 'callback_arranged'::text, 'rescheduled'::text, 'refused_to_engage'::text, 'abandoned'::text, 'no_answer'::text, 'voicemail'::text, 'wrong_number'::text, 'line_engaged'::text]))),
    CONSTRAINT call_purpose_check CHECK ((purpose = ANY (ARRAY['help_request'::text, 'welfare'::text, 'callback'::text, 'enquiry'::text, 'other'::text]))),
    CONSTRAINT call_reasons_check CHECK ((reasons <@ ARRAY['food'::text, 'supermarket_slot'::text, 'medicine'::text, 'isolation'::text, 'money'::text, 'housing'::text, 'employment'::text, 'health'::text, 'mental_health'::text, 'internet'::text, 'council_tax'::text, 'business_grant'::text, 'volunteering'::text, 'something_else'::text])),
    CONSTRAINT call_vulnerability_basis_check CHECK ((vulnerability_basis = ANY (ARRAY['vulnerable'::text, 'shielding'::text])))
);

CREATE TABLE public.council_tax_account (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    account_reference text NOT NULL,
    ratepayer text,
    address text,
    postcode text,
    ward text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT council_tax_account_account_reference_check CHECK (((length(account_reference) >= 4) AND (length(account_reference) <= 20))),
    CONSTRAINT council_tax_account_address_check CHECK (((length(address) >= 0) AND (length(address) <= 300))),
    CONSTRAINT council_tax_account_postcode_check CHECK (public.is_postcode(postcode)),
    CONSTRAINT council_tax_account_ratepayer_check CHECK (((length(ratepayer) >= 0) AND (length(ratepayer) <= 200))),
    CONSTRAINT council_tax_account_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.council_tax_fund (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    financial_year text NOT NULL,
    automatic_pence public.pence,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT council_tax_fund_automatic_pence_check CHECK (((automatic_pence)::bigint >= 1)),
    CONSTRAINT council_tax_fund_code_check CHECK (((length(code) >= 2) AND (length(code) <= 60))),
    CONSTRAINT council_tax_fund_financial_year_check CHECK ((financial_year = ANY (ARRAY['2019/20'::text, '2020/21'::text, '2021/22'::text, '2022/23'::text, '2023/24'::text, '2024/25'::text, '2025/26'::text, '2026/27'::text, '2027/28'::text, '2028/29'::text, '2029/30'::text, '2030/31'::text]))),
    CONSTRAINT council_tax_fund_title_check CHECK (((length(title) >= 2) AND (length(title) <= 120)))
);

CREATE TABLE public.dated_fact (
    authority_id text NOT NULL,
    record_id uuid NOT NULL,
    noun text NOT NULL,
    field text NOT NULL,
    from_on date NOT NULL,
    value jsonb NOT NULL,
    version integer NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_until timestamp with time zone,
    CONSTRAINT dated_fact_check CHECK ((known_until >= known_from)),
    CONSTRAINT dated_fact_field_check CHECK (((length(field) >= 1) AND (length(field) <= 60))),
    CONSTRAINT dated_fact_noun_check CHECK (((length(noun) >= 1) AND (length(noun) <= 60))),
    CONSTRAINT dated_fact_version_check CHECK ((version > 0))
);

COMMENT ON COLUMN public.dated_fact.from_on IS 'the first day on which it was so; -infinity: it was so from the beginning';

COMMENT ON COLUMN public.dated_fact.value IS 'as the record would have it; null where it has none';

COMMENT ON COLUMN public.dated_fact.version IS 'the version of the record that said it';

COMMENT ON COLUMN public.dated_fact.known_until IS 'when something else was said of the same day; null: it is what is known';

CREATE TABLE public.device (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'supplied'::text NOT NULL,
    asset_tag text NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    holder_kind text NOT NULL,
    organisation_id uuid,
    supplier text,
    supplied_on date NOT NULL,
    handed_on_on date,
    returned_on date,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    contested boolean DEFAULT false NOT NULL,
    CONSTRAINT device_asset_tag_check CHECK (((length(asset_tag) >= 3) AND (length(asset_tag) <= 40))),
    CONSTRAINT device_holder_kind_check CHECK ((holder_kind = ANY (ARRAY['school_pupil'::text, 'care_leaver'::text, 'care_home'::text, 'other'::text]))),
    CONSTRAINT device_kind_check CHECK ((kind = ANY (ARRAY['tablet'::text, 'laptop'::text, 'smartphone'::text, 'router'::text]))),
    CONSTRAINT device_source_check CHECK ((source = ANY (ARRAY['dfe'::text, 'council'::text, 'donated'::text])))
);

CREATE TABLE public.ended_state (
    noun text NOT NULL,
    state text NOT NULL
);

CREATE TABLE public.external_funding (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    organisation_id uuid NOT NULL,
    funder text NOT NULL,
    bid_reference text,
    amount_pence public.pence NOT NULL,
    secured_on date NOT NULL,
    evidence text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    contested boolean DEFAULT false NOT NULL,
    CONSTRAINT external_funding_amount_pence_check CHECK (((amount_pence)::bigint >= 1)),
    CONSTRAINT external_funding_bid_reference_check CHECK (((length(bid_reference) >= 0) AND (length(bid_reference) <= 80))),
    CONSTRAINT external_funding_evidence_check CHECK (((length(evidence) >= 3) AND (length(evidence) <= 300))),
    CONSTRAINT external_funding_funder_check CHECK (((length(funder) >= 2) AND (length(funder) <= 120)))
);

CREATE TABLE public.external_funding_partner (
    authority_id text NOT NULL,
    external_funding_id uuid NOT NULL,
    "position" integer NOT NULL,
    organisation_id uuid NOT NULL,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT external_funding_partner_check CHECK ((to_version >= from_version)),
    CONSTRAINT external_funding_partner_from_version_check CHECK ((from_version > 0))
);

CREATE TABLE public.figure (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    code text NOT NULL,
    number integer NOT NULL,
    title text NOT NULL,
    measure text NOT NULL,
    aggregate text NOT NULL,
    unit text NOT NULL,
    meaning text NOT NULL,
    from_on date NOT NULL,
    as_at date,
    beside text,
    included_in text,
    claim_text text,
    claim_comparator text,
    claim_value bigint,
    claim_precision bigint,
    claim_precision_basis text,
    claim_pair text,
    drafted_by uuid NOT NULL,
    published_by uuid,
    published_on date,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    withdrawn_on date,
    withdrawal_reason text,
    withdrawn_by uuid,
    CONSTRAINT figure_aggregate_check CHECK ((aggregate = ANY (ARRAY['sum'::text, 'count'::text, 'distinct'::text]))),
    CONSTRAINT figure_beside_check CHECK (((length(beside) >= 0) AND (length(beside) <= 60))),
    CONSTRAINT figure_beside_unclaimed CHECK (((beside IS NULL) OR (claim_text IS NULL))),
    CONSTRAINT figure_check CHECK ((as_at >= from_on)),
    CONSTRAINT figure_claim CHECK ((((claim_text IS NULL) = (claim_comparator IS NULL)) AND ((claim_text IS NULL) = (claim_value IS NULL)) AND ((claim_text IS NULL) = (claim_precision IS NULL)))),
    CONSTRAINT figure_claim_comparator_check CHECK ((claim_comparator = ANY (ARRAY['exact'::text, 'rounded'::text, 'over'::text, 'nearly'::text]))),
    CONSTRAINT figure_claim_pair_check CHECK (((length(claim_pair) >= 0) AND (length(claim_pair) <= 60))),
    CONSTRAINT figure_claim_precision_basis_check CHECK ((claim_precision_basis = ANY (ARRAY['stated'::text, 'assumed'::text]))),
    CONSTRAINT figure_claim_precision_check CHECK (((claim_precision >= 1) AND (claim_precision <= '1000000000000'::bigint))),
    CONSTRAINT figure_claim_text_check CHECK (((length(claim_text) >= 0) AND (length(claim_text) <= 120))),
    CONSTRAINT figure_claim_value_check CHECK (((claim_value >= 0) AND (claim_value <= '1000000000000'::bigint))),
    CONSTRAINT figure_code_check CHECK (((length(code) >= 3) AND (length(code) <= 60))),
    CONSTRAINT figure_included_in_check CHECK (((length(included_in) >= 0) AND (length(included_in) <= 60))),
    CONSTRAINT figure_meaning_check CHECK (((length(meaning) >= 3) AND (length(meaning) <= 1000))),
    CONSTRAINT figure_measure_check CHECK (((length(measure) >= 2) AND (length(measure) <= 60))),
    CONSTRAINT figure_number_check CHECK (((number >= 1) AND (number <= 10000))),
    CONSTRAINT figure_published CHECK (((state = 'draft'::text) = (published_on IS NULL))),
    CONSTRAINT figure_title_check CHECK (((length(title) >= 3) AND (length(title) <= 200))),
    CONSTRAINT figure_two_people CHECK ((published_by <> drafted_by)),
    CONSTRAINT figure_unit_check CHECK (((length(unit) >= 1) AND (length(unit) <= 40))),
    CONSTRAINT figure_withdrawal_reason_check CHECK (((length(withdrawal_reason) >= 0) AND (length(withdrawal_reason) <= 500))),
    CONSTRAINT figure_withdrawn CHECK (((state = 'withdrawn'::text) = (withdrawn_on IS NOT NULL)))
);

CREATE TABLE public.figure_filter (
    authority_id text NOT NULL,
    figure_id uuid NOT NULL,
    "position" integer NOT NULL,
    dimension text NOT NULL,
    value text NOT NULL,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT figure_filter_check CHECK ((to_version >= from_version)),
    CONSTRAINT figure_filter_dimension_check CHECK (((length(dimension) >= 1) AND (length(dimension) <= 40))),
    CONSTRAINT figure_filter_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT figure_filter_value_check CHECK (((length(value) >= 1) AND (length(value) <= 200)))
);

CREATE TABLE public.fold (
    authority_id text NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.folded (
    authority_id text NOT NULL,
    headline text NOT NULL,
    bucket_kind "char" NOT NULL,
    bucket date NOT NULL,
    seq bigint NOT NULL,
    quantity bigint NOT NULL,
    entries bigint NOT NULL,
    l0 numeric NOT NULL,
    l1 numeric NOT NULL,
    l2 numeric NOT NULL,
    l3 numeric NOT NULL,
    CONSTRAINT folded_bucket_kind_check CHECK ((bucket_kind = ANY (ARRAY['d'::"char", 'm'::"char", 'M'::"char", 'Q'::"char", 'Y'::"char"])))
);

COMMENT ON COLUMN public.folded.bucket_kind IS 'd: a day of the whole figure, m: a month of it; of distinct ones also a day of its month (M), quarter (Q), financial year (Y)';

CREATE TABLE public.folded_bucket (
    authority_id text NOT NULL,
    headline text NOT NULL,
    bucket_kind "char" NOT NULL,
    bucket date NOT NULL
);

CREATE TABLE public.food_shop (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'requested'::text NOT NULL,
    household_id uuid NOT NULL,
    vulnerability_basis text,
    requested_on date NOT NULL,
    done_by text,
    note text,
    ward text,
    completed_on date,
    failed_on date,
    reason text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT food_shop_note_check CHECK (((length(note) >= 0) AND (length(note) <= 1000))),
    CONSTRAINT food_shop_reason_check CHECK (((length(reason) >= 0) AND (length(reason) <= 300))),
    CONSTRAINT food_shop_vulnerability_basis_check CHECK ((vulnerability_basis = ANY (ARRAY['vulnerable'::text, 'shielding'::text]))),
    CONSTRAINT food_shop_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.household (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    address text NOT NULL,
    postcode text NOT NULL,
    ward text,
    people integer NOT NULL,
    children integer,
    phone text,
    email text,
    access_note text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_for text,
    CONSTRAINT household_access_note_check CHECK (((length(access_note) >= 0) AND (length(access_note) <= 500))),
    CONSTRAINT household_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300))),
    CONSTRAINT household_children_check CHECK (((children >= 0) AND (children <= 25))),
    CONSTRAINT household_email_check CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length(email) <= 254))),
    CONSTRAINT household_people_check CHECK (((people >= 1) AND (people <= 30))),
    CONSTRAINT household_phone_check CHECK ((phone ~ '^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'::text)),
    CONSTRAINT household_postcode_check CHECK (public.is_postcode(postcode)),
    CONSTRAINT household_recorded_for_check CHECK (((length(recorded_for) >= 0) AND (length(recorded_for) <= 60))),
    CONSTRAINT household_ward_check CHECK (((length(ward) >= 1) AND (length(ward) <= 60)))
);

CREATE TABLE public.household_identifier (
    authority_id text NOT NULL,
    household_id uuid NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    source text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    canonical text GENERATED ALWAYS AS (public.canonical_identifier(kind, value)) STORED,
    contested boolean DEFAULT false NOT NULL,
    CONSTRAINT household_identifier_check CHECK ((to_version >= from_version)),
    CONSTRAINT household_identifier_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT household_identifier_kind_check CHECK ((kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text, 'email'::text, 'phone'::text, 'urn'::text, 'other'::text]))),
    CONSTRAINT household_identifier_source_check CHECK (((length(source) >= 0) AND (length(source) <= 60))),
    CONSTRAINT household_identifier_value_check CHECK (((length(value) >= 1) AND (length(value) <= 254)))
);

CREATE TABLE public.idempotency (
    authority_id text NOT NULL,
    staff_id uuid NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status integer NOT NULL,
    location text,
    etag text,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_fingerprint_check CHECK ((length(fingerprint) = 32)),
    CONSTRAINT idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
    CONSTRAINT idempotency_route_check CHECK ((length(route) <= 300)),
    CONSTRAINT idempotency_status_check CHECK (((status >= 200) AND (status <= 299)))
);

CREATE TABLE public.import (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    name text,
    bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    dry_run boolean NOT NULL,
    all_or_nothing boolean NOT NULL,
    may_correct boolean NOT NULL,
    encoding text,
    delimiter text NOT NULL,
    columns jsonb NOT NULL,
    recorded bigint DEFAULT 0 NOT NULL,
    same bigint DEFAULT 0 NOT NULL,
    changed bigint DEFAULT 0 NOT NULL,
    faulty bigint DEFAULT 0 NOT NULL,
    stands boolean DEFAULT true NOT NULL,
    figures jsonb,
    format text DEFAULT 'csv'::text NOT NULL,
    reading jsonb DEFAULT '{}'::jsonb NOT NULL,
    left_out bigint DEFAULT 0 NOT NULL,
    continues uuid,
    likenesses jsonb,
    CONSTRAINT import_bytes_check CHECK ((bytes > 0)),
    CONSTRAINT import_changed_check CHECK ((changed >= 0)),
    CONSTRAINT import_continues_check CHECK (((continues IS NULL) OR ((continues <> id) AND (NOT dry_run) AND (NOT all_or_nothing)))),
    CONSTRAINT import_delimiter_check CHECK ((length(delimiter) = 1)),
    CONSTRAINT import_encoding_check CHECK ((encoding = ANY (ARRAY['utf-8'::text, 'utf-16le'::text, 'utf-16be'::text, 'windows-1252'::text]))),
    CONSTRAINT import_faulty_check CHECK ((faulty >= 0)),
    CONSTRAINT import_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'ndjson'::text, 'workbook'::text]))),
    CONSTRAINT import_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 60))),
    CONSTRAINT import_left_out_check CHECK ((left_out >= 0)),
    CONSTRAINT import_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT import_recorded_check CHECK ((recorded >= 0)),
    CONSTRAINT import_same_check CHECK ((same >= 0)),
    CONSTRAINT import_sha256_check CHECK ((length(sha256) = 32))
);

COMMENT ON COLUMN public.import.may_correct IS 'whether a row about a record that is there may change it';

COMMENT ON COLUMN public.import.columns IS 'what each column is: [{"column", "field", "by", "fault", "value"}]; column null of what every row has; field null where it is left out, by how its cells name, fault why a row that has such a cell is at fault';

COMMENT ON COLUMN public.import.figures IS 'of a rehearsal: the figures that would change';

COMMENT ON COLUMN public.import.reading IS 'how it was asked to be read: a profile as it was then, {"sheet", "header_row", "leave_out"}, as far as it was said';

COMMENT ON COLUMN public.import.left_out IS 'rows that its profile does not want';

COMMENT ON COLUMN public.import.continues IS 'the import of the same bytes that ended before all its rows were done';

COMMENT ON COLUMN public.import.likenesses IS 'of a rehearsal: the first hundred rows that are like others, and which';

CREATE TABLE public.import_part (
    authority_id text NOT NULL,
    import_id uuid NOT NULL,
    "position" integer NOT NULL,
    bytes bytea NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT import_part_bytes_check CHECK ((length(bytes) > 0)),
    CONSTRAINT import_part_position_check CHECK (("position" > 0))
);
ALTER TABLE ONLY public.import_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE public.import_profile (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    sheet text,
    header_row integer,
    others text NOT NULL,
    note text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT import_profile_code_check CHECK (((length(code) >= 3) AND (length(code) <= 60))),
    CONSTRAINT import_profile_header_row_check CHECK (((header_row >= 1) AND (header_row <= 1000))),
    CONSTRAINT import_profile_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 60))),
    CONSTRAINT import_profile_note_check CHECK (((length(note) >= 0) AND (length(note) <= 1000))),
    CONSTRAINT import_profile_others_check CHECK ((others = ANY (ARRAY['refused'::text, 'left_out'::text]))),
    CONSTRAINT import_profile_sheet_check CHECK (((length(sheet) >= 1) AND (length(sheet) <= 100))),
    CONSTRAINT import_profile_title_check CHECK (((length(title) >= 3) AND (length(title) <= 200)))
);

CREATE TABLE public.import_profile_column (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    "position" integer NOT NULL,
    header text NOT NULL,
    field text,
    days text,
    money text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT import_profile_column_check CHECK ((to_version >= from_version)),
    CONSTRAINT import_profile_column_days_check CHECK ((days = ANY (ARRAY['month_first'::text, 'two_digit_years'::text, 'compact'::text, 'serial'::text, 'day_first'::text]))),
    CONSTRAINT import_profile_column_field_check CHECK (((length(field) >= 1) AND (length(field) <= 100))),
    CONSTRAINT import_profile_column_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT import_profile_column_header_check CHECK (((length(header) >= 1) AND (length(header) <= 200))),
    CONSTRAINT import_profile_column_money_check CHECK ((money = ANY (ARRAY['pence'::text, 'pounds'::text])))
);

CREATE TABLE public.import_profile_constant (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    "position" integer NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT import_profile_constant_check CHECK ((to_version >= from_version)),
    CONSTRAINT import_profile_constant_field_check CHECK (((length(field) >= 1) AND (length(field) <= 100))),
    CONSTRAINT import_profile_constant_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT import_profile_constant_value_check CHECK (((length(value) >= 1) AND (length(value) <= 300)))
);

CREATE TABLE public.import_profile_meaning (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    "position" integer NOT NULL,
    header text NOT NULL,
    said text NOT NULL,
    means text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT import_profile_meaning_check CHECK ((to_version >= from_version)),
    CONSTRAINT import_profile_meaning_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT import_profile_meaning_header_check CHECK (((length(header) >= 1) AND (length(header) <= 200))),
    CONSTRAINT import_profile_meaning_means_check CHECK (((length(means) >= 0) AND (length(means) <= 300))),
    CONSTRAINT import_profile_meaning_said_check CHECK (((length(said) >= 1) AND (length(said) <= 200)))
);

CREATE TABLE public.import_profile_need (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    "position" integer NOT NULL,
    columns text NOT NULL,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT import_profile_need_check CHECK ((to_version >= from_version)),
    CONSTRAINT import_profile_need_columns_check CHECK (((length(columns) >= 1) AND (length(columns) <= 1000))),
    CONSTRAINT import_profile_need_from_version_check CHECK ((from_version > 0))
);

CREATE TABLE public.import_profile_skip (
    authority_id text NOT NULL,
    import_profile_id uuid NOT NULL,
    "position" integer NOT NULL,
    header text NOT NULL,
    said text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT import_profile_skip_check CHECK ((to_version >= from_version)),
    CONSTRAINT import_profile_skip_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT import_profile_skip_header_check CHECK (((length(header) >= 1) AND (length(header) <= 200))),
    CONSTRAINT import_profile_skip_said_check CHECK (((length(said) >= 1) AND (length(said) <= 200)))
);

CREATE TABLE public.import_undo (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    reason text NOT NULL,
    stands boolean DEFAULT true NOT NULL,
    CONSTRAINT import_undo_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 500)))
);

CREATE TABLE public.lifecycle_move (
    noun text NOT NULL,
    from_state text NOT NULL,
    event text NOT NULL,
    to_state text NOT NULL
);

CREATE TABLE public.measure (
    code text NOT NULL,
    unit text NOT NULL,
    subject text NOT NULL
);

CREATE TABLE public.merge (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'merged'::text NOT NULL,
    kind text NOT NULL,
    from_id uuid NOT NULL,
    into_id uuid NOT NULL,
    reason text NOT NULL,
    reversal_reason text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT merge_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'household'::text, 'business'::text, 'organisation'::text, 'council_tax_account'::text]))),
    CONSTRAINT merge_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 500))),
    CONSTRAINT merge_reversal_reason_check CHECK (((length(reversal_reason) >= 0) AND (length(reversal_reason) <= 500)))
);

CREATE TABLE public.merge_link (
    authority_id text NOT NULL,
    seq bigint DEFAULT nextval('public.ledger_seq'::regclass) NOT NULL,
    from_id uuid NOT NULL,
    into_id uuid NOT NULL,
    linked boolean NOT NULL,
    hash bytea GENERATED ALWAYS AS (sha256((((((from_id)::text || '>'::text) || (into_id)::text) ||
CASE
    WHEN linked THEN '+'::text
    ELSE '-'::text
END))::bytea)) STORED NOT NULL,
    CONSTRAINT merge_link_check CHECK ((into_id <> from_id))
);

CREATE TABLE public.migration (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.migration_finding (
    authority_id text NOT NULL,
    migration integer NOT NULL,
    rule text NOT NULL,
    record_kind text NOT NULL,
    record_id uuid NOT NULL,
    reference text NOT NULL,
    found_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT migration_finding_rule_check CHECK (((length(rule) >= 1) AND (length(rule) <= 200)))
);

CREATE TABLE public.mutual_aid_group (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'registered'::text NOT NULL,
    name text NOT NULL,
    established_on date NOT NULL,
    ward text NOT NULL,
    area text,
    contact_name text,
    contact_phone text,
    contact_email text,
    confirmed_on date,
    closed_on date,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    list text,
    CONSTRAINT mutual_aid_group_area_check CHECK (((length(area) >= 0) AND (length(area) <= 200))),
    CONSTRAINT mutual_aid_group_contact_email_check CHECK (((contact_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length(contact_email) <= 254))),
    CONSTRAINT mutual_aid_group_contact_name_check CHECK (((length(contact_name) >= 0) AND (length(contact_name) <= 200))),
    CONSTRAINT mutual_aid_group_contact_phone_check CHECK ((contact_phone ~ '^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'::text)),
    CONSTRAINT mutual_aid_group_name_check CHECK (((length(name) >= 2) AND (length(name) <= 200))),
    CONSTRAINT mutual_aid_group_ward_check CHECK (((length(ward) >= 1) AND (length(ward) <= 60)))
);

CREATE TABLE public.organisation (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    name text NOT NULL,
    code text,
    kind text NOT NULL,
    address text,
    postcode text,
    ward text,
    email text,
    phone text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT organisation_address_check CHECK (((length(address) >= 0) AND (length(address) <= 300))),
    CONSTRAINT organisation_code_check CHECK (((length(code) >= 2) AND (length(code) <= 60))),
    CONSTRAINT organisation_email_check CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length(email) <= 254))),
    CONSTRAINT organisation_kind_check CHECK ((kind = ANY (ARRAY['voluntary_group'::text, 'school'::text, 'care_home'::text, 'partner'::text, 'other'::text]))),
    CONSTRAINT organisation_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT organisation_phone_check CHECK ((phone ~ '^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'::text)),
    CONSTRAINT organisation_postcode_check CHECK (public.is_postcode(postcode)),
    CONSTRAINT organisation_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.organisation_identifier (
    authority_id text NOT NULL,
    organisation_id uuid NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    source text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    canonical text GENERATED ALWAYS AS (public.canonical_identifier(kind, value)) STORED,
    contested boolean DEFAULT false NOT NULL,
    CONSTRAINT organisation_identifier_check CHECK ((to_version >= from_version)),
    CONSTRAINT organisation_identifier_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT organisation_identifier_kind_check CHECK ((kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text, 'email'::text, 'phone'::text, 'urn'::text, 'other'::text]))),
    CONSTRAINT organisation_identifier_source_check CHECK (((length(source) >= 0) AND (length(source) <= 60))),
    CONSTRAINT organisation_identifier_value_check CHECK (((length(value) >= 1) AND (length(value) <= 254)))
);

CREATE TABLE public.parcel (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'referred'::text NOT NULL,
    household_id uuid NOT NULL,
    people integer NOT NULL,
    diet text[],
    kind text NOT NULL,
    referred_at timestamp with time zone NOT NULL,
    promised_by date NOT NULL,
    delivered_by text NOT NULL,
    note text,
    ward text,
    delivered_on date,
    failed_on date,
    reason text,
    replaces_id uuid,
    replaced_by_id uuid,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT parcel_diet_check CHECK ((diet <@ ARRAY['vegetarian'::text, 'vegan'::text, 'halal'::text, 'kosher'::text, 'gluten_free'::text, 'dairy_free'::text, 'nut_free'::text])),
    CONSTRAINT parcel_kind_check CHECK ((kind = ANY (ARRAY['emergency'::text, 'standard'::text, 'baby'::text]))),
    CONSTRAINT parcel_note_check CHECK (((length(note) >= 0) AND (length(note) <= 1000))),
    CONSTRAINT parcel_people_check CHECK (((people >= 1) AND (people <= 30))),
    CONSTRAINT parcel_reason_check CHECK (((length(reason) >= 0) AND (length(reason) <= 300))),
    CONSTRAINT parcel_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.parcel_attempt (
    authority_id text NOT NULL,
    parcel_id uuid NOT NULL,
    "position" integer NOT NULL,
    outcome text NOT NULL,
    attempted_on date NOT NULL,
    attempt_note text,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT parcel_attempt_attempt_note_check CHECK (((length(attempt_note) >= 0) AND (length(attempt_note) <= 500))),
    CONSTRAINT parcel_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'left_safe'::text, 'no_answer'::text, 'refused'::text, 'wrong_address'::text])))
);

CREATE TABLE public.payment (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'instructed'::text NOT NULL,
    award_id uuid NOT NULL,
    instructed_on date NOT NULL,
    scheme text,
    kind text,
    business_id uuid,
    organisation_id uuid,
    ward text,
    amount_pence public.pence,
    payee_name text,
    payee_sort_code text,
    payee_account_number text,
    entry_day date,
    rejected_on date,
    returned_on date,
    return_code text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    person_id uuid,
    CONSTRAINT payment_amount_pence_check CHECK (((amount_pence)::bigint >= 1)),
    CONSTRAINT payment_check CHECK ((entry_day >= instructed_on)),
    CONSTRAINT payment_check1 CHECK ((returned_on >= entry_day)),
    CONSTRAINT payment_kind_check CHECK ((kind = ANY (ARRAY['business'::text, 'community'::text, 'household'::text]))),
    CONSTRAINT payment_payee_account_number_check CHECK ((payee_account_number ~ '^[0-9]{8}$'::text)),
    CONSTRAINT payment_payee_name_check CHECK (((length(payee_name) >= 1) AND (length(payee_name) <= 140))),
    CONSTRAINT payment_payee_sort_code_check CHECK ((payee_sort_code ~ '^[0-9]{6}$'::text)),
    CONSTRAINT payment_return_code_check CHECK ((return_code = ANY (ARRAY['0'::text, '2'::text, '3'::text, '5'::text, 'B'::text, 'C'::text]))),
    CONSTRAINT payment_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.person (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    name text NOT NULL,
    born_on date,
    address text,
    postcode text,
    ward text,
    phone text,
    email text,
    household_id uuid,
    safe_contact text,
    restricted boolean NOT NULL,
    died_on date,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    case_worker_id uuid,
    recorded_for text,
    CONSTRAINT person_address_check CHECK (((length(address) >= 0) AND (length(address) <= 300))),
    CONSTRAINT person_email_check CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length(email) <= 254))),
    CONSTRAINT person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT person_phone_check CHECK ((phone ~ '^(withheld|[0-9]{3,6}|[+0-9][0-9]{7,15}( ext [0-9]{1,6})?)$'::text)),
    CONSTRAINT person_postcode_check CHECK (public.is_postcode(postcode)),
    CONSTRAINT person_recorded_for_check CHECK (((length(recorded_for) >= 0) AND (length(recorded_for) <= 60))),
    CONSTRAINT person_safe_contact_check CHECK (((length(safe_contact) >= 0) AND (length(safe_contact) <= 300))),
    CONSTRAINT person_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE TABLE public.person_identifier (
    authority_id text NOT NULL,
    person_id uuid NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    source text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    canonical text GENERATED ALWAYS AS (public.canonical_identifier(kind, value)) STORED,
    contested boolean DEFAULT false NOT NULL,
    CONSTRAINT person_identifier_check CHECK ((to_version >= from_version)),
    CONSTRAINT person_identifier_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT person_identifier_kind_check CHECK ((kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text, 'email'::text, 'phone'::text, 'urn'::text, 'other'::text]))),
    CONSTRAINT person_identifier_source_check CHECK (((length(source) >= 0) AND (length(source) <= 60))),
    CONSTRAINT person_identifier_value_check CHECK (((length(value) >= 1) AND (length(value) <= 254)))
);

CREATE TABLE public.postcode (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    postcode text NOT NULL,
    ward text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT postcode_postcode_check CHECK (public.is_postcode(postcode)),
    CONSTRAINT postcode_ward_check CHECK (((length(ward) >= 1) AND (length(ward) <= 60)))
);

CREATE TABLE public.ppe_item (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    items_per_unit integer NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT ppe_item_code_check CHECK (((length(code) >= 2) AND (length(code) <= 60))),
    CONSTRAINT ppe_item_items_per_unit_check CHECK (((items_per_unit >= 1) AND (items_per_unit <= 100000))),
    CONSTRAINT ppe_item_title_check CHECK (((length(title) >= 2) AND (length(title) <= 120)))
);

CREATE TABLE public.ppe_movement (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    kind text NOT NULL,
    item text NOT NULL,
    units integer NOT NULL,
    organisation_id uuid NOT NULL,
    moved_on date NOT NULL,
    hub text NOT NULL,
    issue_id uuid,
    item_id uuid,
    items_per_unit integer,
    items bigint,
    taken_back_units integer NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT ppe_movement_items_check CHECK (((items >= '-100000000000'::bigint) AND (items <= '100000000000'::bigint))),
    CONSTRAINT ppe_movement_items_per_unit_check CHECK (((items_per_unit >= 1) AND (items_per_unit <= 100000))),
    CONSTRAINT ppe_movement_kind_check CHECK ((kind = ANY (ARRAY['issue'::text, 'return'::text, 'recall'::text]))),
    CONSTRAINT ppe_movement_taken_back CHECK (((taken_back_units >= 0) AND (taken_back_units <=
CASE
    WHEN (kind = 'issue'::text) THEN units
    ELSE 0
END))),
    CONSTRAINT ppe_movement_taken_back_units_check CHECK (((taken_back_units >= 0) AND (taken_back_units <= 1000000))),
    CONSTRAINT ppe_movement_units_check CHECK (((units >= 1) AND (units <= 1000000)))
);

CREATE TABLE public.premises (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    business_id uuid NOT NULL,
    address text NOT NULL,
    postcode text NOT NULL,
    ward text,
    use text NOT NULL,
    rateable_value_pence public.pence,
    reliefs text[],
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    occupied boolean,
    CONSTRAINT premises_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300))),
    CONSTRAINT premises_postcode_check CHECK (public.is_postcode(postcode)),
    CONSTRAINT premises_rateable_value_pence_check CHECK (((rateable_value_pence)::bigint >= 0)),
    CONSTRAINT premises_reliefs_check CHECK ((reliefs <@ ARRAY['small_business'::text, 'rural'::text, 'expanded_retail'::text, 'charitable'::text])),
    CONSTRAINT premises_use_check CHECK ((use = ANY (ARRAY['retail'::text, 'hospitality'::text, 'leisure'::text, 'office'::text, 'industrial'::text, 'market_stall'::text, 'other'::text]))),
    CONSTRAINT premises_ward_check CHECK (((length(ward) >= 1) AND (length(ward) <= 60)))
);

CREATE TABLE public.premises_identifier (
    authority_id text NOT NULL,
    premises_id uuid NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    source text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    canonical text GENERATED ALWAYS AS (public.canonical_identifier(kind, value)) STORED,
    contested boolean DEFAULT false NOT NULL,
    CONSTRAINT premises_identifier_check CHECK ((to_version >= from_version)),
    CONSTRAINT premises_identifier_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT premises_identifier_kind_check CHECK ((kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text, 'email'::text, 'phone'::text, 'urn'::text, 'other'::text]))),
    CONSTRAINT premises_identifier_source_check CHECK (((length(source) >= 0) AND (length(source) <= 60))),
    CONSTRAINT premises_identifier_value_check CHECK (((length(value) >= 1) AND (length(value) <= 254)))
);

CREATE TABLE public.publication (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    title text NOT NULL,
    note text,
    as_at date NOT NULL,
    known_at timestamp with time zone NOT NULL,
    supersedes_id uuid,
    published_by text NOT NULL,
    digest text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT publication_check CHECK ((supersedes_id <> id)),
    CONSTRAINT publication_digest_check CHECK ((digest ~ '^sha256:[0-9a-f]{64}$'::text)),
    CONSTRAINT publication_note_check CHECK (((length(note) >= 0) AND (length(note) <= 4000))),
    CONSTRAINT publication_published_by_check CHECK (((length(published_by) >= 1) AND (length(published_by) <= 120))),
    CONSTRAINT publication_title_check CHECK (((length(title) >= 3) AND (length(title) <= 200))),
    CONSTRAINT publication_version_check CHECK ((version = 1)),
    CONSTRAINT publication_voided_check CHECK ((NOT voided))
);

CREATE TABLE public.publication_document (
    authority_id text NOT NULL,
    publication_id uuid NOT NULL,
    document text NOT NULL
);

CREATE TABLE public.publication_figure (
    authority_id text NOT NULL,
    publication_id uuid NOT NULL,
    "position" integer NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    unit text NOT NULL,
    measure text NOT NULL,
    aggregate text NOT NULL,
    filter jsonb NOT NULL,
    definition_version integer NOT NULL,
    from_day date NOT NULL,
    as_at date NOT NULL,
    value bigint NOT NULL,
    provisional bigint NOT NULL,
    claim_text text,
    comparator text,
    claim_value bigint,
    "precision" bigint,
    verdict text,
    reason text,
    entries bigint NOT NULL,
    evidence_digest text NOT NULL,
    CONSTRAINT publication_figure_aggregate_check CHECK ((aggregate = ANY (ARRAY['sum'::text, 'count'::text, 'distinct'::text]))),
    CONSTRAINT publication_figure_comparator_check CHECK ((comparator = ANY (ARRAY['exact'::text, 'rounded'::text, 'over'::text, 'nearly'::text]))),
    CONSTRAINT publication_figure_entries_check CHECK ((entries >= 0)),
    CONSTRAINT publication_figure_evidence_digest_check CHECK ((evidence_digest ~ '^sha256:[0-9a-f]{64}$'::text)),
    CONSTRAINT publication_figure_filter_check CHECK ((jsonb_typeof(filter) = 'object'::text)),
    CONSTRAINT publication_figure_verdict_check CHECK ((verdict = ANY (ARRAY['matches'::text, 'warns'::text, 'differs'::text])))
);

CREATE VIEW public.record_reference AS
 SELECT (source.relname)::text AS source,
    (here.attname)::text AS source_column,
    (target.relname)::text AS target,
    (there.attname)::text AS target_column,
    (COALESCE(parent.relname, source.relname))::text AS holder
   FROM (((((pg_constraint k
     JOIN pg_class source ON ((source.oid = k.conrelid)))
     JOIN pg_class target ON ((target.oid = k.confrelid)))
     JOIN pg_attribute here ON (((here.attrelid = k.conrelid) AND (here.attnum = k.conkey[2]))))
     JOIN pg_attribute there ON (((there.attrelid = k.confrelid) AND (there.attnum = k.confkey[2]))))
     LEFT JOIN ( SELECT p.conrelid,
            up.relname
           FROM (((pg_constraint p
             JOIN pg_class up ON ((up.oid = p.confrelid)))
             JOIN pg_class list ON ((list.oid = p.conrelid)))
             JOIN pg_attribute a ON (((a.attrelid = p.conrelid) AND (a.attnum = p.conkey[2]))))
          WHERE ((p.contype = 'f'::"char") AND starts_with((list.relname)::text, ((up.relname)::text || '_'::text)) AND (a.attname = ((up.relname)::text || '_id'::text)) AND (EXISTS ( SELECT
                   FROM pg_attribute v
                  WHERE ((v.attrelid = list.oid) AND (v.attname = 'to_version'::name)))))) parent ON ((parent.conrelid = k.conrelid)))
  WHERE ((k.contype = 'f'::"char") AND (cardinality(k.conkey) = 2) AND (source.relnamespace = ('public'::regnamespace)::oid) AND (EXISTS ( SELECT
           FROM pg_attribute v
          WHERE ((v.attrelid = target.oid) AND (v.attname = 'voided'::name)))) AND ((parent.relname IS NOT NULL) OR (EXISTS ( SELECT
           FROM pg_attribute v
          WHERE ((v.attrelid = source.oid) AND (v.attname = 'voided'::name))))) AND (here.attname <> ((COALESCE(parent.relname, ''::name))::text || '_id'::text)) AND (target.relname <> 'publication'::name) AND (here.attname <> ALL (ARRAY['replaces_id'::name, 'replaced_by_id'::name])) AND ((source.relname <> 'application'::name) OR (here.attname <> 'award_id'::name)) AND ((target.relname <> 'staff'::name) OR (here.attname = ANY (ARRAY['staff_id'::name, 'case_worker_id'::name]))));

CREATE VIEW public.recount_call AS
 SELECT call.authority_id,
        CASE call.direction
            WHEN 'inbound'::text THEN 'call_received'::text
            ELSE 'call_made'::text
        END AS measure,
    (1)::bigint AS quantity,
    call.person_id AS subject_id,
    jsonb_strip_nulls(jsonb_build_object('line', call.line, 'counterparty', call.counterparty, 'purpose', call.purpose, 'answered', (call.outcome <> ALL (ARRAY['abandoned'::text, 'no_answer'::text, 'voicemail'::text, 'wrong_number'::text, 'line_engaged'::text])), 'vulnerability_basis',
        CASE call.direction
            WHEN 'outbound'::text THEN call.vulnerability_basis
            ELSE NULL::text
        END)) AS dims,
    ((call.started_at AT TIME ZONE 'Europe/London'::text))::date AS happened_on,
    'call'::text AS record_kind,
    call.id AS record_id
   FROM public.call
  WHERE (NOT call.voided);

CREATE VIEW public.recount_council_tax_posting AS
 SELECT p.authority_id,
    'council_tax_credited'::text AS measure,
        CASE
            WHEN (p.kind = ANY (ARRAY['award'::text, 'increase'::text])) THEN (p.amount_pence)::bigint
            ELSE (- (p.amount_pence)::bigint)
        END AS quantity,
    a.id AS subject_id,
    jsonb_strip_nulls(jsonb_build_object('fund', p.fund, 'financial_year', p.financial_year, 'ward', p.ward)) AS dims,
    p.effective_on AS happened_on,
    'council_tax_posting'::text AS record_kind,
    p.id AS record_id
   FROM (public.council_tax_posting p
     JOIN public.council_tax_account a ON (((a.authority_id = p.authority_id) AND (a.account_reference = p.account_reference))))
  WHERE (NOT p.voided);

CREATE VIEW public.recount_device AS
 SELECT d.authority_id,
    counted.measure,
    (1)::bigint AS quantity,
    d.organisation_id AS subject_id,
    jsonb_build_object('kind', d.kind, 'holder_kind', d.holder_kind, 'source', d.source) AS dims,
    counted.happened_on,
    'device'::text AS record_kind,
    d.id AS record_id
   FROM (public.device d
     CROSS JOIN LATERAL ( VALUES ('device_distributed'::text,d.supplied_on), ('device_handed_on'::text,d.handed_on_on)) counted(measure, happened_on))
  WHERE ((counted.happened_on IS NOT NULL) AND (NOT d.voided));

CREATE VIEW public.recount_external_funding AS
 SELECT external_funding.authority_id,
    'external_funding_secured'::text AS measure,
    (external_funding.amount_pence)::bigint AS quantity,
    external_funding.organisation_id AS subject_id,
    jsonb_build_object('funder', external_funding.funder) AS dims,
    external_funding.secured_on AS happened_on,
    'external_funding'::text AS record_kind,
    external_funding.id AS record_id
   FROM public.external_funding
  WHERE (NOT external_funding.voided);

CREATE VIEW public.recount_food_shop AS
 SELECT food_shop.authority_id,
    'food_shop_provided'::text AS measure,
    (1)::bigint AS quantity,
    food_shop.household_id AS subject_id,
    jsonb_strip_nulls(jsonb_build_object('vulnerability_basis', food_shop.vulnerability_basis, 'ward', food_shop.ward)) AS dims,
    food_shop.completed_on AS happened_on,
    'food_shop'::text AS record_kind,
    food_shop.id AS record_id
   FROM public.food_shop
  WHERE ((food_shop.completed_on IS NOT NULL) AND (NOT food_shop.voided));

CREATE VIEW public.recount_mutual_aid_group AS
 SELECT mutual_aid_group.authority_id,
    'mutual_aid_group_established'::text AS measure,
    (1)::bigint AS quantity,
    mutual_aid_group.id AS subject_id,
    jsonb_build_object('ward', mutual_aid_group.ward) AS dims,
    mutual_aid_group.established_on AS happened_on,
    'mutual_aid_group'::text AS record_kind,
    mutual_aid_group.id AS record_id
   FROM public.mutual_aid_group
  WHERE ((mutual_aid_group.confirmed_on IS NOT NULL) AND (NOT mutual_aid_group.voided));

CREATE VIEW public.recount_parcel AS
 SELECT parcel.authority_id,
    'parcel_delivered'::text AS measure,
    (1)::bigint AS quantity,
    parcel.household_id AS subject_id,
    jsonb_strip_nulls(jsonb_build_object('kind', parcel.kind, 'delivered_by', parcel.delivered_by, 'ward', parcel.ward)) AS dims,
    parcel.delivered_on AS happened_on,
    'parcel'::text AS record_kind,
    parcel.id AS record_id
   FROM public.parcel
  WHERE ((parcel.delivered_on IS NOT NULL) AND (NOT parcel.voided));

CREATE VIEW public.recount_payment AS
 SELECT p.authority_id,
    paid.measure,
    (counted.sign * (p.amount_pence)::bigint) AS quantity,
    paid.payee AS subject_id,
    jsonb_strip_nulls(jsonb_build_object('scheme', p.scheme, 'ward', p.ward)) AS dims,
    counted.happened_on,
    'payment'::text AS record_kind,
    p.id AS record_id
   FROM ((public.payment p
     CROSS JOIN LATERAL ( VALUES ('business_grant_paid'::text,p.business_id), ('community_grant_paid'::text,p.organisation_id), ('household_grant_paid'::text,p.person_id)) paid(measure, payee))
     CROSS JOIN LATERAL ( VALUES (1,p.entry_day), ('-1'::integer,p.returned_on)) counted(sign, happened_on))
  WHERE ((paid.payee IS NOT NULL) AND (counted.happened_on IS NOT NULL) AND (NOT p.voided));

CREATE VIEW public.recount_ppe_movement AS
 SELECT ppe_movement.authority_id,
    'ppe_issued'::text AS measure,
    ((
        CASE ppe_movement.kind
            WHEN 'issue'::text THEN 1
            ELSE '-1'::integer
        END * (ppe_movement.units)::bigint) * ppe_movement.items_per_unit) AS quantity,
    ppe_movement.organisation_id AS subject_id,
    jsonb_build_object('item', ppe_movement.item) AS dims,
    ppe_movement.moved_on AS happened_on,
    'ppe_movement'::text AS record_kind,
    ppe_movement.id AS record_id
   FROM public.ppe_movement
  WHERE (NOT ppe_movement.voided);

CREATE TABLE public.volunteer (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'registered'::text NOT NULL,
    person_id uuid NOT NULL,
    registered_on date NOT NULL,
    ward text,
    skills text,
    list text,
    left_on date,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT volunteer_skills_check CHECK (((length(skills) >= 0) AND (length(skills) <= 500))),
    CONSTRAINT volunteer_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE VIEW public.recount_volunteer AS
 SELECT volunteer.authority_id,
    'volunteer_registered'::text AS measure,
    (1)::bigint AS quantity,
    volunteer.person_id AS subject_id,
    jsonb_strip_nulls(jsonb_build_object('ward', volunteer.ward)) AS dims,
    volunteer.registered_on AS happened_on,
    'volunteer'::text AS record_kind,
    volunteer.id AS record_id
   FROM public.volunteer
  WHERE (NOT volunteer.voided);

CREATE TABLE public.voucher (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'requested'::text NOT NULL,
    household_id uuid NOT NULL,
    children integer NOT NULL,
    value_pence public.pence NOT NULL,
    purpose text NOT NULL,
    holiday_period text NOT NULL,
    channel text NOT NULL,
    requested_on date NOT NULL,
    school text,
    ward text,
    sent_on date,
    bounced_on date,
    unsent_on date,
    redeemed_on date,
    expired_on date,
    reason text,
    replaces_id uuid,
    replaced_by_id uuid,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    issuer_code text,
    alike_id uuid,
    CONSTRAINT voucher_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'post'::text, 'sms'::text]))),
    CONSTRAINT voucher_children_check CHECK (((children >= 1) AND (children <= 25))),
    CONSTRAINT voucher_holiday_period_check CHECK (((length(holiday_period) >= 3) AND (length(holiday_period) <= 60))),
    CONSTRAINT voucher_issuer_code_check CHECK (((length(issuer_code) >= 0) AND (length(issuer_code) <= 60))),
    CONSTRAINT voucher_purpose_check CHECK ((purpose = ANY (ARRAY['holiday_food'::text, 'winter_support'::text, 'essentials'::text]))),
    CONSTRAINT voucher_reason_check CHECK (((length(reason) >= 0) AND (length(reason) <= 300))),
    CONSTRAINT voucher_value_pence_check CHECK (((value_pence)::bigint >= 1)),
    CONSTRAINT voucher_ward_check CHECK (((length(ward) >= 0) AND (length(ward) <= 60)))
);

CREATE VIEW public.recount_voucher AS
 SELECT v.authority_id,
    counted.measure,
    counted.quantity,
    v.household_id AS subject_id,
    jsonb_strip_nulls(jsonb_build_object('purpose', v.purpose, 'channel', v.channel, 'holiday_period', v.holiday_period, 'ward', v.ward)) AS dims,
    counted.happened_on,
    'voucher'::text AS record_kind,
    v.id AS record_id
   FROM (public.voucher v
     CROSS JOIN LATERAL ( VALUES ('voucher_sent'::text,(1)::bigint,v.sent_on), ('voucher_sent'::text,'-1'::integer,
                CASE
                    WHEN (v.sent_on IS NOT NULL) THEN v.unsent_on
                    ELSE NULL::date
                END), ('voucher_children'::text,v.children,v.sent_on), ('voucher_children'::text,(- v.children),
                CASE
                    WHEN (v.sent_on IS NOT NULL) THEN v.unsent_on
                    ELSE NULL::date
                END), ('voucher_redeemed'::text,1,v.redeemed_on)) counted(measure, quantity, happened_on))
  WHERE ((counted.happened_on IS NOT NULL) AND (NOT v.voided));

CREATE VIEW public.recount AS
 SELECT recount_call.authority_id,
    recount_call.measure,
    recount_call.quantity,
    recount_call.subject_id,
    recount_call.dims,
    recount_call.happened_on,
    recount_call.record_kind,
    recount_call.record_id
   FROM public.recount_call
UNION ALL
 SELECT recount_council_tax_posting.authority_id,
    recount_council_tax_posting.measure,
    recount_council_tax_posting.quantity,
    recount_council_tax_posting.subject_id,
    recount_council_tax_posting.dims,
    recount_council_tax_posting.happened_on,
    recount_council_tax_posting.record_kind,
    recount_council_tax_posting.record_id
   FROM public.recount_council_tax_posting
UNION ALL
 SELECT recount_device.authority_id,
    recount_device.measure,
    recount_device.quantity,
    recount_device.subject_id,
    recount_device.dims,
    recount_device.happened_on,
    recount_device.record_kind,
    recount_device.record_id
   FROM public.recount_device
UNION ALL
 SELECT recount_external_funding.authority_id,
    recount_external_funding.measure,
    recount_external_funding.quantity,
    recount_external_funding.subject_id,
    recount_external_funding.dims,
    recount_external_funding.happened_on,
    recount_external_funding.record_kind,
    recount_external_funding.record_id
   FROM public.recount_external_funding
UNION ALL
 SELECT recount_food_shop.authority_id,
    recount_food_shop.measure,
    recount_food_shop.quantity,
    recount_food_shop.subject_id,
    recount_food_shop.dims,
    recount_food_shop.happened_on,
    recount_food_shop.record_kind,
    recount_food_shop.record_id
   FROM public.recount_food_shop
UNION ALL
 SELECT recount_mutual_aid_group.authority_id,
    recount_mutual_aid_group.measure,
    recount_mutual_aid_group.quantity,
    recount_mutual_aid_group.subject_id,
    recount_mutual_aid_group.dims,
    recount_mutual_aid_group.happened_on,
    recount_mutual_aid_group.record_kind,
    recount_mutual_aid_group.record_id
   FROM public.recount_mutual_aid_group
UNION ALL
 SELECT recount_parcel.authority_id,
    recount_parcel.measure,
    recount_parcel.quantity,
    recount_parcel.subject_id,
    recount_parcel.dims,
    recount_parcel.happened_on,
    recount_parcel.record_kind,
    recount_parcel.record_id
   FROM public.recount_parcel
UNION ALL
 SELECT recount_payment.authority_id,
    recount_payment.measure,
    recount_payment.quantity,
    recount_payment.subject_id,
    recount_payment.dims,
    recount_payment.happened_on,
    recount_payment.record_kind,
    recount_payment.record_id
   FROM public.recount_payment
UNION ALL
 SELECT recount_ppe_movement.authority_id,
    recount_ppe_movement.measure,
    recount_ppe_movement.quantity,
    recount_ppe_movement.subject_id,
    recount_ppe_movement.dims,
    recount_ppe_movement.happened_on,
    recount_ppe_movement.record_kind,
    recount_ppe_movement.record_id
   FROM public.recount_ppe_movement
UNION ALL
 SELECT recount_volunteer.authority_id,
    recount_volunteer.measure,
    recount_volunteer.quantity,
    recount_volunteer.subject_id,
    recount_volunteer.dims,
    recount_volunteer.happened_on,
    recount_volunteer.record_kind,
    recount_volunteer.record_id
   FROM public.recount_volunteer
UNION ALL
 SELECT recount_voucher.authority_id,
    recount_voucher.measure,
    recount_voucher.quantity,
    recount_voucher.subject_id,
    recount_voucher.dims,
    recount_voucher.happened_on,
    recount_voucher.record_kind,
    recount_voucher.record_id
   FROM public.recount_voucher;

CREATE TABLE public.scheme (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    allocation_pence public.pence,
    committed_pence public.pence DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT scheme_allocation CHECK ((((committed_pence)::bigint >= 0) AND ((committed_pence)::bigint <= (COALESCE(allocation_pence, committed_pence))::bigint))),
    CONSTRAINT scheme_allocation_pence_check CHECK (((allocation_pence)::bigint >= 0)),
    CONSTRAINT scheme_code_check CHECK (((length(code) >= 2) AND (length(code) <= 60))),
    CONSTRAINT scheme_committed_pence_check CHECK (((committed_pence)::bigint >= 0)),
    CONSTRAINT scheme_kind_check CHECK ((kind = ANY (ARRAY['business'::text, 'community'::text, 'household'::text]))),
    CONSTRAINT scheme_title_check CHECK (((length(title) >= 3) AND (length(title) <= 200)))
);

CREATE TABLE public.scheme_version (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    scheme text NOT NULL,
    number bigint NOT NULL,
    opens_on date NOT NULL,
    closes_on date,
    last_payment_on date,
    reference_on date,
    uniqueness_key text NOT NULL,
    exclusion_group text,
    funding text NOT NULL,
    council_is text NOT NULL,
    allocation_pence public.pence,
    required_checks text[],
    exclusions text[],
    source text NOT NULL,
    uncertain text,
    drafted_by uuid NOT NULL,
    published_by uuid,
    published_on date,
    closed_on date,
    closure_reason text,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT scheme_version_allocation_pence_check CHECK (((allocation_pence)::bigint >= 0)),
    CONSTRAINT scheme_version_check CHECK ((closes_on >= opens_on)),
    CONSTRAINT scheme_version_closed CHECK (((state = 'closed'::text) = (closed_on IS NOT NULL))),
    CONSTRAINT scheme_version_closure_reason_check CHECK (((length(closure_reason) >= 0) AND (length(closure_reason) <= 500))),
    CONSTRAINT scheme_version_council_is_check CHECK ((council_is = ANY (ARRAY['agent'::text, 'principal'::text]))),
    CONSTRAINT scheme_version_exclusion_group_check CHECK (((length(exclusion_group) >= 0) AND (length(exclusion_group) <= 60))),
    CONSTRAINT scheme_version_exclusions_check CHECK (((exclusions)::text ~ '^\{[a-z0-9_,]*\}$'::text)),
    CONSTRAINT scheme_version_funding_check CHECK ((funding = ANY (ARRAY['full'::text, 'capped'::text, 'discretionary'::text]))),
    CONSTRAINT scheme_version_number_check CHECK (((number >= 1) AND (number <= 10000))),
    CONSTRAINT scheme_version_published CHECK (((state = 'draft'::text) = (published_on IS NULL))),
    CONSTRAINT scheme_version_required_checks_check CHECK (((required_checks)::text ~ '^\{[a-z0-9_,]*\}$'::text)),
    CONSTRAINT scheme_version_source_check CHECK (((length(source) >= 3) AND (length(source) <= 1000))),
    CONSTRAINT scheme_version_two_people CHECK ((published_by <> drafted_by)),
    CONSTRAINT scheme_version_uncertain_check CHECK (((length(uncertain) >= 0) AND (length(uncertain) <= 2000))),
    CONSTRAINT scheme_version_uniqueness_key_check CHECK ((uniqueness_key = ANY (ARRAY['premises'::text, 'business'::text, 'person'::text])))
);

CREATE TABLE public.scheme_version_amount (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    "position" integer NOT NULL,
    period text NOT NULL,
    band text NOT NULL,
    least_pence public.pence NOT NULL,
    most_pence public.pence NOT NULL,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT scheme_version_amount_band_check CHECK (((length(band) >= 1) AND (length(band) <= 40))),
    CONSTRAINT scheme_version_amount_check CHECK (((most_pence)::bigint >= (least_pence)::bigint)),
    CONSTRAINT scheme_version_amount_check1 CHECK ((to_version >= from_version)),
    CONSTRAINT scheme_version_amount_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT scheme_version_amount_least_pence_check CHECK (((least_pence)::bigint >= 1)),
    CONSTRAINT scheme_version_amount_period_check CHECK (((length(period) >= 1) AND (length(period) <= 40)))
);

CREATE TABLE public.scheme_version_band (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    "position" integer NOT NULL,
    band text NOT NULL,
    bound text NOT NULL,
    rateable_value_pence public.pence,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT scheme_version_band_band_check CHECK (((length(band) >= 1) AND (length(band) <= 40))),
    CONSTRAINT scheme_version_band_bound_check CHECK ((bound = ANY (ARRAY['up_to'::text, 'below'::text, 'unbounded'::text]))),
    CONSTRAINT scheme_version_band_check CHECK ((to_version >= from_version)),
    CONSTRAINT scheme_version_band_end CHECK (((bound = 'unbounded'::text) = (rateable_value_pence IS NULL))),
    CONSTRAINT scheme_version_band_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT scheme_version_band_rateable_value_pence_check CHECK (((rateable_value_pence)::bigint >= 1))
);

CREATE TABLE public.scheme_version_declaration (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    "position" integer NOT NULL,
    declaration text NOT NULL,
    wording_version bigint NOT NULL,
    wording text NOT NULL,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT scheme_version_declaration_check CHECK ((to_version >= from_version)),
    CONSTRAINT scheme_version_declaration_declaration_check CHECK (((length(declaration) >= 1) AND (length(declaration) <= 60))),
    CONSTRAINT scheme_version_declaration_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT scheme_version_declaration_wording_check CHECK (((length(wording) >= 3) AND (length(wording) <= 2000))),
    CONSTRAINT scheme_version_declaration_wording_version_check CHECK (((wording_version >= 1) AND (wording_version <= 1000)))
);

CREATE TABLE public.scheme_version_period (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    "position" integer NOT NULL,
    period text NOT NULL,
    from_on date,
    to_on date,
    closes_on date,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT scheme_version_period_check CHECK ((to_on >= from_on)),
    CONSTRAINT scheme_version_period_check1 CHECK ((to_version >= from_version)),
    CONSTRAINT scheme_version_period_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT scheme_version_period_period_check CHECK (((length(period) >= 1) AND (length(period) <= 40)))
);

CREATE TABLE public.scheme_version_tranche (
    authority_id text NOT NULL,
    scheme_version_id uuid NOT NULL,
    "position" integer NOT NULL,
    tranche text NOT NULL,
    amount_pence public.pence NOT NULL,
    source text,
    from_version integer DEFAULT 1 NOT NULL,
    to_version integer,
    CONSTRAINT scheme_version_tranche_amount_pence_check CHECK (((amount_pence)::bigint >= 1)),
    CONSTRAINT scheme_version_tranche_check CHECK ((to_version >= from_version)),
    CONSTRAINT scheme_version_tranche_from_version_check CHECK ((from_version > 0)),
    CONSTRAINT scheme_version_tranche_source_check CHECK (((length(source) >= 0) AND (length(source) <= 1000))),
    CONSTRAINT scheme_version_tranche_tranche_check CHECK (((length(tranche) >= 1) AND (length(tranche) <= 60)))
);

CREATE TABLE public.seal (
    authority_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.sealed_secret (
    authority_id text NOT NULL,
    record_id uuid NOT NULL,
    token_id uuid NOT NULL,
    box bytea NOT NULL,
    kept_until timestamp with time zone NOT NULL
);

CREATE TABLE public.search_progress (
    authority_id text NOT NULL,
    upto bigint NOT NULL
);

CREATE TABLE public.search_word (
    authority_id text NOT NULL,
    word text NOT NULL,
    CONSTRAINT search_word_word_check CHECK (((length(word) >= 3) AND (length(word) <= 40)))
);

CREATE TABLE public.staff (
    authority_id text NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    reference text DEFAULT public.fresh_reference('ST'::text) NOT NULL,
    state text DEFAULT 'employed'::text NOT NULL,
    left_on date,
    rejoined_on date,
    version integer DEFAULT 1 NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    recorded_by uuid,
    CONSTRAINT staff_key_check CHECK (((length(key) >= 1) AND (length(key) <= 120))),
    CONSTRAINT staff_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT staff_state_check CHECK ((state = ANY (ARRAY['employed'::text, 'left'::text])))
);

CREATE TABLE public.ward_listing (
    authority_id text NOT NULL,
    ward text NOT NULL,
    listed_at timestamp with time zone NOT NULL,
    delisted_at timestamp with time zone,
    CONSTRAINT ward_listing_check CHECK ((delisted_at > listed_at)),
    CONSTRAINT ward_listing_ward_check CHECK (((length(ward) >= 1) AND (length(ward) <= 60)))
);

CREATE TABLE public.ward_name (
    authority_id text NOT NULL,
    form text NOT NULL,
    name text NOT NULL,
    CONSTRAINT ward_name_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.application_assessment
    ADD CONSTRAINT application_assessment_pkey PRIMARY KEY (authority_id, application_id, "position");

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.application_decision
    ADD CONSTRAINT application_decision_pkey PRIMARY KEY (authority_id, application_id, "position");

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.audit_link
    ADD CONSTRAINT audit_link_pkey PRIMARY KEY (authority_id, number);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.authority
    ADD CONSTRAINT authority_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.bank_holiday
    ADD CONSTRAINT bank_holiday_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.business
    ADD CONSTRAINT business_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.business_identifier
    ADD CONSTRAINT business_identifier_pkey PRIMARY KEY (authority_id, business_id, "position");

ALTER TABLE ONLY public.business
    ADD CONSTRAINT business_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.council_tax_account
    ADD CONSTRAINT council_tax_account_authority_id_account_reference_key UNIQUE (authority_id, account_reference);

ALTER TABLE ONLY public.council_tax_account
    ADD CONSTRAINT council_tax_account_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.council_tax_account
    ADD CONSTRAINT council_tax_account_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.council_tax_fund
    ADD CONSTRAINT council_tax_fund_authority_id_code_key UNIQUE (authority_id, code);

ALTER TABLE ONLY public.council_tax_fund
    ADD CONSTRAINT council_tax_fund_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.council_tax_fund
    ADD CONSTRAINT council_tax_fund_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.dated_fact
    ADD CONSTRAINT dated_fact_pkey PRIMARY KEY (authority_id, record_id, field, from_on, version);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.ended_state
    ADD CONSTRAINT ended_state_pkey PRIMARY KEY (noun, state);

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.external_funding
    ADD CONSTRAINT external_funding_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.external_funding_partner
    ADD CONSTRAINT external_funding_partner_pkey PRIMARY KEY (authority_id, external_funding_id, "position");

ALTER TABLE ONLY public.external_funding
    ADD CONSTRAINT external_funding_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_authority_id_code_number_key UNIQUE (authority_id, code, number);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.figure_filter
    ADD CONSTRAINT figure_filter_pkey PRIMARY KEY (authority_id, figure_id, "position");

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.fold
    ADD CONSTRAINT fold_pkey PRIMARY KEY (authority_id, seq);

ALTER TABLE ONLY public.folded_bucket
    ADD CONSTRAINT folded_bucket_pkey PRIMARY KEY (authority_id, headline, bucket_kind, bucket);

ALTER TABLE ONLY public.folded
    ADD CONSTRAINT folded_pkey PRIMARY KEY (authority_id, headline, bucket_kind, bucket, seq);

ALTER TABLE ONLY public.food_shop
    ADD CONSTRAINT food_shop_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.food_shop
    ADD CONSTRAINT food_shop_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.headline
    ADD CONSTRAINT headline_pkey PRIMARY KEY (authority_id, code);

ALTER TABLE ONLY public.household
    ADD CONSTRAINT household_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.household_identifier
    ADD CONSTRAINT household_identifier_pkey PRIMARY KEY (authority_id, household_id, "position");

ALTER TABLE ONLY public.household
    ADD CONSTRAINT household_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (authority_id, staff_id, route, key);

ALTER TABLE ONLY public.import_part
    ADD CONSTRAINT import_part_pkey PRIMARY KEY (authority_id, import_id, "position");

ALTER TABLE ONLY public.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.import_profile
    ADD CONSTRAINT import_profile_authority_id_code_key UNIQUE (authority_id, code);

ALTER TABLE ONLY public.import_profile
    ADD CONSTRAINT import_profile_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.import_profile_column
    ADD CONSTRAINT import_profile_column_pkey PRIMARY KEY (authority_id, import_profile_id, "position");

ALTER TABLE ONLY public.import_profile_constant
    ADD CONSTRAINT import_profile_constant_pkey PRIMARY KEY (authority_id, import_profile_id, "position");

ALTER TABLE ONLY public.import_profile_meaning
    ADD CONSTRAINT import_profile_meaning_pkey PRIMARY KEY (authority_id, import_profile_id, "position");

ALTER TABLE ONLY public.import_profile_need
    ADD CONSTRAINT import_profile_need_pkey PRIMARY KEY (authority_id, import_profile_id, "position");

ALTER TABLE ONLY public.import_profile
    ADD CONSTRAINT import_profile_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.import_profile_skip
    ADD CONSTRAINT import_profile_skip_pkey PRIMARY KEY (authority_id, import_profile_id, "position");

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_pkey PRIMARY KEY (authority_id, import_id, number);

ALTER TABLE ONLY public.import_undo
    ADD CONSTRAINT import_undo_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.lifecycle_move
    ADD CONSTRAINT lifecycle_move_pkey PRIMARY KEY (noun, from_state, event);

ALTER TABLE ONLY public.measure
    ADD CONSTRAINT measure_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.merge
    ADD CONSTRAINT merge_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.merge_link
    ADD CONSTRAINT merge_link_pkey PRIMARY KEY (authority_id, seq);

ALTER TABLE ONLY public.merge
    ADD CONSTRAINT merge_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.migration_finding
    ADD CONSTRAINT migration_finding_pkey PRIMARY KEY (authority_id, migration, rule, record_kind, record_id);

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.mutual_aid_group
    ADD CONSTRAINT mutual_aid_group_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.mutual_aid_group
    ADD CONSTRAINT mutual_aid_group_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.organisation_identifier
    ADD CONSTRAINT organisation_identifier_pkey PRIMARY KEY (authority_id, organisation_id, "position");

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.parcel_attempt
    ADD CONSTRAINT parcel_attempt_pkey PRIMARY KEY (authority_id, parcel_id, "position");

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.person_identifier
    ADD CONSTRAINT person_identifier_pkey PRIMARY KEY (authority_id, person_id, "position");

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.postcode
    ADD CONSTRAINT postcode_authority_id_postcode_key UNIQUE (authority_id, postcode);

ALTER TABLE ONLY public.postcode
    ADD CONSTRAINT postcode_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.postcode
    ADD CONSTRAINT postcode_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.ppe_item
    ADD CONSTRAINT ppe_item_authority_id_code_key UNIQUE (authority_id, code);

ALTER TABLE ONLY public.ppe_item
    ADD CONSTRAINT ppe_item_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.ppe_item
    ADD CONSTRAINT ppe_item_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.premises
    ADD CONSTRAINT premises_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.premises_identifier
    ADD CONSTRAINT premises_identifier_pkey PRIMARY KEY (authority_id, premises_id, "position");

ALTER TABLE ONLY public.premises
    ADD CONSTRAINT premises_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.publication_document
    ADD CONSTRAINT publication_document_pkey PRIMARY KEY (authority_id, publication_id);

ALTER TABLE ONLY public.publication_figure
    ADD CONSTRAINT publication_figure_authority_id_publication_id_code_key UNIQUE (authority_id, publication_id, code);

ALTER TABLE ONLY public.publication_figure
    ADD CONSTRAINT publication_figure_pkey PRIMARY KEY (authority_id, publication_id, "position");

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.scheme
    ADD CONSTRAINT scheme_authority_id_code_key UNIQUE (authority_id, code);

ALTER TABLE ONLY public.scheme
    ADD CONSTRAINT scheme_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.scheme
    ADD CONSTRAINT scheme_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.scheme_version_amount
    ADD CONSTRAINT scheme_version_amount_pkey PRIMARY KEY (authority_id, scheme_version_id, "position");

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_authority_id_scheme_number_key UNIQUE (authority_id, scheme, number);

ALTER TABLE ONLY public.scheme_version_band
    ADD CONSTRAINT scheme_version_band_pkey PRIMARY KEY (authority_id, scheme_version_id, "position");

ALTER TABLE ONLY public.scheme_version_declaration
    ADD CONSTRAINT scheme_version_declaration_pkey PRIMARY KEY (authority_id, scheme_version_id, "position");

ALTER TABLE ONLY public.scheme_version_period
    ADD CONSTRAINT scheme_version_period_pkey PRIMARY KEY (authority_id, scheme_version_id, "position");

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.scheme_version_tranche
    ADD CONSTRAINT scheme_version_tranche_pkey PRIMARY KEY (authority_id, scheme_version_id, "position");

ALTER TABLE ONLY public.seal
    ADD CONSTRAINT seal_pkey PRIMARY KEY (authority_id, at);

ALTER TABLE ONLY public.sealed_secret
    ADD CONSTRAINT sealed_secret_pkey PRIMARY KEY (authority_id, record_id);

ALTER TABLE ONLY public.search_progress
    ADD CONSTRAINT search_progress_pkey PRIMARY KEY (authority_id);

ALTER TABLE ONLY public.search_word
    ADD CONSTRAINT search_word_pkey PRIMARY KEY (authority_id, word);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_authority_id_key_key UNIQUE (authority_id, key);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_authority_id_reference_key UNIQUE (authority_id, reference);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_pkey PRIMARY KEY (authority_id, id);

ALTER TABLE ONLY public.ward_listing
    ADD CONSTRAINT ward_listing_pkey PRIMARY KEY (authority_id, ward, listed_at);

ALTER TABLE ONLY public.ward_name
    ADD CONSTRAINT ward_name_pkey PRIMARY KEY (authority_id, form);

CREATE INDEX api_token_authority_id_id_idx ON public.api_token USING btree (authority_id, id) WHERE voided;

CREATE INDEX api_token_authority_id_partner_id_idx ON public.api_token USING btree (authority_id, partner, id) WHERE (partner IS NOT NULL);

CREATE INDEX api_token_authority_id_recorded_at_id_idx ON public.api_token USING btree (authority_id, recorded_at, id);

CREATE INDEX api_token_authority_id_recorded_by_id_idx ON public.api_token USING btree (authority_id, recorded_by, id);

CREATE INDEX api_token_authority_id_revoked_at_id_idx ON public.api_token USING btree (authority_id, revoked_at, id) WHERE (revoked_at IS NOT NULL);

CREATE INDEX api_token_authority_id_role_id_idx ON public.api_token USING btree (authority_id, role, id);

CREATE INDEX api_token_authority_id_staff_id_id_idx ON public.api_token USING btree (authority_id, staff_id, id);

CREATE INDEX api_token_authority_id_state_id_idx ON public.api_token USING btree (authority_id, state, id);

CREATE INDEX api_token_counts ON public.api_token USING btree (authority_id, state, staff_id, role, partner, recorded_by) WHERE (NOT voided);

CREATE INDEX application_authority_id_amount_pence_id_idx ON public.application USING btree (authority_id, amount_pence, id) WHERE (amount_pence IS NOT NULL);

CREATE INDEX application_authority_id_assessed_by_id_idx ON public.application USING btree (authority_id, assessed_by, id) WHERE (assessed_by IS NOT NULL);

CREATE INDEX application_authority_id_business_id_id_idx ON public.application USING btree (authority_id, business_id, id) WHERE (business_id IS NOT NULL);

CREATE INDEX application_authority_id_decided_on_id_idx ON public.application USING btree (authority_id, decided_on, id) WHERE (decided_on IS NOT NULL);

CREATE INDEX application_authority_id_id_idx ON public.application USING btree (authority_id, id) WHERE voided;

CREATE INDEX application_authority_id_organisation_id_id_idx ON public.application USING btree (authority_id, organisation_id, id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX application_authority_id_payee_account_number_id_idx ON public.application USING btree (authority_id, payee_account_number, id);

CREATE INDEX application_authority_id_period_id_idx ON public.application USING btree (authority_id, period, id) WHERE (period IS NOT NULL);

CREATE INDEX application_authority_id_person_id_id_idx ON public.application USING btree (authority_id, person_id, id) WHERE (person_id IS NOT NULL);

CREATE INDEX application_authority_id_premises_id_id_idx ON public.application USING btree (authority_id, premises_id, id) WHERE (premises_id IS NOT NULL);

CREATE INDEX application_authority_id_received_on_id_idx ON public.application USING btree (authority_id, received_on, id);

CREATE INDEX application_authority_id_recorded_at_id_idx ON public.application USING btree (authority_id, recorded_at, id);

CREATE INDEX application_authority_id_recorded_by_id_idx ON public.application USING btree (authority_id, recorded_by, id);

CREATE INDEX application_authority_id_requested_pence_id_idx ON public.application USING btree (authority_id, requested_pence, id) WHERE (requested_pence IS NOT NULL);

CREATE INDEX application_authority_id_scheme_id_idx ON public.application USING btree (authority_id, scheme, id);

CREATE INDEX application_authority_id_scheme_version_id_id_idx ON public.application USING btree (authority_id, scheme_version_id, id);

CREATE INDEX application_authority_id_state_id_idx ON public.application USING btree (authority_id, state, id);

CREATE INDEX application_authority_id_withdrawn_on_id_idx ON public.application USING btree (authority_id, withdrawn_on, id) WHERE (withdrawn_on IS NOT NULL);

CREATE INDEX application_counts ON public.application USING btree (authority_id, state, scheme, recorded_by) WHERE (NOT voided);

CREATE INDEX audit_actor ON public.audit USING btree (authority_id, actor, at, id);

CREATE UNIQUE INDEX audit_link_lines ON public.audit_link USING btree (authority_id, audit_upto, number);

CREATE UNIQUE INDEX audit_record ON public.audit USING btree (authority_id, record_id, version);

CREATE INDEX audit_time ON public.audit USING btree (authority_id, at, id);

CREATE UNIQUE INDEX award_application ON public.award USING btree (authority_id, application_id) WHERE ((state = 'awarded'::text) AND (NOT voided));

CREATE INDEX award_authority_id_amount_pence_id_idx ON public.award USING btree (authority_id, amount_pence, id) WHERE (amount_pence IS NOT NULL);

CREATE INDEX award_authority_id_application_id_id_idx ON public.award USING btree (authority_id, application_id, id) WHERE (application_id IS NOT NULL);

CREATE INDEX award_authority_id_awarded_on_id_idx ON public.award USING btree (authority_id, awarded_on, id) WHERE (awarded_on IS NOT NULL);

CREATE INDEX award_authority_id_business_id_id_idx ON public.award USING btree (authority_id, business_id, id) WHERE (business_id IS NOT NULL);

CREATE INDEX award_authority_id_cancelled_on_id_idx ON public.award USING btree (authority_id, cancelled_on, id) WHERE (cancelled_on IS NOT NULL);

CREATE INDEX award_authority_id_id_idx ON public.award USING btree (authority_id, id) WHERE voided;

CREATE INDEX award_authority_id_organisation_id_id_idx ON public.award USING btree (authority_id, organisation_id, id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX award_authority_id_person_id_id_idx ON public.award USING btree (authority_id, person_id, id) WHERE (person_id IS NOT NULL);

CREATE INDEX award_authority_id_premises_id_id_idx ON public.award USING btree (authority_id, premises_id, id) WHERE (premises_id IS NOT NULL);

CREATE INDEX award_authority_id_recorded_at_id_idx ON public.award USING btree (authority_id, recorded_at, id);

CREATE INDEX award_authority_id_recorded_by_id_idx ON public.award USING btree (authority_id, recorded_by, id);

CREATE INDEX award_authority_id_scheme_id_idx ON public.award USING btree (authority_id, scheme, id) WHERE (scheme IS NOT NULL);

CREATE INDEX award_authority_id_scheme_version_id_id_idx ON public.award USING btree (authority_id, scheme_version_id, id);

CREATE INDEX award_authority_id_state_id_idx ON public.award USING btree (authority_id, state, id);

CREATE INDEX award_counts ON public.award USING btree (authority_id, state, scheme, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX award_excluded ON public.award USING btree (authority_id, exclusion_group, excluded_id) WHERE ((exclusion_group IS NOT NULL) AND (state = 'awarded'::text) AND (NOT voided));

CREATE UNIQUE INDEX award_holder ON public.award USING btree (authority_id, scheme, period, holder_id) WHERE ((state = 'awarded'::text) AND (NOT voided));

CREATE INDEX business_authority_id_employees_id_idx ON public.business USING btree (authority_id, employees, id) WHERE (employees IS NOT NULL);

CREATE INDEX business_authority_id_id_idx ON public.business USING btree (authority_id, id) WHERE voided;

CREATE INDEX business_authority_id_legal_form_id_idx ON public.business USING btree (authority_id, legal_form, id);

CREATE INDEX business_authority_id_postcode_id_idx ON public.business USING btree (authority_id, postcode, id) WHERE (postcode IS NOT NULL);

CREATE INDEX business_authority_id_recorded_at_id_idx ON public.business USING btree (authority_id, recorded_at, id);

CREATE INDEX business_authority_id_recorded_by_id_idx ON public.business USING btree (authority_id, recorded_by, id);

CREATE INDEX business_authority_id_ward_id_idx ON public.business USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE INDEX business_counts ON public.business USING btree (authority_id, legal_form, ward, recorded_by) WHERE (NOT voided);

CREATE INDEX business_identifier_authority_id_kind_canonical_idx ON public.business_identifier USING btree (authority_id, kind, canonical);

CREATE INDEX business_identifier_authority_id_value_idx ON public.business_identifier USING btree (authority_id, value);

CREATE INDEX business_identifier_search ON public.business_identifier USING gin (canonical public.gin_trgm_ops);

CREATE UNIQUE INDEX business_identifier_strong ON public.business_identifier USING btree (authority_id, kind, canonical) WHERE ((to_version IS NULL) AND (NOT contested) AND (kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text])));

CREATE INDEX business_search ON public.business USING gin (public.search_document(((((((name || ' '::text) || COALESCE(trading_as, ''::text)) || ' '::text) || COALESCE(address, ''::text)) || ' '::text) || COALESCE(email, ''::text)), COALESCE(postcode, ''::text)), phone public.gin_trgm_ops);

CREATE INDEX call_authority_id_caller_phone_started_at_idx ON public.call USING btree (authority_id, caller_phone, started_at);

CREATE INDEX call_authority_id_direction_id_idx ON public.call USING btree (authority_id, direction, id);

CREATE INDEX call_authority_id_duration_s_id_idx ON public.call USING btree (authority_id, duration_s, id) WHERE (duration_s IS NOT NULL);

CREATE INDEX call_authority_id_happened_on_id_idx ON public.call USING btree (authority_id, happened_on, id) WHERE (happened_on IS NOT NULL);

CREATE INDEX call_authority_id_id_idx ON public.call USING btree (authority_id, id) WHERE voided;

CREATE INDEX call_authority_id_line_id_idx ON public.call USING btree (authority_id, line, id) WHERE (line IS NOT NULL);

CREATE INDEX call_authority_id_outcome_id_idx ON public.call USING btree (authority_id, outcome, id);

CREATE INDEX call_authority_id_person_id_id_idx ON public.call USING btree (authority_id, person_id, id) WHERE (person_id IS NOT NULL);

CREATE INDEX call_authority_id_recorded_at_id_idx ON public.call USING btree (authority_id, recorded_at, id);

CREATE INDEX call_authority_id_recorded_by_id_idx ON public.call USING btree (authority_id, recorded_by, id);

CREATE INDEX call_authority_id_started_at_id_idx ON public.call USING btree (authority_id, started_at, id);

CREATE INDEX call_counts ON public.call USING btree (authority_id, direction, line, outcome, recorded_by) WHERE (NOT voided);

CREATE INDEX call_search ON public.call USING gin (public.search_document(COALESCE(caller_name, ''::text), COALESCE(caller_postcode, ''::text)), caller_phone public.gin_trgm_ops, reasons);

CREATE INDEX council_tax_account_authority_id_id_idx ON public.council_tax_account USING btree (authority_id, id) WHERE voided;

CREATE INDEX council_tax_account_authority_id_postcode_id_idx ON public.council_tax_account USING btree (authority_id, postcode, id) WHERE (postcode IS NOT NULL);

CREATE INDEX council_tax_account_authority_id_recorded_at_id_idx ON public.council_tax_account USING btree (authority_id, recorded_at, id);

CREATE INDEX council_tax_account_authority_id_recorded_by_id_idx ON public.council_tax_account USING btree (authority_id, recorded_by, id);

CREATE INDEX council_tax_account_authority_id_ward_id_idx ON public.council_tax_account USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE INDEX council_tax_account_counts ON public.council_tax_account USING btree (authority_id, ward, recorded_by) WHERE (NOT voided);

CREATE INDEX council_tax_account_in_form ON public.council_tax_account USING btree (authority_id, public.canonical_form('account'::text, account_reference)) WHERE (account_reference IS NOT NULL);

CREATE INDEX council_tax_account_search ON public.council_tax_account USING gin (public.search_document(((COALESCE(ratepayer, ''::text) || ' '::text) || COALESCE(address, ''::text)), ((account_reference || '
'::text) || COALESCE(postcode, ''::text))));

CREATE INDEX council_tax_fund_authority_id_automatic_pence_id_idx ON public.council_tax_fund USING btree (authority_id, automatic_pence, id) WHERE (automatic_pence IS NOT NULL);

CREATE INDEX council_tax_fund_authority_id_id_idx ON public.council_tax_fund USING btree (authority_id, id) WHERE voided;

CREATE INDEX council_tax_fund_authority_id_recorded_at_id_idx ON public.council_tax_fund USING btree (authority_id, recorded_at, id);

CREATE INDEX council_tax_fund_authority_id_recorded_by_id_idx ON public.council_tax_fund USING btree (authority_id, recorded_by, id);

CREATE INDEX council_tax_fund_counts ON public.council_tax_fund USING btree (authority_id, recorded_by) WHERE (NOT voided);

CREATE INDEX council_tax_fund_in_form ON public.council_tax_fund USING btree (authority_id, public.canonical_form('fund'::text, code));

CREATE INDEX council_tax_fund_search ON public.council_tax_fund USING gin (public.search_document(title, code));

CREATE INDEX council_tax_posting_authority_id_account_id_id_idx ON public.council_tax_posting USING btree (authority_id, account_id, id) WHERE (account_id IS NOT NULL);

CREATE INDEX council_tax_posting_authority_id_account_reference_id_idx ON public.council_tax_posting USING btree (authority_id, account_reference, id);

CREATE INDEX council_tax_posting_authority_id_amount_pence_id_idx ON public.council_tax_posting USING btree (authority_id, amount_pence, id);

CREATE INDEX council_tax_posting_authority_id_automatic_pence_id_idx ON public.council_tax_posting USING btree (authority_id, automatic_pence, id) WHERE (automatic_pence IS NOT NULL);

CREATE INDEX council_tax_posting_authority_id_credit_pence_id_idx ON public.council_tax_posting USING btree (authority_id, credit_pence, id) WHERE (credit_pence IS NOT NULL);

CREATE INDEX council_tax_posting_authority_id_effective_on_id_idx ON public.council_tax_posting USING btree (authority_id, effective_on, id);

CREATE INDEX council_tax_posting_authority_id_fund_id_idx ON public.council_tax_posting USING btree (authority_id, fund, id);

CREATE INDEX council_tax_posting_authority_id_id_idx ON public.council_tax_posting USING btree (authority_id, id) WHERE voided;

CREATE INDEX council_tax_posting_authority_id_kind_id_idx ON public.council_tax_posting USING btree (authority_id, kind, id);

CREATE INDEX council_tax_posting_authority_id_recorded_at_id_idx ON public.council_tax_posting USING btree (authority_id, recorded_at, id);

CREATE INDEX council_tax_posting_authority_id_recorded_by_id_idx ON public.council_tax_posting USING btree (authority_id, recorded_by, id);

CREATE INDEX council_tax_posting_counts ON public.council_tax_posting USING btree (authority_id, account_reference, fund, kind, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX council_tax_posting_reversed ON public.council_tax_posting USING btree (authority_id, reverses_id) WHERE ((reverses_id IS NOT NULL) AND (NOT voided));

CREATE UNIQUE INDEX dated_fact_known ON public.dated_fact USING btree (authority_id, record_id, field, from_on) WHERE (known_until IS NULL);

CREATE INDEX dated_fact_naming ON public.dated_fact USING btree (authority_id, noun, field, ((value #>> '{}'::text[]))) WHERE (field = ANY (ARRAY['household_id'::text, 'business_id'::text]));

CREATE INDEX device_authority_id_asset_tag_id_idx ON public.device USING btree (authority_id, asset_tag, id);

CREATE INDEX device_authority_id_canonical_form_id_idx ON public.device USING btree (authority_id, public.canonical_form('tag'::text, asset_tag), id);

CREATE INDEX device_authority_id_handed_on_on_id_idx ON public.device USING btree (authority_id, handed_on_on, id) WHERE (handed_on_on IS NOT NULL);

CREATE INDEX device_authority_id_holder_kind_id_idx ON public.device USING btree (authority_id, holder_kind, id);

CREATE INDEX device_authority_id_id_idx ON public.device USING btree (authority_id, id) WHERE voided;

CREATE INDEX device_authority_id_kind_id_idx ON public.device USING btree (authority_id, kind, id);

CREATE INDEX device_authority_id_organisation_id_id_idx ON public.device USING btree (authority_id, organisation_id, id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX device_authority_id_recorded_at_id_idx ON public.device USING btree (authority_id, recorded_at, id);

CREATE INDEX device_authority_id_recorded_by_id_idx ON public.device USING btree (authority_id, recorded_by, id);

CREATE INDEX device_authority_id_returned_on_id_idx ON public.device USING btree (authority_id, returned_on, id) WHERE (returned_on IS NOT NULL);

CREATE INDEX device_authority_id_state_id_idx ON public.device USING btree (authority_id, state, id);

CREATE INDEX device_authority_id_supplied_on_id_idx ON public.device USING btree (authority_id, supplied_on, id);

CREATE INDEX device_authority_id_supplier_id_idx ON public.device USING btree (authority_id, supplier, id) WHERE (supplier IS NOT NULL);

CREATE INDEX device_counts ON public.device USING btree (authority_id, state, kind, holder_kind, supplier, recorded_by) WHERE (NOT voided);

CREATE INDEX device_search ON public.device USING gin (public.search_document(''::text, asset_tag));

CREATE UNIQUE INDEX device_tag ON public.device USING btree (authority_id, public.canonical_form('tag'::text, asset_tag)) WHERE ((NOT voided) AND (NOT contested));

CREATE INDEX entry_measure ON public.entry USING btree (authority_id, measure, seq);

CREATE INDEX entry_paid ON public.entry USING btree (authority_id, measure, happened_on) WHERE (measure = ANY (ARRAY['business_grant_paid'::text, 'community_grant_paid'::text, 'household_grant_paid'::text]));

CREATE INDEX entry_record ON public.entry USING btree (authority_id, record_id);

CREATE UNIQUE INDEX entry_seq ON public.entry USING btree (authority_id, seq);

CREATE INDEX entry_subject ON public.entry USING btree (authority_id, subject_id, measure, seq) WHERE (subject_id IS NOT NULL);

CREATE INDEX external_funding_authority_id_amount_pence_id_idx ON public.external_funding USING btree (authority_id, amount_pence, id);

CREATE INDEX external_funding_authority_id_canonical_form_id_idx ON public.external_funding USING btree (authority_id, public.canonical_form('tag'::text, funder), id);

CREATE INDEX external_funding_authority_id_funder_id_idx ON public.external_funding USING btree (authority_id, funder, id);

CREATE INDEX external_funding_authority_id_id_idx ON public.external_funding USING btree (authority_id, id) WHERE voided;

CREATE INDEX external_funding_authority_id_organisation_id_id_idx ON public.external_funding USING btree (authority_id, organisation_id, id);

CREATE INDEX external_funding_authority_id_recorded_at_id_idx ON public.external_funding USING btree (authority_id, recorded_at, id);

CREATE INDEX external_funding_authority_id_recorded_by_id_idx ON public.external_funding USING btree (authority_id, recorded_by, id);

CREATE INDEX external_funding_authority_id_secured_on_id_idx ON public.external_funding USING btree (authority_id, secured_on, id);

CREATE UNIQUE INDEX external_funding_bid ON public.external_funding USING btree (authority_id, public.canonical_form('tag'::text, funder), public.canonical_form('tag'::text, bid_reference)) WHERE ((NOT voided) AND (NOT contested));

CREATE INDEX external_funding_counts ON public.external_funding USING btree (authority_id, recorded_by) WHERE (NOT voided);

CREATE INDEX external_funding_partner_authority_id_organisation_id_idx ON public.external_funding_partner USING btree (authority_id, organisation_id);

CREATE INDEX external_funding_search ON public.external_funding USING gin (public.search_document(''::text, ((funder || '
'::text) || COALESCE(bid_reference, ''::text))));

CREATE INDEX figure_authority_id_as_at_id_idx ON public.figure USING btree (authority_id, as_at, id) WHERE (as_at IS NOT NULL);

CREATE INDEX figure_authority_id_claim_precision_id_idx ON public.figure USING btree (authority_id, claim_precision, id) WHERE (claim_precision IS NOT NULL);

CREATE INDEX figure_authority_id_claim_value_id_idx ON public.figure USING btree (authority_id, claim_value, id) WHERE (claim_value IS NOT NULL);

CREATE INDEX figure_authority_id_code_id_idx ON public.figure USING btree (authority_id, code, id);

CREATE INDEX figure_authority_id_from_on_id_idx ON public.figure USING btree (authority_id, from_on, id);

CREATE INDEX figure_authority_id_id_idx ON public.figure USING btree (authority_id, id) WHERE voided;

CREATE INDEX figure_authority_id_measure_id_idx ON public.figure USING btree (authority_id, measure, id);

CREATE INDEX figure_authority_id_number_id_idx ON public.figure USING btree (authority_id, number, id) WHERE (number IS NOT NULL);

CREATE INDEX figure_authority_id_published_on_id_idx ON public.figure USING btree (authority_id, published_on, id) WHERE (published_on IS NOT NULL);

CREATE INDEX figure_authority_id_recorded_at_id_idx ON public.figure USING btree (authority_id, recorded_at, id);

CREATE INDEX figure_authority_id_recorded_by_id_idx ON public.figure USING btree (authority_id, recorded_by, id);

CREATE INDEX figure_authority_id_state_id_idx ON public.figure USING btree (authority_id, state, id);

CREATE INDEX figure_authority_id_withdrawn_on_id_idx ON public.figure USING btree (authority_id, withdrawn_on, id) WHERE (withdrawn_on IS NOT NULL);

CREATE INDEX figure_counts ON public.figure USING btree (authority_id, state, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX figure_filter_once ON public.figure_filter USING btree (authority_id, figure_id, dimension, value) WHERE (to_version IS NULL);

CREATE INDEX figure_search ON public.figure USING gin (public.search_document(((code || ' '::text) || title), ''::text));

CREATE INDEX food_shop_authority_id_completed_on_id_idx ON public.food_shop USING btree (authority_id, completed_on, id) WHERE (completed_on IS NOT NULL);

CREATE INDEX food_shop_authority_id_done_by_id_idx ON public.food_shop USING btree (authority_id, done_by, id) WHERE (done_by IS NOT NULL);

CREATE INDEX food_shop_authority_id_failed_on_id_idx ON public.food_shop USING btree (authority_id, failed_on, id) WHERE (failed_on IS NOT NULL);

CREATE INDEX food_shop_authority_id_household_id_id_idx ON public.food_shop USING btree (authority_id, household_id, id);

CREATE INDEX food_shop_authority_id_id_idx ON public.food_shop USING btree (authority_id, id) WHERE voided;

CREATE INDEX food_shop_authority_id_recorded_at_id_idx ON public.food_shop USING btree (authority_id, recorded_at, id);

CREATE INDEX food_shop_authority_id_recorded_by_id_idx ON public.food_shop USING btree (authority_id, recorded_by, id);

CREATE INDEX food_shop_authority_id_requested_on_id_idx ON public.food_shop USING btree (authority_id, requested_on, id);

CREATE INDEX food_shop_authority_id_state_id_idx ON public.food_shop USING btree (authority_id, state, id);

CREATE INDEX food_shop_authority_id_ward_id_idx ON public.food_shop USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE INDEX food_shop_counts ON public.food_shop USING btree (authority_id, state, done_by, ward, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX headline_current ON public.headline USING btree (authority_id, figure) WHERE (superseded_seq IS NULL);

CREATE INDEX headline_measure ON public.headline USING btree (authority_id, measure);

CREATE INDEX headline_seq ON public.headline USING btree (authority_id, seq);

CREATE INDEX headline_superseded ON public.headline USING btree (authority_id, superseded_seq);

CREATE INDEX headline_unfolded ON public.headline USING btree (authority_id) WHERE (periods_folded_from IS NULL);

CREATE INDEX household_authority_id_children_id_idx ON public.household USING btree (authority_id, children, id) WHERE (children IS NOT NULL);

CREATE INDEX household_authority_id_id_idx ON public.household USING btree (authority_id, id) WHERE voided;

CREATE INDEX household_authority_id_people_id_idx ON public.household USING btree (authority_id, people, id);

CREATE INDEX household_authority_id_postcode_id_idx ON public.household USING btree (authority_id, postcode, id);

CREATE INDEX household_authority_id_recorded_at_id_idx ON public.household USING btree (authority_id, recorded_at, id);

CREATE INDEX household_authority_id_recorded_by_id_idx ON public.household USING btree (authority_id, recorded_by, id);

CREATE INDEX household_authority_id_recorded_for_id_idx ON public.household USING btree (authority_id, recorded_for, id) WHERE (recorded_for IS NOT NULL);

CREATE INDEX household_authority_id_ward_id_idx ON public.household USING btree (authority_id, ward, id);

CREATE INDEX household_counts ON public.household USING btree (authority_id, ward, recorded_by) WHERE (NOT voided);

CREATE INDEX household_identifier_authority_id_kind_canonical_idx ON public.household_identifier USING btree (authority_id, kind, canonical);

CREATE INDEX household_identifier_authority_id_value_idx ON public.household_identifier USING btree (authority_id, value);

CREATE INDEX household_identifier_search ON public.household_identifier USING gin (canonical public.gin_trgm_ops);

CREATE INDEX household_search ON public.household USING gin (public.search_document(((address || ' '::text) || COALESCE(email, ''::text)), postcode), phone public.gin_trgm_ops);

CREATE INDEX import_ended ON public.import USING btree (authority_id, sha256) WHERE (NOT stands);

CREATE UNIQUE INDEX import_once ON public.import USING btree (authority_id, kind, dry_run, sha256, delimiter, md5((reading)::text)) WHERE stands;

CREATE INDEX import_part_forgotten ON public.import_part USING btree (at) WHERE ("position" = 1);

CREATE INDEX import_profile_authority_id_header_row_id_idx ON public.import_profile USING btree (authority_id, header_row, id) WHERE (header_row IS NOT NULL);

CREATE INDEX import_profile_authority_id_id_idx ON public.import_profile USING btree (authority_id, id) WHERE voided;

CREATE INDEX import_profile_authority_id_kind_id_idx ON public.import_profile USING btree (authority_id, kind, id);

CREATE INDEX import_profile_authority_id_recorded_at_id_idx ON public.import_profile USING btree (authority_id, recorded_at, id);

CREATE INDEX import_profile_authority_id_recorded_by_id_idx ON public.import_profile USING btree (authority_id, recorded_by, id);

CREATE INDEX import_profile_counts ON public.import_profile USING btree (authority_id, recorded_by) WHERE (NOT voided);

CREATE INDEX import_profile_search ON public.import_profile USING gin (public.search_document(title, code));

CREATE INDEX import_row_faulty ON public.import_row USING btree (authority_id, import_id, number) WHERE (faults IS NOT NULL);

CREATE INDEX import_row_record ON public.import_row USING btree (authority_id, record_id) WHERE (record_id IS NOT NULL);

CREATE UNIQUE INDEX import_undone_once ON public.import_undo USING btree (authority_id, import_id) WHERE stands;

CREATE INDEX job_authority_id_staff_id_id_idx ON public.job USING btree (authority_id, staff_id, id);

CREATE INDEX job_ended ON public.job USING btree (ended_at) WHERE (kind = 'import'::text);

CREATE INDEX job_waiting ON public.job USING btree (lease_until) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX lifecycle_move_noun_from_state_to_state_idx ON public.lifecycle_move USING btree (noun, from_state, to_state);

CREATE INDEX merge_authority_id_from_id_id_idx ON public.merge USING btree (authority_id, from_id, id);

CREATE INDEX merge_authority_id_id_idx ON public.merge USING btree (authority_id, id) WHERE voided;

CREATE INDEX merge_authority_id_into_id_id_idx ON public.merge USING btree (authority_id, into_id, id);

CREATE INDEX merge_authority_id_kind_id_idx ON public.merge USING btree (authority_id, kind, id);

CREATE INDEX merge_authority_id_recorded_at_id_idx ON public.merge USING btree (authority_id, recorded_at, id);

CREATE INDEX merge_authority_id_recorded_by_id_idx ON public.merge USING btree (authority_id, recorded_by, id);

CREATE INDEX merge_authority_id_state_id_idx ON public.merge USING btree (authority_id, state, id);

CREATE INDEX merge_counts ON public.merge USING btree (authority_id, state, kind, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX merge_from ON public.merge USING btree (authority_id, from_id) WHERE ((state = 'merged'::text) AND (NOT voided));

CREATE INDEX merge_link_from ON public.merge_link USING btree (authority_id, from_id, seq);

CREATE INDEX merge_link_into ON public.merge_link USING btree (authority_id, into_id, seq);

CREATE INDEX mutual_aid_group_authority_id_closed_on_id_idx ON public.mutual_aid_group USING btree (authority_id, closed_on, id) WHERE (closed_on IS NOT NULL);

CREATE INDEX mutual_aid_group_authority_id_confirmed_on_id_idx ON public.mutual_aid_group USING btree (authority_id, confirmed_on, id) WHERE (confirmed_on IS NOT NULL);

CREATE INDEX mutual_aid_group_authority_id_established_on_id_idx ON public.mutual_aid_group USING btree (authority_id, established_on, id);

CREATE INDEX mutual_aid_group_authority_id_id_idx ON public.mutual_aid_group USING btree (authority_id, id) WHERE voided;

CREATE INDEX mutual_aid_group_authority_id_list_id_idx ON public.mutual_aid_group USING btree (authority_id, list, id) WHERE (list IS NOT NULL);

CREATE INDEX mutual_aid_group_authority_id_recorded_at_id_idx ON public.mutual_aid_group USING btree (authority_id, recorded_at, id);

CREATE INDEX mutual_aid_group_authority_id_recorded_by_id_idx ON public.mutual_aid_group USING btree (authority_id, recorded_by, id);

CREATE INDEX mutual_aid_group_authority_id_state_id_idx ON public.mutual_aid_group USING btree (authority_id, state, id);

CREATE INDEX mutual_aid_group_authority_id_ward_id_idx ON public.mutual_aid_group USING btree (authority_id, ward, id);

CREATE INDEX mutual_aid_group_counts ON public.mutual_aid_group USING btree (authority_id, state, ward, list, recorded_by) WHERE (NOT voided);

CREATE INDEX mutual_aid_group_search ON public.mutual_aid_group USING gin (public.search_document(((((name || ' '::text) || COALESCE(contact_name, ''::text)) || ' '::text) || COALESCE(contact_email, ''::text)), ''::text), contact_phone public.gin_trgm_ops);

CREATE INDEX organisation_authority_id_code_id_idx ON public.organisation USING btree (authority_id, code, id) WHERE (code IS NOT NULL);

CREATE INDEX organisation_authority_id_id_idx ON public.organisation USING btree (authority_id, id) WHERE voided;

CREATE INDEX organisation_authority_id_kind_id_idx ON public.organisation USING btree (authority_id, kind, id);

CREATE INDEX organisation_authority_id_postcode_id_idx ON public.organisation USING btree (authority_id, postcode, id) WHERE (postcode IS NOT NULL);

CREATE INDEX organisation_authority_id_recorded_at_id_idx ON public.organisation USING btree (authority_id, recorded_at, id);

CREATE INDEX organisation_authority_id_recorded_by_id_idx ON public.organisation USING btree (authority_id, recorded_by, id);

CREATE INDEX organisation_authority_id_ward_id_idx ON public.organisation USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE UNIQUE INDEX organisation_code ON public.organisation USING btree (authority_id, code);

CREATE INDEX organisation_counts ON public.organisation USING btree (authority_id, kind, ward, recorded_by) WHERE (NOT voided);

CREATE INDEX organisation_identifier_authority_id_kind_canonical_idx ON public.organisation_identifier USING btree (authority_id, kind, canonical);

CREATE INDEX organisation_identifier_authority_id_value_idx ON public.organisation_identifier USING btree (authority_id, value);

CREATE INDEX organisation_identifier_search ON public.organisation_identifier USING gin (canonical public.gin_trgm_ops);

CREATE UNIQUE INDEX organisation_identifier_strong ON public.organisation_identifier USING btree (authority_id, kind, canonical) WHERE ((to_version IS NULL) AND (NOT contested) AND (kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text])));

CREATE INDEX organisation_in_form ON public.organisation USING btree (authority_id, public.canonical_form('code'::text, code)) WHERE (code IS NOT NULL);

CREATE INDEX organisation_name_alike ON public.organisation USING btree (authority_id, public.search_text(name));

CREATE INDEX organisation_search ON public.organisation USING gin (public.search_document(((((name || ' '::text) || COALESCE(address, ''::text)) || ' '::text) || COALESCE(email, ''::text)), ((COALESCE(code, ''::text) || '
'::text) || COALESCE(postcode, ''::text))), phone public.gin_trgm_ops);

CREATE INDEX parcel_authority_id_delivered_by_id_idx ON public.parcel USING btree (authority_id, delivered_by, id);

CREATE INDEX parcel_authority_id_delivered_on_id_idx ON public.parcel USING btree (authority_id, delivered_on, id) WHERE (delivered_on IS NOT NULL);

CREATE INDEX parcel_authority_id_failed_on_id_idx ON public.parcel USING btree (authority_id, failed_on, id) WHERE (failed_on IS NOT NULL);

CREATE INDEX parcel_authority_id_household_id_id_idx ON public.parcel USING btree (authority_id, household_id, id);

CREATE INDEX parcel_authority_id_id_idx ON public.parcel USING btree (authority_id, id) WHERE voided;

CREATE INDEX parcel_authority_id_kind_id_idx ON public.parcel USING btree (authority_id, kind, id);

CREATE INDEX parcel_authority_id_people_id_idx ON public.parcel USING btree (authority_id, people, id);

CREATE INDEX parcel_authority_id_promised_by_id_idx ON public.parcel USING btree (authority_id, promised_by, id);

CREATE INDEX parcel_authority_id_recorded_at_id_idx ON public.parcel USING btree (authority_id, recorded_at, id);

CREATE INDEX parcel_authority_id_recorded_by_id_idx ON public.parcel USING btree (authority_id, recorded_by, id);

CREATE INDEX parcel_authority_id_referred_at_id_idx ON public.parcel USING btree (authority_id, referred_at, id);

CREATE INDEX parcel_authority_id_replaces_id_id_idx ON public.parcel USING btree (authority_id, replaces_id, id) WHERE (replaces_id IS NOT NULL);

CREATE INDEX parcel_authority_id_state_id_idx ON public.parcel USING btree (authority_id, state, id);

CREATE INDEX parcel_authority_id_ward_id_idx ON public.parcel USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE INDEX parcel_counts ON public.parcel USING btree (authority_id, state, kind, delivered_by, ward, recorded_by) WHERE (NOT voided);

CREATE INDEX payment_authority_id_amount_pence_id_idx ON public.payment USING btree (authority_id, amount_pence, id) WHERE (amount_pence IS NOT NULL);

CREATE INDEX payment_authority_id_award_id_id_idx ON public.payment USING btree (authority_id, award_id, id);

CREATE INDEX payment_authority_id_business_id_id_idx ON public.payment USING btree (authority_id, business_id, id) WHERE (business_id IS NOT NULL);

CREATE INDEX payment_authority_id_entry_day_id_idx ON public.payment USING btree (authority_id, entry_day, id) WHERE (entry_day IS NOT NULL);

CREATE INDEX payment_authority_id_id_idx ON public.payment USING btree (authority_id, id) WHERE voided;

CREATE INDEX payment_authority_id_instructed_on_id_idx ON public.payment USING btree (authority_id, instructed_on, id);

CREATE INDEX payment_authority_id_organisation_id_id_idx ON public.payment USING btree (authority_id, organisation_id, id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX payment_authority_id_payee_account_number_id_idx ON public.payment USING btree (authority_id, payee_account_number, id) WHERE (payee_account_number IS NOT NULL);

CREATE INDEX payment_authority_id_person_id_id_idx ON public.payment USING btree (authority_id, person_id, id) WHERE (person_id IS NOT NULL);

CREATE INDEX payment_authority_id_recorded_at_id_idx ON public.payment USING btree (authority_id, recorded_at, id);

CREATE INDEX payment_authority_id_recorded_by_id_idx ON public.payment USING btree (authority_id, recorded_by, id);

CREATE INDEX payment_authority_id_rejected_on_id_idx ON public.payment USING btree (authority_id, rejected_on, id) WHERE (rejected_on IS NOT NULL);

CREATE INDEX payment_authority_id_returned_on_id_idx ON public.payment USING btree (authority_id, returned_on, id) WHERE (returned_on IS NOT NULL);

CREATE INDEX payment_authority_id_scheme_id_idx ON public.payment USING btree (authority_id, scheme, id) WHERE (scheme IS NOT NULL);

CREATE INDEX payment_authority_id_state_id_idx ON public.payment USING btree (authority_id, state, id);

CREATE INDEX payment_counts ON public.payment USING btree (authority_id, state, scheme, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX payment_live ON public.payment USING btree (authority_id, award_id) WHERE ((state = ANY (ARRAY['instructed'::text, 'settled'::text])) AND (NOT voided));

CREATE INDEX person_authority_id_born_on_id_idx ON public.person USING btree (authority_id, born_on, id) WHERE (born_on IS NOT NULL);

CREATE INDEX person_authority_id_case_worker_id_id_idx ON public.person USING btree (authority_id, case_worker_id, id) WHERE (case_worker_id IS NOT NULL);

CREATE INDEX person_authority_id_died_on_id_idx ON public.person USING btree (authority_id, died_on, id) WHERE (died_on IS NOT NULL);

CREATE INDEX person_authority_id_household_id_id_idx ON public.person USING btree (authority_id, household_id, id) WHERE (household_id IS NOT NULL);

CREATE INDEX person_authority_id_id_idx ON public.person USING btree (authority_id, id) WHERE voided;

CREATE INDEX person_authority_id_phone_id_idx ON public.person USING btree (authority_id, phone, id) WHERE (phone IS NOT NULL);

CREATE INDEX person_authority_id_postcode_id_idx ON public.person USING btree (authority_id, postcode, id) WHERE (postcode IS NOT NULL);

CREATE INDEX person_authority_id_recorded_at_id_idx ON public.person USING btree (authority_id, recorded_at, id);

CREATE INDEX person_authority_id_recorded_by_id_idx ON public.person USING btree (authority_id, recorded_by, id);

CREATE INDEX person_authority_id_recorded_for_id_idx ON public.person USING btree (authority_id, recorded_for, id) WHERE (recorded_for IS NOT NULL);

CREATE INDEX person_authority_id_ward_id_idx ON public.person USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE INDEX person_counts ON public.person USING btree (authority_id, ward, recorded_by, restricted, case_worker_id) WHERE (NOT voided);

CREATE INDEX person_identifier_authority_id_kind_canonical_idx ON public.person_identifier USING btree (authority_id, kind, canonical);

CREATE INDEX person_identifier_authority_id_value_idx ON public.person_identifier USING btree (authority_id, value);

CREATE INDEX person_identifier_search ON public.person_identifier USING gin (canonical public.gin_trgm_ops);

CREATE UNIQUE INDEX person_identifier_strong ON public.person_identifier USING btree (authority_id, kind, canonical) WHERE ((to_version IS NULL) AND (NOT contested) AND (kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text])));

CREATE INDEX person_name_alike ON public.person USING btree (authority_id, public.search_text(name));

CREATE INDEX person_restricted ON public.person USING btree (authority_id, id) WHERE restricted;

CREATE INDEX person_search ON public.person USING gin (public.search_document(((((name || ' '::text) || COALESCE(address, ''::text)) || ' '::text) || COALESCE(email, ''::text)), COALESCE(postcode, ''::text)), phone public.gin_trgm_ops);

CREATE INDEX postcode_authority_id_id_idx ON public.postcode USING btree (authority_id, id) WHERE voided;

CREATE INDEX postcode_authority_id_recorded_at_id_idx ON public.postcode USING btree (authority_id, recorded_at, id);

CREATE INDEX postcode_authority_id_recorded_by_id_idx ON public.postcode USING btree (authority_id, recorded_by, id);

CREATE INDEX postcode_authority_id_ward_id_idx ON public.postcode USING btree (authority_id, ward, id);

CREATE INDEX postcode_counts ON public.postcode USING btree (authority_id, ward, recorded_by) WHERE (NOT voided);

CREATE INDEX ppe_item_authority_id_id_idx ON public.ppe_item USING btree (authority_id, id) WHERE voided;

CREATE INDEX ppe_item_authority_id_items_per_unit_id_idx ON public.ppe_item USING btree (authority_id, items_per_unit, id);

CREATE INDEX ppe_item_authority_id_recorded_at_id_idx ON public.ppe_item USING btree (authority_id, recorded_at, id);

CREATE INDEX ppe_item_authority_id_recorded_by_id_idx ON public.ppe_item USING btree (authority_id, recorded_by, id);

CREATE INDEX ppe_item_counts ON public.ppe_item USING btree (authority_id, recorded_by) WHERE (NOT voided);

CREATE INDEX ppe_item_in_form ON public.ppe_item USING btree (authority_id, public.canonical_form('code'::text, code)) WHERE (code IS NOT NULL);

CREATE INDEX ppe_item_search ON public.ppe_item USING gin (public.search_document(title, code));

CREATE INDEX ppe_movement_authority_id_hub_id_idx ON public.ppe_movement USING btree (authority_id, hub, id);

CREATE INDEX ppe_movement_authority_id_id_idx ON public.ppe_movement USING btree (authority_id, id) WHERE voided;

CREATE INDEX ppe_movement_authority_id_issue_id_id_idx ON public.ppe_movement USING btree (authority_id, issue_id, id) WHERE (issue_id IS NOT NULL);

CREATE INDEX ppe_movement_authority_id_item_id_idx ON public.ppe_movement USING btree (authority_id, item, id);

CREATE INDEX ppe_movement_authority_id_items_id_idx ON public.ppe_movement USING btree (authority_id, items, id) WHERE (items IS NOT NULL);

CREATE INDEX ppe_movement_authority_id_items_per_unit_id_idx ON public.ppe_movement USING btree (authority_id, items_per_unit, id) WHERE (items_per_unit IS NOT NULL);

CREATE INDEX ppe_movement_authority_id_kind_id_idx ON public.ppe_movement USING btree (authority_id, kind, id);

CREATE INDEX ppe_movement_authority_id_moved_on_id_idx ON public.ppe_movement USING btree (authority_id, moved_on, id);

CREATE INDEX ppe_movement_authority_id_organisation_id_id_idx ON public.ppe_movement USING btree (authority_id, organisation_id, id);

CREATE INDEX ppe_movement_authority_id_recorded_at_id_idx ON public.ppe_movement USING btree (authority_id, recorded_at, id);

CREATE INDEX ppe_movement_authority_id_recorded_by_id_idx ON public.ppe_movement USING btree (authority_id, recorded_by, id);

CREATE INDEX ppe_movement_authority_id_taken_back_units_id_idx ON public.ppe_movement USING btree (authority_id, taken_back_units, id) WHERE (taken_back_units IS NOT NULL);

CREATE INDEX ppe_movement_authority_id_units_id_idx ON public.ppe_movement USING btree (authority_id, units, id);

CREATE INDEX ppe_movement_counts ON public.ppe_movement USING btree (authority_id, kind, item, hub, recorded_by) WHERE (NOT voided);

CREATE INDEX premises_authority_id_business_id_id_idx ON public.premises USING btree (authority_id, business_id, id);

CREATE INDEX premises_authority_id_id_idx ON public.premises USING btree (authority_id, id) WHERE voided;

CREATE INDEX premises_authority_id_postcode_id_idx ON public.premises USING btree (authority_id, postcode, id);

CREATE INDEX premises_authority_id_rateable_value_pence_id_idx ON public.premises USING btree (authority_id, rateable_value_pence, id) WHERE (rateable_value_pence IS NOT NULL);

CREATE INDEX premises_authority_id_recorded_at_id_idx ON public.premises USING btree (authority_id, recorded_at, id);

CREATE INDEX premises_authority_id_recorded_by_id_idx ON public.premises USING btree (authority_id, recorded_by, id);

CREATE INDEX premises_authority_id_ward_id_idx ON public.premises USING btree (authority_id, ward, id);

CREATE INDEX premises_counts ON public.premises USING btree (authority_id, ward, recorded_by) WHERE (NOT voided);

CREATE INDEX premises_identifier_authority_id_kind_canonical_idx ON public.premises_identifier USING btree (authority_id, kind, canonical);

CREATE INDEX premises_identifier_authority_id_value_idx ON public.premises_identifier USING btree (authority_id, value);

CREATE INDEX premises_identifier_search ON public.premises_identifier USING gin (canonical public.gin_trgm_ops);

CREATE UNIQUE INDEX premises_identifier_strong ON public.premises_identifier USING btree (authority_id, kind, canonical) WHERE ((to_version IS NULL) AND (NOT contested) AND (kind = ANY (ARRAY['company_number'::text, 'charity_number'::text, 'vat_number'::text, 'uprn'::text, 'rates_account'::text, 'nhs_number'::text])));

CREATE INDEX premises_search ON public.premises USING gin (public.search_document(address, postcode));

CREATE INDEX publication_authority_id_as_at_id_idx ON public.publication USING btree (authority_id, as_at, id);

CREATE INDEX publication_authority_id_id_idx ON public.publication USING btree (authority_id, id) WHERE voided;

CREATE INDEX publication_authority_id_known_at_id_idx ON public.publication USING btree (authority_id, known_at, id) WHERE (known_at IS NOT NULL);

CREATE INDEX publication_authority_id_recorded_at_id_idx ON public.publication USING btree (authority_id, recorded_at, id);

CREATE INDEX publication_authority_id_recorded_by_id_idx ON public.publication USING btree (authority_id, recorded_by, id);

CREATE INDEX publication_counts ON public.publication USING btree (authority_id, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX publication_supersedes ON public.publication USING btree (authority_id, supersedes_id) WHERE (supersedes_id IS NOT NULL);

CREATE INDEX scheme_authority_id_allocation_pence_id_idx ON public.scheme USING btree (authority_id, allocation_pence, id) WHERE (allocation_pence IS NOT NULL);

CREATE INDEX scheme_authority_id_committed_pence_id_idx ON public.scheme USING btree (authority_id, committed_pence, id) WHERE (committed_pence IS NOT NULL);

CREATE INDEX scheme_authority_id_id_idx ON public.scheme USING btree (authority_id, id) WHERE voided;

CREATE INDEX scheme_authority_id_kind_id_idx ON public.scheme USING btree (authority_id, kind, id);

CREATE INDEX scheme_authority_id_recorded_at_id_idx ON public.scheme USING btree (authority_id, recorded_at, id);

CREATE INDEX scheme_authority_id_recorded_by_id_idx ON public.scheme USING btree (authority_id, recorded_by, id);

CREATE INDEX scheme_counts ON public.scheme USING btree (authority_id, kind, recorded_by) WHERE (NOT voided);

CREATE INDEX scheme_in_form ON public.scheme USING btree (authority_id, public.canonical_form('code'::text, code)) WHERE (code IS NOT NULL);

CREATE INDEX scheme_search ON public.scheme USING gin (public.search_document(title, code));

CREATE UNIQUE INDEX scheme_version_amount_once ON public.scheme_version_amount USING btree (authority_id, scheme_version_id, period, band) WHERE (to_version IS NULL);

CREATE INDEX scheme_version_authority_id_allocation_pence_id_idx ON public.scheme_version USING btree (authority_id, allocation_pence, id) WHERE (allocation_pence IS NOT NULL);

CREATE INDEX scheme_version_authority_id_closed_on_id_idx ON public.scheme_version USING btree (authority_id, closed_on, id) WHERE (closed_on IS NOT NULL);

CREATE INDEX scheme_version_authority_id_closes_on_id_idx ON public.scheme_version USING btree (authority_id, closes_on, id) WHERE (closes_on IS NOT NULL);

CREATE INDEX scheme_version_authority_id_id_idx ON public.scheme_version USING btree (authority_id, id) WHERE voided;

CREATE INDEX scheme_version_authority_id_last_payment_on_id_idx ON public.scheme_version USING btree (authority_id, last_payment_on, id) WHERE (last_payment_on IS NOT NULL);

CREATE INDEX scheme_version_authority_id_number_id_idx ON public.scheme_version USING btree (authority_id, number, id) WHERE (number IS NOT NULL);

CREATE INDEX scheme_version_authority_id_opens_on_id_idx ON public.scheme_version USING btree (authority_id, opens_on, id);

CREATE INDEX scheme_version_authority_id_published_on_id_idx ON public.scheme_version USING btree (authority_id, published_on, id) WHERE (published_on IS NOT NULL);

CREATE INDEX scheme_version_authority_id_recorded_at_id_idx ON public.scheme_version USING btree (authority_id, recorded_at, id);

CREATE INDEX scheme_version_authority_id_recorded_by_id_idx ON public.scheme_version USING btree (authority_id, recorded_by, id);

CREATE INDEX scheme_version_authority_id_reference_on_id_idx ON public.scheme_version USING btree (authority_id, reference_on, id) WHERE (reference_on IS NOT NULL);

CREATE INDEX scheme_version_authority_id_scheme_id_idx ON public.scheme_version USING btree (authority_id, scheme, id);

CREATE INDEX scheme_version_authority_id_state_id_idx ON public.scheme_version USING btree (authority_id, state, id);

CREATE UNIQUE INDEX scheme_version_band_once ON public.scheme_version_band USING btree (authority_id, scheme_version_id, band) WHERE (to_version IS NULL);

CREATE INDEX scheme_version_counts ON public.scheme_version USING btree (authority_id, state, scheme, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX scheme_version_declaration_once ON public.scheme_version_declaration USING btree (authority_id, scheme_version_id, declaration) WHERE (to_version IS NULL);

CREATE UNIQUE INDEX scheme_version_period_once ON public.scheme_version_period USING btree (authority_id, scheme_version_id, period) WHERE (to_version IS NULL);

CREATE UNIQUE INDEX scheme_version_tranche_once ON public.scheme_version_tranche USING btree (authority_id, scheme_version_id, tranche) WHERE (to_version IS NULL);

CREATE UNIQUE INDEX seal_seq ON public.seal USING btree (authority_id, seq);

CREATE INDEX sealed_secret_authority_id_kept_until_idx ON public.sealed_secret USING btree (authority_id, kept_until);

CREATE INDEX search_word_beginning ON public.search_word USING btree (authority_id, word COLLATE "C");

CREATE INDEX search_word_similar ON public.search_word USING gin (word public.gin_trgm_ops) WHERE (word !~ '[0-9]'::text);

CREATE INDEX search_word_similar_code ON public.search_word USING gin (word public.gin_trgm_ops) WHERE (word ~ '[0-9]'::text);

CREATE INDEX session_authority_id_token_id_idx ON public.session USING btree (authority_id, token_id);

CREATE INDEX session_old ON public.session USING btree (seen_at);

CREATE INDEX staff_authority_id_id_idx ON public.staff USING btree (authority_id, id) WHERE voided;

CREATE INDEX staff_authority_id_key_id_idx ON public.staff USING btree (authority_id, key, id);

CREATE INDEX staff_authority_id_left_on_id_idx ON public.staff USING btree (authority_id, left_on, id) WHERE (left_on IS NOT NULL);

CREATE INDEX staff_authority_id_recorded_at_id_idx ON public.staff USING btree (authority_id, recorded_at, id);

CREATE INDEX staff_authority_id_recorded_by_id_idx ON public.staff USING btree (authority_id, recorded_by, id);

CREATE INDEX staff_authority_id_rejoined_on_id_idx ON public.staff USING btree (authority_id, rejoined_on, id) WHERE (rejoined_on IS NOT NULL);

CREATE INDEX staff_authority_id_state_id_idx ON public.staff USING btree (authority_id, state, id);

CREATE INDEX staff_counts ON public.staff USING btree (authority_id, state, recorded_by) WHERE (NOT voided);

CREATE INDEX staff_search ON public.staff USING gin (public.search_document(((key || ' '::text) || name), ''::text));

CREATE INDEX volunteer_authority_id_id_idx ON public.volunteer USING btree (authority_id, id) WHERE voided;

CREATE INDEX volunteer_authority_id_left_on_id_idx ON public.volunteer USING btree (authority_id, left_on, id) WHERE (left_on IS NOT NULL);

CREATE INDEX volunteer_authority_id_list_id_idx ON public.volunteer USING btree (authority_id, list, id) WHERE (list IS NOT NULL);

CREATE INDEX volunteer_authority_id_person_id_id_idx ON public.volunteer USING btree (authority_id, person_id, id);

CREATE INDEX volunteer_authority_id_recorded_at_id_idx ON public.volunteer USING btree (authority_id, recorded_at, id);

CREATE INDEX volunteer_authority_id_recorded_by_id_idx ON public.volunteer USING btree (authority_id, recorded_by, id);

CREATE INDEX volunteer_authority_id_registered_on_id_idx ON public.volunteer USING btree (authority_id, registered_on, id);

CREATE INDEX volunteer_authority_id_state_id_idx ON public.volunteer USING btree (authority_id, state, id);

CREATE INDEX volunteer_authority_id_ward_id_idx ON public.volunteer USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE INDEX volunteer_counts ON public.volunteer USING btree (authority_id, state, ward, list, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX volunteer_person ON public.volunteer USING btree (authority_id, person_id, list) WHERE ((state = 'registered'::text) AND (NOT voided));

CREATE INDEX voucher_authority_id_bounced_on_id_idx ON public.voucher USING btree (authority_id, bounced_on, id) WHERE (bounced_on IS NOT NULL);

CREATE INDEX voucher_authority_id_children_id_idx ON public.voucher USING btree (authority_id, children, id);

CREATE INDEX voucher_authority_id_expired_on_id_idx ON public.voucher USING btree (authority_id, expired_on, id) WHERE (expired_on IS NOT NULL);

CREATE INDEX voucher_authority_id_holiday_period_id_idx ON public.voucher USING btree (authority_id, holiday_period, id);

CREATE INDEX voucher_authority_id_household_id_id_idx ON public.voucher USING btree (authority_id, household_id, id);

CREATE INDEX voucher_authority_id_id_idx ON public.voucher USING btree (authority_id, id) WHERE voided;

CREATE INDEX voucher_authority_id_issuer_code_id_idx ON public.voucher USING btree (authority_id, issuer_code, id) WHERE (issuer_code IS NOT NULL);

CREATE INDEX voucher_authority_id_purpose_id_idx ON public.voucher USING btree (authority_id, purpose, id);

CREATE INDEX voucher_authority_id_recorded_at_id_idx ON public.voucher USING btree (authority_id, recorded_at, id);

CREATE INDEX voucher_authority_id_recorded_by_id_idx ON public.voucher USING btree (authority_id, recorded_by, id);

CREATE INDEX voucher_authority_id_redeemed_on_id_idx ON public.voucher USING btree (authority_id, redeemed_on, id) WHERE (redeemed_on IS NOT NULL);

CREATE INDEX voucher_authority_id_replaces_id_id_idx ON public.voucher USING btree (authority_id, replaces_id, id) WHERE (replaces_id IS NOT NULL);

CREATE INDEX voucher_authority_id_requested_on_id_idx ON public.voucher USING btree (authority_id, requested_on, id);

CREATE INDEX voucher_authority_id_school_id_idx ON public.voucher USING btree (authority_id, school, id) WHERE (school IS NOT NULL);

CREATE INDEX voucher_authority_id_sent_on_id_idx ON public.voucher USING btree (authority_id, sent_on, id) WHERE (sent_on IS NOT NULL);

CREATE INDEX voucher_authority_id_state_id_idx ON public.voucher USING btree (authority_id, state, id);

CREATE INDEX voucher_authority_id_unsent_on_id_idx ON public.voucher USING btree (authority_id, unsent_on, id) WHERE (unsent_on IS NOT NULL);

CREATE INDEX voucher_authority_id_value_pence_id_idx ON public.voucher USING btree (authority_id, value_pence, id);

CREATE INDEX voucher_authority_id_ward_id_idx ON public.voucher USING btree (authority_id, ward, id) WHERE (ward IS NOT NULL);

CREATE INDEX voucher_counts ON public.voucher USING btree (authority_id, state, purpose, school, ward, recorded_by) WHERE (NOT voided);

CREATE UNIQUE INDEX voucher_issuer_code ON public.voucher USING btree (authority_id, public.canonical_form('tag'::text, issuer_code)) WHERE (NOT voided);

CREATE INDEX voucher_search ON public.voucher USING gin (public.search_document(''::text, COALESCE(issuer_code, ''::text)));

CREATE UNIQUE INDEX ward_listing_now ON public.ward_listing USING btree (authority_id, ward) WHERE (delisted_at IS NULL);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_link FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.fold FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.folded FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.folded_bucket FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.merge_link FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.publication_document FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.publication_figure FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.seal FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER code_in_form BEFORE INSERT ON public.council_tax_account FOR EACH ROW WHEN ((new.account_reference IS NOT NULL)) EXECUTE FUNCTION public.code_in_form_council_tax_account();

CREATE TRIGGER code_in_form BEFORE INSERT ON public.council_tax_fund FOR EACH ROW EXECUTE FUNCTION public.code_in_form_council_tax_fund();

CREATE TRIGGER code_in_form BEFORE INSERT ON public.organisation FOR EACH ROW WHEN ((new.code IS NOT NULL)) EXECUTE FUNCTION public.code_in_form_organisation();

CREATE TRIGGER code_in_form BEFORE INSERT ON public.ppe_item FOR EACH ROW WHEN ((new.code IS NOT NULL)) EXECUTE FUNCTION public.code_in_form_ppe_item();

CREATE TRIGGER code_in_form BEFORE INSERT ON public.scheme FOR EACH ROW WHEN ((new.code IS NOT NULL)) EXECUTE FUNCTION public.code_in_form_scheme();

CREATE TRIGGER guard BEFORE UPDATE ON public.api_token FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.award FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.business FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.call FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.council_tax_account FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.council_tax_fund FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.council_tax_posting FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.dated_fact FOR EACH ROW EXECUTE FUNCTION public.guard_dated_fact();

CREATE TRIGGER guard BEFORE UPDATE ON public.device FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.external_funding FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.figure FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.food_shop FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.headline FOR EACH ROW EXECUTE FUNCTION public.guard_headline();

CREATE TRIGGER guard BEFORE UPDATE ON public.household FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.import_profile FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.job FOR EACH ROW EXECUTE FUNCTION public.guard_job();

CREATE TRIGGER guard BEFORE UPDATE ON public.merge FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.mutual_aid_group FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.organisation FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.parcel FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.payment FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.postcode FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.ppe_item FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.ppe_movement FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.premises FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE DELETE OR UPDATE OR TRUNCATE ON public.publication FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER guard BEFORE UPDATE ON public.scheme FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.scheme_version FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.session FOR EACH ROW EXECUTE FUNCTION public.guard_session();

CREATE TRIGGER guard BEFORE UPDATE ON public.staff FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.volunteer FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard BEFORE UPDATE ON public.voucher FOR EACH ROW EXECUTE FUNCTION public.guard_record();

CREATE TRIGGER guard_key BEFORE UPDATE ON public.award FOR EACH ROW EXECUTE FUNCTION public.guard_key();

CREATE TRIGGER guard_terms BEFORE UPDATE ON public.scheme_version FOR EACH ROW EXECUTE FUNCTION public.guard_terms();

CREATE TRIGGER guard_terms AFTER INSERT OR UPDATE ON public.scheme_version_amount FOR EACH ROW EXECUTE FUNCTION public.guard_term_rows();

CREATE TRIGGER guard_terms AFTER INSERT OR UPDATE ON public.scheme_version_band FOR EACH ROW EXECUTE FUNCTION public.guard_term_rows();

CREATE TRIGGER guard_terms AFTER INSERT OR UPDATE ON public.scheme_version_declaration FOR EACH ROW EXECUTE FUNCTION public.guard_term_rows();

CREATE TRIGGER guard_terms AFTER INSERT OR UPDATE ON public.scheme_version_period FOR EACH ROW EXECUTE FUNCTION public.guard_term_rows();

CREATE TRIGGER guard_terms AFTER INSERT OR UPDATE ON public.scheme_version_tranche FOR EACH ROW EXECUTE FUNCTION public.guard_term_rows();

CREATE TRIGGER guard_token BEFORE UPDATE ON public.api_token FOR EACH ROW EXECUTE FUNCTION public.guard_token();

CREATE TRIGGER hidden_holder BEFORE INSERT ON public.person_identifier FOR EACH ROW EXECUTE FUNCTION public.hidden_holder();

CREATE TRIGGER key_of_award BEFORE INSERT ON public.award FOR EACH ROW EXECUTE FUNCTION public.key_of_award();

CREATE TRIGGER list_wards_of_changed AFTER UPDATE ON public.postcode REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.list_wards();

CREATE TRIGGER list_wards_of_new AFTER INSERT ON public.postcode REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.list_wards();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.api_token FOR EACH ROW WHEN ((new.staff_id IS NOT NULL)) EXECUTE FUNCTION public.name_nothing_void_api_token();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.application FOR EACH ROW WHEN (((new.business_id IS NOT NULL) OR (new.organisation_id IS NOT NULL) OR (new.person_id IS NOT NULL) OR (new.premises_id IS NOT NULL) OR (new.scheme IS NOT NULL) OR (new.scheme_version_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_application();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.award FOR EACH ROW WHEN (((new.application_id IS NOT NULL) OR (new.business_id IS NOT NULL) OR (new.organisation_id IS NOT NULL) OR (new.person_id IS NOT NULL) OR (new.premises_id IS NOT NULL) OR (new.scheme IS NOT NULL) OR (new.scheme_version_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_award();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.call FOR EACH ROW WHEN ((new.person_id IS NOT NULL)) EXECUTE FUNCTION public.name_nothing_void_call();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.council_tax_posting FOR EACH ROW WHEN (((new.account_id IS NOT NULL) OR (new.account_reference IS NOT NULL) OR (new.fund IS NOT NULL) OR (new.fund_id IS NOT NULL) OR (new.reverses_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_council_tax_posting();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.device FOR EACH ROW WHEN (((new.organisation_id IS NOT NULL) OR (new.supplier IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_device();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.external_funding FOR EACH ROW WHEN ((new.organisation_id IS NOT NULL)) EXECUTE FUNCTION public.name_nothing_void_external_funding();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.external_funding_partner FOR EACH ROW WHEN ((new.organisation_id IS NOT NULL)) EXECUTE FUNCTION public.name_nothing_void_external_funding_partner();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.food_shop FOR EACH ROW WHEN (((new.done_by IS NOT NULL) OR (new.household_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_food_shop();

CREATE TRIGGER name_nothing_void AFTER INSERT ON public.merge FOR EACH ROW EXECUTE FUNCTION public.name_nothing_void_merge();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.mutual_aid_group FOR EACH ROW WHEN ((new.list IS NOT NULL)) EXECUTE FUNCTION public.name_nothing_void_mutual_aid_group();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.parcel FOR EACH ROW WHEN (((new.delivered_by IS NOT NULL) OR (new.household_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_parcel();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.payment FOR EACH ROW WHEN (((new.award_id IS NOT NULL) OR (new.business_id IS NOT NULL) OR (new.organisation_id IS NOT NULL) OR (new.person_id IS NOT NULL) OR (new.scheme IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_payment();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.person FOR EACH ROW WHEN (((new.case_worker_id IS NOT NULL) OR (new.household_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_person();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.ppe_movement FOR EACH ROW WHEN (((new.hub IS NOT NULL) OR (new.issue_id IS NOT NULL) OR (new.item IS NOT NULL) OR (new.item_id IS NOT NULL) OR (new.organisation_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_ppe_movement();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.premises FOR EACH ROW WHEN ((new.business_id IS NOT NULL)) EXECUTE FUNCTION public.name_nothing_void_premises();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.scheme_version FOR EACH ROW WHEN ((new.scheme IS NOT NULL)) EXECUTE FUNCTION public.name_nothing_void_scheme_version();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.volunteer FOR EACH ROW WHEN (((new.list IS NOT NULL) OR (new.person_id IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_volunteer();

CREATE TRIGGER name_nothing_void AFTER INSERT OR UPDATE ON public.voucher FOR EACH ROW WHEN (((new.household_id IS NOT NULL) OR (new.school IS NOT NULL))) EXECUTE FUNCTION public.name_nothing_void_voucher();

CREATE TRIGGER once BEFORE INSERT ON public.award FOR EACH ROW EXECUTE FUNCTION public.award_once();

CREATE TRIGGER once BEFORE INSERT OR UPDATE ON public.payment FOR EACH ROW EXECUTE FUNCTION public.payment_once();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.application FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.award FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.business FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.council_tax_account FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.council_tax_fund FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.council_tax_posting FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.household FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.organisation FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.person FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.ppe_item FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.ppe_movement FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.premises FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.scheme FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.scheme_version FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER refuse_void_in_use BEFORE UPDATE ON public.staff FOR EACH ROW WHEN ((new.voided AND (NOT old.voided))) EXECUTE FUNCTION public.refuse_void_in_use();

CREATE TRIGGER stands AFTER INSERT OR UPDATE ON public.council_tax_posting FOR EACH ROW EXECUTE FUNCTION public.posting_stands();

CREATE TRIGGER within_bound BEFORE INSERT ON public.merge_link FOR EACH ROW EXECUTE FUNCTION public.merge_within_bound();

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_authority_id_staff_id_fkey FOREIGN KEY (authority_id, staff_id) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application_assessment
    ADD CONSTRAINT application_assessment_authority_id_application_id_fkey FOREIGN KEY (authority_id, application_id) REFERENCES public.application(authority_id, id);

ALTER TABLE ONLY public.application_assessment
    ADD CONSTRAINT application_assessment_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_assessed_by_fkey FOREIGN KEY (authority_id, assessed_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_award_id_fkey FOREIGN KEY (authority_id, award_id) REFERENCES public.award(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_business_id_fkey FOREIGN KEY (authority_id, business_id) REFERENCES public.business(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_decided_by_fkey FOREIGN KEY (authority_id, decided_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_payee_account_number_by_fkey FOREIGN KEY (authority_id, payee_account_number_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_payee_name_by_fkey FOREIGN KEY (authority_id, payee_name_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_payee_sort_code_by_fkey FOREIGN KEY (authority_id, payee_sort_code_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_person_id_fkey FOREIGN KEY (authority_id, person_id) REFERENCES public.person(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_premises_id_fkey FOREIGN KEY (authority_id, premises_id) REFERENCES public.premises(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_scheme_fkey FOREIGN KEY (authority_id, scheme) REFERENCES public.scheme(authority_id, code);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_authority_id_scheme_version_id_fkey FOREIGN KEY (authority_id, scheme_version_id) REFERENCES public.scheme_version(authority_id, id);

ALTER TABLE ONLY public.application_decision
    ADD CONSTRAINT application_decision_authority_id_application_id_fkey FOREIGN KEY (authority_id, application_id) REFERENCES public.application(authority_id, id);

ALTER TABLE ONLY public.application_decision
    ADD CONSTRAINT application_decision_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_authority_id_actor_fkey FOREIGN KEY (authority_id, actor) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.audit_link
    ADD CONSTRAINT audit_link_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_application_id_fkey FOREIGN KEY (authority_id, application_id) REFERENCES public.application(authority_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_business_id_fkey FOREIGN KEY (authority_id, business_id) REFERENCES public.business(authority_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_person_id_fkey FOREIGN KEY (authority_id, person_id) REFERENCES public.person(authority_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_premises_id_fkey FOREIGN KEY (authority_id, premises_id) REFERENCES public.premises(authority_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_scheme_fkey FOREIGN KEY (authority_id, scheme) REFERENCES public.scheme(authority_id, code);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_authority_id_scheme_version_id_fkey FOREIGN KEY (authority_id, scheme_version_id) REFERENCES public.scheme_version(authority_id, id);

ALTER TABLE ONLY public.business
    ADD CONSTRAINT business_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.business
    ADD CONSTRAINT business_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.business_identifier
    ADD CONSTRAINT business_identifier_authority_id_business_id_fkey FOREIGN KEY (authority_id, business_id) REFERENCES public.business(authority_id, id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_authority_id_person_id_fkey FOREIGN KEY (authority_id, person_id) REFERENCES public.person(authority_id, id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.council_tax_account
    ADD CONSTRAINT council_tax_account_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.council_tax_account
    ADD CONSTRAINT council_tax_account_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.council_tax_fund
    ADD CONSTRAINT council_tax_fund_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.council_tax_fund
    ADD CONSTRAINT council_tax_fund_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_account_id_fkey FOREIGN KEY (authority_id, account_id) REFERENCES public.council_tax_account(authority_id, id);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_account_reference_fkey FOREIGN KEY (authority_id, account_reference) REFERENCES public.council_tax_account(authority_id, account_reference);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_fund_fkey FOREIGN KEY (authority_id, fund) REFERENCES public.council_tax_fund(authority_id, code);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_fund_id_fkey FOREIGN KEY (authority_id, fund_id) REFERENCES public.council_tax_fund(authority_id, id);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.council_tax_posting
    ADD CONSTRAINT council_tax_posting_authority_id_reverses_id_fkey FOREIGN KEY (authority_id, reverses_id) REFERENCES public.council_tax_posting(authority_id, id);

ALTER TABLE ONLY public.dated_fact
    ADD CONSTRAINT dated_fact_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_authority_id_supplier_fkey FOREIGN KEY (authority_id, supplier) REFERENCES public.organisation(authority_id, code);

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_authority_id_actor_fkey FOREIGN KEY (authority_id, actor) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_authority_id_corrects_fkey FOREIGN KEY (authority_id, corrects) REFERENCES public.entry(authority_id, id);

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_measure_fkey FOREIGN KEY (measure) REFERENCES public.measure(code);

ALTER TABLE ONLY public.external_funding
    ADD CONSTRAINT external_funding_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.external_funding
    ADD CONSTRAINT external_funding_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.external_funding
    ADD CONSTRAINT external_funding_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.external_funding_partner
    ADD CONSTRAINT external_funding_partner_authority_id_external_funding_id_fkey FOREIGN KEY (authority_id, external_funding_id) REFERENCES public.external_funding(authority_id, id);

ALTER TABLE ONLY public.external_funding_partner
    ADD CONSTRAINT external_funding_partner_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_authority_id_drafted_by_fkey FOREIGN KEY (authority_id, drafted_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_authority_id_published_by_fkey FOREIGN KEY (authority_id, published_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_authority_id_withdrawn_by_fkey FOREIGN KEY (authority_id, withdrawn_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.figure_filter
    ADD CONSTRAINT figure_filter_authority_id_figure_id_fkey FOREIGN KEY (authority_id, figure_id) REFERENCES public.figure(authority_id, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_measure_fkey FOREIGN KEY (measure) REFERENCES public.measure(code);

ALTER TABLE ONLY public.fold
    ADD CONSTRAINT fold_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.folded
    ADD CONSTRAINT folded_authority_id_headline_fkey FOREIGN KEY (authority_id, headline) REFERENCES public.headline(authority_id, code);

ALTER TABLE ONLY public.folded
    ADD CONSTRAINT folded_authority_id_seq_fkey FOREIGN KEY (authority_id, seq) REFERENCES public.fold(authority_id, seq);

ALTER TABLE ONLY public.food_shop
    ADD CONSTRAINT food_shop_authority_id_done_by_fkey FOREIGN KEY (authority_id, done_by) REFERENCES public.organisation(authority_id, code);

ALTER TABLE ONLY public.food_shop
    ADD CONSTRAINT food_shop_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.food_shop
    ADD CONSTRAINT food_shop_authority_id_household_id_fkey FOREIGN KEY (authority_id, household_id) REFERENCES public.household(authority_id, id);

ALTER TABLE ONLY public.food_shop
    ADD CONSTRAINT food_shop_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.headline
    ADD CONSTRAINT headline_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.headline
    ADD CONSTRAINT headline_measure_fkey FOREIGN KEY (measure) REFERENCES public.measure(code);

ALTER TABLE ONLY public.household
    ADD CONSTRAINT household_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.household
    ADD CONSTRAINT household_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.household_identifier
    ADD CONSTRAINT household_identifier_authority_id_household_id_fkey FOREIGN KEY (authority_id, household_id) REFERENCES public.household(authority_id, id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_authority_id_staff_id_fkey FOREIGN KEY (authority_id, staff_id) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.import
    ADD CONSTRAINT import_authority_id_id_fkey FOREIGN KEY (authority_id, id) REFERENCES public.job(authority_id, id);

ALTER TABLE ONLY public.import
    ADD CONSTRAINT import_continues_fkey FOREIGN KEY (authority_id, continues) REFERENCES public.import(authority_id, id);

ALTER TABLE ONLY public.import_part
    ADD CONSTRAINT import_part_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.import_profile
    ADD CONSTRAINT import_profile_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.import_profile
    ADD CONSTRAINT import_profile_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.import_profile_column
    ADD CONSTRAINT import_profile_column_authority_id_import_profile_id_fkey FOREIGN KEY (authority_id, import_profile_id) REFERENCES public.import_profile(authority_id, id);

ALTER TABLE ONLY public.import_profile_constant
    ADD CONSTRAINT import_profile_constant_authority_id_import_profile_id_fkey FOREIGN KEY (authority_id, import_profile_id) REFERENCES public.import_profile(authority_id, id);

ALTER TABLE ONLY public.import_profile_meaning
    ADD CONSTRAINT import_profile_meaning_authority_id_import_profile_id_fkey FOREIGN KEY (authority_id, import_profile_id) REFERENCES public.import_profile(authority_id, id);

ALTER TABLE ONLY public.import_profile_need
    ADD CONSTRAINT import_profile_need_authority_id_import_profile_id_fkey FOREIGN KEY (authority_id, import_profile_id) REFERENCES public.import_profile(authority_id, id);

ALTER TABLE ONLY public.import_profile_skip
    ADD CONSTRAINT import_profile_skip_authority_id_import_profile_id_fkey FOREIGN KEY (authority_id, import_profile_id) REFERENCES public.import_profile(authority_id, id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_authority_id_import_id_fkey FOREIGN KEY (authority_id, import_id) REFERENCES public.import(authority_id, id);

ALTER TABLE ONLY public.import_undo
    ADD CONSTRAINT import_undo_authority_id_id_fkey FOREIGN KEY (authority_id, id) REFERENCES public.job(authority_id, id);

ALTER TABLE ONLY public.import_undo
    ADD CONSTRAINT import_undo_authority_id_import_id_fkey FOREIGN KEY (authority_id, import_id) REFERENCES public.import(authority_id, id);

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_authority_id_cancelled_by_fkey FOREIGN KEY (authority_id, cancelled_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_authority_id_staff_id_fkey FOREIGN KEY (authority_id, staff_id) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_authority_id_token_id_fkey FOREIGN KEY (authority_id, token_id) REFERENCES public.api_token(authority_id, id);

ALTER TABLE ONLY public.merge
    ADD CONSTRAINT merge_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.merge
    ADD CONSTRAINT merge_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.merge_link
    ADD CONSTRAINT merge_link_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.migration_finding
    ADD CONSTRAINT migration_finding_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.mutual_aid_group
    ADD CONSTRAINT mutual_aid_group_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.mutual_aid_group
    ADD CONSTRAINT mutual_aid_group_authority_id_list_fkey FOREIGN KEY (authority_id, list) REFERENCES public.organisation(authority_id, code);

ALTER TABLE ONLY public.mutual_aid_group
    ADD CONSTRAINT mutual_aid_group_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.organisation_identifier
    ADD CONSTRAINT organisation_identifier_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.parcel_attempt
    ADD CONSTRAINT parcel_attempt_authority_id_parcel_id_fkey FOREIGN KEY (authority_id, parcel_id) REFERENCES public.parcel(authority_id, id);

ALTER TABLE ONLY public.parcel_attempt
    ADD CONSTRAINT parcel_attempt_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_authority_id_delivered_by_fkey FOREIGN KEY (authority_id, delivered_by) REFERENCES public.organisation(authority_id, code);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_authority_id_household_id_fkey FOREIGN KEY (authority_id, household_id) REFERENCES public.household(authority_id, id);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_authority_id_replaced_by_id_fkey FOREIGN KEY (authority_id, replaced_by_id) REFERENCES public.parcel(authority_id, id);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_authority_id_replaces_id_fkey FOREIGN KEY (authority_id, replaces_id) REFERENCES public.parcel(authority_id, id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_award_id_fkey FOREIGN KEY (authority_id, award_id) REFERENCES public.award(authority_id, id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_business_id_fkey FOREIGN KEY (authority_id, business_id) REFERENCES public.business(authority_id, id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_person_id_fkey FOREIGN KEY (authority_id, person_id) REFERENCES public.person(authority_id, id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_authority_id_scheme_fkey FOREIGN KEY (authority_id, scheme) REFERENCES public.scheme(authority_id, code);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_authority_id_case_worker_id_fkey FOREIGN KEY (authority_id, case_worker_id) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_authority_id_household_id_fkey FOREIGN KEY (authority_id, household_id) REFERENCES public.household(authority_id, id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.person_identifier
    ADD CONSTRAINT person_identifier_authority_id_person_id_fkey FOREIGN KEY (authority_id, person_id) REFERENCES public.person(authority_id, id);

ALTER TABLE ONLY public.postcode
    ADD CONSTRAINT postcode_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.postcode
    ADD CONSTRAINT postcode_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.ppe_item
    ADD CONSTRAINT ppe_item_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.ppe_item
    ADD CONSTRAINT ppe_item_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_hub_fkey FOREIGN KEY (authority_id, hub) REFERENCES public.organisation(authority_id, code);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_issue_id_fkey FOREIGN KEY (authority_id, issue_id) REFERENCES public.ppe_movement(authority_id, id);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_item_fkey FOREIGN KEY (authority_id, item) REFERENCES public.ppe_item(authority_id, code);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_item_id_fkey FOREIGN KEY (authority_id, item_id) REFERENCES public.ppe_item(authority_id, id);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_organisation_id_fkey FOREIGN KEY (authority_id, organisation_id) REFERENCES public.organisation(authority_id, id);

ALTER TABLE ONLY public.ppe_movement
    ADD CONSTRAINT ppe_movement_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.premises
    ADD CONSTRAINT premises_authority_id_business_id_fkey FOREIGN KEY (authority_id, business_id) REFERENCES public.business(authority_id, id);

ALTER TABLE ONLY public.premises
    ADD CONSTRAINT premises_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.premises
    ADD CONSTRAINT premises_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.premises_identifier
    ADD CONSTRAINT premises_identifier_authority_id_premises_id_fkey FOREIGN KEY (authority_id, premises_id) REFERENCES public.premises(authority_id, id);

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_authority_id_known_at_fkey FOREIGN KEY (authority_id, known_at) REFERENCES public.seal(authority_id, at);

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_authority_id_supersedes_id_fkey FOREIGN KEY (authority_id, supersedes_id) REFERENCES public.publication(authority_id, id);

ALTER TABLE ONLY public.publication_document
    ADD CONSTRAINT publication_document_authority_id_publication_id_fkey FOREIGN KEY (authority_id, publication_id) REFERENCES public.publication(authority_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.publication_figure
    ADD CONSTRAINT publication_figure_authority_id_publication_id_fkey FOREIGN KEY (authority_id, publication_id) REFERENCES public.publication(authority_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.publication_figure
    ADD CONSTRAINT publication_figure_measure_fkey FOREIGN KEY (measure) REFERENCES public.measure(code);

ALTER TABLE ONLY public.scheme
    ADD CONSTRAINT scheme_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.scheme
    ADD CONSTRAINT scheme_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.scheme_version_amount
    ADD CONSTRAINT scheme_version_amount_authority_id_scheme_version_id_fkey FOREIGN KEY (authority_id, scheme_version_id) REFERENCES public.scheme_version(authority_id, id);

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_authority_id_drafted_by_fkey FOREIGN KEY (authority_id, drafted_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_authority_id_published_by_fkey FOREIGN KEY (authority_id, published_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.scheme_version
    ADD CONSTRAINT scheme_version_authority_id_scheme_fkey FOREIGN KEY (authority_id, scheme) REFERENCES public.scheme(authority_id, code);

ALTER TABLE ONLY public.scheme_version_band
    ADD CONSTRAINT scheme_version_band_authority_id_scheme_version_id_fkey FOREIGN KEY (authority_id, scheme_version_id) REFERENCES public.scheme_version(authority_id, id);

ALTER TABLE ONLY public.scheme_version_declaration
    ADD CONSTRAINT scheme_version_declaration_authority_id_scheme_version_id_fkey FOREIGN KEY (authority_id, scheme_version_id) REFERENCES public.scheme_version(authority_id, id);

ALTER TABLE ONLY public.scheme_version_period
    ADD CONSTRAINT scheme_version_period_authority_id_scheme_version_id_fkey FOREIGN KEY (authority_id, scheme_version_id) REFERENCES public.scheme_version(authority_id, id);

ALTER TABLE ONLY public.scheme_version_tranche
    ADD CONSTRAINT scheme_version_tranche_authority_id_scheme_version_id_fkey FOREIGN KEY (authority_id, scheme_version_id) REFERENCES public.scheme_version(authority_id, id);

ALTER TABLE ONLY public.seal
    ADD CONSTRAINT seal_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.sealed_secret
    ADD CONSTRAINT sealed_secret_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.sealed_secret
    ADD CONSTRAINT sealed_secret_authority_id_token_id_fkey FOREIGN KEY (authority_id, token_id) REFERENCES public.api_token(authority_id, id);

ALTER TABLE ONLY public.search_progress
    ADD CONSTRAINT search_progress_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.search_word
    ADD CONSTRAINT search_word_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_authority_id_token_id_fkey FOREIGN KEY (authority_id, token_id) REFERENCES public.api_token(authority_id, id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_authority_id_list_fkey FOREIGN KEY (authority_id, list) REFERENCES public.organisation(authority_id, code);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_authority_id_person_id_fkey FOREIGN KEY (authority_id, person_id) REFERENCES public.person(authority_id, id);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_authority_id_household_id_fkey FOREIGN KEY (authority_id, household_id) REFERENCES public.household(authority_id, id);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_authority_id_recorded_by_fkey FOREIGN KEY (authority_id, recorded_by) REFERENCES public.staff(authority_id, id);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_authority_id_replaced_by_id_fkey FOREIGN KEY (authority_id, replaced_by_id) REFERENCES public.voucher(authority_id, id);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_authority_id_replaces_id_fkey FOREIGN KEY (authority_id, replaces_id) REFERENCES public.voucher(authority_id, id);

ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_authority_id_school_fkey FOREIGN KEY (authority_id, school) REFERENCES public.organisation(authority_id, code);

ALTER TABLE ONLY public.ward_listing
    ADD CONSTRAINT ward_listing_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

ALTER TABLE ONLY public.ward_name
    ADD CONSTRAINT ward_name_authority_id_fkey FOREIGN KEY (authority_id) REFERENCES public.authority(id);

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tideover_app;

GRANT USAGE ON SEQUENCE public.ledger_seq TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.entry TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.headline TO tideover_app;

GRANT UPDATE(superseded_seq) ON TABLE public.headline TO tideover_app;

GRANT UPDATE(folded_from) ON TABLE public.headline TO tideover_app;

GRANT UPDATE(periods_folded_from) ON TABLE public.headline TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import_row TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.job TO tideover_app;

GRANT UPDATE(state) ON TABLE public.job TO tideover_app;

GRANT UPDATE(started_at) ON TABLE public.job TO tideover_app;

GRANT UPDATE(ended_at) ON TABLE public.job TO tideover_app;

GRANT UPDATE(attempts) ON TABLE public.job TO tideover_app;

GRANT UPDATE(holder) ON TABLE public.job TO tideover_app;

GRANT UPDATE(lease_until) ON TABLE public.job TO tideover_app;

GRANT UPDATE(done) ON TABLE public.job TO tideover_app;

GRANT UPDATE(total) ON TABLE public.job TO tideover_app;

GRANT UPDATE(cancelled_by) ON TABLE public.job TO tideover_app;

GRANT UPDATE(problem) ON TABLE public.job TO tideover_app;

GRANT UPDATE(tries) ON TABLE public.job TO tideover_app;

REVOKE ALL ON FUNCTION public.forget_faulty_rows() FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_faulty_rows() TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.session TO tideover_app;

GRANT UPDATE(seen_at) ON TABLE public.session TO tideover_app;

GRANT UPDATE(ended_at) ON TABLE public.session TO tideover_app;

REVOKE ALL ON FUNCTION public.forget_sessions() FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_sessions() TO tideover_app;

REVOKE ALL ON FUNCTION public.rebuild_recount() FROM PUBLIC;

GRANT SELECT,INSERT,UPDATE ON TABLE public.council_tax_posting TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.api_token TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.application TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.application_assessment TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.application_decision TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.audit TO tideover_app;

GRANT USAGE ON SEQUENCE public.audit_id_seq TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.audit_link TO tideover_app;

GRANT SELECT ON TABLE public.authority TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.award TO tideover_app;

GRANT SELECT ON TABLE public.bank_holiday TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.business TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.business_identifier TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.business_identifier TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.call TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.council_tax_account TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.council_tax_fund TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.dated_fact TO tideover_app;

GRANT UPDATE(known_until) ON TABLE public.dated_fact TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.device TO tideover_app;

GRANT SELECT ON TABLE public.ended_state TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.external_funding TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.external_funding_partner TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.external_funding_partner TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.figure TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.figure_filter TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.figure_filter TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.fold TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.folded TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.folded_bucket TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.food_shop TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.household TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.household_identifier TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.household_identifier TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.idempotency TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import TO tideover_app;

GRANT UPDATE(encoding) ON TABLE public.import TO tideover_app;

GRANT UPDATE(columns) ON TABLE public.import TO tideover_app;

GRANT UPDATE(recorded) ON TABLE public.import TO tideover_app;

GRANT UPDATE(same) ON TABLE public.import TO tideover_app;

GRANT UPDATE(changed) ON TABLE public.import TO tideover_app;

GRANT UPDATE(faulty) ON TABLE public.import TO tideover_app;

GRANT UPDATE(stands) ON TABLE public.import TO tideover_app;

GRANT UPDATE(figures) ON TABLE public.import TO tideover_app;

GRANT UPDATE(left_out) ON TABLE public.import TO tideover_app;

GRANT UPDATE(likenesses) ON TABLE public.import TO tideover_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.import_part TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.import_profile TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import_profile_column TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.import_profile_column TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import_profile_constant TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.import_profile_constant TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import_profile_meaning TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.import_profile_meaning TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import_profile_need TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.import_profile_need TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import_profile_skip TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.import_profile_skip TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.import_undo TO tideover_app;

GRANT UPDATE(stands) ON TABLE public.import_undo TO tideover_app;

GRANT SELECT ON TABLE public.lifecycle_move TO tideover_app;

GRANT SELECT ON TABLE public.measure TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.merge TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.merge_link TO tideover_app;

GRANT SELECT ON TABLE public.migration TO tideover_app;

GRANT SELECT ON TABLE public.migration_finding TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.mutual_aid_group TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.organisation TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.organisation_identifier TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.organisation_identifier TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.parcel TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.parcel_attempt TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.payment TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.person TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.person_identifier TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.person_identifier TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.postcode TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ppe_item TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ppe_movement TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.premises TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.premises_identifier TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.premises_identifier TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.publication TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.publication_document TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.publication_figure TO tideover_app;

GRANT SELECT ON TABLE public.record_reference TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.volunteer TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.voucher TO tideover_app;

GRANT SELECT ON TABLE public.recount TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.scheme TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.scheme_version TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.scheme_version_amount TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.scheme_version_amount TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.scheme_version_band TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.scheme_version_band TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.scheme_version_declaration TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.scheme_version_declaration TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.scheme_version_period TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.scheme_version_period TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.scheme_version_tranche TO tideover_app;

GRANT UPDATE(to_version) ON TABLE public.scheme_version_tranche TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.seal TO tideover_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.sealed_secret TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.search_progress TO tideover_app;

GRANT SELECT,INSERT ON TABLE public.search_word TO tideover_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff TO tideover_app;

GRANT SELECT ON TABLE public.ward_listing TO tideover_app;

GRANT SELECT ON TABLE public.ward_name TO tideover_app;

