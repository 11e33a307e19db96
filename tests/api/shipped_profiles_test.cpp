// The profiles that come with the program, each with its example: what would be recorded of it is.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "domain/council_tax/nouns.hpp"
#include "domain/imports/nouns.hpp"
#include "tests/api/imported.hpp"
#include "tests/api/world.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing::shipped_profiles_test {
namespace {

using nlohmann::json;

const std::string folder = root() + "/tools/profiles/";

std::string text_of(const std::string& name) {
    std::ifstream in{folder + name};
    REQUIRE(in.is_open());
    return {std::istreambuf_iterator<char>{in}, {}};
}

struct Example {
    std::string profile, file;
    Role role;
    int recorded, same, changed, faulty, left_out;
    std::string faults;
};

/// In the order in which they are sent: what rows name is there.
const Example examples[]{
    {"ons-postcodes", "ons-postcodes.csv", Role::admin, 2, 0, 0, 1, 0, "4 postcode invalid_postcode"},
    {"rating-list-ratepayers", "rating-list.csv", Role::grants_officer, 3, 0, 0, 1, 0, "5 legal_form not_a_choice"},
    {"rating-list-premises", "rating-list.csv", Role::grants_officer, 3, 0, 0, 1, 0,
     "5 business_id unknown_reference; 5 use not_a_choice"},
    {"council-tax-accounts", "council-tax-accounts.csv", Role::finance, 2, 0, 0, 1, 0, "4 postcode invalid_postcode"},
    {"council-tax-postings", "council-tax-postings.csv", Role::finance, 2, 0, 0, 1, 0,
     "4 account_reference unknown_reference"},
    {"shielding-feed", "shielding-feed.csv", Role::helpline, 2, 0, 1, 1, 1, "5 born_on invalid_day"},
    {"voucher-batches", "voucher-batches.csv", Role::grants_officer, 2, 0, 0, 1, 0, "4 household_id unknown_reference"},
    {"voucher-redemptions", "voucher-redemptions.csv", Role::grants_officer, 1, 0, 0, 1, 1,
     "4 voucher_id unknown_reference"},
    {"telephone-switch", "telephone-switch.csv", Role::helpline, 2, 0, 0, 1, 1, "5 started_at invalid_instant"},
    {"device-lists", "device-lists.csv", Role::admin, 2, 0, 0, 1, 0, "4 supplied_on invalid_day"},
    {"volunteer-people", "volunteer-lists.csv", Role::helpline, 2, 0, 0, 1, 1, "5 identifiers.0.value invalid_form"},
    {"volunteer-lists", "volunteer-lists.csv", Role::helpline, 2, 0, 0, 1, 1, "5 person_id unknown_reference"},
};

}  // namespace

TEST_CASE("each shipped profile reads its example: good rows are recorded, and those at fault are said to be") {
    Service service;
    World world{service};
    world.import_file(Role::helpline, "households", text_of("examples/households.csv"));
    world.fresh(nouns::council_tax_fund,
                {{"code", "hardship_2020_21"}, {"financial_year", "2020/21"}, {"automatic_pence", 15'000}});
    std::set<std::string> tried;
    for (const auto& one : examples) {
        CAPTURE(one.profile);
        if (one.profile == "voucher-redemptions")
            world.import_file(Role::grants_officer, "voucher-sends", text_of("examples/voucher-sends.csv"));
        const auto profile = text_of(one.profile + ".json");
        CHECK(outcome(world.post(one.role, "/v1/import-profiles", profile)) == "201");
        const auto import =
            world.import_file(one.role, json::parse(profile).at("kind").get<std::string>() + "?profile=" + one.profile,
                              text_of("examples/" + one.file));
        CHECK(import.at("state") == "done");
        const auto& rows = import.at("rows");
        const auto count = [&](const char* what) { return rows.at(what).get<int>(); };
        CHECK(faults_of(import) == one.faults);
        CHECK(count("recorded") == one.recorded);
        CHECK(count("same") == one.same);
        CHECK(count("changed") == one.changed);
        CHECK(count("faulty") == one.faulty);
        CHECK(count("left_out") == one.left_out);
        tried.insert(one.profile);
    }
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
        if (file.path().extension() == ".json") CHECK(tried.contains(file.path().stem().string()));
    }
    CHECK(
        world.sql("SELECT string_agg(rateable_value_pence || ' ' || use || ' ' || coalesce(reliefs::text, '') || ' ' "
                  "|| occupied, ', ' ORDER BY "
                  "rateable_value_pence) FROM premises WHERE address LIKE '%Invented%'") ==
        "1200000 retail {small_business} true, 1500000 hospitality {expanded_retail} true, 5100000 industrial  false");
    CHECK(world.sql("SELECT address FROM premises WHERE rateable_value_pence = 1200000") ==
          "Unit 1, Invented Parade, Stockport");
    CHECK(world.sql("SELECT name || ' ' || died_on FROM person WHERE died_on IS NOT NULL") ==
          "Eve Inventor 2020-05-05");
    CHECK(world.sql("SELECT string_agg(amount_pence::text, ' ' ORDER BY amount_pence) FROM council_tax_posting") ==
          "12050 15000");
}

}  // namespace tideover::testing::shipped_profiles_test
