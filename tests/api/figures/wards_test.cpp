// Figures by ward: parts that come to the whole, and small counts of people that the public does not see.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing::wards_test {
namespace {

using nlohmann::json;

/// A service of its own, where volunteers register in wards.
struct Council {
    Service service{{"--workers", "2"}};
    World world{service};

    json volunteers(const std::string& ward, int many, const std::string& day = "2020-05-01") {
        json last;
        for (int i = 0; i < many; ++i) {
            const auto person = world.fresh(nouns::person, ward.empty() ? json::object() : json{{"ward", ward}});
            last = world.fresh(nouns::volunteer, {{"person_id", person.at("id")}, {"registered_on", day}});
        }
        return last;
    }
    Answer ask(Role role, const std::string& code, const std::string& query = {}, Headers headers = {}) {
        return world.get(role, "/v1/headlines/" + code + "/wards" + query, std::move(headers));
    }
    json wards(Role role, const std::string& code, const std::string& query = {}) {
        const auto answer = ask(role, code, query);
        INFO(answer.body);
        REQUIRE(outcome(answer) == "200");
        return answer.json();
    }
};

/// What came of a file of postcodes and wards.
json import_wards(World& world, const std::string& csv) {
    const auto import = world.import_file(Role::admin, "postcodes", csv);
    CHECK(import.at("state") == "done");
    return import.at("rows");
}
std::string invented_wards() {
    std::ifstream in{root() + "/tools/invented_wards.csv"};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// "Manor 5, Reddish withheld", in the answer's order.
std::string told(const json& answer) {
    std::string out;
    for (const auto& part : answer.at("wards")) {
        CHECK(part.at("withheld") == part.at("value").is_null());
        out += (out.empty() ? "" : ", ") + (part.at("ward").is_null() ? "?" : part.at("ward").get<std::string>()) +
               " " + part.at("display").get<std::string>();
    }
    return out;
}

}  // namespace

TEST_CASE("staff see a figure by ward, and its parts come to the figure") {
    Council council;
    council.volunteers("Manor", 2);
    council.volunteers("Reddish", 1);
    council.volunteers("", 1);
    council.volunteers("Manor", 1, "2021-02-15");
    const auto now = council.wards(Role::helpline, "new-volunteers");
    CHECK(told(now) == "? 1, Manor 2, Reddish 1");
    CHECK(now.at("total").at("value") == 4);
    CHECK(told(council.wards(Role::auditor, "new-volunteers", "?as_at=2021-02-28")) == "? 1, Manor 3, Reddish 1");
    const auto known_at = council.service.seal();
    council.volunteers("Bramhall", 1);
    CHECK(told(council.wards(Role::auditor, "new-volunteers", "?known_at=" + known_at)) == "? 1, Manor 2, Reddish 1");
    CHECK(told(council.wards(Role::auditor, "new-volunteers")) == "? 1, Bramhall 1, Manor 2, Reddish 1");
    const auto csv = council.ask(Role::auditor, "new-volunteers", {}, {{"Accept", "text/csv"}}).body;
    CHECK(
        csv.starts_with("\xEF\xBB\xBF"
                        "ward,value,display,withheld\r\n"));
    CHECK(csv.find("Manor,2,2,false\r\n") != std::string::npos);
}

TEST_CASE("a person known twice counts in one ward, the last") {
    Council council;
    const auto first = council.volunteers("Manor", 1, "2020-05-01");
    const auto second = council.volunteers("Reddish", 1, "2020-05-02");
    const json merge{{"kind", "person"},
                     {"from_id", first.at("person_id")},
                     {"into_id", second.at("person_id")},
                     {"reason", "the same"}};
    REQUIRE(outcome(council.world.post(Role::helpline, "/v1/merges", merge.dump())) == "201");
    const auto now = council.wards(Role::helpline, "new-volunteers");
    CHECK(told(now) == "Reddish 1");
    CHECK(now.at("total").at("value") == 1);
}

TEST_CASE("the public does not see small counts of people, nor what would give one away") {
    Council council;
    council.volunteers("Manor", 3);
    council.volunteers("Reddish", 6);
    council.volunteers("Bramhall", 7);
    for (const auto role : {Role::everyone, Role::partner}) {
        const auto seen = council.wards(role, "new-volunteers");
        CHECK(told(seen) == "Bramhall 7, Manor withheld, Reddish withheld");
        CHECK(seen.at("total").at("value") == 16);
    }
    const auto csv = council.ask(Role::everyone, "new-volunteers", {}, {{"Accept", "text/csv"}}).body;
    CHECK(csv.find("Manor,,withheld,true\r\n") != std::string::npos);
    CHECK(told(council.wards(Role::finance, "new-volunteers")) == "Bramhall 7, Manor 3, Reddish 6");
    council.volunteers("Manor", 2);
    CHECK(told(council.wards(Role::everyone, "new-volunteers")) == "Bramhall 7, Manor 5, Reddish 6");
}

TEST_CASE("a single ward with a small count hides among the council's other wards, or is not named at all") {
    Council council;
    council.volunteers("Manor", 3);
    const auto bare = council.wards(Role::everyone, "new-volunteers");
    CHECK(bare.at("wards").empty());
    CHECK(bare.at("total").at("value") == 3);
    CHECK(told(council.wards(Role::auditor, "new-volunteers")) == "Manor 3");
    REQUIRE(import_wards(council.world, invented_wards()).at("recorded") == 210);
    const auto among = council.wards(Role::everyone, "new-volunteers").at("wards");
    CHECK(among.size() == 21);
    for (const auto& part : among) CHECK(part.at("withheld") == true);
    const auto staff = council.wards(Role::auditor, "new-volunteers");
    CHECK(staff.at("wards").size() == 21);
    CHECK(told(staff).find("Manor 3, Marple North 0") != std::string::npos);
}

TEST_CASE("a ward's vouchers are withheld by how many households they went to, not by their number") {
    Council council;
    auto& world = council.world;
    const auto sent = [&](const json& household, int many) {
        for (int i = 0; i < many; ++i) {
            world.fresh_in(nouns::voucher, "sent", {{"household_id", household.at("id")}, {"purpose", "holiday_food"}});
        }
    };
    const auto household = [&](const std::string& ward) { return world.fresh(nouns::household, {{"ward", ward}}); };
    sent(household("Manor"), 6);
    for (int i = 0; i < 5; ++i) sent(household("Reddish"), 1);
    for (int i = 0; i < 6; ++i) sent(household("Bramhall"), 1);
    CHECK(told(council.wards(Role::everyone, "holiday-vouchers")) == "Bramhall 6, Manor withheld, Reddish withheld");
    CHECK(told(council.wards(Role::grants_officer, "holiday-vouchers")) == "Bramhall 6, Manor 6, Reddish 5");
}

TEST_CASE("the public sees counts of people as at the claim's day only, so that two answers tell nobody apart") {
    Council council;
    council.volunteers("Manor", 6);
    const auto known_at = council.service.seal();
    for (const auto& query : {std::string{"?as_at=2020-05-01"}, "?known_at=" + known_at}) {
        CHECK(outcome(council.ask(Role::everyone, "new-volunteers", query)) == "403 forbidden");
        CHECK(outcome(council.ask(Role::auditor, "new-volunteers", query)) == "200");
        CHECK(outcome(council.ask(Role::everyone, "mutual-aid-groups", query)) == "200");
    }
}

TEST_CASE("what is no person is shown however few, and what has no ward is not there") {
    Council council;
    council.world.fresh_in(nouns::mutual_aid_group, "active", {{"ward", "Manor"}, {"established_on", "2020-05-01"}});
    CHECK(told(council.wards(Role::everyone, "mutual-aid-groups")) == "Manor 1");
    for (const std::string code : {"ppe-items", "helpline-calls-received", "no-such-figure"}) {
        CHECK(outcome(council.ask(Role::everyone, code)) == "404 not-found");
    }
}

TEST_CASE("a record with a postcode and no ward takes the ward of its postcode, and what it counts has that ward") {
    Council council;
    auto& world = council.world;
    REQUIRE(import_wards(world, invented_wards()).at("recorded") == 210);
    const auto given = world.fresh(nouns::household, {{"postcode", "zz70cc"}, {"ward", "Elsewhere"}});
    CHECK(given.at("ward") == "Elsewhere");
    CHECK(world.fresh(nouns::household, {{"postcode", "SK9 9ZZ"}}).at("ward").is_null());
    for (const auto* noun : {&nouns::household, &nouns::person, &nouns::business, &nouns::premises,
                             &nouns::organisation, &nouns::council_tax_account}) {
        INFO(noun->name);
        const auto record = world.fresh(*noun, {{"postcode", "zz70cc"}});
        CHECK(record.at("ward") == "Bramhall North");
        CHECK(world.sql("SELECT ward FROM " + std::string{noun->name} + " WHERE id = '" +
                        record.at("id").get<std::string>() + "'") == "Bramhall North");
    }
    const auto person = world.fresh(nouns::person, {{"postcode", "ZZ1 0CC"}});
    const auto volunteer = world.fresh(nouns::volunteer, {{"person_id", person.at("id")}});
    CHECK(volunteer.at("ward") == "Brinnington and Central");
    CHECK(world.sql("SELECT dims ->> 'ward' FROM entry WHERE record_id = '" + volunteer.at("id").get<std::string>() +
                    "'") == "Brinnington and Central");
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

TEST_CASE("a corrected postcode takes its ward along, unless the correction says another or the ward is not known") {
    Council council;
    auto& world = council.world;
    REQUIRE(import_wards(world, "Postcode,Ward\nZZ1 0CC,Manor\nZZ1 1CC,Offerton\n").at("recorded") == 2);
    for (const auto* noun : {&nouns::household, &nouns::person, &nouns::business, &nouns::premises,
                             &nouns::organisation, &nouns::council_tax_account}) {
        INFO(noun->name);
        auto record = world.fresh(*noun, {{"postcode", "ZZ1 0CC"}});
        const auto ward_after = [&](const json& changes) {
            const auto answer = world.correct(*noun, record, changes);
            if (answer.status != 200) return outcome(answer);
            record = answer.json();
            return record.at("ward").get<std::string>();
        };
        CHECK(ward_after({{"postcode", "zz11cc"}}) == "Offerton");
        CHECK(ward_after({{"postcode", "ZZ1 0CC"}, {"ward", "Reddish"}}) == "Reddish");
        // The same postcode in another spelling moves nobody.
        CHECK(ward_after({{"postcode", "zz10cc"}, {"ward", "Heald Green"}}) == "Heald Green");
        CHECK(ward_after({{"postcode", "SK9 9ZZ"}}) == "Heald Green");
        CHECK(ward_after({{"postcode", "ZZ1 0CC"}}) == "Manor");
    }
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

TEST_CASE("what a file says otherwise of a postcode is a correction, a bad row costs no other, and no record changes") {
    Council council;
    auto& world = council.world;
    const auto wards = [&] {
        return world.sql(
            "SELECT string_agg(postcode || ' ' || ward, ', ' ORDER BY postcode) FROM postcode WHERE NOT voided");
    };
    CHECK(import_wards(world, "Postcode,Ward\nZZ1 0CC,Manor\nZZ1 1CC,Offerton\n").at("recorded") == 2);
    const auto record = world.fresh(nouns::person, {{"postcode", "ZZ1 0CC"}});
    const auto rows = import_wards(world, "Postcode,Ward\nzz10cc,Reddish\nnowhere,Manor\nZZ1 1CC,Offerton\n");
    CHECK(rows.at("changed") == 1);
    CHECK(rows.at("same") == 1);
    CHECK(rows.at("faulty") == 1);
    CHECK(wards() == "ZZ1 0CC Reddish, ZZ1 1CC Offerton");
    CHECK(world.get(Role::helpline, "/v1/persons/" + record.at("id").get<std::string>()).json().at("ward") == "Manor");
    CHECK(world.fresh(nouns::person, {{"postcode", "ZZ1 0CC"}}).at("ward") == "Reddish");
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

TEST_CASE("a void postcode gives no ward, and its ward leaves the council's list with the last of its postcodes") {
    Council council;
    auto& world = council.world;
    const auto one = world.fresh(nouns::ward_postcode, {{"postcode", "ZZ1 0CC"}, {"ward", "Manor"}});
    const auto other = world.fresh(nouns::ward_postcode, {{"postcode", "ZZ1 1CC"}, {"ward", "Manor"}});
    const auto listed = [&] {
        return world.sql(
            "SELECT coalesce(string_agg(ward, ' ' ORDER BY ward), '') FROM ward_listing WHERE delisted_at IS NULL");
    };
    CHECK(listed() == "Manor");
    CHECK(outcome(world.make_void(nouns::ward_postcode, one)) == "200");
    CHECK(listed() == "Manor");
    CHECK(world.fresh(nouns::person, {{"postcode", "ZZ1 0CC"}}).at("ward").is_null());
    CHECK(outcome(world.correct(nouns::ward_postcode, other, {{"ward", "Reddish"}})) == "200");
    CHECK(listed() == "Reddish");
}

TEST_CASE("a record made void decides no ward: whom two records count lives where the one that stands says") {
    Council council;
    auto& world = council.world;
    const auto person = world.fresh(nouns::person, {{"ward", "Manor"}});
    world.fresh(nouns::volunteer, {{"person_id", person.at("id")}, {"registered_on", "2020-04-01"}});
    const auto moved = world.correct(nouns::person, person, {{"ward", "Reddish"}}).json();
    const auto second = world.fresh(nouns::person, {{"ward", "Offerton"}});
    const auto wrong = world.fresh(nouns::volunteer, {{"person_id", second.at("id")}, {"registered_on", "2020-05-01"}});
    world.fresh(nouns::merge, {{"kind", "person"}, {"from_id", second.at("id")}, {"into_id", moved.at("id")}});
    CHECK(told(council.wards(Role::auditor, "new-volunteers")) == "Offerton 1");
    REQUIRE(outcome(world.make_void(nouns::volunteer, wrong)) == "200");
    CHECK(told(council.wards(Role::auditor, "new-volunteers")) == "Manor 1");
}

TEST_CASE("a sealed table of wards names the wards of its time, whatever list is imported later") {
    Council council;
    auto& world = council.world;
    const auto file = [&](const std::string& rows) { import_wards(world, "Postcode,Ward\n" + rows); };
    file("ZZ1 0CC,Manor\nZZ1 1CC,Offerton\n");
    council.volunteers("Manor", 6);
    const auto known_at = council.service.seal();
    const auto sealed = [&] { return council.ask(Role::auditor, "new-volunteers", "?known_at=" + known_at).body; };
    const auto before = sealed();
    CHECK(before.find("Offerton") != std::string::npos);
    file("ZZ1 0CC,Manor\nZZ1 1CC,Reddish\n");
    CHECK(sealed() == before);
    // Nothing was recorded since: what is known now is what was sealed.
    CHECK(told(council.wards(Role::auditor, "new-volunteers")) == "Manor 6, Offerton 0");
    world.fresh(nouns::call);
    CHECK(told(council.wards(Role::auditor, "new-volunteers")) == "Manor 6, Reddish 0");
    const auto later = council.service.seal();
    CHECK(council.ask(Role::auditor, "new-volunteers", "?known_at=" + later).body.find("Reddish") != std::string::npos);
    CHECK(sealed() == before);
}

}  // namespace tideover::testing::wards_test
