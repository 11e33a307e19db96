// Addresses, methods, media types and parameters, for every route there is.
#include <doctest/doctest.h>

#include <set>

#include "db/core/ids.hpp"
#include "server/api/list_query.hpp"
#include "server/api/resources/records.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::every_route_address_test {
namespace {

/// Roles do not matter before the address does: nobody is signed in here.
Answer ask(World& world, const std::string& method, const std::string& target, const Headers& headers = {}) {
    return world.service().send(method, target, headers, {});
}

std::set<std::string> methods_of(std::string_view path) {
    std::set<std::string> out;
    for (const auto& route : routes()) {
        if (route.path == path) out.emplace(name_of(route.verb));
        if (route.path == path && route.verb == Verb::get) out.emplace("HEAD");
    }
    return out;
}

std::set<std::string> listed(const std::string& text) {
    std::set<std::string> out;
    std::size_t from = 0;
    while (from < text.size()) {
        const auto comma = std::min(text.find(',', from), text.size());
        out.insert(text.substr(text.find_first_not_of(' ', from), comma - text.find_first_not_of(' ', from)));
        from = comma + 1;
    }
    return out;
}

}  // namespace

TEST_CASE("a method that an address does not take is refused with those that it does") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        const auto methods = methods_of(route.path);
        for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
            if (methods.contains(method)) continue;
            INFO(method << " " << route.path);
            const auto answer = ask(world, method, target_of(route, db::ids::fresh()));
            CHECK(outcome(answer) == "405 method-not-allowed");
            CHECK(listed(answer.header("allow")) == methods);
        }
    }
}

TEST_CASE("an address that is none is not found") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        const auto path = target_of(route, db::ids::fresh());
        for (const auto& near : {path + "/nowhere/else", "/v2" + path, path + "x/"}) {
            INFO(near);
            CHECK(outcome(ask(world, "GET", near)) == "404 not-found");
            CHECK(outcome(ask(world, "POST", near)) == "404 not-found");
        }
    }
}

TEST_CASE("an address that could be read in two ways is not read at all") {
    auto& world = shared_world();
    for (const std::string target :
         {"/v1/calls%2f", "/v1/calls%00", "/v1%2Fcalls", "v1/calls", "/v1/calls?a=%zz", "http://x/v1/calls"}) {
        INFO(target);
        CHECK(outcome(ask(world, "GET", target)) == "400 bad-request");
    }
    CHECK(outcome(ask(world, "GET", "/" + std::string(3000, 'x'))) == "400 bad-request");
}

TEST_CASE("a POST of another media type is refused") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!changes(route)) continue;
        INFO("POST " << route.path);
        const auto& request = world.unspent(route);
        const auto before = world.stored();
        for (const std::string type :
             {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/xml"}) {
            INFO("Content-Type: " << type);
            CHECK(outcome(world.send(request, {{"Content-Type", type}})) == "415 unsupported-media-type");
        }
        CHECK(world.stored() == before);
        const auto answer = world.send(world.lawful(route), {{"Content-Type", "application/json; charset=utf-8"}});
        CHECK(answer.status < 300);
    }
}

TEST_CASE("a parameter that a route does not know is refused, and the nearest one named") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (route.verb != Verb::get && !changes(route)) continue;
        if (!route.path.starts_with("/v1/")) continue;
        INFO(name_of(route.verb) << " " << route.path);
        const auto before = world.stored();
        Answer answer;
        if (changes(route)) {
            auto request = world.unspent(route);
            const auto prepared = world.stored();
            request.target += "?dry_rnu=true";
            answer = world.send(request);
            CHECK(world.stored() == prepared);
        } else {
            const auto argument = noun_in_path(route) != nullptr
                                      ? world.one(noun_in_path(route)->name).at("id").get<std::string>()
                                      : "ppe-items";
            answer = world.get(one_of(route.roles), target_of(route, argument) + "?surprise=1");
            CHECK(!before.empty());
        }
        CHECK(outcome(answer) == "400 unknown-parameter");
        const auto detail = answer.json().at("detail").get<std::string>();
        INFO(detail);
        CHECK(detail.find(changes(route) ? "'dry_rnu'" : "'surprise'") != std::string::npos);
        if (changes(route)) CHECK(detail.find("the nearest is 'dry_run'") != std::string::npos);
    }
}

TEST_CASE("every parameter of a list is known, once, and a slip of the pen gets it named") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!lists(route)) continue;
        const auto role = one_of(route.roles);
        const std::string path{route.path};
        INFO(path);
        CHECK(world.get(role, path + "?lmit=5").json().at("detail").get<std::string>().find("'limit'") !=
              std::string::npos);
        CHECK(world.get(role, path + "?crusor=5").json().at("detail").get<std::string>().find("'cursor'") !=
              std::string::npos);
        for (const auto& name : list_parameters(*route.noun)) {
            const auto once = std::string{name} + "=1";
            CHECK(world.get(role, path + "?" + once).problem() != "unknown-parameter");
            const auto twice = world.get(role, path + "?" + once + "&" + once);
            CHECK(outcome(twice) == "400 invalid-parameter");
        }
        for (const std::string query :
             {"limit=0", "limit=201", "limit=-1", "limit=1e2", "limit=", "cursor=17", "cursor=", "sort=name"}) {
            INFO(query);
            CHECK(outcome(world.get(role, path + "?" + query)) == "400 invalid-parameter");
        }
    }
}

TEST_CASE("bytes in a query that are no text are refused, not looked for") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!lists(route)) continue;
        const auto role = one_of(route.roles);
        for (const auto& name : list_parameters(*route.noun)) {
            for (const std::string bytes : {"%ff", "a%00b", "%ed%a0%80"}) {
                INFO(route.path << "?" << name << "=" << bytes);
                const auto answer = world.get(role, std::string{route.path} + "?" + std::string{name} + "=" + bytes);
                CHECK(answer.status == 400);
                CHECK(!answer.problem().empty());
            }
        }
    }
}

TEST_CASE("a list that is asked for in a media type it does not come in is refused") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!lists(route)) continue;
        INFO(route.path);
        const auto role = one_of(route.roles);
        CHECK(outcome(world.get(role, std::string{route.path}, {{"Accept", "image/png"}})) == "406 not-acceptable");
        for (const std::string accept :
             {"application/json", "*/*", "application/*", "text/html, application/json;q=0.5"}) {
            CHECK(world.get(role, std::string{route.path}, {{"Accept", accept}}).header("content-type") ==
                  "application/json");
        }
        CHECK(world.get(role, std::string{route.path}, {{"Accept", "text/csv"}})
                  .header("content-type")
                  .starts_with("text/csv"));
    }
}

}  // namespace tideover::testing::every_route_address_test
