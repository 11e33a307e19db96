// The figures: their fixed shape, their values as at a day and as known at a seal, and the evidence behind them.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/figures/measures.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::headlines_test {
namespace {

using nlohmann::json;

json headlines(World& world, const std::string& query = {}) {
    const auto answer = world.get(Role::everyone, "/v1/headlines" + query);
    REQUIRE(outcome(answer) == "200");
    return answer.json();
}

json figure(const json& all, const std::string& code) {
    for (const auto& one : all.at("headlines")) {
        if (one.at("code") == code) return one;
    }
    throw std::runtime_error("no figure " + code);
}

/// A service of its own, with a little of everything recorded.
struct Council {
    Service service{{"--workers", "2"}};
    World world{service};
    json sbgf = world.open_scheme({{"code", "sbgf"}});
    json rhlgf = world.open_scheme({{"code", "rhlgf"}});

    json paid(const std::string& scheme, const std::string& entry_day, const json& business = nullptr) {
        json body{{"scheme", scheme}};
        if (!business.is_null()) {
            body["business_id"] = business;
            body["premises_id"] = world.fresh(nouns::premises, {{"business_id", business}}).at("id");
        }
        const auto application = world.fresh_in(nouns::application, "approved", body);
        const auto payment = world.fresh(nouns::payment, {{"award_id", application.at("award_id")}});
        return world.take(nouns::payment, payment, "settle", {{"entry_day", entry_day}});
    }
    json call(const std::string& day, const json& more = json::object()) {
        json body{{"started_at", day + "T10:00:00Z"}};
        body.update(more);
        return world.fresh(nouns::call, body);
    }
    json volunteer(const std::string& day) { return world.fresh(nouns::volunteer, {{"registered_on", day}}); }
};

/// Every page of what stands behind a figure.
json behind(World& world, const std::string& code, const std::string& part, const std::string& query = "limit=2") {
    auto out = json::array();
    for (std::string cursor;;) {
        const auto answer = world.get(Role::auditor, "/v1/headlines/" + code + "/" + part + "?" + query +
                                                         (cursor.empty() ? "" : "&cursor=" + cursor));
        REQUIRE(outcome(answer) == "200");
        const auto page = answer.json();
        for (const auto& item : page.at("items")) out.push_back(item);
        if (page.at("next").is_null()) return out;
        cursor = page.at("next");
    }
}

std::string aggregate_of(World& world, const std::string& code) {
    return world.get(Role::everyone, "/v1/headlines/" + code).json().at("definition").at("aggregate");
}

/// How many figures the plan in the schema has, those beside others left out.
std::size_t figures_of_plan(World& world) {
    return std::stoul(
        world.sql("SELECT count(*) FROM headline WHERE authority_id = '" + world.authority() + "' AND beside IS NULL"));
}

/// Whether records and subjects bear the figure out.
void evidence_holds(World& world, const json& one, const std::string& query) {
    const auto code = one.at("code").get<std::string>();
    INFO(code);
    const auto aggregate = aggregate_of(world, code);
    const auto records = behind(world, code, "records", query), subjects = behind(world, code, "subjects", query);
    std::int64_t sum = 0;
    for (const auto& record : records) {
        const auto quantity = record.at("quantity").get<std::int64_t>();
        sum += aggregate == "sum" ? quantity : quantity > 0 ? 1 : -1;
    }
    if (aggregate != "distinct") CHECK(sum == one.at("value"));
    if (aggregate == "distinct") CHECK(static_cast<std::int64_t>(subjects.size()) == one.at("value"));
    CHECK(static_cast<std::int64_t>(records.size()) == one.at("evidence").at("entries"));
    for (const auto& subject : subjects) CHECK(subject.at("net") > 0);
}

}  // namespace

TEST_CASE("the headlines have the shape that clients rely on") {
    Council council;
    council.call("2020-04-02");
    const auto answer = headlines(council.world);
    CHECK(answer.at("authority") == "E08000007");
    CHECK(answer.at("from") == "2020-03-11");
    CHECK(answer.at("as_at") == "2021-01-31");
    CHECK(answer.at("known_at").get<std::string>().ends_with("Z"));
    CHECK(answer.at("sealed").is_boolean());
    REQUIRE(answer.at("headlines").size() == figures_of_plan(council.world));
    std::set<std::string> codes;
    for (const auto& one : answer.at("headlines")) {
        INFO(one.dump());
        codes.insert(one.at("code").get<std::string>());
        for (const std::string text : {"code", "title", "unit", "display"}) CHECK(one.at(text).is_string());
        for (const std::string number : {"value", "provisional", "live"}) CHECK(one.at(number).is_number_integer());
        const auto& claim = one.at("claim");
        for (const std::string text : {"text", "comparator", "from", "as_at"}) CHECK(claim.at(text).is_string());
        for (const std::string number : {"value", "precision"}) CHECK(claim.at(number).is_number_integer());
        CHECK((one.at("verdict") == "matches" || one.at("verdict") == "warns" || one.at("verdict") == "differs"));
        CHECK(one.contains("reason") == (one.at("verdict") != "matches"));
        const auto& evidence = one.at("evidence");
        for (const std::string number : {"entries", "definition_version"})
            CHECK(evidence.at(number).is_number_integer());
        CHECK(evidence.at("digest").get<std::string>().starts_with("sha256:"));
        CHECK(evidence.at("digest").get<std::string>().size() == 7 + 64);
        CHECK(evidence.at("records") == "/v1/headlines/" + one.at("code").get<std::string>() + "/records");
        CHECK(evidence.at("subjects") == "/v1/headlines/" + one.at("code").get<std::string>() + "/subjects");
    }
    CHECK(codes.size() == answer.at("headlines").size());
    CHECK(figure(answer, "helpline-calls-received").at("display") == "1");
    CHECK(figure(answer, "business-grants-paid").at("unit") == "pence");
    CHECK(figure(answer, "business-grants-paid").at("display") ==
          "\xc2\xa3"
          "0");
}

TEST_CASE("a figure counts what it says and nothing else, up to its day and live") {
    Council council;
    auto& world = council.world;
    const auto business = world.fresh(nouns::business).at("id");
    council.paid("sbgf", "2020-06-01", business);
    council.paid("rhlgf", "2020-07-01", business);
    council.paid("rhlgf", "2021-02-15");
    council.paid(world.open_scheme().at("code"), "2020-06-01");
    council.call("2020-04-02");
    council.call("2020-04-02", {{"outcome", "abandoned"}});
    council.call("2020-04-02", {{"counterparty", "business"}});
    council.call("2020-04-02", {{"line", "customer_services"}});
    council.call("2020-03-10");
    council.call("2021-02-01");
    const auto now = headlines(world);
    CHECK(figure(now, "business-grants-paid").at("value") == 20'000);
    CHECK(figure(now, "business-grants-paid").at("live") == 30'000);
    CHECK(figure(now, "business-grants-paid").at("display") ==
          "\xc2\xa3"
          "200");
    CHECK(figure(now, "retail-hospitality-paid").at("value") == 10'000);
    CHECK(figure(now, "business-grants-businesses").at("value") == 1);
    CHECK(figure(now, "business-grants-businesses").at("live") == 2);
    CHECK(figure(now, "helpline-calls-received").at("value") == 1);
    CHECK(figure(now, "helpline-calls-received").at("live") == 2);
    const auto earlier = headlines(world, "?as_at=2020-06-30");
    CHECK(earlier.at("as_at") == "2020-06-30");
    CHECK(figure(earlier, "business-grants-paid").at("value") == 10'000);
    CHECK(figure(earlier, "business-grants-paid").at("live") == 30'000);
    CHECK(figure(headlines(world, "?as_at=2021-02-15"), "business-grants-businesses").at("value") == 2);
    CHECK(figure(headlines(world, "?as_at=2020-03-11"), "helpline-calls-received").at("value") == 0);
}

TEST_CASE("a figure is judged only for the day that its claim is of") {
    Council council;
    council.call("2020-04-02");
    for (const auto& one : headlines(council.world, "?as_at=2020-12-31").at("headlines").get<std::vector<json>>()) {
        CHECK(one.at("verdict").is_null());
        CHECK_FALSE(one.contains("reason"));
    }
    for (const auto& one : headlines(council.world, "?as_at=2021-01-31").at("headlines").get<std::vector<json>>()) {
        CHECK(one.at("verdict") == "differs");
    }
    council.world.sql("UPDATE headline SET claim_value = 1 WHERE code = 'helpline-calls-received'");
    CHECK(figure(headlines(council.world), "helpline-calls-received").at("verdict") == "matches");
}

TEST_CASE("money that the bank may still send back is shown as provisional") {
    Council council;
    council.paid("sbgf", "2021-01-20");
    CHECK(figure(headlines(council.world), "business-grants-paid").at("provisional") == 0);
    council.paid("sbgf", "2021-01-29");
    CHECK(figure(headlines(council.world), "business-grants-paid").at("provisional") == 10'000);
    CHECK(figure(headlines(council.world), "helpline-calls-received").at("provisional") == 0);
}

TEST_CASE("the return of an old payment hides no payment that may still come back, and one that came back is none") {
    Council council;
    auto& world = council.world;
    const auto old = council.paid("sbgf", "2021-01-10");
    council.paid("sbgf", "2021-01-28");
    const auto back = council.paid("sbgf", "2021-01-27");
    const auto provisional = [&] { return figure(headlines(world), "business-grants-paid").at("provisional"); };
    CHECK(provisional() == 20'000);
    world.take(nouns::payment, old, "return", {{"returned_on", "2021-01-29"}});
    CHECK(provisional() == 20'000);
    world.take(nouns::payment, back, "return", {{"returned_on", "2021-01-29"}});
    CHECK(provisional() == 10'000);
}

TEST_CASE("working days leave out weekends and England's bank holidays") {
    auto& world = shared_world();
    const auto before = [&](const std::string& day, int many) {
        return world.sql("SELECT working_days_before('" + day + "', " + std::to_string(many) + ")");
    };
    CHECK(before("2021-01-31", 5) == "2021-01-25");
    CHECK(before("2020-04-14", 1) == "2020-04-09");  // Easter
    CHECK(before("2020-05-11", 1) == "2020-05-07");  // the bank holiday moved to VE day
    CHECK(before("2020-12-29", 1) == "2020-12-24");  // Boxing Day's substitute
    CHECK(before("2021-01-04", 2) == "2020-12-30");
    CHECK(
        world.sql(
            "SELECT string_agg(y || ' ' || n, ', ' ORDER BY y) FROM (SELECT extract(year FROM day) AS y, count(*) AS n "
            "FROM bank_holiday GROUP BY 1 HAVING count(*) <> 8) x") == "2022 10, 2023 9");
    CHECK(world.sql("SELECT count(*) FROM bank_holiday WHERE extract(isodow FROM day) > 5") == "0");
}

TEST_CASE("an answer says whether a seal stands behind it") {
    Council council;
    council.call("2020-04-02");
    const auto sealed_at = council.service.seal();
    const auto sealed = headlines(council.world);
    CHECK(sealed.at("sealed") == true);
    CHECK(sealed.at("known_at") == sealed_at);
    const auto asked = headlines(council.world, "?known_at=2199-01-01T00:00:00Z");
    CHECK(asked.at("known_at") == sealed_at);
    CHECK(asked.at("sealed") == true);
    CHECK(headlines(council.world, "?known_at=" + sealed_at).at("known_at") == sealed_at);
}

TEST_CASE("what was known at a seal stays the same to the last byte: through late records, corrections and merges") {
    Council council;
    auto& world = council.world;
    auto first = council.call("2020-04-02");
    auto payment = council.paid("sbgf", "2020-06-01");
    const auto one = council.volunteer("2020-05-01"), two = council.volunteer("2020-05-02");
    const auto known_at = council.service.seal();
    const auto target = "/v1/headlines?known_at=" + known_at, of_day = target + "&as_at=2020-05-31";
    const auto before = world.get(Role::everyone, target).body, before_of_day = world.get(Role::everyone, of_day).body;
    const auto unchanged = [&] {
        CHECK(world.get(Role::everyone, target).body == before);
        CHECK(world.get(Role::everyone, of_day).body == before_of_day);
        council.service.seal();
        CHECK(world.get(Role::everyone, target).body == before);
        CHECK(world.get(Role::everyone, of_day).body == before_of_day);
    };
    council.call("2020-04-03");
    unchanged();
    CHECK(outcome(world.correct(nouns::call, first, {{"started_at", "2020-06-02T10:00:00Z"}})) == "200");
    unchanged();
    CHECK(outcome(world.make_void(nouns::payment, payment)) == "200");
    unchanged();
    const json merge{
        {"kind", "person"}, {"from_id", one.at("person_id")}, {"into_id", two.at("person_id")}, {"reason", "the same"}};
    const auto merged = world.post(Role::helpline, "/v1/merges", merge.dump());
    REQUIRE(outcome(merged) == "201");
    unchanged();
    const auto now = headlines(world), then = json::parse(before);
    CHECK(figure(then, "new-volunteers").at("value") == 2);
    CHECK(figure(now, "new-volunteers").at("value") == 1);
    CHECK(figure(now, "business-grants-paid").at("value") == 0);
    CHECK(figure(now, "helpline-calls-received").at("value") == 2);
    for (const std::string code : {"new-volunteers", "helpline-calls-received", "business-grants-paid"}) {
        INFO(code);
        CHECK(figure(then, code).at("evidence").at("digest") != figure(now, code).at("evidence").at("digest"));
    }
    world.take(nouns::merge, merged.json(), "reverse");
    unchanged();
    CHECK(figure(headlines(world), "new-volunteers").at("value") == 2);
    evidence_holds(world, figure(then, "new-volunteers"), "limit=200&known_at=" + known_at);
    evidence_holds(world, figure(then, "helpline-calls-received"), "limit=200&known_at=" + known_at);
}

TEST_CASE("records and subjects bear every figure out, page by page, for each day and seal") {
    Council council;
    auto& world = council.world;
    const auto business = world.fresh(nouns::business).at("id");
    council.paid("sbgf", "2020-06-01", business);
    const auto returned = world.take(nouns::payment, council.paid("rhlgf", "2020-06-05", business), "return",
                                     {{"returned_on", "2020-07-01"}});
    council.paid("rhlgf", "2020-08-01");
    for (int i = 0; i < 5; ++i) council.call("2020-04-0" + std::to_string(i + 1));
    const auto wrong = council.call("2020-04-09");
    const auto one = council.volunteer("2020-05-01"), two = council.volunteer("2020-05-02");
    council.volunteer("2020-05-03");
    world.fresh_in(nouns::voucher, "failed");
    world.fresh_in(nouns::voucher, "redeemed");
    world.fresh_in(nouns::food_shop, "done", {{"vulnerability_basis", "shielding"}});
    const auto known_at = council.service.seal();
    CHECK(outcome(world.make_void(nouns::call, wrong)) == "200");
    const json merge{
        {"kind", "person"}, {"from_id", one.at("person_id")}, {"into_id", two.at("person_id")}, {"reason", "the same"}};
    CHECK(world.post(Role::helpline, "/v1/merges", merge.dump()).status == 201);
    for (const std::string query : {"", "as_at=2020-06-20", "as_at=2020-07-20", "known_at="}) {
        const auto asked = query == "known_at=" ? query + known_at : query;
        const auto all = headlines(world, asked.empty() ? "" : "?" + asked);
        for (const auto& each : all.at("headlines"))
            evidence_holds(world, each, "limit=2" + (asked.empty() ? "" : "&" + asked));
    }
    CHECK(returned.at("state") == "returned");
    const auto records = behind(world, "retail-hospitality-paid", "records");
    REQUIRE(records.size() == 3);
    CHECK(records[1].at("quantity") == -10'000);
    CHECK(records[1].at("happened_on") == "2020-07-01");
    CHECK(records[1].at("record_kind") == "payment");
    CHECK(records[1].at("record_id") == returned.at("id"));
    CHECK(records[1].at("dimensions").at("scheme") == "rhlgf");
}

TEST_CASE("a look behind a figure is for the roles of its purpose") {
    auto& world = shared_world();
    int refused = 0;
    const auto all = headlines(world);
    for (const auto& one : all.at("headlines")) {
        const auto code = one.at("code").get<std::string>();
        const auto measure =
            world.get(Role::everyone, "/v1/headlines/" + code).json().at("definition").at("measure").get<std::string>();
        const auto roles = who_may_see(measure_of(measure)->purpose);
        for (const std::string part : {"records", "subjects"}) {
            const auto target = "/v1/headlines/" + code + "/" + part;
            CHECK(outcome(world.get(Role::everyone, target)) == "401 unauthenticated");
            for (const auto role : every_role()) {
                INFO(target << " as " << name_of(role));
                const auto answer = world.get(role, target + "?limit=1");
                CHECK(outcome(answer) == (roles.has(role) ? "200" : "403 forbidden"));
                refused += roles.has(role) ? 0 : 1;
            }
        }
    }
    CHECK(refused > 50);
}

TEST_CASE("the bridge from one answer to the next adds up, and says what each part changed") {
    Council council;
    auto& world = council.world;
    const auto wrong = council.call("2020-04-02");
    auto late_day = council.call("2020-04-03");
    const auto one = council.volunteer("2020-05-01"), two = council.volunteer("2020-05-02");
    const auto opening = council.service.seal();
    for (int i = 0; i < 3; ++i) council.call("2020-04-10");
    CHECK(outcome(world.make_void(nouns::call, wrong)) == "200");
    CHECK(outcome(world.correct(nouns::call, late_day, {{"started_at", "2021-03-01T10:00:00Z"}})) == "200");
    const json merge{
        {"kind", "person"}, {"from_id", one.at("person_id")}, {"into_id", two.at("person_id")}, {"reason", "the same"}};
    CHECK(world.post(Role::helpline, "/v1/merges", merge.dump()).status == 201);
    const auto middle = council.service.seal();
    council.volunteer("2020-05-03");
    const auto bridge = [&](const std::string& code, const std::string& query) {
        return world.get(Role::everyone, "/v1/headlines/" + code + "/bridge?opening=" + opening + query).json();
    };
    const auto calls = bridge("helpline-calls-received", "&closing=" + middle);
    CHECK(calls.at("opening") == json{{"known_at", opening}, {"sealed", true}, {"value", 2}});
    CHECK(calls.at("late_records") == 3);
    CHECK(calls.at("corrections") == -2);
    CHECK(calls.at("merges") == 0);
    CHECK(calls.at("closing") == json{{"known_at", middle}, {"sealed", true}, {"value", 3}});
    const auto volunteers = bridge("new-volunteers", "");
    CHECK(volunteers.at("opening").at("value") == 2);
    CHECK(volunteers.at("late_records") == 1);
    CHECK(volunteers.at("merges") == -1);
    CHECK(volunteers.at("closing").at("value") == 2);
    const auto all = headlines(world);
    for (const auto& each : all.at("headlines")) {
        const auto code = each.at("code").get<std::string>();
        INFO(code);
        for (const std::string query : {"", "&as_at=2020-04-30"}) {
            const auto b = bridge(code, query);
            CHECK(b.at("opening").at("value").get<std::int64_t>() + b.at("late_records").get<std::int64_t>() +
                      b.at("corrections").get<std::int64_t>() + b.at("merges").get<std::int64_t>() ==
                  b.at("closing").at("value").get<std::int64_t>());
        }
        CHECK(bridge(code, "").at("closing").at("value") == each.at("value"));
    }
    CHECK(outcome(world.get(Role::everyone, "/v1/headlines/new-volunteers/bridge?opening=" + middle +
                                                "&closing=" + opening)) == "400 invalid-parameter");
    CHECK(outcome(world.get(Role::everyone, "/v1/headlines/new-volunteers/bridge")) == "400 invalid-parameter");
}

TEST_CASE("before the first seal nothing was known") {
    Council council;
    council.call("2020-04-02");
    council.service.seal();
    for (const std::string target : {"/v1/headlines?known_at=2001-01-01T00:00:00Z",
                                     "/v1/headlines/new-volunteers/bridge?opening=2001-01-01T00:00:00Z"}) {
        CHECK(outcome(council.world.get(Role::everyone, target)) == "400 invalid-parameter");
    }
    const auto records = "/v1/headlines/new-volunteers/records?known_at=2001-01-01T00:00:00Z";
    CHECK(outcome(council.world.get(Role::auditor, records)) == "400 invalid-parameter");
}

TEST_CASE("a day or an instant that is none is refused") {
    auto& world = shared_world();
    for (const std::string query : {"as_at=2020-02-30", "as_at=", "as_at=today", "known_at=2020-01-01",
                                    "known_at=2020-01-01T00:00:00%2B01:00", "as_at=2020-01-01&as_at=2020-01-02"}) {
        INFO(query);
        CHECK(outcome(world.get(Role::everyone, "/v1/headlines?" + query)) == "400 invalid-parameter");
        CHECK(outcome(world.get(Role::auditor, "/v1/headlines/ppe-items/records?" + query)) == "400 invalid-parameter");
    }
    for (const std::string query : {"cursor=x", "cursor=-1", "cursor=", "limit=0", "cursor=1;drop"}) {
        INFO(query);
        CHECK(outcome(world.get(Role::auditor, "/v1/headlines/ppe-items/records?" + query)) == "400 invalid-parameter");
        CHECK(outcome(world.get(Role::auditor, "/v1/headlines/ppe-items/subjects?" + query)) ==
              "400 invalid-parameter");
    }
}

TEST_CASE("evidence goes on by its own cursor alone, not by that of other figures, days or lists") {
    auto& world = shared_world();
    for (int i = 0; i < 3; ++i) world.fresh(nouns::ppe_movement);
    const std::string path = "/v1/headlines/ppe-items/records?limit=1";
    const auto cursor = "&cursor=" + world.get(Role::auditor, path).json().at("next").get<std::string>();
    CHECK(outcome(world.get(Role::auditor, path + cursor)) == "200");
    for (const auto& other : {path + "&as_at=2021-01-30" + cursor, "/v1/headlines/ppe-items/subjects?limit=1" + cursor,
                              "/v1/headlines/new-volunteers/records?limit=1" + cursor, "/v1/audit?limit=1" + cursor,
                              "/v1/publications?limit=1" + cursor, path + cursor + "~1"}) {
        INFO(other);
        CHECK(outcome(world.get(Role::auditor, other)) == "400 invalid-parameter");
    }
}

TEST_CASE("a figure's definition can be read in words and as data, and the register of measures is complete") {
    auto& world = shared_world();
    const auto all = headlines(world);
    for (const auto& one : all.at("headlines")) {
        const auto definition = world.get(Role::everyone, "/v1/headlines/" + one.at("code").get<std::string>()).json();
        CHECK(definition.at("title") == one.at("title"));
        CHECK(definition.at("unit") == one.at("unit"));
        CHECK(definition.at("claim") == one.at("claim"));
        CHECK(!definition.at("meaning").get<std::string>().empty());
        CHECK(!definition.at("definition").at("rule").get<std::string>().empty());
        for (const auto& [name, values] : definition.at("definition").at("filter").items()) {
            const auto& known = definition.at("definition").at("dimensions");
            CHECK(std::find(known.begin(), known.end(), name) != known.end());
            CHECK(values.is_array());
        }
    }
    const auto register_ = world.get(Role::everyone, "/v1/measures").json().at("items");
    const auto csv = world.get(Role::everyone, "/v1/measures", {{"Accept", "text/csv"}}).body;
    CHECK(std::count(csv.begin(), csv.end(), '\n') == static_cast<std::ptrdiff_t>(register_.size()) + 1);
    REQUIRE(register_.size() == measures.size());
    for (std::size_t i = 0; i < measures.size(); ++i) {
        CHECK(register_[i].at("code") == measures[i].code);
        CHECK(register_[i].at("unit") == measures[i].unit);
    }
}

TEST_CASE("whoever signs in sees the figures of their own authority") {
    auto& world = shared_world();
    world.sql("INSERT INTO authority (id, name) VALUES ('E08000004', 'Oldham') ON CONFLICT DO NOTHING");
    const auto token = world.service().token("auditor", {}, {}, "E08000004");
    const auto answer = world.get(Role::everyone, "/v1/headlines", {{"Authorization", "Bearer " + token}}).json();
    CHECK(answer.at("authority") == "E08000004");
    CHECK(answer.at("headlines").empty());
}

TEST_CASE(
    "a figure that the council never claimed anything of is counted, shown and published, and compared with none") {
    Council council;
    auto& world = council.world;
    const auto before = world.get(Role::everyone, "/").body;
    world.sql(
        "INSERT INTO headline (authority_id, code, position, title, unit, aggregate, measure, meaning, from_day, "
        "as_at) "
        "VALUES ('E08000007', 'all-outbound', 99, 'Calls that we made', 'calls', 'sum', 'call_made', 'all of them', "
        "'2020-03-11', '2021-01-31') RETURNING code");
    council.call("2020-04-02", {{"direction", "outbound"}, {"purpose", "welfare"}});
    const auto one = figure(headlines(world), "all-outbound");
    CHECK(one.at("value") == 1);
    CHECK(one.at("claim").is_null());
    CHECK(one.at("verdict").is_null());
    evidence_holds(world, one, "limit=2");
    const auto page = world.get(Role::everyone, "/").body;
    CHECK(before.find("all-outbound-title") == std::string::npos);
    CHECK(page.find("all-outbound-title") != std::string::npos);
    const auto tally = [](const std::string& html) { return html.substr(html.find(" figures match") - 5, 5); };
    CHECK(tally(page) == tally(before));

    council.world.seal_something();
    const auto publication = world.fresh(nouns::publication, {{"as_at", "2021-01-31"}});
    const auto id = publication.at("id").get<std::string>();
    CHECK(
        figure({{"headlines", world.get(Role::everyone, "/v1/publications/" + id + "/document").json().at("figures")}},
               "all-outbound")
            .at("claim")
            .is_null());
    CHECK(world.get(Role::everyone, "/publications/" + id).body.find("Calls that we made") != std::string::npos);
    CHECK(world.sql("SELECT verdict IS NULL FROM publication_figure WHERE code = 'all-outbound'") == "t");
}

}  // namespace tideover::testing::headlines_test
