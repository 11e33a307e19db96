// The proof after the work: whatever the tests before this one recorded, refused, corrected and voided in the shared
// council, every number can be recounted from the records.
#include <doctest/doctest.h>

#include "tests/api/world.hpp"

namespace tideover::testing::verify_test {

TEST_CASE("after all that was done, a recount finds no difference") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (changes(route)) world.send(world.lawful(route));
    }
    for (const auto role : {Role::auditor, Role::finance, Role::admin}) {
        const auto answer = world.get(role, "/v1/verify");
        REQUIRE(outcome(answer) == "200");
        INFO(answer.body);
        CHECK(answer.json().at("differences") == 0);
        CHECK(answer.json().at("first").empty());
        world.service().seal();
    }
}

TEST_CASE("every change has an audit line, and no record has a version that nobody made") {
    auto& world = shared_world();
    CHECK(
        world.sql("SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT FROM audit a WHERE a.record_id = e.record_id "
                  "AND a.request_id = e.request_id)") == "0");
    CHECK(world.sql("SELECT count(*) FROM idempotency WHERE status IS NULL OR body IS NULL") == "0");
    for (const auto* noun : nouns::all()) {
        INFO(noun->name);
        CHECK(world.sql(
                  "SELECT count(*) FROM " + std::string{noun->name} +
                  " t WHERE NOT EXISTS (SELECT FROM audit a WHERE "
                  "a.authority_id = t.authority_id AND a.record_id = t.id AND a.version = 1 AND a.action = 'record' "
                  "AND (a.actor = t.recorded_by OR t.recorded_by IS NULL AND a.request_id = 'command-line'))") == "0");
    }
}

}  // namespace tideover::testing::verify_test
