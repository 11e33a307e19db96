// Figures by month, quarter and financial year, and by what their entries say of themselves.
#include <doctest/doctest.h>

#include "db/ledger/ledger.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/figures/period.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::parts_test {
namespace {

using nlohmann::json;

struct Council {
    Service service;
    World world{service};

    void call(const std::string& at, const json& more = json::object()) {
        json body{{"started_at", at + "T10:00:00Z"}, {"line", "coronavirus"}, {"counterparty", "resident"}};
        body.merge_patch(more);
        world.fresh(nouns::call, body);
    }
    Answer ask(const std::string& code, const std::string& query, Role role = Role::auditor, Headers headers = {}) {
        return world.get(role, "/v1/headlines/" + code + "/parts?" + query, std::move(headers));
    }
    json parts(const std::string& code, const std::string& query, Role role = Role::auditor) {
        const auto answer = ask(code, query, role);
        INFO(answer.body);
        REQUIRE(outcome(answer) == "200");
        return answer.json();
    }
    void fold() {
        service.seal();
        db::Connection owner{service.database().owner()};
        for (const auto& council : db::ledger::authorities(owner)) db::ledger::fold(owner, council);
    }
};

/// "2020-04 2, 2020-05 1", without parts in which nothing was counted.
std::string told(const json& answer) {
    std::string out;
    for (const auto& part : answer.at("parts")) {
        if (part.at("value") == 0) continue;
        out += (out.empty() ? "" : ", ") + (part.at("part").is_null() ? "?" : part.at("part").get<std::string>()) +
               " " + part.at("display").get<std::string>();
    }
    return out;
}

constexpr const char* calls = "helpline-calls-received";

}  // namespace

TEST_CASE("a figure by month, quarter and financial year comes to the figure, folded or not yet") {
    Council council;
    for (const auto* day : {"2020-03-31", "2020-04-01", "2020-04-30", "2020-07-01", "2021-01-31"}) council.call(day);
    council.call("2021-02-01");  // after its day
    for (const bool folded : {false, true}) {
        if (folded) council.fold();
        INFO(folded);
        const auto months = council.parts(calls, "by=month");
        CHECK(told(months) == "2020-03 1, 2020-04 2, 2020-07 1, 2021-01 1");
        CHECK(months.at("parts").size() == 11);
        CHECK(months.at("total").at("value") == 5);
        CHECK(told(council.parts(calls, "by=quarter")) == "2019/20 Q4 1, 2020/21 Q1 2, 2020/21 Q2 1, 2020/21 Q4 1");
        CHECK(told(council.parts(calls, "by=financial_year")) == "2019/20 1, 2020/21 4");
        const auto some = council.parts(calls, "by=month&from=2020-04-30&as_at=2021-02-28");
        CHECK(told(some) == "2020-04 1, 2020-07 1, 2021-01 1, 2021-02 1");
        CHECK(some.at("total").at("value") == 4);
    }
    council.call("2020-04-02");
    CHECK(told(council.parts(calls, "by=month&as_at=2020-04-30")) == "2020-03 1, 2020-04 3");
}

TEST_CASE("the parts of every figure are what its entries say, as known then and now") {
    auto& world = shared_world();
    for (const std::string day : {"2020-04-01", "2020-05-01", "2020-05-02"}) {
        world.fresh(nouns::call, {{"started_at", day + "T10:00:00Z"}, {"line", "coronavirus"}});
        world.fresh_in(nouns::parcel, "delivered", {{"referred_at", day + "T09:00:00Z"}});
    }
    const auto figures = world.get(Role::auditor, "/v1/headlines").json();
    int counted = 0;
    for (const auto& figure : figures.at("headlines")) {
        const auto code = figure.at("code").get<std::string>();
        const auto definition = world.get(Role::auditor, "/v1/headlines/" + code).json().at("definition");
        const auto quantity = definition.at("aggregate") == "count" ? "sign(e.quantity)" : "e.quantity";
        if (definition.at("aggregate") == "distinct") continue;
        const auto answer =
            world.get(Role::auditor, "/v1/headlines/" + code + "/parts?by=month&as_at=2026-03-31").json();
        for (const auto& part : answer.at("parts")) {
            INFO(code << " in " << part.at("part"));
            const auto entries =
                world.sql("SELECT coalesce(sum(" + std::string{quantity} +
                          "), 0)::bigint::text FROM entry e JOIN headline h ON h.figure = '" + code +
                          "' AND h.current AND h.authority_id = e.authority_id AND h.measure = e.measure "
                          "AND e.dims @@ h.condition AND e.happened_on >= h.from_day WHERE "
                          "to_char(e.happened_on, 'YYYY-MM') = '" +
                          part.at("part").get<std::string>() + "' AND e.authority_id = '" + world.authority() + "'");
            CHECK(std::to_string(part.at("value").get<std::int64_t>()) == entries);
            counted += part.at("value") != 0 ? 1 : 0;
        }
    }
    CHECK(counted > 1);
}

TEST_CASE("a household helped in two months is one, and stands in both") {
    Council council;
    auto& world = council.world;
    const auto household = world.fresh(nouns::household).at("id");
    for (const auto* day : {"2020-04-10", "2020-05-11", "2020-05-12"}) {
        const auto shop = world.fresh(
            nouns::food_shop,
            {{"household_id", household}, {"vulnerability_basis", "shielding"}, {"requested_on", "2020-04-01"}});
        world.take(nouns::food_shop, shop, "complete", {{"completed_on", day}});
    }
    for (const bool folded : {false, true}) {
        if (folded) council.fold();
        const auto months = council.parts("food-shop-households", "by=month");
        CHECK(told(months) == "2020-04 1, 2020-05 1");
        CHECK(months.at("total").at("value") == 1);
        CHECK(told(council.parts("food-shop-households", "by=financial_year")) == "2020/21 1");
        CHECK(council.parts("food-shop-households", "by=month&from=2020-05-01").at("total").at("value") == 1);
        CHECK(council.parts("food-shop-households", "by=month&from=2020-06-01").at("total").at("value") == 0);
    }
}

TEST_CASE("a figure by a dimension has a part for each of its values, and as CSV a row") {
    Council council;
    auto& world = council.world;
    council.call("2020-04-01");
    council.call("2020-04-02", {{"outcome", "abandoned"}});
    CHECK(told(council.parts(calls, "by=line")) == "coronavirus 1");
    const auto rows = council.ask(calls, "by=line", Role::auditor, {{"Accept", "text/csv"}});
    CHECK(rows.body == "\xEF\xBB\xBFpart,value,display,withheld\r\ncoronavirus,1,1,false\r\n");
    for (const std::string ward : {"Manor", "Manor", "Reddish"}) {
        const auto person = world.fresh(nouns::person, {{"ward", ward}});
        world.fresh(nouns::volunteer, {{"person_id", person.at("id")}});
    }
    CHECK(told(council.parts("new-volunteers", "by=ward")) == "Manor 2, Reddish 1");
    const auto wards = world.get(Role::auditor, "/v1/headlines/new-volunteers/wards").json();
    CHECK(wards.at("total") == council.parts("new-volunteers", "by=ward").at("total"));
}

TEST_CASE("the public sees no small counts of people in a part, nor two tables that lie beside each other") {
    Council council;
    for (int i = 0; i < 6; ++i) council.call("2020-04-01");
    council.call("2020-05-01");
    council.service.seal();
    const auto shown = council.parts(calls, "by=month", Role::everyone);
    CHECK(shown.at("total").at("value") == 7);
    for (const auto& part : shown.at("parts")) {
        // Of a small count and one other, each would give the other away.
        const bool withheld = part.at("part") == "2020-04" || part.at("part") == "2020-05";
        INFO(part);
        CHECK(part.at("withheld") == withheld);
        CHECK(part.at("value").is_null() == withheld);
    }
    for (const std::string query : {"from=2020-04-02", "as_at=2020-12-31", "known_at=2099-01-01T00:00:00Z"}) {
        CHECK(outcome(council.ask(calls, "by=month&" + query, Role::everyone)) == "403 forbidden");
        CHECK(council.ask(calls, "by=month&" + query).status == 200);
    }
    // A quarter less its other months would be a month that is withheld.
    for (const std::string by : {"by=quarter", "by=financial_year"}) {
        CHECK(outcome(council.ask(calls, by, Role::everyone)) == "403 forbidden");
        CHECK(outcome(council.ask("ppe-items", by, Role::everyone)) == "200");
    }
    CHECK(outcome(council.ask("ppe-items", "by=month&from=2020-04-01", Role::everyone)) == "200");
}

TEST_CASE("what no figure can be divided by is refused, with what it can") {
    Council council;
    for (const std::string query : {"by=colour", "by=", "by=MONTH", "from=2020-01-01", "by=month&from=2021-02-01",
                                    "by=month&from=2020-02-30", "by=month&as_at=2090-01-01"}) {
        INFO(query);
        CHECK(outcome(council.ask(calls, query)) == "400 invalid-parameter");
    }
    CHECK(council.ask(calls, "by=colour").body.find("month, quarter, financial_year, line") != std::string::npos);
    CHECK(outcome(council.ask(calls, "by=month&until=2020-04-01")) == "400 unknown-parameter");
    CHECK(outcome(council.ask("no-such-figure", "by=month")) == "404 not-found");
}

}  // namespace tideover::testing::parts_test
