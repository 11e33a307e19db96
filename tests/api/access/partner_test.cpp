// Partners work on what is theirs, and nothing else is there for them: read off the nouns that have an owner.
#include <doctest/doctest.h>

#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::partner_test {
namespace {

using nlohmann::json;

/// The Authorization of a partner other than the world's own.
Headers other_partner(World& world) {
    static const auto made = world.fresh(nouns::organisation, {{"code", "other-partner"}, {"kind", "partner"}});
    return {{"Authorization", "Bearer " + world.service().token("partner", {}, made.at("code").get<std::string>())}};
}

bool partners_may(const Route& route) {
    return route.roles.has(Role::partner);
}

template <class Test>
void for_every_owned(const Test& test) {
    int owned = 0;
    for (const auto& route : routes()) {
        if (route.noun == nullptr || route.noun->owner.empty() || !partners_may(route)) continue;
        INFO(name_of(route.verb) << " " << route.path);
        test(route);
        ++owned;
    }
    CHECK(owned > 20);
}

/// A request of the other partner, about people whom its own members recorded.
Lawful of_other_partner(World& world, const Route& route) {
    auto request = world.lawful(route);
    for (const auto* party : {&nouns::household, &nouns::person}) {
        for (const auto& field : route.noun->fields) {
            if (field.derived || field.refers != party->name || !request.body.contains(std::string{field.name}))
                continue;
            const auto recorded = world.send(world.lawful(*creating(*party)), other_partner(world));
            REQUIRE(outcome(recorded) == "201");
            request.body[std::string{field.name}] = recorded.json().at("id");
        }
    }
    return request;
}

std::string owner_of(World& world, const Noun& noun, const json& record) {
    return world.sql("SELECT " + std::string{noun.owner} + " FROM " + std::string{noun.name} + " WHERE id = '" +
                     record.at("id").get<std::string>() + "'");
}

}  // namespace

TEST_CASE("another partner's record is not there: not to read, not in a list, not to move on, not to correct") {
    auto& world = shared_world();
    for_every_owned([&](const Route& route) {
        const auto role = one_of(route.roles);
        if (creates(route) || counts(route)) return;
        if (changes(route)) {
            const auto& request = world.unspent(route);
            const auto before = world.stored();
            CHECK(outcome(world.send(request, other_partner(world))) == "404 not-found");
            CHECK(world.stored() == before);
            return;
        }
        const auto id = world.one(route.noun->name).at("id").get<std::string>();
        if (reads(route)) {
            CHECK(outcome(world.get(Role::everyone, target_of(route, id), other_partner(world))) == "404 not-found");
            CHECK(outcome(world.get(Role::partner, target_of(route, id))) == "200");
            CHECK(outcome(world.get(role, target_of(route, id))) == "200");
            return;
        }
        const auto mine = world.get(Role::partner, std::string{route.path} + "?limit=200").json().at("items");
        CHECK(!mine.empty());
        for (const auto& item : mine) CHECK(item.at(std::string{route.noun->owner}) == World::partner);
        for (const std::string query : {"?limit=200", "?sort=recorded"}) {
            const auto theirs =
                world.get(Role::everyone, std::string{route.path} + query, other_partner(world)).json().at("items");
            for (const auto& item : theirs) CHECK(item.at(std::string{route.noun->owner}) == "other-partner");
        }
    });
}

TEST_CASE("a filter by another partner's code finds nothing") {
    auto& world = shared_world();
    for_every_owned([&](const Route& route) {
        if (!lists(route)) return;
        const auto target =
            std::string{route.path} + "?" + std::string{route.noun->owner} + "=" + std::string{World::partner};
        CHECK(world.get(Role::everyone, target, other_partner(world)).json().at("items").empty());
        CHECK(!world.get(Role::partner, target).json().at("items").empty());
    });
}

TEST_CASE("a partner records under its own code, said or not, and under no other") {
    auto& world = shared_world();
    for_every_owned([&](const Route& route) {
        if (!creates(route)) return;
        const std::string owner{route.noun->owner};
        auto request = world.lawful(route);
        const auto prepared = world.stored();
        for (const std::string code : {"world-partner", "no-such-partner", "other-partners", ""}) {
            request.body[owner] = code;
            CHECK(outcome(world.send(request, other_partner(world))) == "403 not-yours");
        }
        CHECK(world.stored() == prepared);
        for (const json& said : {json("other-partner"), json(nullptr), json()}) {
            request = of_other_partner(world, route);
            request.body[owner] = said;
            if (said.is_null()) request.body.erase(owner);
            const auto answer = world.send(request, other_partner(world));
            INFO(answer.body);
            REQUIRE(outcome(answer) == "201");
            CHECK(owner_of(world, *route.noun, answer.json()) == "other-partner");
        }
        request = of_other_partner(world, route);
        request.body[owner] = nullptr;
        const auto answer = world.send(request, other_partner(world));
        REQUIRE(outcome(answer) == "201");
        CHECK(owner_of(world, *route.noun, answer.json()) == "other-partner");
    });
}

TEST_CASE("a partner cannot give a record away by a correction") {
    auto& world = shared_world();
    for_every_owned([&](const Route& route) {
        const auto* owner = route.noun->field(route.noun->owner);
        if (!corrects(route) || !may_be_corrected(*owner)) return;
        auto request = world.lawful(route);
        const auto before = world.stored();
        request.body["changes"] = {{std::string{owner->name}, "other-partner"}};
        CHECK(other_partner(world).size() == 1);
        CHECK(outcome(world.send(request, world.signed_in(Role::partner))) == "403 not-yours");
        if (!owner->required) {
            request.body["changes"] = {{std::string{owner->name}, nullptr}};
            CHECK(outcome(world.send(request, world.signed_in(Role::partner))) == "403 not-yours");
        }
        CHECK(world.stored() == before);
    });
}

TEST_CASE("an original that a partner may not see does not come out by repeating its key") {
    auto& world = shared_world();
    const auto* route = creating(nouns::voucher);
    const auto request = world.lawful(*route);
    const auto key = Service::fresh_key();
    const auto first = world.send(
        request, {{"Authorization", world.signed_in(Role::partner).front().second}, {"Idempotency-Key", key}});
    REQUIRE(outcome(first) == "201");
    const auto other = world.send(request, {other_partner(world).front(), {"Idempotency-Key", key}});
    CHECK(outcome(other) == "403 not-yours");
}

TEST_CASE("a partner sees the people that it recorded, and those whom its own deliveries are for") {
    auto& world = shared_world();
    const auto helpline = [&](const json& body) {
        return world.post(Role::helpline, "/v1/households", body.dump()).json();
    };
    const json address{{"address", "7 Quiet Row"}, {"postcode", "SK1 3XE"}, {"people", 3}};
    const auto family = helpline(address), strangers = helpline(address);
    const auto at = [](const json& record) { return "/v1/households/" + record.at("id").get<std::string>(); };
    CHECK(outcome(world.get(Role::partner, at(family))) == "404 not-found");
    const auto parcel = world.fresh(nouns::parcel, {{"household_id", family.at("id")}});
    CHECK(outcome(world.get(Role::partner, at(family))) == "200");
    CHECK(outcome(world.get(Role::everyone, at(family), other_partner(world))) == "404 not-found");
    CHECK(outcome(world.get(Role::partner, at(strangers))) == "404 not-found");
    const auto list = world.get(Role::partner, "/v1/households?limit=200").body;
    CHECK(list.find(family.at("id").get<std::string>()) != std::string::npos);
    CHECK(list.find(strangers.at("id").get<std::string>()) == std::string::npos);
    REQUIRE(outcome(world.make_void(nouns::parcel, parcel)) == "200");
    CHECK(outcome(world.get(Role::partner, at(family))) == "404 not-found");
}

TEST_CASE("a partner gains no sight of anybody by naming them, and may name whom it sees") {
    auto& world = shared_world();
    const json address{{"address", "8 Quiet Row"}, {"postcode", "SK1 3XE"}, {"people", 2}};
    const auto strangers = world.post(Role::helpline, "/v1/households", address.dump()).json();
    const auto own = world.post(Role::partner, "/v1/households", address.dump()).json();
    CHECK(own.at("recorded_for") == World::partner);
    CHECK(strangers.at("recorded_for").is_null());
    const auto fields = naming(nouns::household, Role::partner);
    CHECK(fields.size() >= 2);
    for (const auto& [noun, route, field] : fields) {
        INFO(noun->name << "." << field->name);
        auto request = world.lawful(*route);
        const auto send = [&, name = field->name](const json& household) {
            request.body[std::string{name}] = household.at("id");
            return world.post(Role::partner, request.target, request.body.dump());
        };
        CHECK(fault_at(send(strangers), "/" + std::string{field->name}) == "unknown_reference");
        CHECK(send(own).status == 201);
    }
    CHECK(outcome(world.get(Role::partner, "/v1/households/" + strangers.at("id").get<std::string>())) ==
          "404 not-found");
}

TEST_CASE("whom a partner recorded stays in its sight, and goes to nobody else, when its member changes sides") {
    Service service;
    World world{service};
    world.fresh(nouns::organisation, {{"code", "first-side"}, {"kind", "partner"}});
    world.fresh(nouns::organisation, {{"code", "second-side"}, {"kind", "partner"}});
    const auto person = world.fresh(nouns::staff, {{"key", "side-changer"}, {"name", "Sid Changer"}});
    const auto token =
        world.fresh(nouns::api_token, {{"staff_id", person.at("id")}, {"role", "partner"}, {"partner", "first-side"}});
    const Headers mover{{"Authorization", "Bearer " + token.at("token").get<std::string>()}};
    const Headers stayer{{"Authorization", "Bearer " + service.token("partner", "stayer", "first-side")}};
    const Headers native{{"Authorization", "Bearer " + service.token("partner", "native", "second-side")}};
    const json address{{"address", "9 Quiet Row"}, {"postcode", "SK1 3XE"}, {"people", 2}};
    const auto made = world.post(Role::everyone, "/v1/households", address.dump(), {}, mover);
    REQUIRE(outcome(made) == "201");
    const auto target = "/v1/households/" + made.json().at("id").get<std::string>();
    CHECK(world.get(Role::everyone, target, stayer).status == 200);
    world.take(nouns::api_token, token, "change_role", {{"role", "partner"}, {"partner", "second-side"}});
    CHECK(world.get(Role::everyone, target, stayer).status == 200);
    CHECK(world.get(Role::everyone, target, native).status == 404);
    CHECK(world.get(Role::everyone, target, mover).status == 404);
}

}  // namespace tideover::testing::partner_test
