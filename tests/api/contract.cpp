// A reader of the part of JSON Schema that the document uses. Everything in an object has to be described.
#include "tests/api/contract.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <regex>
#include <vector>

#include "server/api/openapi/openapi.hpp"
#include "server/api/router.hpp"

namespace tideover::testing::contract {
namespace {

using nlohmann::json;

std::atomic<int> count = 0;

const json& document() {
    static const auto all = json::parse(openapi());
    return all;
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

bool has_format(const std::string& text, const std::string& format) {
    static const std::map<std::string, std::regex> formats{
        {"date", std::regex{"[0-9]{4}-[0-9]{2}-[0-9]{2}"}},
        {"date-time", std::regex{"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z"}},
        {"uuid", std::regex{"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"}}};
    const auto found = formats.find(format);
    return found == formats.end() || std::regex_match(text, found->second);
}

/// All parts of an object's schema as one.
json whole(const json& parts) {
    json out{{"type", "object"}, {"properties", json::object()}, {"required", json::array()}};
    for (const auto& part : parts) {
        const auto& schema = resolved(part);
        out["properties"].update(schema.value("properties", json::object()));
        for (const auto& name : schema.value("required", json::array())) out["required"].push_back(name);
    }
    return out;
}

class Comparison {
public:
    void of(const json& said, const json& value, const std::string& at) {
        const auto& schema = resolved(said);
        if (schema.contains("oneOf")) return;  // any JSON
        if (schema.contains("allOf")) return of(whole(schema["allOf"]), value, at);
        if (!takes_type(schema, type_of(value))) {
            const auto type = type_of(value);
            tell(at, "is " + (type == "null" ? type : type == "integer" ? "a number" : "of type " + type));
        } else if (schema.contains("enum") &&
                   std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
            tell(at, "is none of the listed");
        } else if (value.is_string() && schema.contains("format") &&
                   !has_format(value.get_ref<const std::string&>(), schema["format"])) {
            tell(at, "is no " + schema["format"].get<std::string>());
        } else if (value.is_array()) {
            for (std::size_t i = 0; i < value.size(); ++i)
                of(schema.at("items"), value[i], at + "/" + std::to_string(i));
        } else if (value.is_object()) {
            object(schema, value, at);
        }
    }
    void tell(const std::string& at, const std::string& what) {
        if (found_.size() < 20) found_.push_back(at + (at.empty() ? "" : " ") + what);
    }
    [[nodiscard]] std::string told() const {
        std::string out;
        for (const auto& one : found_) out += (out.empty() ? "" : "; ") + one;
        return out;
    }

private:
    void object(const json& schema, const json& value, const std::string& at) {
        static const json none = json::object(), nothing = json::array();
        const auto& known = schema.contains("properties") ? schema["properties"] : none;
        const auto& others = schema.contains("additionalProperties") ? schema["additionalProperties"] : none;
        for (const auto& name : schema.contains("required") ? schema["required"] : nothing) {
            if (!value.contains(name)) tell(at + "/" + name.get<std::string>(), "is not there");
        }
        for (const auto& [name, inner] : value.items()) {
            const auto place = at + "/" + name;
            if (known.contains(name)) {
                of(known[name], inner, place);
            } else if (others.is_object() && !others.empty()) {
                of(others, inner, place);
            } else {
                tell(place, "is not described");
            }
        }
    }

    std::vector<std::string> found_;
};

/// What the document says of the request; null where it has no such route.
const json* operation_at(const std::string& method, const std::string& target) {
    const auto found = find_route(method, target.substr(0, target.find('?')));
    if (found.route == nullptr) return nullptr;
    return &document().at("paths").at(found.route->path).at(in_document(found.route->verb));
}

/// What the document says of an answer of that status to it; null where it says nothing.
const json* response_for(const json& operation, int status) {
    const auto& all = operation.at("responses");
    const auto sort = std::to_string(status / 100) + "XX";
    for (const auto& name : {std::to_string(status), sort}) {
        if (all.contains(name)) return &resolved(all[name]);
    }
    // A dry run makes nothing.
    return status == 200 && all.contains("201") ? &all["201"] : nullptr;
}

void observe(const std::string& method, const std::string& target, const Answer& answer) {
    if (method != "GET" && method != "POST" && method != "DELETE") return;
    const auto found = differences(method, target, answer);
    ++count;
    if (found.empty()) return;
    INFO(method << " " << target << " " << answer.status << " " << answer.body.substr(0, 2000));
    FAIL_CHECK("the answer is not what the document says: " << found);
}

const bool observing = [] {
    Client::observer = observe;
    return true;
}();

}  // namespace

const json& resolved(const json& schema) {
    if (!schema.contains("$ref")) return schema;
    return document().at(json::json_pointer{schema.at("$ref").get<std::string>().substr(1)});
}

int compared() {
    return observing ? count.load() : 0;
}

std::string differences(const std::string& method, const std::string& target, const Answer& answer) {
    Comparison comparison;
    const auto type = answer.header("content-type");
    if (type == "application/problem+json") {
        comparison.of(document().at("components").at("schemas").at("Problem"), answer.json(), "");
        return comparison.told();
    }
    const auto* operation = operation_at(method, target);
    if (operation == nullptr) return {};
    const auto* response = response_for(*operation, answer.status);
    if (response == nullptr) return "no " + std::to_string(answer.status) + " is described";
    if (type != "application/json") return {};
    const auto& content = response->value("content", json::object());
    if (!content.contains(type)) return "no JSON is described";
    comparison.of(content.at(type).at("schema"), answer.json(), "");
    return comparison.told();
}

}  // namespace tideover::testing::contract
