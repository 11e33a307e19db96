// What was done with a record, for whoever may read it; and the steps it took, with all that was said.
#include <doctest/doctest.h>

#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/imported.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::history_test {

using nlohmann::json;

TEST_CASE("whoever reads a record reads its history: who did what and why, what it said before, and by which import") {
    auto& world = shared_world();
    const auto import = world.import_file(Role::helpline, "persons", "name\r\nHattie Historic\r\n");
    const auto id = world.sql("SELECT id FROM person WHERE name = 'Hattie Historic'");
    REQUIRE(world
                .post(Role::helpline, "/v1/persons/" + id + "/corrections",
                      R"({"reason": "Her other name.", "changes": {"name": "Hattie History"}})", "\"1\"")
                .status == 200);
    const auto told = world.get(Role::helpline, "/v1/persons/" + id + "/history").json().at("items");
    REQUIRE(told.size() == 2);
    CHECK(told[0].at("action") == "correct");
    CHECK(told[0].at("reason") == "Her other name.");
    CHECK(told[0].at("before").at("name") == "Hattie Historic");
    CHECK(told[0].at("import").is_null());
    CHECK(told[1].at("import") == "/v1/imports/" + import.at("id").get<std::string>());
    const auto oldest = world.get(Role::helpline, "/v1/persons/" + id + "/history?sort=recorded&limit=1").json();
    CHECK(oldest.at("items")[0].at("action") == "record");
    CHECK(
        world.get(Role::helpline, "/v1/persons/" + id + "/history", {{"Accept", "text/csv"}}).body.find("Her other") !=
        std::string::npos);
    CHECK(outcome(world.get(Role::finance, "/v1/persons/" + id + "/history")) ==
          outcome(world.get(Role::finance, "/v1/persons/" + id)));
}

TEST_CASE(
    "the history of a restricted record, or of another partner's, is not there, and private fields are in nobody's") {
    auto& world = shared_world();
    const auto hidden = world.fresh(nouns::person, {{"restricted", true}});
    const auto at = "/v1/persons/" + hidden.at("id").get<std::string>();
    const Headers other{{"Authorization", "Bearer " + world.service().token("helpline", "reads-no-history")}};
    CHECK(outcome(world.get(Role::everyone, at + "/history", other)) == "404 not-found");
    int readers = 0;
    for (const auto role : {Role::helpline, Role::finance, Role::partner, Role::auditor, Role::admin}) {
        const auto read = outcome(world.get(role, at));
        CHECK(outcome(world.get(role, at + "/history")) == read);
        readers += read == "200" ? 1 : 0;
    }
    CHECK(readers > 0);
    const auto application = world.fresh(nouns::application);
    const auto of = "/v1/applications/" + application.at("id").get<std::string>();
    REQUIRE(outcome(world.correct(nouns::application, application, {{"payee", {{"account_number", "66374958"}}}})) ==
            "200");
    CHECK(world.get(Role::grants_officer, of + "/history").body.find("payee_account_number") != std::string::npos);
    CHECK(world.get(Role::auditor, of + "/history").body.find("payee_account_number") == std::string::npos);
}

TEST_CASE("whoever decides reads what was assessed, each time, and by whom") {
    auto& world = shared_world();
    const auto application = world.fresh(nouns::application);
    const auto at = "/v1/applications/" + application.at("id").get<std::string>();
    CHECK(world.get(Role::grants_approver, at + "/assessments").json().at("items").empty());
    const auto assessed = world.take(nouns::application, application, "assess",
                                     {{"assessment_note", "Trades from the premises; seen the lease."}});
    REQUIRE(assessed.at("state") == "assessed");
    const auto told = world.get(Role::grants_approver, at + "/assessments").json().at("items");
    REQUIRE(told.size() == 1);
    CHECK(told[0].at("assessment_note") == "Trades from the premises; seen the lease.");
    CHECK(told[0].at("recommendation") == assessed.at("recommendation"));
    CHECK(told[0].at("by").at("id") == assessed.at("assessed_by"));
    CHECK(outcome(world.get(Role::helpline, at + "/assessments")) == "403 forbidden");
    CHECK(outcome(world.get(Role::grants_approver, "/v1/applications/" + Service::fresh_key() + "/assessments")) ==
          "404 not-found");
}

}  // namespace tideover::testing::history_test
