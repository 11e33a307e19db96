// How many records there are of each sort: as the database has them, as far as the asker sees them.
#include <doctest/doctest.h>

#include <map>

#include "db/records/record_sql.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/core/listing.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::counts_test {
namespace {

using nlohmann::json;

json counted(World& world, Role role, const std::string& target, Headers headers = {}) {
    const auto answer = world.get(role, target, std::move(headers));
    INFO(target << "\n" << answer.body);
    REQUIRE(outcome(answer) == "200");
    return answer.json();
}

/// Value and number, of one field; "null" of those without one.
std::map<std::string, std::int64_t> numbers(const json& counts, const std::string& field) {
    std::map<std::string, std::int64_t> out;
    for (const auto& one : counts.at("items")) {
        const auto& value = one.at(field);
        out[value.is_string() ? value.get<std::string>() : value.dump()] = one.at("count");
    }
    return out;
}

std::map<std::string, std::int64_t> stored(World& world, const Noun& noun, const Field& field) {
    const auto column = db::records::column(field.name);
    std::string value = "t." + column, join;
    if (field.kind == Kind::choices) value = "v", join = " LEFT JOIN LATERAL unnest(t." + column + ") AS x(v) ON true";
    if (&field == &listing::merged)
        value = "EXISTS (SELECT FROM merge m WHERE m.from_id = t.id AND m.state = 'merged' AND NOT m.voided)";
    const auto rows = json::parse(world.sql(
        "SELECT coalesce(json_agg(json_build_array(v, n)), '[]') FROM (SELECT " + value + " AS v, count(*) AS n FROM " +
        std::string{noun.name} + " t" + join + " WHERE t.authority_id = 'E08000007' AND NOT t.voided GROUP BY 1) y"));
    std::map<std::string, std::int64_t> out;
    for (const auto& row : rows) out[row[0].is_string() ? row[0].get<std::string>() : row[0].dump()] = row[1];
    return out;
}

}  // namespace

TEST_CASE("by each field that records are counted by, the numbers are those of the database") {
    auto& world = shared_world();
    int asked = 0;
    for (const auto& route : routes()) {
        if (!counts(route)) continue;
        const auto& noun = *route.noun;
        static_cast<void>(world.one(noun.name));
        const auto reader = route.roles.has(Role::admin) ? Role::admin : one_of(route.roles);
        for (const auto* field : listing::counted_by(noun)) {
            const std::string name{field->name};
            if (!who_sees(field->privacy).has(reader)) {
                CHECK(outcome(world.get(reader, route.path + "?by=" + name)) == "403 forbidden");
                continue;
            }
            const auto answer = counted(world, reader, route.path + "?by=" + name);
            INFO(route.path << " by " << name << ": " << answer.dump());
            if (!answer.at("more")) CHECK(numbers(answer, name) == stored(world, noun, *field));
            ++asked;
        }
        const auto all = world.sql("SELECT count(*) FROM " + std::string{noun.name} +
                                   " WHERE authority_id = 'E08000007' AND NOT voided");
        CHECK(counted(world, reader, route.path).at("items") == json::parse(R"([{"count": )" + all + "}]"));
    }
    CHECK(asked > 60);
}

TEST_CASE(
    "two fields together are counted in pairs, the greatest number first, under the filters and the words of a list") {
    auto& world = shared_world();
    const json base{{"caller", {{"name", "Quentin Countable"}, {"phone", "0161 496 0777"}}}};
    const auto call = [&](const char* outcome, const char* line, const json& reasons) {
        auto more = base;
        more.update({{"outcome", outcome}, {"line", line}, {"reasons", reasons}});
        world.fresh(nouns::call, more);
    };
    call("referred", "coronavirus", {"food", "medicine"});
    call("referred", "coronavirus", {"food"});
    call("resolved", "coronavirus", {"food"});
    call("referred", "customer_services", {"medicine"});
    const auto some = "/v1/calls/counts?caller.phone=01614960777&by=";
    CHECK(counted(world, Role::helpline, some + std::string{"outcome,line"}) ==
          json::parse(R"({"items": [{"outcome": "referred", "line": "coronavirus", "count": 2},
                                    {"outcome": "referred", "line": "customer_services", "count": 1},
                                    {"outcome": "resolved", "line": "coronavirus", "count": 1}], "more": false})"));
    CHECK(counted(world, Role::helpline, some + std::string{"reasons"}).at("items") ==
          json::parse(R"([{"reasons": "food", "count": 3}, {"reasons": "medicine", "count": 2}])"));
    CHECK(counted(world, Role::helpline, "/v1/calls/counts?q=countable&by=outcome&outcome=referred").at("items") ==
          json::parse(R"([{"outcome": "referred", "count": 3}])"));
    CHECK(counted(world, Role::helpline, "/v1/calls/counts?caller.phone=01614960776&by=outcome").at("items").empty());
}

TEST_CASE("what nobody can count by is refused with what one can") {
    auto& world = shared_world();
    for (const std::string by : {"", "note", "outcome,", "outcome,outcome", "outcome,line,direction", "outcome;line",
                                 "caller.name", "started_at", "secret"}) {
        INFO(by);
        const auto answer = world.get(Role::helpline, "/v1/calls/counts?by=" + by);
        CHECK(outcome(answer) == "400 invalid-parameter");
        CHECK(answer.body.find("direction, line") != std::string::npos);
    }
    for (const std::string query : {"limit=5", "cursor=x", "sort=recorded"})
        CHECK(outcome(world.get(Role::helpline, "/v1/calls/counts?" + query)) == "400 unknown-parameter");
    for (const std::string query : {"q=a", "outcome=nonsense", "outcome=referred,", "outcome=,"})
        CHECK(outcome(world.get(Role::helpline, "/v1/calls/counts?" + query)) == "400 invalid-parameter");
    CHECK(outcome(world.get(Role::everyone, "/v1/calls/counts")) == "401 unauthenticated");
}

TEST_CASE("nobody counts what they do not see: other partners' records, restricted persons and what tells of them") {
    auto& world = shared_world();
    const auto before = counted(world, Role::partner, "/v1/parcels/counts").at("items")[0].at("count").get<int>();
    const auto all = counted(world, Role::helpline, "/v1/parcels/counts").at("items")[0].at("count").get<int>();
    const auto other = world.fresh(nouns::organisation, {{"code", "counts-partner"}, {"kind", "partner"}});
    world.fresh(nouns::parcel, {{"delivered_by", other.at("code")}});
    CHECK(counted(world, Role::partner, "/v1/parcels/counts").at("items")[0].at("count") == before);
    CHECK(counted(world, Role::helpline, "/v1/parcels/counts").at("items")[0].at("count") == all + 1);

    const auto others = Headers{{"Authorization", "Bearer " + world.service().token("helpline", "counts-elsewhere")}};
    const auto seen = [&](const std::string& target) {
        return counted(world, Role::everyone, target, others).at("items")[0].at("count").get<int>();
    };
    const auto person = world.fresh(nouns::person);
    world.fresh(nouns::call, {{"person_id", person.at("id")}});
    const auto persons = seen("/v1/persons/counts"), calls = seen("/v1/calls/counts");
    const json closed{{"reason", "She is in danger."}, {"changes", {{"restricted", true}}}};
    REQUIRE(outcome(world.post(Role::admin, "/v1/persons/" + id_of(person) + "/corrections", closed.dump(),
                               etag_of(person))) == "200");
    CHECK(seen("/v1/persons/counts") == persons - 1);
    CHECK(seen("/v1/calls/counts") == calls - 1);
}

TEST_CASE("a call about somebody restricted is counted for those who see it, and leaves no zero to the others") {
    auto& world = shared_world();
    const auto clerk = [&](const std::string& name) {
        return Headers{{"Authorization", "Bearer " + world.service().token("helpline", name)}};
    };
    const auto own = clerk("counts-own"), elsewhere = clerk("counts-none"), working = clerk("counts-case-worker");
    const auto person = world.fresh(nouns::person);
    auto call = world.body(nouns::call);
    call.update({{"person_id", person.at("id")}, {"outcome", "refused_to_engage"}, {"line", "business_support"}});
    const auto recorded = world.post(Role::everyone, "/v1/calls", call.dump(), {}, own);
    REQUIRE(outcome(recorded) == "201");
    const auto staff = recorded.json().at("recorded_by").get<std::string>();
    const auto some = "/v1/calls/counts?recorded_by=" + staff + "&by=outcome,line";
    const json one = json::parse(R"([{"outcome": "refused_to_engage", "line": "business_support", "count": 1}])");
    for (const auto& who : {own, elsewhere, working})
        CHECK(counted(world, Role::everyone, some, who).at("items") == one);

    const auto worker = world.sql("SELECT id FROM staff WHERE name = 'counts-case-worker'");
    const json closed{{"reason", "She is in danger."}, {"changes", {{"restricted", true}, {"case_worker_id", worker}}}};
    const auto corrections = "/v1/persons/" + id_of(person) + "/corrections";
    const auto restricted = world.post(Role::admin, corrections, closed.dump(), etag_of(person));
    REQUIRE(outcome(restricted) == "200");
    CHECK(counted(world, Role::everyone, some, own).at("items") == one);
    CHECK(counted(world, Role::everyone, some, working).at("items") == one);
    CHECK(counted(world, Role::everyone, some, elsewhere).at("items").empty());
    CHECK(
        counted(world, Role::everyone, "/v1/calls/counts?recorded_by=" + staff, elsewhere).at("items")[0].at("count") ==
        0);
    for (const std::string by : {"direction", "outcome", "line,outcome", "recorded_by"}) {
        INFO(by);
        const auto items = counted(world, Role::everyone, "/v1/calls/counts?by=" + by, elsewhere).at("items");
        std::int64_t sum = 0;
        for (const auto& item : items) {
            CHECK(item.at("count") > 0);
            sum += item.at("count").get<std::int64_t>();
        }
        CHECK(sum == counted(world, Role::everyone, "/v1/calls/counts", elsewhere).at("items")[0].at("count"));
    }
    // Other tests list all calls of this council.
    const json opened{{"reason", "She is safe."}, {"changes", {{"restricted", false}}}};
    REQUIRE(outcome(world.post(Role::admin, corrections, opened.dump(), etag_of(restricted.json()))) == "200");
    CHECK(counted(world, Role::everyone, some, elsewhere).at("items") == one);
}

}  // namespace tideover::testing::counts_test
