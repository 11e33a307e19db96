// A council's own people: added, given tokens and roles, and shut out at once when they leave, mid-request too.
#include <doctest/doctest.h>

#include <future>

#include "db/core/ids.hpp"
#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::staff_test {
namespace {

using nlohmann::json;

Headers bearer(const json& token) {
    return {{"Authorization", "Bearer " + token.at("token").get<std::string>()}};
}

json token_for(World& world, const json& person, const std::string& role, const json& partner = nullptr) {
    return world.fresh(nouns::api_token, {{"staff_id", person.at("id")}, {"role", role}, {"partner", partner}});
}

Answer record_call(World& world, const json& token) {
    return world.post(Role::everyone, "/v1/calls", world.body(nouns::call).dump(), {}, bearer(token));
}

std::string deeds_on(World& world, const json& record) {
    return world.sql(
        "SELECT string_agg(version || ' ' || action, ', ' ORDER BY version) FROM audit WHERE record_id = '" +
        id_of(record) + "'");
}

/// A request that has begun, sent on a connection of its own.
std::future<Answer> begin(World& world, const std::string& target, const json& body, const Headers& who,
                          const std::string& etag = {}) {
    Headers headers{who};
    headers.emplace_back("Idempotency-Key", Service::fresh_key());
    headers.emplace_back("Content-Type", "application/json");
    if (!etag.empty()) headers.emplace_back("If-Match", etag);
    return std::async(std::launch::async, [port = world.service().port(), target, text = body.dump(), headers] {
        Client client{port};
        return client.send("POST", target, headers, text);
    });
}

/// A service with a leaver who has begun to correct a call, and is held up by somebody who has the call in hand.
struct MidRequest {
    Service service{{"--workers", "6"}};
    World world{service};
    json person = world.fresh(nouns::staff);
    json token = token_for(world, person, "helpline");
    json call = record_call(world, token).json();
    json fresh_call = world.body(nouns::call), fresh_parcel = world.body(nouns::parcel);
    db::Connection other = service.database().connect();
    std::future<Answer> under_way;

    MidRequest() {
        other.run("BEGIN; SELECT FROM call WHERE id = '" + id_of(call) + "' FOR UPDATE");
        under_way =
            begin(world, "/v1/calls/" + id_of(call) + "/corrections",
                  {{"reason", "It was heard wrongly."}, {"changes", {{"note", "Elsewhere"}}}}, bearer(token), "\"1\"");
    }
    /// Asks until so many requests wait for a lock; the sealer, which may wait too, is none. False where the first of
    /// them waited in vain: a lock is waited for no longer than its timeout, and a busy machine may be slower.
    [[nodiscard]] bool waiting(int sessions) {
        const auto asked = "SELECT count(*) >= " + std::to_string(sessions) +
                           " FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
                           "AND query NOT LIKE '%7461%'";
        while (under_way.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
            if (world.sql(asked) == "t") return true;
        }
        return false;
    }
    [[nodiscard]] std::future<Answer> by_admin(const std::string& target, const json& body, const json& record) {
        return begin(world, target, body, world.signed_in(Role::admin), etag_of(record));
    }
    void let_go() { other.run("ROLLBACK"); }
    [[nodiscard]] std::string line(const std::string& action) {
        return world.sql("SELECT id FROM audit WHERE action = '" + action + "' AND record_id IN ('" + id_of(call) +
                         "', '" + id_of(token) + "', '" + id_of(person) + "')");
    }
};

/// Tries until everybody waited where they should have.
template <class Test>
void in_the_middle(const Test& test) {
    for (int attempt = 0; attempt < 20; ++attempt) {
        MidRequest council;
        if (council.waiting(1) && test(council)) return;
        council.let_go();
    }
    FAIL("Nobody was caught in the middle.");
}

}  // namespace

TEST_CASE("a token is made for a member of staff, works, and is kept as a hash only") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::staff, {{"key", "payroll-1001"}, {"name", "Nadia Khan"}});
    CHECK(person.at("state") == "employed");
    const auto token = token_for(world, person, "helpline");
    const auto secret = token.at("token").get<std::string>();
    CHECK(secret.starts_with("tdo_"));
    const auto call = record_call(world, token);
    REQUIRE(outcome(call) == "201");
    CHECK(call.json().at("recorded_by") == person.at("id"));
    CHECK(world.sql("SELECT count(*) FROM api_token t WHERE t::text LIKE '%" + secret.substr(4) + "%'") == "0");
    CHECK(world.sql("SELECT count(*) FROM idempotency t WHERE t::text LIKE '%" + secret.substr(4) + "%'") == "0");
    CHECK(world.sql("SELECT count(*) FROM audit t WHERE t::text LIKE '%" + secret.substr(4) + "%'") == "0");
    CHECK_FALSE(world.get(Role::admin, "/v1/tokens/" + id_of(token)).json().contains("token"));
    CHECK(deeds_on(world, person) == "1 record");
    CHECK(deeds_on(world, token) == "1 record");
}

TEST_CASE("a repeat shows the same token to the login that asked for it, and to no other") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::staff);
    const auto body = json{{"staff_id", person.at("id")}, {"role", "finance"}}.dump();
    const Headers first{{"Authorization", "Bearer " + world.service().token("admin", "two-desks")},
                        {"Idempotency-Key", Service::fresh_key()}};
    const auto made = world.post(Role::everyone, "/v1/tokens", body, {}, first);
    REQUIRE(outcome(made) == "201");
    const auto again = world.post(Role::everyone, "/v1/tokens", body, {}, first);
    CHECK(again.header("idempotency-replayed") == "true");
    CHECK(again.body == made.body);
    const auto other_login = world.fresh(
        nouns::api_token, {{"staff_id", world.sql("SELECT id FROM staff WHERE key = 'two-desks'")}, {"role", "admin"}});
    const auto elsewhere = world.post(Role::everyone, "/v1/tokens", body, {}, {bearer(other_login)[0], first[1]});
    CHECK(outcome(elsewhere) == "409 secret-shown");
    CHECK(world.sql("SELECT count(*) FROM api_token WHERE staff_id = '" + id_of(person) + "'") == "1");
    const auto fresh_key = world.post(Role::everyone, "/v1/tokens", body, {}, {first[0]});
    CHECK(fresh_key.json().at("token") != made.json().at("token"));
}

TEST_CASE("a secret is kept sealed, for minutes, and follows from nothing that an administrator has") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::staff);
    const auto body = json{{"staff_id", person.at("id")}, {"role", "auditor"}}.dump();
    const auto token = world.service().token("admin", "sealed-desk");
    const Headers first{{"Authorization", "Bearer " + token}, {"Idempotency-Key", "guess-me-1"}};
    const auto made = world.post(Role::everyone, "/v1/tokens", body, {}, first);
    REQUIRE(outcome(made) == "201");
    const auto id = id_of(made.json());
    CHECK(world.post(Role::everyone, "/v1/tokens", body, {}, first).body == made.body);
    const auto secret = made.json().at("token").get<std::string>();
    CHECK(world.sql("SELECT count(*) FROM sealed_secret WHERE record_id = '" + id + "' AND position('" + secret +
                    "'::bytea IN box) = 0") == "1");
    // Another record's box opens nothing, and neither does one that is out of its time.
    const auto other = world.fresh(nouns::api_token, {{"staff_id", person.at("id")}, {"role", "helpline"}});
    world.sql("UPDATE sealed_secret s SET box = o.box FROM sealed_secret o WHERE s.record_id = '" + id +
              "' AND o.record_id = '" + id_of(other) + "' RETURNING s.record_id");
    CHECK(outcome(world.post(Role::everyone, "/v1/tokens", body, {}, first)) == "409 secret-shown");
    world.sql("UPDATE sealed_secret SET kept_until = now() - interval '1 second' WHERE record_id = '" + id +
              "' RETURNING record_id");
    CHECK(outcome(world.post(Role::everyone, "/v1/tokens", body, {}, first)) == "409 secret-shown");
    world.fresh(nouns::api_token, {{"staff_id", person.at("id")}, {"role", "finance"}});
    CHECK(world.sql("SELECT count(*) FROM sealed_secret WHERE record_id = '" + id + "'") == "0");
}

TEST_CASE("who leaves is shut out at once, through every login, and each end is audited") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::staff);
    const auto first = token_for(world, person, "helpline"), second = token_for(world, person, "finance");
    REQUIRE(outcome(record_call(world, first)) == "201");
    const auto left = world.take(nouns::staff, person, "leave");
    CHECK(left.at("state") == "left");
    const auto before = world.stored();
    CHECK(outcome(record_call(world, first)) == "401 unauthenticated");
    CHECK(outcome(world.get(Role::everyone, "/v1/payments", bearer(second))) == "401 unauthenticated");
    CHECK(world.stored() == before);
    for (const auto& token : {first, second}) {
        CHECK(deeds_on(world, token) == "1 record, 2 revoke");
        const auto now = world.get(Role::admin, "/v1/tokens/" + id_of(token)).json();
        CHECK(now.at("state") == "revoked");
        CHECK(now.at("revoked_at").is_string());
        CHECK(now.at("reason") == "left");
    }
    CHECK(deeds_on(world, person) == "1 record, 2 leave");
    const auto body = json{{"staff_id", person.at("id")}, {"role", "helpline"}}.dump();
    CHECK(outcome(world.post(Role::admin, "/v1/tokens", body)) == "409 has-left");
    world.take(nouns::staff, left, "rejoin");
    CHECK(outcome(record_call(world, first)) == "401 unauthenticated");
    CHECK(outcome(world.post(Role::admin, "/v1/tokens", body)) == "201");
}

TEST_CASE("a person recorded by mistake is shut out too") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::staff);
    const auto token = token_for(world, person, "helpline");
    CHECK(outcome(world.make_void(nouns::staff, person)) == "200");
    CHECK(outcome(record_call(world, token)) == "401 unauthenticated");
    CHECK(deeds_on(world, token) == "1 record, 2 revoke");
}

TEST_CASE("a token in another role does what that role does, from the next request on") {
    auto& world = shared_world();
    const auto token = token_for(world, world.fresh(nouns::staff), "helpline");
    REQUIRE(outcome(record_call(world, token)) == "201");
    const auto changed = world.take(nouns::api_token, token, "change_role", {{"role", "auditor"}});
    CHECK(changed.at("role") == "auditor");
    CHECK(outcome(world.get(Role::everyone, "/v1/audit?limit=1", bearer(token))) == "200");
    CHECK(outcome(record_call(world, token)) == "403 forbidden");
    CHECK(deeds_on(world, token) == "1 record, 2 change_role");
    CHECK(world.sql("SELECT before ->> 'role' FROM audit WHERE action = 'change_role' AND record_id = '" +
                    id_of(token) + "'") == "helpline");
    CHECK(outcome(world.attempt(nouns::api_token, changed, "change_role", {{"role", "auditor"}})) ==
          "422 nothing-changed");
    world.take(nouns::api_token, changed, "revoke");
    CHECK(outcome(world.get(Role::everyone, "/v1/audit?limit=1", bearer(token))) == "401 unauthenticated");
}

TEST_CASE("a partner's token names an organisation, and no other token does") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::staff);
    const auto tried = [&](const json& more) {
        json body{{"staff_id", person.at("id")}, {"role", "partner"}};
        body.update(more);
        return world.post(Role::admin, "/v1/tokens", body.dump());
    };
    CHECK(fault_at(tried(json::object()), "/partner") == "required");
    CHECK(fault_at(tried({{"partner", "nobody"}}), "/partner") == "unknown_reference");
    CHECK(fault_at(tried({{"role", "helpline"}, {"partner", World::partner}}), "/partner") == "not_taken");
    const auto made = tried({{"partner", World::partner}});
    REQUIRE(outcome(made) == "201");
    const auto token = made.json();
    const auto theirs = world.get(Role::everyone, "/v1/parcels", bearer(token)).json();
    for (const auto& item : theirs.at("items")) {
        CHECK(item.at("delivered_by") == World::partner);
    }
    const auto staff = world.take(nouns::api_token, token, "change_role", {{"role", "helpline"}});
    CHECK(staff.at("partner").is_null());
    CHECK(fault_at(world.attempt(nouns::api_token, staff, "change_role", {{"role", "partner"}}), "/partner") ==
          "required");
}

TEST_CASE("what a leaver had under way is finished before the leaving, and nothing of theirs commits after it") {
    in_the_middle([](MidRequest& council) {
        auto& world = council.world;
        auto departure = council.by_admin("/v1/staff/" + id_of(council.person) + "/departures",
                                          {{"left_on", "2020-06-01"}}, council.person);
        if (!council.waiting(2)) return false;
        auto late = begin(world, "/v1/calls", council.fresh_call, bearer(council.token));
        auto late_in_two = begin(world, "/v1/parcels", council.fresh_parcel, bearer(council.token));
        if (!council.waiting(4)) return false;
        const auto before = world.sql("SELECT count(*) FROM call");
        council.let_go();
        CHECK(council.under_way.get().status == 200);
        CHECK(departure.get().status == 200);
        CHECK(late.get().status == 401);
        CHECK(late_in_two.get().status == 401);
        CHECK(world.sql("SELECT count(*) FROM call") == before);
        CHECK(world.sql("SELECT count(*) FROM audit WHERE token_id = '" + id_of(council.token) + "' AND id > " +
                        council.line("revoke")) == "0");
        return true;
    });
}

TEST_CASE("what was under way in the old role is finished first, and what comes after is judged in the new one") {
    in_the_middle([](MidRequest& council) {
        auto& world = council.world;
        auto change = council.by_admin("/v1/tokens/" + id_of(council.token) + "/role-changes",
                                       {{"role", "auditor"}, {"reason", "moved on"}}, council.token);
        if (!council.waiting(2)) return false;
        auto late = begin(world, "/v1/calls", council.fresh_call, bearer(council.token));
        if (!council.waiting(3)) return false;
        const auto before = world.sql("SELECT count(*) FROM call");
        council.let_go();
        CHECK(council.under_way.get().status == 200);
        CHECK(change.get().status == 200);
        CHECK(late.get().status == 403);
        CHECK(world.sql("SELECT count(*) FROM call") == before);
        CHECK(world.sql("SELECT count(*) FROM audit WHERE token_id = '" + id_of(council.token) + "' AND id > " +
                        council.line("change_role")) == "0");
        return true;
    });
}

TEST_CASE("a token that is being made for a leaver is not made, whichever comes first") {
    auto& world = shared_world();
    for (int i = 0; i < 12; ++i) {
        const auto person = world.fresh(nouns::staff);
        auto departure = begin(world, "/v1/staff/" + id_of(person) + "/departures", {{"left_on", "2020-06-01"}},
                               world.signed_in(Role::admin), etag_of(person));
        auto minted = begin(world, "/v1/tokens", {{"staff_id", person.at("id")}, {"role", "helpline"}},
                            world.signed_in(Role::admin));
        CHECK(departure.get().status == 200);
        const auto answer = minted.get();
        CHECK((answer.status == 201 || outcome(answer) == "409 has-left"));
        CHECK(world.sql("SELECT count(*) FROM api_token WHERE state = 'valid' AND staff_id = '" + id_of(person) +
                        "'") == "0");
    }
}

TEST_CASE("a council of its own begins without anybody else's figures") {
    auto& world = shared_world();
    World own{world.service(), "E08000001"};
    const auto answer = own.get(Role::admin, "/v1/headlines");
    REQUIRE(outcome(answer) == "200");
    CHECK(answer.json().at("headlines").empty());
    CHECK(answer.body.find("Stockport") == std::string::npos);
}

}  // namespace tideover::testing::staff_test
