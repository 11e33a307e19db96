// What is called how, that others name by id: one question for a page.
#include <doctest/doctest.h>

#include <map>

#include "db/core/ids.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::names_test {
namespace {

using nlohmann::json;

json names(World& world, Role role, const std::vector<json>& ids) {
    std::string all;
    for (const auto& id : ids) all += (all.empty() ? "" : ",") + id.get<std::string>();
    const auto answer = world.get(role, "/v1/names?ids=" + all);
    REQUIRE(outcome(answer) == "200");
    return answer.json().at("items");
}

}  // namespace

TEST_CASE("one question names businesses, premises and people of a page, with where each is read") {
    auto& world = shared_world();
    const auto business = world.fresh(nouns::business, {{"name", "Named Trading Ltd"}});
    const auto premises = world.fresh(nouns::premises, {{"address", "7 Named Street"}});
    const auto told = names(world, Role::grants_officer,
                            {business.at("id"), premises.at("id"), business.at("recorded_by"), db::ids::fresh()});
    REQUIRE(told.size() == 3);
    std::map<std::string, json> by_id;
    for (const auto& one : told) by_id[one.at("id").get<std::string>()] = one;
    const auto& named = by_id.at(business.at("id").get<std::string>());
    CHECK(named.at("kind") == "business");
    CHECK(named.at("reference") == business.at("reference"));
    CHECK(named.at("title").get<std::string>().find("Named Trading Ltd") != std::string::npos);
    CHECK(outcome(world.get(Role::grants_officer, named.at("href").get<std::string>())) == "200");
    CHECK(by_id.at(premises.at("id").get<std::string>()).at("title").get<std::string>().find("7 Named Street") !=
          std::string::npos);
    const auto& person = by_id.at(business.at("recorded_by").get<std::string>());
    CHECK(person.at("kind") == "staff");
    CHECK(person.at("title") ==
          world.sql("SELECT name FROM staff WHERE id = '" + business.at("recorded_by").get<std::string>() + "'"));
    // Who may not read members of staff learns the name alone.
    CHECK(person.at("href").is_null());
    CHECK(!names(world, Role::auditor, {business.at("recorded_by")})[0].at("href").is_null());
}

TEST_CASE("what somebody may not read has no name for them: a kind, a restricted record, another council's") {
    auto& world = shared_world();
    const auto business = world.fresh(nouns::business), person = world.fresh(nouns::person, {{"restricted", true}});
    CHECK(names(world, Role::partner, {business.at("id")}).empty());
    int named = 0;
    for (const auto role : {Role::helpline, Role::finance, Role::partner, Role::auditor, Role::admin}) {
        const bool read = outcome(world.get(role, "/v1/persons/" + person.at("id").get<std::string>())) == "200";
        CHECK(names(world, role, {person.at("id")}).empty() != read);
        named += read ? 1 : 0;
    }
    CHECK(named > 0);
    CHECK(named < 5);
    static World elsewhere{world.service(), "E08000010"};
    const auto theirs = elsewhere.fresh(nouns::business);
    CHECK(names(world, Role::grants_officer, {theirs.at("id"), theirs.at("recorded_by")}).empty());
}

TEST_CASE("what is no id, or more than fifty, is refused") {
    auto& world = shared_world();
    const auto ask = [&](const std::string& ids) { return outcome(world.get(Role::helpline, "/v1/names" + ids)); };
    CHECK(ask("") == "400 invalid-parameter");
    CHECK(ask("?ids=") == "400 invalid-parameter");
    CHECK(ask("?ids=not-an-id-but-as-long-as-one-of-them") == "400 invalid-parameter");
    std::string many = db::ids::fresh();
    for (int i = 1; i < 50; ++i) many += "," + db::ids::fresh();
    CHECK(ask("?ids=" + many) == "200");
    CHECK(ask("?ids=" + many + "," + db::ids::fresh()) == "400 invalid-parameter");
}

}  // namespace tideover::testing::names_test
