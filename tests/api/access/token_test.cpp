// Tokens: gone at once when revoked, for one authority and one member of staff, and the demo ones on loopback only.
#include <doctest/doctest.h>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::token_test {
namespace {

constexpr const char* council = "E08000007";

struct Minted {
    std::string token, id;

    [[nodiscard]] Headers header() const { return {{"Authorization", "Bearer " + token}}; }
};

Minted mint(World& world, const std::string& key, Role role, bool demo = false) {
    auto owner = world.service().database().connect();
    const auto token = db::tokens::create(
        owner, {.authority = council, .staff_key = key, .staff_name = key, .role = role, .demo = demo});
    const auto hash = db::ids::sha256_hex(token);
    return {token, world.sql("SELECT id FROM api_token WHERE hash = '" + hash + "'")};
}

void revoke(World& world, const Minted& minted) {
    auto owner = world.service().database().connect();
    REQUIRE(db::tokens::revoke(owner, council, minted.id));
}

}  // namespace

TEST_CASE("a revoked token is refused at the next request, though every worker knew it") {
    auto& world = shared_world();
    const auto minted = mint(world, "leaver", Role::helpline);
    for (int i = 0; i < 8; ++i) CHECK(world.get(Role::everyone, "/v1/calls?limit=1", minted.header()).status == 200);
    CHECK(world.post(Role::everyone, "/v1/calls", world.body(nouns::call).dump(), {}, minted.header()).status == 201);
    revoke(world, minted);
    const auto before = world.stored();
    CHECK(outcome(world.post(Role::everyone, "/v1/calls", world.body(nouns::call).dump(), {}, minted.header())) ==
          "401 unauthenticated");
    CHECK(outcome(world.get(Role::everyone, "/v1/calls?limit=1", minted.header())) == "401 unauthenticated");
    CHECK(world.stored() == before);
}

TEST_CASE("each way into the database asks whether the token still holds") {
    auto& world = shared_world();
    const auto merge = world.fresh(nouns::merge);
    const auto call = world.fresh(nouns::call);
    const auto household = world.fresh(nouns::household);
    const auto path = [](const Noun& noun, const nlohmann::json& record) {
        return "/v1/" + std::string{noun.path} + "/" + record.at("id").get<std::string>();
    };
    const std::vector<std::pair<std::string, std::string>> posts{
        {"/v1/calls", world.body(nouns::call).dump()},                                         // in one statement
        {"/v1/parcels", world.body(nouns::parcel).dump()},                                     // with look-ups
        {path(nouns::merge, merge) + "/reversals", R"({"reversal_reason":"not the same"})"},   // a step
        {path(nouns::call, call) + "/corrections", R"({"reason":"never was","void":true})"}};  // a correction
    for (const auto& [target, body] : posts) {
        INFO(target);
        const auto minted = mint(world, "leaver-of-" + target, Role::helpline);
        REQUIRE(world.get(Role::everyone, "/v1/households?limit=1", minted.header()).status == 200);
        revoke(world, minted);
        const auto before = world.stored();
        CHECK(outcome(world.post(Role::everyone, target, body, "\"1\"", minted.header())) == "401 unauthenticated");
        CHECK(world.stored() == before);
    }
    for (const auto& target : {path(nouns::household, household), std::string{"/v1/households"},
                               std::string{"/v1/headlines/new-volunteers/records"}, std::string{"/v1/headlines"}}) {
        INFO(target);
        const auto minted = mint(world, "reader-of-" + target, Role::helpline);
        REQUIRE(world.get(Role::everyone, "/v1/households?limit=1", minted.header()).status == 200);
        revoke(world, minted);
        CHECK(outcome(world.get(Role::everyone, target, minted.header())) == "401 unauthenticated");
    }
}

TEST_CASE("a token is kept as a hash and is in no answer and no table") {
    auto& world = shared_world();
    const auto minted = mint(world, "keeper", Role::auditor);
    CHECK(minted.token.starts_with("tdo_"));
    CHECK(minted.token.size() > 40);
    CHECK(world.sql("SELECT count(*) FROM api_token t WHERE t::text LIKE '%" + minted.token.substr(4) + "%'") == "0");
    CHECK(world.sql("SELECT length(hash) FROM api_token WHERE id = '" + minted.id + "'") == "64");
}

TEST_CASE("what is recorded names the member of staff and the login they came through") {
    auto& world = shared_world();
    const auto first = mint(world, "two-logins", Role::helpline), second = mint(world, "two-logins", Role::helpline);
    const auto one = world.post(Role::everyone, "/v1/calls", world.body(nouns::call).dump(), {}, first.header()).json();
    const auto two =
        world.post(Role::everyone, "/v1/calls", world.body(nouns::call).dump(), {}, second.header()).json();
    CHECK(one.at("recorded_by") == two.at("recorded_by"));
    const auto token_of = [&](const nlohmann::json& record) {
        return world.sql("SELECT token_id FROM audit WHERE record_id = '" + record.at("id").get<std::string>() + "'");
    };
    CHECK(token_of(one) == first.id);
    CHECK(token_of(two) == second.id);
}

TEST_CASE("demo tokens hold on the loopback address and on no other") {
    auto& world = shared_world();
    CHECK(world.get(Role::everyone, "/v1/calls?limit=1", mint(world, "demo:here", Role::helpline, true).header())
              .status == 200);
    Service open{{"--bind", "0.0.0.0", "--behind-proxy", "127.0.0.1", "--workers", "2"}};
    World exposed{open};
    const auto demo = mint(exposed, "demo:there", Role::helpline, true), real = mint(exposed, "staff", Role::helpline);
    const auto before = exposed.stored();
    CHECK(outcome(exposed.get(Role::everyone, "/v1/calls", demo.header())) == "401 demo-token");
    CHECK(outcome(exposed.post(Role::everyone, "/v1/calls", exposed.body(nouns::call).dump(), {}, demo.header())) ==
          "401 demo-token");
    CHECK(exposed.stored() == before);
    CHECK(outcome(exposed.get(Role::everyone, "/v1/calls", real.header())) == "200");
    CHECK(outcome(exposed.get(Role::everyone, "/v1/headlines")) == "200");
}

}  // namespace tideover::testing::token_test
