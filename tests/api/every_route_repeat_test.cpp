// Repeats and late comers: keys, ETags and states, for every POST there is.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "domain/community/nouns.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "server/api/resources/records.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::every_route_repeat_test {
namespace {

using nlohmann::json;

/// The same request with another body that could be accepted too.
json another_body(World& world, const Route& route, const Lawful& request) {
    if (corrects(route)) return {{"reason", "Said otherwise."}, {"changes", request.body.at("changes")}};
    for (const auto& place : places(route)) {
        if (place.list != nullptr || place.field->kind != Kind::text) continue;
        return with(world, request.body, place, world.value(*place.field));
    }
    for (const auto& place : places(route)) {
        if (place.field->kind == Kind::day) return with(world, request.body, place, "2020-06-02");
    }
    throw std::runtime_error("No text and no day to change in POST " + std::string{route.path});
}

std::string rows_with_key(World& world, const std::string& key) {
    return world.sql("SELECT count(*) FROM idempotency WHERE key = '" + key + "'");
}

std::string lines_of_request(World& world, const std::string& request_id) {
    return world.sql("SELECT count(*) FROM audit WHERE request_id = '" + request_id + "'");
}

template <class Test>
void for_every_post(const Test& test) {
    for (const auto& route : routes()) {
        if (!changes(route)) continue;
        INFO("POST " << route.path);
        test(route);
    }
}

}  // namespace

TEST_CASE("a POST without an Idempotency-Key, or with one that is none, is refused") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        const auto& request = world.unspent(route);
        const auto before = world.stored();
        for (const auto& key :
             {std::string{}, std::string(201, 'k'), std::string{"two words"}, std::string{"caf\xc3\xa9"}}) {
            INFO(key);
            CHECK(outcome(world.send(request, {{"Idempotency-Key", key}})) == "428 key-missing");
        }
        CHECK(world.stored() == before);
        CHECK(rows_with_key(world, "two words") == "0");
    });
}

TEST_CASE("a repeat gets the first answer again, says so, and stores nothing") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        const auto request = world.lawful(route);
        const auto key = Service::fresh_key();
        const auto first = world.send(request, {{"Idempotency-Key", key}, {"X-Request-Id", key}});
        INFO(first.body);
        REQUIRE(outcome(first) == (creates(route) ? "201" : "200"));
        CHECK(first.header("idempotency-replayed").empty());
        const auto stored = world.stored();
        auto late = request;
        late.etag = creates(route) ? "" : "\"17\"";  // the key is looked up before If-Match
        const auto spaced = request.body.dump(4);
        for (const auto& again :
             {world.send(request, {{"Idempotency-Key", key}}), world.send(late, {{"Idempotency-Key", key}}),
              world.post(request.role, request.target, spaced, request.etag, {{"Idempotency-Key", key}})}) {
            CHECK(again.status == first.status);
            CHECK(again.body == first.body);
            CHECK(again.header("etag") == first.header("etag"));
            CHECK(again.header("location") == first.header("location"));
            CHECK(again.header("idempotency-replayed") == "true");
        }
        CHECK(world.stored() == stored);
        CHECK(rows_with_key(world, key) == "1");
        CHECK(lines_of_request(world, key) != "0");
    });
}

TEST_CASE("a key that was used for another body is refused, and the first answer stays") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        const auto request = world.lawful(route);
        const auto key = Service::fresh_key();
        const auto first = world.send(request, {{"Idempotency-Key", key}});
        REQUIRE(first.status < 300);
        const auto stored = world.stored();
        auto other = request;
        other.body = another_body(world, route, request);
        const auto after = world.stored();
        CHECK(outcome(world.send(other, {{"Idempotency-Key", key}})) == "422 key-reused");
        CHECK(world.stored() == after);
        CHECK(world.send(request, {{"Idempotency-Key", key}}).body == first.body);
    });
}

TEST_CASE("a refused request frees its key") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        const auto request = world.lawful(route);
        const auto key = Service::fresh_key();
        auto spoilt = request;
        spoilt.body["surprise"] = 1;
        CHECK(outcome(world.send(spoilt, {{"Idempotency-Key", key}})) == "422 invalid-fields");
        if (!creates(route)) {
            auto stale = request;
            stale.etag = "\"999\"";
            CHECK(outcome(world.send(stale, {{"Idempotency-Key", key}})) == "412 stale");
        }
        CHECK(rows_with_key(world, key) == "0");
        const auto answer = world.send(request, {{"Idempotency-Key", key}});
        INFO(answer.body);
        CHECK(answer.status < 300);
        CHECK(answer.header("idempotency-replayed").empty());
    });
}

TEST_CASE("keys of two members of staff do not meet") {
    auto& world = shared_world();
    auto& service = world.service();
    const auto body = world.body(nouns::call).dump();
    const auto key = Service::fresh_key();
    const auto post = [&](const std::string& staff) {
        return world.post(Role::everyone, "/v1/calls", body, {},
                          {{"Authorization", "Bearer " + service.token("helpline", staff)}, {"Idempotency-Key", key}});
    };
    const auto first = post("hilda"), second = post("hugo");
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.header("idempotency-replayed").empty());
    CHECK(first.json().at("id") != second.json().at("id"));
}

TEST_CASE("a change without If-Match is refused, and so is one that names no version of ours") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        if (creates(route)) return;
        auto request = world.unspent(route);
        const auto before = world.stored();
        for (const std::string etag :
             {"", "1", "*", "W/\"1\"", "\"one\"", "\"\"", "\"1\", \"2\"", "\"99999999999999999999\""}) {
            INFO("If-Match: " << etag);
            request.etag = etag;
            CHECK(outcome(world.send(request)) == "428 precondition-required");
        }
        CHECK(world.stored() == before);
    });
}

TEST_CASE("a change of a version that is no longer the latest is refused, and says who changed it") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        if (creates(route)) return;
        const auto request = world.lawful(route);
        REQUIRE(world.send(request).status == 200);
        const auto before = world.stored();
        const auto late = world.send(request);
        CHECK(outcome(late) == "412 stale");
        const auto detail = late.json().at("detail").get<std::string>();
        INFO(detail);
        CHECK(detail.find(name_of(request.role)) != std::string::npos);
        const auto action =
            world.sql("SELECT action FROM audit WHERE record_id = '" + request.id + "' ORDER BY version DESC LIMIT 1");
        CHECK(detail.find("'" + action + "'") != std::string::npos);
        CHECK(world.stored() == before);
    });
}

TEST_CASE("a version from the future is as stale as one from the past") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        if (creates(route)) return;
        auto request = world.unspent(route);
        request.etag = "\"999\"";
        const auto before = world.stored();
        CHECK(outcome(world.send(request)) == "412 stale");
        CHECK(world.stored() == before);
    });
}

/// What each figure comes to as at its day, and today.
std::map<std::string, std::pair<std::int64_t, std::int64_t>> figures(World& world) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> out;
    const auto answer = world.get(Role::everyone, "/v1/headlines").json();
    for (const auto& one : answer.at("headlines")) {
        out[one.at("code")] = {one.at("value").get<std::int64_t>(), one.at("live").get<std::int64_t>()};
    }
    return out;
}

TEST_CASE("whatever is rehearsed answers as it would be, says which figures would change, and leaves nothing behind") {
    auto& world = shared_world();
    std::set<std::string> counted;
    for_every_post([&](const Route& route) {
        const auto request = world.lawful(route);
        auto rehearsal = request;
        const auto before = world.stored();
        rehearsal.target += "?dry_run=true";
        const auto rehearsed = world.send(rehearsal);
        INFO(rehearsed.body);
        CHECK(outcome(rehearsed) == "200");
        CHECK(rehearsed.header("location").empty());
        CHECK(rehearsed.json().count("token") == 0);
        CHECK(world.stored() == before);
        rehearsal.target = request.target + "?dry_run=perhaps";
        CHECK(outcome(world.send(rehearsal)) == "400 invalid-parameter");
        CHECK(world.stored() == before);

        auto expected = figures(world);
        const auto changes = rehearsed.json().at("figures");
        for (const auto& change : changes) {
            counted.insert(std::string{route.noun->name});
            // One that is shown beside another is not in the list; one that is defined here was not there.
            auto found = expected.find(change.at("code"));
            if (found == expected.end() && route.noun != &nouns::figure) continue;
            if (found == expected.end()) found = expected.emplace(change.at("code"), std::pair{0, 0}).first;
            found->second.first += change.at("change").get<std::int64_t>();
            found->second.second += change.at("live_change").get<std::int64_t>();
        }
        auto real = request;
        real.target += "?dry_run=false";
        const auto done = world.send(real);
        CHECK(outcome(done) == (creates(route) ? "201" : "200"));
        CHECK(done.json().count("figures") == 0);
        if (!creates(route)) CHECK(done.json().at("version") == rehearsed.json().at("version"));
        // A figure that was published here is there, whatever it comes to.
        if (route.noun == &nouns::figure && done.json().at("state") == "published")
            expected.try_emplace(done.json().at("code"), 0, 0);
        if (route.noun == &nouns::figure && done.json().at("state") == "withdrawn")
            expected.erase(done.json().at("code"));
        CHECK(figures(world) == expected);
    });
    CHECK(counted.size() >= 7);
}

TEST_CASE("a rehearsal says what a void record would take away, and a merge of two who are counted") {
    Service service;
    World world{service};
    const auto changes = [](const Answer& answer) {
        std::map<std::string, std::int64_t> out;
        const auto body = answer.json();
        for (const auto& one : body.at("figures")) out[one.at("code")] = one.at("live_change").get<std::int64_t>();
        return out;
    };
    const auto first = world.fresh(nouns::volunteer), second = world.fresh(nouns::volunteer);
    const std::map<std::string, std::int64_t> one_less{{"new-volunteers", -1}};
    const auto voiding = world.post(Role::helpline, "/v1/volunteers/" + id_of(first) + "/corrections?dry_run=true",
                                    R"({"reason": "Recorded twice.", "void": true})", "\"1\"");
    REQUIRE(outcome(voiding) == "200");
    CHECK(voiding.json().at("voided") == true);
    CHECK(changes(voiding) == one_less);
    const json body{{"kind", "person"},
                    {"from_id", first.at("person_id")},
                    {"into_id", second.at("person_id")},
                    {"reason", "One and the same."}};
    const auto merging = world.post(Role::helpline, "/v1/merges?dry_run=true", body.dump());
    REQUIRE(outcome(merging) == "200");
    CHECK(changes(merging) == one_less);
    CHECK(world.sql("SELECT count(*)::text FROM merge") == "0");
}

TEST_CASE("a created record is where its Location says, with the ETag it was answered with") {
    auto& world = shared_world();
    for_every_post([&](const Route& route) {
        if (!creates(route)) return;
        const auto answer = world.send(world.lawful(route));
        REQUIRE(outcome(answer) == "201");
        CHECK(answer.header("etag") == "\"1\"");
        auto record = answer.json();
        if (!route.noun->secret.empty()) CHECK(record.erase("token") == 1);  // shown here and nowhere else
        record.erase("warnings");                                            // likewise
        CHECK(answer.header("location") == std::string{route.path} + "/" + record.at("id").get<std::string>());
        for (const auto& reading : routes()) {
            if (!reads(reading) || reading.noun != route.noun) continue;
            const auto read = world.get(one_of(reading.roles), answer.header("location"));
            CHECK(outcome(read) == "200");
            CHECK(read.header("etag") == "\"1\"");
            CHECK(read.json() == record);
            const auto unchanged =
                world.get(one_of(reading.roles), answer.header("location"), {{"If-None-Match", "\"1\""}});
            CHECK(unchanged.status == 304);
            CHECK(unchanged.body.empty());
            CHECK(unchanged.header("etag") == "\"1\"");
            CHECK(world.get(one_of(reading.roles), answer.header("location"), {{"If-None-Match", "\"2\""}}).status ==
                  200);
        }
    });
}

}  // namespace tideover::testing::every_route_repeat_test
