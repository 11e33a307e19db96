// Repeats that meet: however many come at one moment with one key, one of them happens and all get its answer.
#include <doctest/doctest.h>

#include <set>

#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::idempotency_test {
namespace {

using nlohmann::json;

/// The answers that are not repeats, and the number of different bodies and ids among all.
struct Twins {
    std::size_t first = 0;
    std::set<std::string> bodies{}, etags{}, outcomes{};
};

Twins sorted(const std::vector<Answer>& answers) {
    Twins out;
    for (const auto& answer : answers) {
        out.first += answer.header("idempotency-replayed").empty() ? 1U : 0U;
        out.bodies.insert(answer.body);
        out.etags.insert(answer.header("etag"));
        out.outcomes.insert(outcome(answer));
    }
    return out;
}

}  // namespace

TEST_CASE("thirty-two twins of one call are one call with one answer") {
    auto& world = shared_world();
    const auto token = world.service().token("helpline");
    const auto body = world.body(nouns::call).dump();
    for (int round = 0; round < 5; ++round) {
        const auto key = Service::fresh_key();
        const auto answers = at_once(world.service(), 32, [&](Client& client, std::size_t) {
            return client.send("POST", "/v1/calls", post_headers(token, key), body);
        });
        const auto twins = sorted(answers);
        CHECK(twins.outcomes == std::set<std::string>{"201"});
        CHECK(twins.first == 1);
        CHECK(twins.bodies.size() == 1);
        const auto id = answers.front().json().at("id").get<std::string>();
        CHECK(world.sql("SELECT count(*) FROM call WHERE id = '" + id + "'") == "1");
        CHECK(world.sql("SELECT count(*) FROM entry WHERE record_id = '" + id + "'") == "1");
        CHECK(world.sql("SELECT count(*) FROM audit WHERE record_id = '" + id + "'") == "1");
        CHECK(world.sql("SELECT count(*) FROM idempotency WHERE key = '" + key + "'") == "1");
    }
}

TEST_CASE("twins of every kind of POST are one") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!changes(route)) continue;
        INFO("POST " << route.path);
        const auto request = world.lawful(route);
        const auto key = Service::fresh_key();
        const auto token = world.signed_in(request.role).front().second.substr(7);
        const auto before = world.sql("SELECT count(*) FROM audit");
        const auto answers = at_once(world.service(), 8, [&](Client& client, std::size_t) {
            return client.send("POST", request.target, post_headers(token, key, request.etag), request.body.dump());
        });
        const auto twins = sorted(answers);
        CHECK(twins.outcomes == std::set<std::string>{creates(route) ? "201" : "200"});
        CHECK(twins.first == 1);
        CHECK(twins.bodies.size() == 1);
        CHECK(twins.etags.size() == 1);
        const auto id = answers.front().json().at("id").get<std::string>();
        const auto version = answers.front().json().at("version").get<int>();
        CHECK(world.sql("SELECT count(*) FROM audit WHERE record_id = '" + id +
                        "' AND version = " + std::to_string(version)) == "1");
        CHECK(world.sql("SELECT count(*) FROM idempotency WHERE key = '" + key + "'") == "1");
        CHECK(before != world.sql("SELECT count(*) FROM audit"));
    }
}

TEST_CASE("of many who change one record at one moment, one does, and the others learn that they came late") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!steps(route)) continue;
        INFO("POST " << route.path);
        const auto request = world.lawful(route);
        const auto token = world.signed_in(request.role).front().second.substr(7);
        const auto answers = at_once(world.service(), 6, [&](Client& client, std::size_t) {
            return client.send("POST", request.target, post_headers(token, Service::fresh_key(), request.etag),
                               request.body.dump());
        });
        CHECK(how_many(answers, "200") == 1);
        CHECK(how_many(answers, "412 stale") == 5);
        CHECK(world.sql("SELECT version FROM " + std::string{route.noun->name} + " WHERE id = '" + request.id + "'") ==
              std::to_string(std::stoi(request.etag.substr(1)) + 1));
    }
}

TEST_CASE("one key with two bodies at one moment: one is recorded, the other refused") {
    auto& world = shared_world();
    const auto token = world.service().token("helpline");
    const std::string one = world.body(nouns::call).dump();
    auto other = json::parse(one);
    other["note"] = "another body";
    const auto key = Service::fresh_key();
    const auto answers = at_once(world.service(), 16, [&](Client& client, std::size_t i) {
        return client.send("POST", "/v1/calls", post_headers(token, key), i % 2 == 0 ? one : other.dump());
    });
    CHECK(how_many(answers, "201") == 8);
    CHECK(how_many(answers, "422 key-reused") == 8);
    CHECK(world.sql("SELECT count(*) FROM idempotency WHERE key = '" + key + "'") == "1");
}

TEST_CASE("the code of a published record is taken once, however many take it at one moment") {
    auto& world = shared_world();
    const auto token = world.service().token("admin");
    const auto body = world.body(nouns::scheme).dump();
    const auto answers = at_once(world.service(), 10, [&](Client& client, std::size_t) {
        return client.send("POST", "/v1/schemes", post_headers(token), body);
    });
    CHECK(how_many(answers, "201") == 1);
    CHECK(how_many(answers, "409 already-recorded") == 9);
}

}  // namespace tideover::testing::idempotency_test
