// mutation: each guard of the migrated schema is taken away in turn, and something must then pass that did not before.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <string_view>

#include "db/audit/audit_chain.hpp"
#include "db/ledger/ledger.hpp"
#include "tests/faults/council.hpp"
#include "tests/mutation/violation.hpp"
#include "tests/support/root.hpp"

namespace {

using namespace tideover::mutation;

/// Rows of the kinds that no record of the founding has.
constexpr const char* furniture = R"(
INSERT INTO ward_name SELECT DISTINCT authority_id, 'manor', 'Manor' FROM organisation ON CONFLICT DO NOTHING;
INSERT INTO ward_listing SELECT DISTINCT authority_id, 'Manor', timestamptz '2020-01-01Z', NULL::timestamptz FROM organisation;
INSERT INTO ward_listing SELECT DISTINCT authority_id, 'Offerton', timestamptz '2020-01-01Z', timestamptz '2021-01-01Z' FROM organisation;
INSERT INTO search_word SELECT DISTINCT authority_id, 'bloggs' FROM organisation ON CONFLICT DO NOTHING;
INSERT INTO search_progress SELECT DISTINCT authority_id, 1 FROM organisation ON CONFLICT DO NOTHING;
INSERT INTO session (authority_id, id, hash, token_id, ended_at)
SELECT authority_id, gen_random_uuid(), encode(sha256(gen_random_uuid()::text::bytea), 'hex'), id, now() FROM api_token LIMIT 2;
INSERT INTO sealed_secret SELECT authority_id, id, id, '\x00', now() FROM api_token LIMIT 1;
INSERT INTO organisation_identifier SELECT authority_id, id, 50, 'company_number', '01234567', 'x' FROM organisation LIMIT 1;
INSERT INTO person_identifier SELECT authority_id, id, 50, 'nhs_number', '9434765919', 'x' FROM person LIMIT 1;
INSERT INTO household_identifier SELECT authority_id, id, 50, 'uprn', '100011', 'x' FROM household LIMIT 1;
INSERT INTO migration_finding SELECT authority_id, 110, 'a rule', 'person', id, reference FROM person LIMIT 1;
INSERT INTO dated_fact SELECT authority_id, id, 'household', 'people', f.from_on, '3', f.version, recorded_at, f.until FROM household,
    (VALUES (date '2020-01-01', 1, now()), ('2020-01-01', 2, NULL::timestamptz), ('2020-02-01', 3, NULL)) f(from_on, version, until) LIMIT 3;
INSERT INTO business_identifier SELECT authority_id, id, 50, 'company_number', '01234567', 'x' FROM business LIMIT 1;
INSERT INTO premises_identifier SELECT authority_id, id, 50, 'uprn', '100011', 'x' FROM premises LIMIT 1;
INSERT INTO parcel_attempt SELECT authority_id, id, 1, 'no_answer', '2020-06-01', 'x', recorded_at, recorded_by
FROM parcel LIMIT 1;
INSERT INTO external_funding_partner SELECT f.authority_id, f.id, 1, o.id
FROM external_funding f JOIN organisation o ON o.authority_id = f.authority_id LIMIT 1;
INSERT INTO scheme_version (authority_id, id, reference, scheme, number, opens_on, closes_on, uniqueness_key, exclusion_group,
    funding, council_is, required_checks, exclusions, source, drafted_by, recorded_at, recorded_by)
SELECT authority_id, gen_random_uuid(), 'SV-draft', scheme, 900, opens_on, '2020-08-28', uniqueness_key, 'furniture', funding,
    council_is, '{ratepayer}', '{dissolved}', source, drafted_by, recorded_at, recorded_by
FROM scheme_version WHERE state = 'published' LIMIT 1;
INSERT INTO scheme_version_band SELECT authority_id, id, n, 'band ' || n, 'up_to', n * 100 FROM scheme_version,
    generate_series(1, 2) n WHERE number = 900;
INSERT INTO scheme_version_band SELECT authority_id, id, 3, 'band 3', 'unbounded', NULL FROM scheme_version WHERE number = 900;
INSERT INTO scheme_version_period SELECT authority_id, id, 1, 'once', '2020-04-01', '2020-04-30' FROM scheme_version
WHERE number = 900;
INSERT INTO scheme_version_amount SELECT authority_id, id, 1, 'once', 'band 1', 5, 7 FROM scheme_version WHERE number = 900;
INSERT INTO scheme_version_declaration SELECT authority_id, id, 1, 'meets_criteria', 1, 'We do.' FROM scheme_version
WHERE number = 900;
INSERT INTO scheme_version_tranche SELECT authority_id, id, 1, 'first', 100, 'x' FROM scheme_version WHERE number = 900;
INSERT INTO job (authority_id, id, kind, staff_id, token_id, token_version, role, made_at, lease_until, attempts, done, total)
SELECT authority_id, gen_random_uuid(), 'import', staff_id, id, version, role, now(), now(), 3, 5, 10 FROM api_token LIMIT 1;
INSERT INTO import SELECT authority_id, id, 'calls', 'x.csv', 10, sha256('x'), false, false, false, 'utf-8', ',', '[]', 1, 1, 1, 1, true FROM job;
INSERT INTO import_part (authority_id, import_id, position, bytes) SELECT authority_id, id, 1, '\x41' FROM job;
INSERT INTO import_row SELECT authority_id, id, 2, 'recorded', (SELECT id FROM call LIMIT 1), NULL, NULL FROM import;
INSERT INTO import_row SELECT authority_id, id, 3, 'faulty', NULL, '{x}', '[]' FROM import;
INSERT INTO job (authority_id, id, kind, staff_id, token_id, token_version, role, made_at, lease_until)
SELECT authority_id, gen_random_uuid(), 'import_undo', staff_id, token_id, token_version, role, made_at, lease_until FROM job;
INSERT INTO import_undo SELECT j.authority_id, j.id, i.id, 'a reason', true FROM job j JOIN import i USING (authority_id)
WHERE j.kind = 'import_undo';
INSERT INTO job (authority_id, id, kind, staff_id, token_id, token_version, role, made_at, lease_until, state, ended_at,
                 cancelled_by, problem)
SELECT j.authority_id, gen_random_uuid(), j.kind, j.staff_id, j.token_id, j.token_version, j.role, j.made_at, j.lease_until,
       e.state, now(), CASE e.state WHEN 'cancelled' THEN j.staff_id END, CASE e.state WHEN 'failed' THEN 'x' END
FROM job j CROSS JOIN unnest(ARRAY['done', 'failed', 'cancelled']) e(state) WHERE j.kind = 'import';
)";

/// Rows that only a draft takes, of a version that is published.
constexpr const char* published_rows = R"(
INSERT INTO scheme_version_band SELECT authority_id, id, 50, 'any', 'unbounded', NULL FROM scheme_version
WHERE state = 'published' LIMIT 1;
INSERT INTO scheme_version_tranche SELECT authority_id, id, 50, 'first', 100, 'x' FROM scheme_version
WHERE state = 'published' LIMIT 1;
)";

/// An award of the same business that is beside one that is paid: as a merge brings to light.
constexpr const char* paid_twice = R"(
INSERT INTO award (authority_id, id, reference, scheme, scheme_version_id, period, business_id, amount_pence, holder_id,
                   recorded_at, recorded_by)
SELECT w.authority_id, gen_random_uuid(), 'AW-beside', w.scheme, w.scheme_version_id, w.period, w.business_id, w.amount_pence,
       gen_random_uuid(), w.recorded_at, w.recorded_by
FROM award w JOIN payment p ON p.authority_id = w.authority_id AND p.award_id = w.id AND p.state IN ('instructed', 'settled')
WHERE w.state = 'awarded' AND NOT w.voided AND NOT p.voided AND w.business_id IS NOT NULL LIMIT 1;
)";

/// Copies of a record with one thing said that the founding leaves unsaid: table, column and value.
constexpr std::array<std::array<const char*, 3>, 7> variants{{
    {"voucher", "issuer_code", "'code'"},
    {"external_funding", "bid_reference", "'bid'"},
    {"council_tax_posting", "reverses_id", "(SELECT id FROM council_tax_posting LIMIT 1)"},
    {"council_tax_posting", "basis", "NULL"},
    {"ppe_movement", "issue_id", "(SELECT id FROM ppe_movement LIMIT 1)"},
    {"award", "holder_id", "gen_random_uuid()"},
    {"publication", "supersedes_id", "(SELECT id FROM publication LIMIT 1)"},
}};

/// A void copy of a record of each kind that others name; what of it only one record has is another's.
void furnish_void(pqxx::nontransaction& session) {
    const auto targets = session.exec(R"(
SELECT DISTINCT target, coalesce((SELECT string_agg(format(', %I = %I || ''-v''', a.attname, a.attname), '')
    FROM pg_attribute a WHERE a.attrelid = target::regclass AND a.attname IN ('code', 'key', 'account_reference')
    AND target <> 'council_tax_posting'), '') || CASE target WHEN 'scheme_version' THEN ', number = 901' ELSE '' END
FROM record_reference)");
    for (const auto& row : targets) {
        const auto table = row[0].as<std::string>();
        session.exec("CREATE TEMPORARY TABLE variant AS SELECT * FROM " + table + " LIMIT 1");
        session.exec("UPDATE variant SET id = gen_random_uuid(), reference = reference || '-v', voided = true" +
                     row[1].as<std::string>());
        session.exec("INSERT INTO " + table + " SELECT * FROM variant");
        session.exec("DROP TABLE variant");
    }
}

void furnish(pqxx::nontransaction& session) {
    session.exec(furniture);
    session.exec("SET session_replication_role = replica");
    session.exec(published_rows);
    session.exec(paid_twice);
    furnish_void(session);
    for (const auto& [table, column, value] : variants) {
        session.exec("CREATE TEMPORARY TABLE variant AS SELECT * FROM " + std::string{table} + " LIMIT 1");
        session.exec(std::string{"UPDATE variant SET id = gen_random_uuid(), reference = reference || '-' || "
                                 "substr(gen_random_uuid()::text, 1, 8), "} +
                     column + " = " + value);
        if (std::string_view{table} == "award") session.exec("UPDATE variant SET application_id = gen_random_uuid()");
        session.exec("INSERT INTO " + std::string{table} + " SELECT * FROM variant");
        session.exec("DROP TABLE variant");
    }
    session.exec("SET session_replication_role = origin");
}

std::set<std::string> lines_in(const std::string& file) {
    std::ifstream in{file};
    std::set<std::string> out;
    for (std::string line; std::getline(in, line);) out.insert(line);
    return out;
}

/// Guards that the committed list has and the schema has not, or the other way: each is a difference.
int compare(const std::vector<Guard>& guards, const std::string& file) {
    auto listed = lines_in(file);
    int differences = 0;
    for (const auto& guard : guards) {
        if (listed.erase(line_of(guard)) == 0) ++differences, std::cout << "# not listed: " << line_of(guard) << "\n";
    }
    for (const auto& line : listed) ++differences, std::cout << "# gone: " << line << "\n";
    return differences;
}

int run(const std::string& binary, const std::string& list, bool rewrite) {
    tideover::faults::Cluster cluster{"/tmp/tideover-mutation-" + std::to_string(::getpid())};
    const auto council = tideover::faults::found(cluster, binary);
    pqxx::connection connection{cluster.owner(council.database)};
    pqxx::nontransaction session{connection};
    session.exec("SET client_min_messages = error");
    {
        // Totals and links to guard: what the sealer would have made.
        tideover::db::Connection owner{cluster.owner(council.database)};
        for (const auto& authority : tideover::db::ledger::authorities(owner)) {
            tideover::db::audit_chain::Ends ends;
            tideover::db::ledger::seal(owner, authority, &ends);
            tideover::db::audit_chain::extend(owner, authority, ends);
            tideover::db::ledger::fold(owner, authority);
        }
    }
    const auto guards = all_guards(session);
    if (rewrite) {
        std::ofstream out{list};
        for (const auto& guard : guards) out << line_of(guard) << "\n";
        return 0;
    }
    furnish(session);
    make_phantom(session);
    Violations violations{session};
    int number = 0, survivors = 0, doubly = 0;
    const int differences = compare(guards, list);
    std::cout << (differences == 0 ? "ok " : "not ok ") << ++number << " - the guards are those of " << list << "\n";
    for (const auto& guard : guards) {
        const bool twice = Violations::guarded_twice(guard);
        const bool shown = violations.of(guard).has_value();
        survivors += shown != twice ? 0 : 1;  // what is shown after all is to be struck from the list
        doubly += twice ? 1 : 0;
        std::cout << (shown != twice ? "ok " : "not ok ") << ++number << " - " << line_of(guard)
                  << (twice ? "  (another guard refuses the same)" : "") << "\n";
    }
    std::cout << "mutation: " << guards.size() << " guards taken away in turn, " << doubly << " of them guarded twice, "
              << survivors << " survivors\n";
    return differences + survivors == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const char* given = std::getenv("TIDEOVER_BINARY");
    std::string binary = given != nullptr ? given : tideover::testing::root() + "/build/release/tideoverd",
                list = tideover::testing::root() + "/tests/mutation/guards.txt";
    bool rewrite = false;
    CLI::App app{"Takes away each guard of the schema in turn", "mutation"};
    app.add_option("--binary", binary, "The tideoverd that founds the council");
    app.add_flag("--write", rewrite, "Write the list of guards anew, after a change that was meant");
    try {
        app.parse(argc, argv);
        return run(binary, list, rewrite);
    } catch (const CLI::ParseError& e) {
        return app.exit(e);
    } catch (const std::exception& e) {
        std::cerr << "mutation: " << e.what() << "\n";
        return 2;
    }
}
