// A council that has data is upgraded: what new rules would refuse stays as it is, and is listed.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "db/core/ids.hpp"
#include "db/core/migrate.hpp"
#include "tests/support/database.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing::upgrade_test {
namespace {

/// A database that stands where migration `last` left it.
class OldCouncil {
public:
    explicit OldCouncil(int last) : connection_(scratch_.owner()) {
        const auto all = root() + "/schema";
        const auto old = std::filesystem::temp_directory_path() / ("tideover-old-" + scratch_.name());
        std::filesystem::create_directory(old);
        for (const auto& entry : std::filesystem::directory_iterator{all}) {
            const auto name = entry.path().filename();
            if (name.extension() == ".sql" && std::stoi(name.string().substr(0, 3)) <= last)
                std::filesystem::copy_file(entry.path(), old / name);
        }
        connection_.run("DROP SCHEMA public CASCADE");
        connection_.run("CREATE SCHEMA public");
        db::migrate::up(connection_, old.string());
        std::filesystem::remove_all(old);
    }

    void run(const std::string& sql) { connection_.run(sql); }
    db::migrate::Outcome upgrade() { return db::migrate::up(connection_, root() + "/schema"); }
    [[nodiscard]] std::string value(const std::string& sql) const { return scratch_.value(sql); }

private:
    ScratchDatabase scratch_;
    db::Connection connection_;
};

/// What a council recorded: somebody who does, and businesses, one of them void, with premises.
constexpr const char* work = R"(
CREATE FUNCTION pg_temp.id(n integer) RETURNS uuid LANGUAGE sql RETURN ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid;
INSERT INTO authority (id, name) VALUES ('E08000007', 'Stockport') ON CONFLICT DO NOTHING;
INSERT INTO staff (authority_id, id, key, name) VALUES ('E08000007', pg_temp.id(1), 'a', 'A');
)";
constexpr const char* leaning_work = R"(
INSERT INTO business (authority_id, id, reference, name, legal_form, recorded_at, recorded_by, voided)
SELECT 'E08000007', pg_temp.id(n), 'BU-' || n, 'B', 'company', now(), pg_temp.id(1), n = 11 FROM generate_series(10, 11) n;
INSERT INTO premises (authority_id, id, reference, business_id, address, postcode, use, recorded_at, recorded_by)
SELECT 'E08000007', pg_temp.id(n + 10), 'PR-' || n, pg_temp.id(n), '1', 'SK1 3XE', 'retail', now(), pg_temp.id(1)
FROM generate_series(10, 11) n;
)";

}  // namespace

TEST_CASE("work that leans on a void record is listed by the upgrade, and stays") {
    OldCouncil council{93};
    council.run(work);
    council.run(leaning_work);
    const auto outcome = council.upgrade();
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0] == "PR-11 (premises): business_id names a void record");
    CHECK(council.value("SELECT count(*) FROM premises WHERE NOT voided") == "2");
    CHECK(council.value("SELECT string_agg(reference, ' ') FROM migration_finding") == "PR-11");
    CHECK(council.upgrade().findings.empty());
}

TEST_CASE("a property that two premises claim in two spellings stays with the first, and both are kept") {
    OldCouncil council{93};
    council.run(work);
    council.run(leaning_work);
    council.run(R"(
INSERT INTO premises (authority_id, id, reference, business_id, address, postcode, use, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(30), 'PR-twin', pg_temp.id(10), '1', 'SK1 3XE', 'retail', now(), pg_temp.id(1));
INSERT INTO premises_identifier (authority_id, premises_id, position, kind, value)
VALUES ('E08000007', pg_temp.id(20), 1, 'uprn', '10001234'), ('E08000007', pg_temp.id(30), 1, 'uprn', '010001234');
)");
    const auto outcome = council.upgrade();
    REQUIRE(outcome.findings.size() == 2);
    CHECK(outcome.findings[1] == "PR-twin (premises): another record has the same uprn");
    CHECK(council.value(
              "SELECT string_agg(value || ' ' || canonical || ' ' || contested, ', ' ORDER BY premises_id) FROM "
              "premises_identifier") == "10001234 10001234 false, 010001234 10001234 true");
}

TEST_CASE("an account, a tag and a ward that came in two spellings are listed by the upgrade, and go on") {
    OldCouncil council{112};
    council.run(work);
    council.run(R"(
INSERT INTO council_tax_account (authority_id, id, reference, account_reference, ward, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(40), 'CT-1', '778552381X', 'Heatons & Norris', now() - interval '1 hour', pg_temp.id(1)),
       ('E08000007', pg_temp.id(41), 'CT-2', '778552381 x', 'heatons and norris', now(), pg_temp.id(1)),
       ('E08000007', pg_temp.id(42), 'CT-3', '99 x', 'Heatons & Norris', now(), pg_temp.id(1));
INSERT INTO device (authority_id, id, reference, asset_tag, kind, source, holder_kind, organisation_id, supplied_on, recorded_at, recorded_by)
SELECT 'E08000007', pg_temp.id(50 + n), 'DV-' || n, tag, 'laptop', 'dfe', 'school_pupil', NULL, '2020-05-01', now() + n * interval '1 hour', pg_temp.id(1)
FROM (VALUES (1, 'dfe-1'), (2, 'DFE 1')) x(n, tag);
)");
    const auto outcome = council.upgrade();
    std::string all;
    for (const auto& finding : outcome.findings) all += finding + "\n";
    CHECK(all.find("CT-2 (council_tax_account): another record has this code in another spelling") !=
          std::string::npos);
    CHECK(all.find("CT-2 (council_tax_account): its ward is heatons and norris, elsewhere Heatons & Norris") !=
          std::string::npos);
    CHECK(all.find("DV-2 (device): another device has this asset tag") != std::string::npos);
    CHECK(outcome.findings.size() == 3);
    CHECK(council.value("SELECT string_agg(account_reference, ', ' ORDER BY reference) FROM council_tax_account") ==
          "778552381X, 778552381 x, 99 x");
    CHECK(council.value("SELECT string_agg(asset_tag || ' ' || contested, ', ' ORDER BY reference) FROM device") ==
          "dfe-1 false, DFE 1 true");
    CHECK(council.value("SELECT name FROM ward_name") == "Heatons & Norris");
}

TEST_CASE(
    "the funds that a council's postings name become records, each of its year, and what does not fit is listed") {
    OldCouncil council{118};
    council.run(work);
    council.run(R"(
INSERT INTO council_tax_account (authority_id, id, reference, account_reference, recorded_at, recorded_by)
VALUES ('E08000007', pg_temp.id(40), 'CT-1', '1001', now(), pg_temp.id(1)), ('E08000007', pg_temp.id(41), 'CT-2', '1002', now(), pg_temp.id(1));
INSERT INTO council_tax_posting (authority_id, id, reference, account_reference, account_id, fund, financial_year, kind, amount_pence,
                                 credit_pence, effective_on, reason, recorded_at, recorded_by)
SELECT 'E08000007', pg_temp.id(50 + n), 'CP-' || n, account, pg_temp.id(40 + (account = '1002')::int), fund, year, kind, 15000,
       CASE kind WHEN 'award' THEN 15000 ELSE -15000 END, '2020-06-01', 'as decided', now() + n * interval '1 second', pg_temp.id(1)
FROM (VALUES (1, '1001', 'hardship_2020_21', '2020/21', 'award'), (2, '1001', 'hardship_2020_21', '2020/21', 'award'),
             (3, '1001', 'hardship_2020_21', '2021/22', 'award'), (4, '1002', 'council_tax_support', '2021/22', 'award'),
             (5, '1002', 'council_tax_support', '2021/22', 'decrease'), (6, '1002', 'council_tax_support', '2021/22', 'decrease'),
             (7, '1002', 'energy_rebate_2022', '2021/22', 'award')) x(n, account, fund, year, kind);
)");
    std::string all;
    for (const auto& finding : council.upgrade().findings) all += finding + "\n";
    CHECK(all.find("CP-3 (council_tax_posting): its fund is of 2020/21, it of 2021/22") != std::string::npos);
    CHECK(all.find("CP-7 (council_tax_posting): its fund is of 2022/23, it of 2021/22") != std::string::npos);
    CHECK(all.find("CT-2 (council_tax_account): it stands at -15000 pence from council_tax_support on 2020-06-01") !=
          std::string::npos);
    CHECK(all.find("CP-2 (council_tax_posting): another live award") != std::string::npos);
    CHECK(std::count(all.begin(), all.end(), '\n') == 4);
    CHECK(council.value("SELECT string_agg(code || ' ' || financial_year || ' ' || coalesce(automatic_pence, 0), ', ' "
                        "ORDER BY code) "
                        "FROM council_tax_fund") ==
          "council_tax_support 2021/22 0, energy_rebate_2022 2022/23 15000, hardship_2020_21 2020/21 15000");
    // Under the ids that codes lead to, so that new postings find them.
    CHECK(council.value("SELECT id FROM council_tax_fund WHERE code = 'hardship_2020_21'") ==
          db::ids::named("E08000007", "council_tax_fund", "hardship_2020_21"));
    CHECK(council.value("SELECT count(*) FROM council_tax_posting p JOIN council_tax_fund f ON f.id = p.fund_id AND "
                        "f.code = p.fund") == "7");
    CHECK(council.value("SELECT string_agg(action || ' ' || record_kind, ', ') FROM audit") == "");
    // An account that stands below nothing can be put right, and not made worse.
    council.run("UPDATE council_tax_posting SET voided = true, version = 2 WHERE reference = 'CP-6'");
    CHECK_THROWS(council.run("UPDATE council_tax_posting SET voided = true, version = 2 WHERE reference = 'CP-4'"));
}

TEST_CASE("what was corrected before fields were kept by day is known from the audit, each value for its time") {
    OldCouncil council{137};
    council.run(work);
    council.run(R"(
INSERT INTO household (authority_id, id, reference, address, postcode, ward, people, children, version, recorded_at, recorded_by)
SELECT 'E08000007', pg_temp.id(60 + n), 'HH-' || n, '3', 'SK1 3XE', NULL, 5, NULL, 4 - 3 * n, '2020-04-01Z', pg_temp.id(1)
FROM generate_series(0, 1) n;
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
SELECT 'E08000007', v.at, pg_temp.id(1), pg_temp.id(1), v.action, 'household', pg_temp.id(60), v.version, v.before, 'x'
FROM (VALUES (timestamptz '2020-04-01Z', 'create', 1, NULL::jsonb),
             ('2020-05-01Z', 'correct', 2, '{"people": 3, "address": "1", "postcode": "SK1 3XE"}'),
             ('2020-06-01Z', 'correct', 3, '{"people": 4, "address": "1", "postcode": "SK1 3XE"}'),
             ('2020-07-01Z', 'correct', 4, '{"people": 4, "address": "2", "postcode": "SK1 3XE"}')) v(at, action, version, before);
)");
    council.upgrade();
    const auto known = [&](const std::string& field) {
        return council.value(
            "SELECT string_agg(concat_ws(' ', f.value, 'by', f.version, to_char(f.known_from, 'MM'), "
            "to_char(f.known_until, 'MM')), "
            "', ' ORDER BY f.version) FROM dated_fact f WHERE f.field = '" +
            field + "' AND f.from_on = '-infinity'");
    };
    CHECK(known("people") == "3 by 1 04 05, 4 by 2 05 07, 5 by 4 07");
    CHECK(known("address") == "\"1\" by 1 04 06, \"2\" by 3 06 07, \"3\" by 4 07");
    CHECK(council.value("SELECT count(*) FROM dated_fact WHERE field NOT IN ('people', 'address')") == "0");
    CHECK(council.value("SELECT count(*) FROM dated_fact WHERE record_id::text LIKE '%61'") == "0");
}

TEST_CASE("the table of postcodes and wards becomes records, each with its audit line, and its wards stay listed") {
    OldCouncil council{140};
    council.run(work);
    council.run(R"(
INSERT INTO postcode_ward VALUES ('E08000007', 'ZZ1 0CC', 'Manor'), ('E08000007', 'ZZ1 1CC', 'Offerton');
INSERT INTO ward_listing VALUES ('E08000007', 'Manor', '2020-01-01Z'), ('E08000007', 'Offerton', '2020-01-01Z');
)");
    council.upgrade();
    CHECK(council.value("SELECT string_agg(p.postcode || ' ' || p.ward || ' ' || a.action, ', ' ORDER BY p.postcode) "
                        "FROM postcode p "
                        "JOIN audit a ON a.record_id = p.id AND a.version = p.version") ==
          "ZZ1 0CC Manor record, ZZ1 1CC Offerton record");
    CHECK(council.value("SELECT count(*) FROM ward_listing WHERE delisted_at IS NULL AND listed_at = '2020-01-01Z'") ==
          "2");
}

}  // namespace tideover::testing::upgrade_test
