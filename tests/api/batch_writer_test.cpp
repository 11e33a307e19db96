// Requests that are stored in one statement: each is answered as if it had come alone.
#include <doctest/doctest.h>

#include <set>

#include "db/core/ids.hpp"
#include "domain/helpline/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::batch_writer_test {

using nlohmann::json;

TEST_CASE("when many record at one moment, the one that cannot be stored fails alone, and twins are one") {
    Service service{{"--database-connections", "2", "--workers", "40"}};
    World world{service};
    const auto token = service.token("helpline");
    const auto good = world.body(nouns::call).dump();
    auto nobody = world.body(nouns::call);
    nobody["person_id"] = db::ids::fresh();
    const auto bad = nobody.dump(), twin = Service::fresh_key();
    for (int round = 0; round < 5; ++round) {
        const auto before = std::stoi(world.sql("SELECT count(*) FROM call"));
        const auto answers = at_once(service, 32, [&](Client& client, std::size_t i) {
            const auto key = i % 8 == 5 ? twin + std::to_string(round) : Service::fresh_key();
            return client.send("POST", "/v1/calls", post_headers(token, key), i % 8 == 3 ? bad : good);
        });
        std::set<std::string> ids;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            INFO(i);
            CHECK(outcome(answers[i]) == (i % 8 == 3 ? "422 invalid-fields" : "201"));
            if (i % 8 == 3) CHECK(fault_at(answers[i], "/person_id") == "unknown_reference");
            if (answers[i].status != 201) continue;
            const auto stored = answers[i].json();
            ids.insert(stored.at("id").get<std::string>());
            CHECK(answers[i].header("location") == "/v1/calls/" + stored.at("id").get<std::string>());
            CHECK(world.get(Role::helpline, answers[i].header("location")).body == answers[i].body);
        }
        CHECK(ids.size() == 32 - 4 - 3);
        CHECK(world.sql("SELECT count(*) FROM call") == std::to_string(before + 32 - 4 - 3));
    }
    CHECK(world.sql("SELECT count(*) FROM call") == world.sql("SELECT count(*) FROM entry"));
    CHECK(world.sql("SELECT count(*) FROM call c WHERE NOT EXISTS (SELECT FROM audit a WHERE a.record_id = c.id)") ==
          "0");
    CHECK(world.sql("SELECT count(*) FROM call c WHERE NOT EXISTS (SELECT FROM idempotency i WHERE i.location = "
                    "'/v1/calls/' || c.id "
                    "AND i.body::jsonb ->> 'id' = c.id::text)") == "0");
}

TEST_CASE(
    "whoever is in the middle of a shared statement and whose token was revoked stores nothing, and the others do") {
    Service service{{"--database-connections", "2", "--workers", "40"}};
    World world{service};
    const auto holds = service.token("helpline"), revoked = service.token("helpline", "leaver");
    const auto body = world.body(nouns::call).dump();
    Client{service.port()}.send("POST", "/v1/calls", post_headers(revoked), body);  // the authenticator knows it now
    world.sql(
        "SELECT revoke_tokens(authority_id, ARRAY[id], 'left', NULL, NULL, 'test') FROM api_token "
        "WHERE hash = encode(sha256('" +
        revoked + "'::bytea), 'hex')");
    const auto answers = at_once(service, 32, [&](Client& client, std::size_t i) {
        return client.send("POST", "/v1/calls", post_headers(i % 2 == 0 ? holds : revoked), body);
    });
    for (std::size_t i = 0; i < answers.size(); ++i) {
        CHECK(outcome(answers[i]) == (i % 2 == 0 ? "201" : "401 unauthenticated"));
    }
    CHECK(world.sql("SELECT count(*) FROM call") == "17");
}

}  // namespace tideover::testing::batch_writer_test
