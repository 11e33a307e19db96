// The API as it describes itself: every route with its verbs, every field, and a page for every problem.
#include "server/api/openapi/openapi.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "server/api/problem.hpp"
#include "tests/api/contract.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::openapi_test {
namespace {

using nlohmann::json;

json document(World& world) {
    return world.get(Role::everyone, "/openapi.json").json();
}

std::map<std::string, std::set<std::string>> verbs_of_table() {
    std::map<std::string, std::set<std::string>> out;
    for (const auto& route : routes()) out[std::string{route.path}].insert(in_document(route.verb));
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
        if (!changes(route)) continue;
        INFO(route.path);
        const auto& operation = doc.at("paths").at(std::string{route.path}).at("post");
        std::set<std::string> parameters;
        for (const auto& parameter : operation.at("parameters"))
            parameters.insert(contract::resolved(parameter).at("name").get<std::string>());
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
        if (!changes(route)) continue;
        const auto& body = doc.at("paths").at(std::string{route.path}).at("post").at("requestBody");
        const auto& schema = contract::resolved(body.at("content").at("application/json").at("schema"));
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
            contract::resolved(operation.at("responses").at("200").at("content").at("application/json").at("schema"));
        const auto record =
            world.get(one_of(route.roles), target_of(route, world.one(route.noun->name).at("id"))).json();
        for (const auto& [name, value] : record.items()) {
            INFO(name);
            CHECK(schema.at("properties").contains(name));
        }
        for (const auto& name : schema.at("required")) CHECK(record.contains(name.get<std::string>()));
    }
}

TEST_CASE("every route that answers JSON is asked, and its answer is what the document says") {
    // What any test is answered is held against the document as it comes: see contract.cpp.
    auto& world = shared_world();
    int answered = 0;
    for (const auto& route : routes()) {
        if (route.verb != Verb::get) continue;
        const bool by_purpose = route.path.ends_with("/records") || route.path.ends_with("/subjects") ||
                                route.path.ends_with("/gone") || route.path.ends_with("/errors.csv");
        const auto role = by_purpose                     ? Role::helpline
                          : route.roles.has(Role::admin) ? Role::admin
                                                         : one_of(route.roles);
        auto target = world.readable(route);
        if (route.path.ends_with("/bridge")) {
            const auto sealed = world.one("publication").at("known_at").get<std::string>();
            target = target.substr(0, target.find('=') + 1) + sealed;
        }
        const auto answer = world.get(role, target);
        INFO(route.path << " " << answer.status);
        if (route.path == "/v1/audit/checkpoint" && answer.status == 501) continue;
        CHECK(answer.status == 200);
        answered += answer.header("content-type") == "application/json" ? 1 : 0;
    }
    CHECK(answered > 60);
    CHECK(contract::compared() >= answered);
}

TEST_CASE("what is no answer of the contract is found: a value, a name, a code or a status that the document lacks") {
    auto& world = shared_world();
    auto call = world.one("call");
    const auto told = [&](const json& body, int status = 200, const std::string& target = "/v1/calls/x") {
        const bool problem = status >= 400;
        return contract::differences(
            "GET", target,
            {.status = status,
             .headers = {{"content-type", problem ? "application/problem+json" : "application/json"}},
             .body = body.dump()});
    };
    CHECK(told(call) == "");
    auto other = call;
    other["outcome"] = "nonsense";
    CHECK(told(other) == "/outcome is none of the listed");
    other = call;
    other["more"] = 1;
    CHECK(told(other) == "/more is not described");
    other = call;
    other.erase("note");
    CHECK(told(other) == "/note is not there");
    other = call;
    other["caller"]["phone"] = 7;
    CHECK(told(other) == "/caller/phone is a number");
    other = call;
    other["started_at"] = "yesterday";
    CHECK(told(other) == "/started_at is no date-time");
    CHECK(told(call, 299) == "no 299 is described");
    json problem{{"type", "/problems/stale"}, {"title", ""}, {"status", 412}, {"detail", ""}, {"instance", ""}};
    CHECK(told(problem, 412) == "");
    problem["errors"] = {{{"pointer", "/note"}, {"code", "no_such_code"}, {"detail", ""}}};
    CHECK(told(problem, 412) == "/errors/0/code is none of the listed");
}

TEST_CASE("a form needs no guess: each field has a title and a kind, each choice its words, each step its states") {
    const auto doc = document(shared_world());
    for (const auto& [name, schema] : doc.at("components").at("schemas").items()) {
        if (!schema.contains("x-noun")) continue;
        INFO(name);
        CHECK(!schema.at("title").get<std::string>().empty());
        CHECK(!schema.at("x-plural").get<std::string>().empty());
    }
    std::set<std::string> ids;
    for (const auto& route : routes()) {
        const auto& operation = doc.at("paths").at(route.path).at(in_document(route.verb));
        INFO(route.path);
        CHECK(ids.insert(operation.at("operationId").get<std::string>()).second);
        CHECK(operation.at("x-roles").empty() == route.roles.empty());
        if (!changes(route)) continue;
        const auto& body = operation.at("requestBody").at("content").at("application/json").at("schema");
        CHECK(body.contains("$ref"));
        const bool in_states =
            route.action == Action::step || (route.action == Action::correct && !route.noun->corrected_in.empty());
        CHECK(operation.contains("x-from") == in_states);
        for (const auto& place : places(route)) {
            INFO(place.pointer);
            json::json_pointer inside;
            for (json::json_pointer rest{place.pointer}; !rest.empty(); rest = rest.parent_pointer())
                inside = json::json_pointer{rest.back() == "0" ? "/items" : "/properties/" + rest.back()} / inside;
            const auto& field = contract::resolved(body).at(inside);
            CHECK(!field.at("title").get<std::string>().empty());
            CHECK(field.contains("x-kind"));
            CHECK(field.contains("x-words") == !place.field->choices.empty());
            if (route.action == Action::correct) CHECK_FALSE(field.contains("default"));
        }
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

}  // namespace tideover::testing::openapi_test
