// From a request's target to its route.
#include <doctest/doctest.h>

#include <set>

#include "server/api/router.hpp"
#include "server/http/target.hpp"

namespace routing_test {

using namespace tideover;

TEST_CASE("a path finds its route, its arguments and nothing else") {
    const auto found = find_route("POST", "/v1/vouchers/abc/sends");
    REQUIRE(found.route != nullptr);
    CHECK(found.route->path == "/v1/vouchers/{id}/sends");
    CHECK(found.arguments == std::vector<std::string>{"abc"});
    CHECK(find_route("GET", "/v1/nothing").route == nullptr);
    CHECK(find_route("GET", "/v1/nothing").allow.empty());
    CHECK(find_route("GET", "/v1/vouchers/").route == nullptr);
}

TEST_CASE("a known path with another method says which it takes") {
    const auto found = find_route("DELETE", "/v1/calls");
    CHECK(found.route == nullptr);
    CHECK(found.allow == "POST, GET, HEAD");
}

TEST_CASE("every route is found by its own path") {
    for (const auto& route : routes()) {
        const auto found = find_route(name_of(route.verb), route.path);
        CAPTURE(route.path);
        CHECK(found.route == &route);
    }
}

TEST_CASE("every noun can be listed and read, and everything recorded by hand can be corrected") {
    for (const auto* noun : nouns::all()) {
        const auto path = "/v1/" + std::string{noun->path};
        CAPTURE(path);
        CHECK(find_route("GET", path).route != nullptr);
        CHECK(find_route("GET", path + "/x").route != nullptr);
        for (const auto& step : noun->steps)
            CHECK(find_route("POST", path + "/x/" + std::string{step.path}).route != nullptr);
        const bool created = find_route("POST", path).route != nullptr;
        // Merges are undone by reversal, a token is given another role or revoked, a publication is superseded.
        const bool otherwise = noun->name == "merge" || noun->name == "api_token" || noun->name == "publication";
        if (created && !otherwise) CHECK(find_route("POST", path + "/x/corrections").route != nullptr);
    }
}

TEST_CASE("a target is split into decoded path and query, and tricks are refused") {
    Request request;
    REQUIRE(read_target("/v1/calls?limit=5&note=a%20b", request));
    CHECK(request.path == "/v1/calls");
    REQUIRE(request.query.size() == 2);
    CHECK(request.query[1].second == "a b");
    for (const auto* bad : {"", "v1/calls", "/v1/%00", "/v1/a%2Fb", "/v1/a%2fb", "http://x/v1"}) {
        Request other;
        CAPTURE(bad);
        CHECK_FALSE(read_target(bad, other));
    }
}

}  // namespace routing_test
