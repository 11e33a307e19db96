// What waits for whom: the page that a day begins with.
#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::work_test {
namespace {

using nlohmann::json;

/// A queue as the role has it; null where it has none of that code.
json queue(World& world, Role role, const std::string& code, const Headers& headers = {}) {
    const auto all = world.get(role, "/v1/work", headers).json();
    for (const auto& one : all.at("items")) {
        if (one.at("code") == code) return one;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a queue says how much waits, since when and how much is at stake, and leads to its list") {
    Service service;
    World world{service};
    const auto none = queue(world, Role::grants_officer, "applications-to-assess");
    CHECK(none.at("count") == 0);
    CHECK(none.at("oldest").is_null());
    CHECK(none.at("value_pence").is_null());
    const auto first = world.fresh(nouns::application, {{"received_on", "2020-04-20"}, {"requested_pence", 1'000'000}});
    world.fresh(nouns::application, {{"received_on", "2020-04-27"}, {"requested_pence", 500'000}});
    const auto voided = world.fresh(nouns::application, {{"received_on", "2020-04-14"}});
    REQUIRE(outcome(world.make_void(nouns::application, voided)) == "200");
    const auto waits = queue(world, Role::grants_officer, "applications-to-assess");
    INFO(waits.dump());
    CHECK(waits.at("count") == 2);
    CHECK(waits.at("oldest") == "2020-04-20");
    CHECK(waits.at("value_pence") == 1'500'000);
    const auto list = world.get(Role::grants_officer, waits.at("href").get<std::string>());
    REQUIRE(outcome(list) == "200");
    CHECK(list.json().at("items").size() == 2);
    CHECK(list.json().at("items")[0].at("id") == first.at("id"));
}

TEST_CASE("whoever assessed an application has it in no queue of theirs: somebody else decides it") {
    Service service;
    World world{service};
    const auto application = world.fresh(nouns::application);
    const auto assessed = world.take(nouns::application, application, "assess");
    const Headers self{
        {"Authorization",
         "Bearer " + service.token("grants_approver", world.sql("SELECT key FROM staff WHERE id = '" +
                                                                assessed.at("assessed_by").get<std::string>() + "'"))}};
    CHECK(queue(world, Role::everyone, "applications-to-decide", self).at("count") == 0);
    const Headers other{{"Authorization", "Bearer " + service.token("grants_approver", "decides-others")}};
    const auto waits = queue(world, Role::everyone, "applications-to-decide", other);
    CHECK(waits.at("count") == 1);
    CHECK(waits.at("value_pence") == assessed.at("amount_pence"));
}

TEST_CASE("each role has the queues whose step it may take, and a partner only what is its own") {
    Service service;
    World world{service};
    world.fresh(nouns::parcel, {{"delivered_by", std::string{Recipes::partner}}});
    world.fresh(nouns::organisation, {{"code", "another-partner"}, {"kind", "partner"}});
    world.fresh(nouns::parcel, {{"delivered_by", "another-partner"}});
    CHECK(queue(world, Role::helpline, "parcels-to-deliver").at("count") == 2);
    CHECK(queue(world, Role::partner, "parcels-to-deliver").at("count") == 1);
    CHECK(queue(world, Role::finance, "parcels-to-deliver").is_null());
    CHECK(!queue(world, Role::finance, "payments-to-settle").is_null());
    CHECK(world.get(Role::auditor, "/v1/work").json().at("items").empty());
    CHECK(outcome(world.get(Role::everyone, "/v1/work")) == "401 unauthenticated");
}

}  // namespace tideover::testing::work_test
