// The API as it describes itself: every route with its verbs, every field, and a page for every problem.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "server/api/problem.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing {
namespace {

using nlohmann::json;

json document(World& world) {
    return world.get(Role::everyone, "/openapi.json").json();
}

/// What a reference stands for.
const json& resolved(const json& doc, const json& schema) {
    if (!schema.contains("$ref")) return schema;
    return doc.at(json::json_pointer{schema.at("$ref").get<std::string>().substr(1)});
}

std::map<std::string, std::set<std::string>> verbs_of_table() {
    std::map<std::string, std::set<std::string>> out;
    for (const auto& route : routes()) out[std::string{route.path}].insert(route.verb == Verb::get ? "get" : "post");
    return out;
}

}  // namespace

TEST_CASE("every route is in the document with its verbs, and nothing else is") {
    const auto doc = document(shared_world());
    CHECK(doc.at("openapi").get<std::string>().starts_with("3.1"));
    std::map<std::string, std::set<std::string>> described;
    for (const auto& [path, verbs] : doc.at("paths").items()) {
        for (const auto& [verb, operation] : verbs.items()) {
            described[path].insert(verb);
            CHECK(!operation.at("summary").get<std::string>().empty());
        }
    }
    CHECK(described == verbs_of_table());
}

TEST_CASE("every POST describes a body, the key, and If-Match where it changes a record") {
    const auto doc = document(shared_world());
    for (const auto& route : routes()) {
        if (route.verb != Verb::post) continue;
        INFO(route.path);
        const auto& operation = doc.at("paths").at(std::string{route.path}).at("post");
        std::set<std::string> parameters;
        for (const auto& parameter : operation.at("parameters"))
            parameters.insert(resolved(doc, parameter).at("name").get<std::string>());
        CHECK(parameters.contains("Idempotency-Key"));
        CHECK(parameters.contains("If-Match") == !creates(route));
        CHECK(operation.at("responses").contains(creates(route) ? "201" : "200"));
        CHECK(operation.at("requestBody").at("required") == true);
    }
}

TEST_CASE("the body that the document describes is the body that the service takes") {
    auto& world = shared_world();
    const auto doc = document(world);
    for (const auto& route : routes()) {
        if (route.verb != Verb::post) continue;
        const auto& body = doc.at("paths").at(std::string{route.path}).at("post").at("requestBody");
        const auto& schema = resolved(doc, body.at("content").at("application/json").at("schema"));
        CHECK(schema.at("additionalProperties") == false);
        for (const auto& place : places(route)) {
            INFO("POST " << route.path << " " << place.pointer);
            json::json_pointer inside;
            for (json::json_pointer rest{place.pointer}; !rest.empty(); rest = rest.parent_pointer()) {
                inside = json::json_pointer{rest.back() == "0" ? "/items" : "/properties/" + rest.back()} / inside;
            }
            CHECK(schema.contains(inside));
        }
        const auto wanted = schema.value("required", json::array());
        for (const auto& [name, value] : world.unspent(route).body.items())
            CHECK(schema.at("properties").contains(name));
        for (const auto& name : wanted) {
            INFO(name);
            auto request = world.unspent(route);
            request.body.erase(name.get<std::string>());
            const bool filled_in = request.role == Role::partner && name == route.noun->owner;
            if (!filled_in) CHECK(outcome(world.send(request)) == "422 invalid-fields");
        }
    }
}

TEST_CASE("a record has the properties that the document gives it") {
    auto& world = shared_world();
    const auto doc = document(world);
    for (const auto& route : routes()) {
        if (!reads(route)) continue;
        INFO(route.path);
        const auto& operation = doc.at("paths").at(std::string{route.path}).at("get");
        const auto& schema =
            resolved(doc, operation.at("responses").at("200").at("content").at("application/json").at("schema"));
        const auto record =
            world.get(one_of(route.roles), target_of(route, world.one(route.noun->name).at("id"))).json();
        for (const auto& [name, value] : record.items()) {
            INFO(name);
            CHECK(schema.at("properties").contains(name));
        }
        for (const auto& name : schema.at("required")) CHECK(record.contains(name.get<std::string>()));
    }
}

TEST_CASE("every reference in the document leads somewhere") {
    const auto doc = document(shared_world());
    const auto text = doc.dump();
    int followed = 0;
    for (auto at = text.find("\"$ref\":\"#"); at != std::string::npos; at = text.find("\"$ref\":\"#", at + 1)) {
        const auto from = at + 9;
        const auto pointer = text.substr(from, text.find('"', from) - from);
        INFO(pointer);
        CHECK(doc.contains(json::json_pointer{pointer}));
        ++followed;
    }
    CHECK(followed > 100);
}

TEST_CASE("every problem that the service can answer with has a page that says what to do") {
    auto& world = shared_world();
    for (const auto& type : problem_types()) {
        INFO(type.slug);
        const auto page = world.get(Role::everyone, "/problems/" + std::string{type.slug});
        CHECK(page.status == 200);
        CHECK(page.header("content-type").starts_with("text/html"));
        CHECK(page.body.find(std::to_string(type.status)) != std::string::npos);
        CHECK(page.body.find(type.slug) != std::string::npos);
    }
    CHECK(world.get(Role::everyone, "/problems/no-such-problem").status == 404);
}

}  // namespace tideover::testing
