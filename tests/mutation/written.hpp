// What breaks a guard where that cannot be found by trying, and which guards are doubled by another.
#pragma once

#include <array>

namespace tideover::mutation {

/// What cannot be found by trying: the guard's table and name, and the statement.
struct Written {
    const char* table;
    const char* name;
    const char* statement;
};
inline constexpr std::array written{
    Written{"import", "import_bytes_check", "UPDATE import SET bytes = 0 WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_delimiter_check", "UPDATE import SET delimiter = 'xx' WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_faulty_check", "UPDATE import SET faulty = -1 WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_left_out_check", "UPDATE import SET left_out = -1 WHERE authority_id <> 'X99999999'"},
    Written{"import", "left_out", "UPDATE import SET left_out = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_continues_check", "UPDATE import SET continues = id WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_continues_fkey",
            "UPDATE import SET continues = gen_random_uuid() WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_format_check", "UPDATE import SET format = 'x' WHERE authority_id <> 'X99999999'"},
    Written{"import", "format", "UPDATE import SET format = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "reading", "UPDATE import SET reading = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_kind_check", "UPDATE import SET kind = '' WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_name_check", "UPDATE import SET name = '' WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_recorded_check", "UPDATE import SET recorded = -1 WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_sha256_check", "UPDATE import SET sha256 = 'x' WHERE authority_id <> 'X99999999'"},
    Written{"import", "bytes", "UPDATE import SET bytes = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "columns", "UPDATE import SET columns = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "delimiter", "UPDATE import SET delimiter = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "dry_run", "UPDATE import SET dry_run = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "faulty", "UPDATE import SET faulty = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "kind", "UPDATE import SET kind = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "recorded", "UPDATE import SET recorded = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "sha256", "UPDATE import SET sha256 = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "stands", "UPDATE import SET stands = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "all_or_nothing", "UPDATE import SET all_or_nothing = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_encoding_check", "UPDATE import SET encoding = 'x' WHERE authority_id <> 'X99999999'"},
    Written{"import", "may_correct", "UPDATE import SET may_correct = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "same", "UPDATE import SET same = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "changed", "UPDATE import SET changed = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_same_check", "UPDATE import SET same = -1 WHERE authority_id <> 'X99999999'"},
    Written{"import", "import_changed_check", "UPDATE import SET changed = -1 WHERE authority_id <> 'X99999999'"},
    Written{"import_undo", "import_undo_reason_check",
            "UPDATE import_undo SET reason = 'x' WHERE authority_id <> 'X99999999'"},
    Written{"import_undo", "reason", "UPDATE import_undo SET reason = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import_undo", "stands", "UPDATE import_undo SET stands = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import_undo", "import_id", "UPDATE import_undo SET import_id = NULL WHERE authority_id <> 'X99999999'"},
    Written{"import_undo", "import_undone_once",
            "INSERT INTO import_undo SELECT u.authority_id, j.id, u.import_id, u.reason, true FROM import_undo u JOIN "
            "job j "
            "ON j.authority_id = u.authority_id AND j.kind = 'import' AND j.state = 'done' WHERE u.authority_id <> "
            "'X99999999'"},
    Written{"import_undo", "import_undo_authority_id_id_fkey",
            "UPDATE import_undo SET id = gen_random_uuid() WHERE authority_id <> 'X99999999'"},
    Written{"import_undo", "import_undo_authority_id_import_id_fkey",
            "UPDATE import_undo SET import_id = gen_random_uuid() WHERE authority_id <> 'X99999999'"},
    Written{
        "import_undo", "import_undo_pkey",
        "INSERT INTO import_undo SELECT authority_id, id, import_id, reason, false FROM import_undo WHERE authority_id "
        "<> 'X99999999'"},
    Written{"import_part", "import_part_bytes_check",
            "UPDATE import_part SET bytes = '' WHERE authority_id <> 'X99999999'"},
    Written{"import_row", "import_row_check1",
            "UPDATE import_row SET outcome = 'same' WHERE outcome = 'faulty' AND authority_id <> 'X99999999'"},
    Written{"import_row", "import_row_check2",
            "UPDATE import_row SET record_id = import_id WHERE faults IS NOT NULL AND authority_id <> 'X99999999'"},
    Written{"session", "guard", "UPDATE session SET ended_at = NULL"},
    Written{"job", "guard", "UPDATE job SET done = done - 1 WHERE done > 0 AND authority_id <> 'X99999999'"},
    Written{"headline", "headline_beside_unclaimed",
            "UPDATE headline SET beside = 'sbgf-paid' WHERE code = 'business-grants-paid'"},
    Written{"headline", "guard", "UPDATE headline SET folded_from = 7 WHERE folded_from IS NOT NULL"},
    Written{"headline", "headline_current",
            "INSERT INTO headline (authority_id, code, position, title, unit, aggregate, measure, meaning, from_day) "
            "SELECT authority_id, figure || '@77', position, title, unit, aggregate, measure, meaning, from_day "
            "FROM headline WHERE code = 'new-volunteers' AND authority_id <> 'X99999999'"},
    Written{
        "headline", "headline_pkey",
        "INSERT INTO headline (authority_id, code, position, title, unit, aggregate, measure, meaning, from_day, "
        "superseded_seq) SELECT authority_id, code, position, title, unit, aggregate, measure, meaning, from_day, 9 "
        "FROM headline WHERE code = 'new-volunteers' AND authority_id <> 'X99999999'"},
    Written{"figure", "figure_beside_check",
            "UPDATE figure SET version = version + 1, beside = repeat('x', 61), claim_text = NULL, claim_comparator = "
            "NULL, claim_value = NULL, claim_precision = NULL WHERE authority_id <> 'X99999999'"},
    Written{"search_progress", "upto", "UPDATE search_progress SET upto = NULL"},
    Written{"search_progress", "search_progress_authority_id_fkey",
            "UPDATE search_progress SET authority_id = 'E99999999' WHERE ctid = (SELECT min(ctid) FROM "
            "search_progress)"},
    Written{"publication_document", "document",
            "INSERT INTO publication_document SELECT authority_id, id, NULL FROM publication WHERE supersedes_id IS "
            "NOT NULL"},
    Written{"api_token", "guard_token", "UPDATE api_token SET demo = NOT demo, version = version + 1"},
    Written{"scheme_version_amount", "pence_check on least_pence",
            "UPDATE scheme_version_amount SET least_pence = 1000000000001, most_pence = 1000000000001 WHERE "
            "scheme_version_id IN (SELECT id FROM scheme_version WHERE state = 'draft')"},
    Written{"scheme_version", "guard_terms",
            "UPDATE scheme_version SET version = version + 1, opens_on = '2020-01-01' WHERE state = 'published'"},
    Written{"scheme_version_band", "guard_terms", "UPDATE scheme_version_band SET to_version = 9 WHERE position = 50"},
    Written{"scheme_version_period", "guard_terms", "UPDATE scheme_version_period SET to_version = 9"},
    Written{"scheme_version_amount", "guard_terms", "UPDATE scheme_version_amount SET to_version = 9"},
    Written{"scheme_version_declaration", "guard_terms", "UPDATE scheme_version_declaration SET to_version = 9"},
    Written{"scheme_version_tranche", "guard_terms",
            "UPDATE scheme_version_tranche SET to_version = 9 WHERE position = 50"},
    Written{"merge", "name_nothing_void",
            "INSERT INTO merge (authority_id, id, reference, kind, from_id, into_id, reason, recorded_at, recorded_by) "
            "SELECT v.authority_id, gen_random_uuid(), 'ME-v', 'person', v.id, p.id, 'why', p.recorded_at, "
            "p.recorded_by FROM person v JOIN person p ON p.authority_id = v.authority_id AND NOT p.voided WHERE "
            "v.voided AND v.authority_id <> 'X99999999' LIMIT 1"},
    Written{
        "api_token", "name_nothing_void",
        "INSERT INTO api_token (authority_id, id, staff_id, role, hash) SELECT authority_id, gen_random_uuid(), id, "
        "'helpline', repeat('0', 64) FROM staff WHERE voided AND authority_id <> 'X99999999' LIMIT 1"},
    Written{"award", "guard_key", "UPDATE award SET version = version + 1, period = 'another'"},
    Written{
        "award", "once",
        "INSERT INTO award (authority_id, id, reference, scheme, scheme_version_id, period, business_id, recorded_at, "
        "recorded_by) SELECT w.authority_id, gen_random_uuid(), 'AW-once', w.scheme, w.scheme_version_id, w.period, "
        "w.business_id, w.recorded_at, w.recorded_by FROM award w WHERE w.state = 'awarded' AND NOT w.voided AND "
        "w.premises_id IS NOT NULL AND w.business_id IS NOT NULL AND w.authority_id <> 'X99999999' LIMIT 1"},
    Written{"organisation", "code_in_form",
            "INSERT INTO organisation (authority_id, id, reference, name, code, kind, recorded_at, recorded_by) SELECT "
            "authority_id, gen_random_uuid(), 'OR-form', name, 'Not In Form', kind, recorded_at, recorded_by FROM "
            "organisation WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{"scheme", "code_in_form",
            "INSERT INTO scheme (authority_id, id, reference, code, title, kind, recorded_at, recorded_by) SELECT "
            "authority_id, gen_random_uuid(), 'SC-form', 'Not In Form', title, kind, recorded_at, recorded_by FROM "
            "scheme WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{"ppe_item", "code_in_form",
            "INSERT INTO ppe_item (authority_id, id, reference, code, title, items_per_unit, recorded_at, recorded_by) "
            "SELECT authority_id, gen_random_uuid(), 'PI-form', 'Not In Form', title, items_per_unit, recorded_at, "
            "recorded_by FROM ppe_item WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{
        "council_tax_account", "code_in_form",
        "INSERT INTO council_tax_account (authority_id, id, reference, account_reference, recorded_at, recorded_by) "
        "SELECT authority_id, gen_random_uuid(), 'CT-form', 'not in form', recorded_at, recorded_by FROM "
        "council_tax_account WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{"council_tax_fund", "code_in_form",
            "INSERT INTO council_tax_fund (authority_id, id, reference, code, title, financial_year, recorded_at, "
            "recorded_by) SELECT authority_id, gen_random_uuid(), 'CF-form', 'Not In Form', title, financial_year, "
            "recorded_at, recorded_by FROM council_tax_fund WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{"council_tax_posting", "council_tax_posting_basis",
            "INSERT INTO council_tax_posting (authority_id, id, reference, account_reference, account_id, fund, "
            "financial_year, kind, basis, amount_pence, credit_pence, effective_on, reason, recorded_at, recorded_by) "
            "SELECT authority_id, gen_random_uuid(), 'CP-basis', account_reference, account_id, fund, financial_year, "
            "'increase', 'application', 1, 1, effective_on, reason, recorded_at, recorded_by FROM council_tax_posting "
            "WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{"council_tax_posting", "council_tax_posting_most",
            "INSERT INTO council_tax_posting (authority_id, id, reference, account_reference, account_id, fund, "
            "financial_year, kind, basis, automatic_pence, amount_pence, credit_pence, effective_on, reason, voided, "
            "recorded_at, recorded_by) SELECT authority_id, gen_random_uuid(), 'CP-most', account_reference, "
            "account_id, fund, financial_year, 'award', 'automatic', 1, 2, 2, effective_on, reason, true, recorded_at, "
            "recorded_by FROM council_tax_posting WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{"council_tax_posting", "stands",
            "INSERT INTO council_tax_posting (authority_id, id, reference, account_reference, account_id, fund, "
            "financial_year, kind, amount_pence, credit_pence, effective_on, reason, recorded_at, recorded_by) SELECT "
            "authority_id, gen_random_uuid(), 'CP-below', account_reference, account_id, fund, financial_year, "
            "'decrease', 90000000, -90000000, effective_on, reason, recorded_at, recorded_by FROM council_tax_posting "
            "WHERE authority_id <> 'X99999999' LIMIT 1"},
    Written{
        "merge_link", "within_bound",
        "INSERT INTO merge_link (authority_id, from_id, into_id, linked) SELECT (SELECT authority_id FROM merge_link "
        "WHERE authority_id <> 'X99999999' LIMIT 1), lpad(n::text, 32, '0')::uuid, lpad((n + 1)::text, 32, "
        "'0')::uuid, true FROM generate_series(1, 101) n ORDER BY n"},
    Written{
        "person_identifier", "hidden_holder",
        "UPDATE person SET restricted = true, version = version + 1 WHERE id = (SELECT person_id FROM "
        "person_identifier WHERE value = '9434765919' AND authority_id <> 'X99999999' LIMIT 1); INSERT INTO "
        "person_identifier (authority_id, person_id, position, kind, value) SELECT authority_id, id, 77, "
        "'nhs_number', '943 476 5919' FROM person WHERE authority_id <> 'X99999999' AND NOT voided AND NOT restricted "
        "LIMIT 1"},
    Written{
        "payment", "once",
        "INSERT INTO payment (authority_id, id, reference, award_id, instructed_on, kind, business_id, amount_pence, "
        "recorded_at, recorded_by) SELECT w.authority_id, gen_random_uuid(), 'PY-once', w.id, '2020-06-01', "
        "'business', w.business_id, w.amount_pence, w.recorded_at, w.recorded_by FROM award w WHERE w.reference = "
        "'AW-beside' AND w.authority_id <> 'X99999999'"},
};

/// What no statement can show, because another guard refuses the same: the second guard's name is why.
struct Twice {
    std::string_view table, name, by;
};
inline constexpr std::array twice{
    Twice{"council_tax_account", "council_tax_account_authority_id_account_reference_key",
          "code_in_form, which looks through spellings too"},
    Twice{"organisation", "organisation_code", "code_in_form, likewise"},
    Twice{"scheme", "scheme_authority_id_code_key", "code_in_form, likewise"},
    Twice{"ppe_item", "ppe_item_authority_id_code_key", "code_in_form, likewise"},
    Twice{"award", "key_of_award", "holder_id, which may not be null"},
    Twice{"award", "award_holder", "once, which looks through merges and spellings too"},
    Twice{"award", "award_excluded", "once, likewise"},
    Twice{"award", "award_excluded_whom", "key_of_award, which fills both or neither"},
    Twice{"figure", "figure_measure_check", "figure_measure_fkey"},
    Twice{"award", "award_exclusion_group_check", "scheme_version_exclusion_group_check, from which it is copied"},
    Twice{"scheme_version_amount", "scheme_version_amount_authority_id_scheme_version_id_fkey",
          "guard_terms, which finds no draft"},
    Twice{"scheme_version_band", "scheme_version_band_authority_id_scheme_version_id_fkey",
          "guard_terms, which finds no draft"},
    Twice{"scheme_version_declaration", "scheme_version_declaration_authority_id_scheme_version_id_fkey",
          "guard_terms, which finds no draft"},
    Twice{"scheme_version_period", "scheme_version_period_authority_id_scheme_version_id_fkey",
          "guard_terms, which finds no draft"},
    Twice{"scheme_version_tranche", "scheme_version_tranche_authority_id_scheme_version_id_fkey",
          "guard_terms, which finds no draft"},
    Twice{"scheme_version", "refuse_void_in_use", "guard_terms, because work leans on published terms only"},
    Twice{"headline", "headline_filter_check", "condition_of(), which takes nothing but an object"},
    Twice{"ppe_movement", "ppe_movement_taken_back_units_check", "ppe_movement_taken_back"},
    Twice{"scheme", "scheme_allocation_pence_check", "scheme_allocation"},
    Twice{"scheme", "scheme_committed_pence_check", "scheme_allocation"},
    Twice{"entry", "dims", "the generated hash"},
    Twice{"entry", "happened_on", "the generated hash"},
    Twice{"entry", "measure", "the generated hash"},
    Twice{"entry", "quantity", "the generated hash"},
    Twice{"merge_link", "from_id", "the generated hash"},
    Twice{"merge_link", "into_id", "the generated hash"},
    Twice{"audit_link", "audit_link_lines", "audit_link_pkey, which is a part of it"},
};

}  // namespace tideover::mutation
