// The API as it describes itself: every route with its verbs, every field, and a page for every problem.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "server/api/problem.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::openapi_test {
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

std::string type_of(const json& value) {
    return value.is_null()             ? "null"
           : value.is_boolean()        ? "boolean"
           : value.is_number_integer() ? "integer"
           : value.is_number()         ? "number"
           : value.is_string()         ? "string"
           : value.is_array()          ? "array"
                                       : "object";
}

bool takes_type(const json& schema, const std::string& type) {
    const auto wanted = schema.value("type", json());
    const auto same = [&](const json& one) { return one == type || (one == "number" && type == "integer"); };
    return wanted.is_array() ? std::any_of(wanted.begin(), wanted.end(), same) : same(wanted);
}

/// Where a value is not what its schema says, and what is wrong there. Everything in an object has to be described.
void differences(const json& doc, const json& said, const json& value, const std::string& at,
                 std::vector<std::string>& out) {
    const auto& schema = resolved(doc, said);
    for (const auto* part : {"allOf", "oneOf"}) {
        if (schema.contains(part)) return;  // any JSON; a new token, which is no GET's answer
    }
    if (!takes_type(schema, type_of(value))) {
        out.push_back(at + " is " + type_of(value) + ", not " + schema.value("type", json()).dump());
    } else if (schema.contains("enum") &&
               std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
        out.push_back(at + " is none of the listed");
    } else if (value.is_array()) {
        for (const auto& item : value) differences(doc, schema.at("items"), item, at + "/*", out);
    } else if (value.is_object()) {
        const auto known = schema.value("properties", json::object());
        for (const auto& name : schema.value("required", json::array())) {
            if (!value.contains(name.get<std::string>())) out.push_back(at + " lacks " + name.get<std::string>());
        }
        for (const auto& [name, inner] : value.items()) {
            if (known.contains(name)) {
                differences(doc, known.at(name), inner, at + "/" + name, out);
            } else if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object()) {
                differences(doc, schema["additionalProperties"], inner, at + "/" + name, out);
            } else {
                out.push_back(at + " has " + name + ", which is not described");
            }
        }
    }
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
        if (!changes(route)) continue;
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
        if (!changes(route)) continue;
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

TEST_CASE("every answer to a GET is what the document says, down to the last value") {
    auto& world = shared_world();
    const auto doc = document(world);
    int compared = 0;
    for (const auto& route : routes()) {
        if (route.verb != Verb::get) continue;
        const auto& content = doc.at("paths").at(route.path).at("get").at("responses").at("200").at("content");
        if (!content.contains("application/json")) continue;
        const bool by_purpose =
            route.path.ends_with("/records") || route.path.ends_with("/subjects") || route.path.ends_with("/gone");
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
        REQUIRE(answer.status == 200);
        std::vector<std::string> out;
        differences(doc, content.at("application/json").at("schema"), answer.json(), "", out);
        CHECK(json(out).dump() == "[]");
        ++compared;
    }
    CHECK(compared > 60);
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
