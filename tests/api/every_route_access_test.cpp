// Who may come in, and what they may name: read off the route table, for every route there is.
#include <doctest/doctest.h>

#include "db/core/ids.hpp"
#include "db/records/record_sql.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::every_route_access_test {
namespace {

using nlohmann::json;

/// An address of the route that leads somewhere, as far as somebody without a token can be led there.
std::string somewhere(World& world, const Route& route) {
    if (route.roles.has(Role::everyone) && noun_in_path(route) != nullptr) return target_of(route, "not-found");
    return world.readable(route);
}

/// Whether the route looks behind a figure: who may is a matter of the figure's purpose.
bool by_purpose(const Route& route) {
    return route.path.ends_with("/records") || route.path.ends_with("/subjects") ||
           (route.path.ends_with("/errors.csv") || route.path.ends_with("/gone"));
}

/// A council in another authority, on the same service.
World& elsewhere() {
    static World world{shared_world().service(), "E08000006"};
    return world;
}

/// What else a body must say so that the field may stand in it at all.
json beside(World& world, const Noun& noun, std::string_view field) {
    if (noun.name == "council_tax_posting" && field == "reverses_id") return {{"kind", "reversal"}, {"basis", nullptr}};
    if (noun.name == "api_token" && field == "partner") return {{"role", "partner"}};
    if (noun.name == "ppe_movement" && field == "issue_id") return {{"kind", "return"}};
    if (noun.name == "application" && field == "organisation_id") {
        static const auto scheme =
            world.open_scheme({{"kind", "community"}}, {{"uniqueness_key", "business"}}).at("code");
        return {{"business_id", nullptr}, {"premises_id", nullptr}, {"scheme", scheme}};
    }
    if (noun.name == "application" && field == "person_id") {
        static const auto scheme =
            world.open_scheme({{"kind", "household"}}, {{"uniqueness_key", "person"}}).at("code");
        return {{"business_id", nullptr}, {"premises_id", nullptr}, {"scheme", scheme}};
    }
    return json::object();
}

/// The field that may hold an id or a code, with the record it names where `in` is asked.
json name_in(World& in, const Field& field) {
    if (field.refers.empty()) return in.one("person").at("id");
    if (field.kind == Kind::id) return in.one(field.refers).at("id");
    return "only-elsewhere";
}

}  // namespace

TEST_CASE("without a token, or with one that is none, only public routes answer") {
    auto& world = shared_world();
    const std::vector<std::string> none{"",       "Bearer ",   "Bearer tdo_nobody", "Basic dXNlcjpwYXNz",
                                        "bearer", "Bearer x y"};
    for (const auto& route : routes()) {
        if (route.verb != Verb::get && !changes(route)) continue;
        INFO(name_of(route.verb) << " " << route.path);
        if (!changes(route)) static_cast<void>(somewhere(world, route));  // makes what it leads to
        const auto before = world.stored();
        const auto* lawful = changes(route) ? &world.unspent(route) : nullptr;
        const auto after_preparing = world.stored();
        for (const auto& authorization : none) {
            INFO("Authorization: " << authorization);
            const Headers headers{{"Authorization", authorization}};
            const auto answer = lawful == nullptr ? world.get(Role::everyone, somewhere(world, route), headers)
                                                  : world.send(*lawful, headers);
            if (route.roles.has(Role::everyone) && authorization.empty()) {
                CHECK(answer.status != 401);
            } else {
                CHECK(outcome(answer) == "401 unauthenticated");
                CHECK(answer.header("www-authenticate") == "Bearer");
            }
        }
        if (lawful != nullptr) CHECK(world.stored() == after_preparing);
        if (lawful == nullptr && route.noun == nullptr) CHECK(world.stored() == before);
    }
}

TEST_CASE("a role that the route does not name is refused, and nothing is stored") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (route.verb != Verb::get && !changes(route)) continue;
        if (route.roles.has(Role::everyone)) continue;
        INFO(name_of(route.verb) << " " << route.path);
        const auto target = route.verb == Verb::get ? somewhere(world, route) : std::string{};
        const auto* lawful = changes(route) ? &world.unspent(route) : nullptr;
        const auto before = world.stored();
        for (const auto role : every_role()) {
            if (route.roles.has(role)) continue;
            INFO(name_of(role));
            const auto answer =
                lawful == nullptr ? world.get(role, target) : world.send(*lawful, world.signed_in(role));
            CHECK(outcome(answer) == "403 forbidden");
        }
        CHECK(world.stored() == before);
    }
}

TEST_CASE("a role that the route names is served") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (route.verb != Verb::get && !changes(route)) continue;
        if (route.noun == nullptr && (by_purpose(route) || route.roles.has(Role::everyone))) continue;
        for (const auto role : every_role()) {
            if (!route.roles.has(role)) continue;
            INFO(name_of(route.verb) << " " << route.path << " as " << name_of(role));
            if (route.verb == Verb::get) {
                CHECK(outcome(world.get(role, somewhere(world, route))) == "200");
                continue;
            }
            const auto answer = world.send(world.lawful(route), world.signed_in(role));
            INFO(answer.body);
            CHECK(outcome(answer) == (creates(route) ? "201" : "200"));
        }
    }
}

TEST_CASE("an id that names nothing is not found, whatever is asked of it") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (route.verb != Verb::get && !changes(route)) continue;
        if (route.path.find('{') == std::string_view::npos || route.path.starts_with("/problems")) continue;
        INFO(name_of(route.verb) << " " << route.path);
        for (const auto& id : {db::ids::fresh(), std::string{"17"}, std::string{"'; DROP TABLE call; --"}}) {
            std::string encoded;
            for (const char c : id) encoded += c == ' ' ? std::string{"%20"} : std::string{c};
            const auto role = one_of(route.roles);
            auto answer = world.get(role, target_of(route, encoded) +
                                              (route.path.ends_with("/bridge") ? "?opening=2199-01-01T00:00:00Z" : ""));
            if (changes(route)) {
                auto request = world.unspent(route);
                request.target = target_of(route, encoded);
                const auto before = world.stored();
                answer = world.send(request);
                CHECK(world.stored() == before);
            }
            CHECK(outcome(answer) == "404 not-found");
        }
    }
}

TEST_CASE("an id or code in a body that names nothing is the fault of its field") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!changes(route) || steps(route)) continue;
        for (const auto& place : places(route)) {
            const auto& field = *place.field;
            const bool owner = one_of(route.roles) == Role::partner && field.name == route.noun->owner;
            if ((field.kind != Kind::id && field.kind != Kind::code) || owner) continue;
            INFO("POST " << route.path << " " << place.pointer);
            auto request = world.unspent(route);
            if (corrects(route)) request.body["changes"] = json::object();
            auto& fields = corrects(route) ? request.body["changes"] : request.body;
            fields.merge_patch(beside(world, *route.noun, field.name));
            if (corrects(route) && !fields.empty()) continue;  // such a record is another one
            const auto before = world.stored();
            for (const auto& name :
                 {json(field.kind == Kind::id ? db::ids::fresh() : "no-such-code"), name_in(elsewhere(), field)}) {
                request.body = with(world, request.body, place, name);
                const auto answer = world.send(request);
                INFO(name << " -> " << answer.body);
                CHECK(outcome(answer) == "422 invalid-fields");
                const auto list = place.pointer.substr(0, place.pointer.find("/0/"));
                CHECK(fault_at(answer, list) == "unknown_reference");
            }
            CHECK(world.stored().size() >= before.size());
        }
    }
}

TEST_CASE("another authority's records are not there: not to read, not to list, not to change") {
    auto& world = shared_world();
    auto& other = elsewhere();
    for (const auto& route : routes()) {
        if (route.noun == nullptr || creates(route)) continue;
        INFO(name_of(route.verb) << " " << route.path);
        const auto role = one_of(route.roles);
        if (lists(route)) {
            const auto id = world.one(route.noun->name).at("id").get<std::string>();
            CHECK(world.get(role, std::string{route.path} + "?limit=200").body.find("\"id\"") != std::string::npos);
            const auto items = other.get(role, std::string{route.path} + "?limit=200").json().at("items");
            for (const auto& item : items) {
                CHECK(item.at("id") != id);
                CHECK(world.sql("SELECT authority_id FROM " + std::string{route.noun->name} + " WHERE id = '" +
                                item.at("id").get<std::string>() + "'") == other.authority());
            }
            continue;
        }
        if (counts(route)) {
            const auto there = other.get(role, route.path + "?voided=true,false").json().at("items")[0].at("count");
            CHECK(std::to_string(there.get<int>()) ==
                  world.sql("SELECT count(*) FROM " + std::string{route.noun->name} + " WHERE authority_id = '" +
                            other.authority() + "'"));
            continue;
        }
        if (reads(route)) {
            CHECK(outcome(other.get(role, somewhere(world, route))) == "404 not-found");
            CHECK(outcome(world.get(role, somewhere(world, route))) == "200");
            continue;
        }
        const auto& request = world.unspent(route);
        const auto before = world.stored();
        CHECK(outcome(world.send(request, other.signed_in(role))) == "404 not-found");
        CHECK(world.stored() == before);
    }
}

TEST_CASE("a new authority's lists are empty, and each holds what is recorded there and nothing else") {
    auto& world = shared_world();
    world.sql("INSERT INTO authority (id, name) VALUES ('E08000005', 'Nobody yet') ON CONFLICT DO NOTHING");
    for (const auto& route : routes()) {
        if (!lists(route) || route.noun->about_access) continue;  // whoever asks is on those lists
        const auto role = std::string{name_of(one_of(route.roles))};
        const auto& token = world.service().token(role, {}, role == "partner" ? "world-partner" : "", "E08000005");
        const auto answer = world.get(Role::everyone, std::string{route.path}, {{"Authorization", "Bearer " + token}});
        INFO(route.path);
        CHECK(answer.body == R"({"items":[],"next":null})");
    }
}

}  // namespace tideover::testing::every_route_access_test
