// Makes the document from the tables of routes, fields and problems.
#include "server/api/openapi/openapi.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "db/records/likeness.hpp"
#include "domain/core/typed.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/nouns.hpp"
#include "server/api/list_query.hpp"
#include "server/api/openapi/reports.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/router.hpp"

namespace tideover {
namespace {

using Json = nlohmann::ordered_json;

Json schema_of(const Field& field);

Json properties(std::span<const Field> fields, bool derived_too, Json& required) {
    Json out = Json::object();
    std::map<std::string, Json> nested_required;
    for (const auto& field : fields) {
        if ((field.derived && !derived_too) || who_sees(field.privacy).empty()) continue;
        const auto dot = field.name.find('.');
        const std::string head{field.name.substr(0, dot)};
        if (dot == std::string_view::npos) {
            out[head] = schema_of(field);
            if (field.required) required.push_back(head);
            continue;
        }
        const std::string tail{field.name.substr(dot + 1)};
        auto& group = out[head];
        if (group.is_null()) group = {{"type", "object"}, {"properties", Json::object()}};
        group["properties"][tail] = schema_of(field);
        if (!field.required) continue;
        group["required"].push_back(tail);
        if (std::find(required.begin(), required.end(), head) == required.end()) required.push_back(head);
    }
    return out;
}

Json object_of(std::span<const Field> fields) {
    Json required = Json::array();
    Json out{{"type", "object"}, {"properties", properties(fields, false, required)}, {"additionalProperties", false}};
    for (auto& [name, property] : out["properties"].items()) {
        if (property.contains("properties")) property["additionalProperties"] = false;
    }
    if (!required.empty()) out["required"] = required;
    return out;
}

Json schema_of(const Field& field) {
    Json out;
    switch (field.kind) {
        case Kind::pence:
        case Kind::count:
            out = {{"type", "integer"}, {"format", "int64"}, {"minimum", field.least}, {"maximum", field.most}};
            break;
        case Kind::flag:
            out = {{"type", "boolean"}};
            break;
        case Kind::day:
            out = {{"type", "string"}, {"format", "date"}};
            break;
        case Kind::instant:
            out = {{"type", "string"}, {"format", "date-time"}};
            break;
        case Kind::id:
            out = {{"type", "string"}, {"format", "uuid"}};
            break;
        case Kind::choice:
            out = {{"type", "string"}, {"enum", field.choices}};
            break;
        case Kind::choices:
            out = {{"type", "array"}, {"uniqueItems", true}, {"items", {{"type", "string"}, {"enum", field.choices}}}};
            if (field.choices.empty()) {
                out["maxItems"] = field.most;
                out["items"] = {{"type", "string"}, {"pattern", "^[a-z][a-z0-9_]{0,59}$"}};
            }
            break;
        case Kind::email:
            out = {{"type", "string"}, {"format", "email"}, {"maxLength", field.most}};
            break;
        case Kind::digits:
            out = {{"type", "string"}, {"pattern", "^[0-9]{" + std::to_string(field.most) + "}$"}};
            break;
        case Kind::rows:
            out = {{"type", "array"}, {"maxItems", field.most}, {"items", object_of(field.rows->fields)}};
            break;
        default:
            out = {{"type", "string"}, {"minLength", field.least}, {"maxLength", field.most}};
            break;
    }
    std::string words{field.summary};
    if (field.kind == Kind::pence) words = (words.empty() ? "" : words + " ") + std::string{"In pence."};
    if (field.by_postcode) words = "Where it is not given, the ward of the postcode, if the council has imported that.";
    if (field.kind == Kind::postcode) words = "A UK postcode.";
    if (field.kind == Kind::phone) words = "A UK telephone number.";
    if (field.kind == Kind::code)
        words = (words.empty() ? "" : words + " ") + std::string{"A code of "} + std::string{field.refers} + ".";
    if (field.privacy == Privacy::bank)
        words += (words.empty() ? "" : " ") + std::string{"Shown to grants and finance roles only."};
    if (field.privacy == Privacy::vulnerability)
        words += (words.empty() ? "" : " ") + std::string{"Shown to the helpline, its partners and auditors only."};
    if (!words.empty()) out["description"] = words;
    if (!field.fallback.empty() && field.kind != Kind::flag && !field.derived) out["default"] = field.fallback;
    return out;
}

std::string type_name(std::string_view noun) {
    std::string out;
    bool upper = true;
    for (const char c : noun) {
        if (c == '_') {
            upper = true;
            continue;
        }
        out += upper ? static_cast<char>(std::toupper(c)) : c;
        upper = false;
    }
    return out;
}

Json nullable(Json schema) {
    if (schema.contains("type")) schema["type"] = Json::array({schema["type"], "null"});
    if (schema.contains("enum")) schema["enum"].push_back(nullptr);
    return schema;
}

/// A record as it is read: everything may be null but what is required, and private fields may be absent.
Json record_schema(const Noun& noun) {
    Json ignored = Json::array();
    Json shown{
        {"id", {{"type", "string"}, {"format", "uuid"}}},
        {"reference", {{"type", "string"}, {"description", "What people quote; its last character checks the rest."}}}};
    if (!noun.moves.empty()) {
        std::set<std::string> states;
        for (const auto& move : noun.moves) states.insert(std::string{move.from}), states.insert(std::string{move.to});
        shown["state"] = {{"type", "string"}, {"enum", states}};
    }
    // items() refers to what it is asked of: that has to outlive the loop.
    const auto fields = properties(noun.fields, true, ignored);
    for (const auto& [name, property] : fields.items()) {
        auto shape = property;
        shape.erase("required");
        const auto* field = noun.field(name);
        const bool always_there = shape.contains("properties") || (field != nullptr && field->kind == Kind::rows);
        shown[name] = always_there ? shape : nullable(shape);
        if (shape.contains("items") && shape["items"].contains("properties")) {
            const auto needed = shape["items"].value("required", Json::array());
            for (auto& [inner, inner_shape] : shown[name]["items"]["properties"].items()) {
                const bool required = std::find(needed.begin(), needed.end(), inner) != needed.end();
                if (!required) inner_shape = nullable(inner_shape);
            }
        }
        if (shape.contains("properties")) {
            for (auto& [inner, inner_shape] : shown[name]["properties"].items()) inner_shape = nullable(inner_shape);
        }
    }
    shown["voided"] = {{"type", "boolean"}, {"description", "Recorded by mistake: kept, but counts as nothing."}};
    shown["version"] = {{"type", "integer"}, {"description", "Also the ETag."}};
    shown["recorded_at"] = {{"type", "string"}, {"format", "date-time"}};
    shown["recorded_by"] = {{"type", "string"}, {"format", "uuid"}};
    if (noun.about_access) shown["recorded_by"] = nullable(shown["recorded_by"]);  // the first of them nobody recorded
    return {{"type", "object"},
            {"properties", shown},
            {"required", {"id", "reference", "voided", "version", "recorded_at", "recorded_by"}}};
}

Json ref(const std::string& kind, const std::string& name) {
    return {{"$ref", "#/components/" + kind + "/" + name}};
}

Json query_parameter(std::string_view name, Json schema, std::string_view words) {
    return {{"name", name}, {"in", "query"}, {"schema", std::move(schema)}, {"description", words}};
}

/// A filter's parameter: one value, several with commas between them, or an end of a range.
Json filter_query(const Noun& noun, const std::string& name) {
    const auto asked = *listing::asked_by(noun, name);
    auto shape = schema_of(*asked.field);
    shape.erase("description");
    shape.erase("default");
    if (shape.contains("items")) shape = shape["items"];
    if (asked.how != listing::How::values) {
        const bool instant = asked.field->kind == Kind::instant;
        if (instant) shape.erase("format");
        const std::string end = asked.how == listing::How::from ? "From this on" : "Up to this";
        return query_parameter(name, shape, end + (instant ? ", an instant, or a day in London." : "."));
    }
    if (!listing::takes_several(*asked.field)) return query_parameter(name, shape, "Only those with this value.");
    auto out = query_parameter(name, {{"type", "array"}, {"items", shape}}, "Only those with one of these values.");
    out["style"] = "form";
    out["explode"] = false;
    return out;
}

Json sort_query(const Noun& noun) {
    Json names = Json::array({"recorded", "-recorded"});
    for (const auto* field : listing::sorted_by(noun)) {
        names.push_back(field->name);
        names.push_back("-" + std::string{field->name});
    }
    return query_parameter("sort", {{"type", "string"}, {"enum", names}, {"default", "-recorded"}},
                           "By when they were recorded, or by a day, an instant, an amount or a count: those without "
                           "one come last. With '-' the latest or greatest come first.");
}

Json list_query(const Noun& noun) {
    Json out = Json::array();
    for (const auto& name : list_parameters(noun)) {
        if (name == "limit" || name == "cursor" || name == "q") {
            out.push_back(ref("parameters", std::string{name}));
            continue;
        }
        if (name == "sort") {
            out.push_back(sort_query(noun));
            continue;
        }
        out.push_back(filter_query(noun, name));
    }
    return out;
}

/// What reports take.
Json report_query(const Shape& shape) {
    Json out = Json::array();
    if (shape.paged) {
        out.push_back(ref("parameters", "limit"));
        out.push_back(ref("parameters", "cursor"));
    }
    if (shape.sorted) out.push_back(ref("parameters", "sort"));
    for (const auto& field : shape.parameters) {
        auto type = schema_of(field);
        type.erase("description");
        out.push_back(query_parameter(field.name, type, field.summary));
        if (field.required) out.back()["required"] = true;
    }
    return out;
}

std::string words_of(Roles roles) {
    std::string out;
    for (std::size_t i = 0; i < role_names.size(); ++i) {
        if (roles.has(static_cast<Role>(i))) out += (out.empty() ? "" : ", ") + std::string{role_names[i]};
    }
    return out;
}

std::string operation_id(const Route& route) {
    std::string out = route.verb == Verb::get ? "get" : "post";
    for (const char c : route.path) out += c == '/' || c == '-' || c == '.' ? '_' : c;
    out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return c == '{' || c == '}'; }), out.end());
    return out == "get_" ? "get_home" : out;
}

std::string tag_of(const Route& route) {
    if (route.noun != nullptr) return std::string{route.noun->path};
    if (route.path.starts_with("/v1/publications")) return std::string{nouns::publication.path};
    return route.action == Action::report ? "figures" : "service";
}

Json page_of(const Json& item) {
    const Json page{
        {"type", "object"},
        {"properties", {{"items", {{"type", "array"}, {"items", item}}}, {"next", {{"type", {"string", "null"}}}}}},
        {"required", {"items", "next"}}};
    return {{"description", "A page of them; the Link header leads to the next."},
            {"content", {{"application/json", {{"schema", page}}}, {"text/csv", {{"schema", {{"type", "string"}}}}}}}};
}

std::string schema_name(const Route& route) {
    return route.report != nullptr ? type_name(route.report->name) : std::string{route.shape.schema};
}

/// A row of a report: everything is there, and null where it is not needed.
Json row_schema(const db::Report& report) {
    Json ignored = Json::array(), names = Json::array();
    auto shown = properties(report.columns, true, ignored);
    for (auto& [name, shape] : shown.items()) {
        names.push_back(name);
        shape.erase("required");
        if (shape.contains("properties")) {
            Json inner_names = Json::array();
            for (const auto& [inner, inner_shape] : shape["properties"].items()) inner_names.push_back(inner);
            shape["required"] = inner_names;
        }
    }
    for (const auto& column : report.columns) {
        const auto dot = column.name.find('.');
        const std::string head{column.name.substr(0, dot)};
        auto& shape = dot == std::string_view::npos
                          ? shown[head]
                          : shown[head]["properties"][std::string{column.name.substr(dot + 1)}];
        if (!column.required) shape = nullable(shape);
    }
    return {{"type", "object"}, {"properties", shown}, {"required", names}};
}

/// What reports, pages and probes answer.
Json shape_success(const Route& route) {
    const auto& shape = route.shape;
    if (shape.paged) return page_of(ref("schemas", schema_name(route)));
    Json content = Json::object();
    if (!shape.schema.empty()) content["application/json"]["schema"] = ref("schemas", schema_name(route));
    if (shape.csv) content["text/csv"]["schema"] = {{"type", "string"}};
    if (!shape.media.empty()) content[std::string{shape.media}]["schema"] = {{"type", "string"}};
    return {{"description", route.action == Action::page ? "For people to read." : "The answer."},
            {"content", content}};
}

Json success(const Route& route) {
    if (route.noun == nullptr) return shape_success(route);
    const auto record = ref("schemas", type_name(route.noun->name));
    if (route.action == Action::list) return page_of(record);
    Json out{{"description", "The record."},
             {"headers", {{"ETag", {{"schema", {{"type", "string"}}}}}}},
             {"content", {{"application/json", {{"schema", record}}}}}};
    if (route.action == Action::record && !route.noun->secret.empty()) {
        const Json token{
            {"type", "string"},
            {"description",
             "The secret. A repeat of this request by the same login shows it for ten minutes; nothing else does."}};
        out["content"]["application/json"]["schema"] = {
            {"allOf", Json::array({record, {{"type", "object"}, {"properties", {{"token", token}}}}})}};
    }
    if (route.action == Action::record && db::records::has_likenesses(*route.noun)) {
        const Json warnings{{"type", "array"},
                            {"items", ref("schemas", "Likeness")},
                            {"description", "Others that it may be one with, where there are any that you may read."}};
        out["content"]["application/json"]["schema"] = {
            {"allOf", Json::array({record, {{"type", "object"}, {"properties", {{"warnings", warnings}}}}})}};
    }
    if (route.verb == Verb::post) {
        out["headers"]["Idempotency-Replayed"] = {{"schema", {{"type", "string"}}},
                                                  {"description", "true where the request was a repeat."}};
    }
    return out;
}

/// What a correction may change; what may be emptied may be null.
Json correctable_properties(const Noun& noun) {
    Json out = Json::object();
    for (const auto& field : noun.fields) {
        const bool fixed = !may_be_corrected(field);
        if (fixed && (field.derived || field.name == noun.code())) continue;
        auto shape = schema_of(field);
        if (fixed) shape["description"] = "Only where a void record is reinstated.";
        if (!field.required && !field.derived) shape = nullable(std::move(shape));
        const auto dot = field.name.find('.');
        if (dot == std::string_view::npos) {
            out[std::string{field.name}] = std::move(shape);
            continue;
        }
        auto& group = out[std::string{field.name.substr(0, dot)}];
        group["type"] = "object";
        group["additionalProperties"] = false;
        group["properties"][std::string{field.name.substr(dot + 1)}] = std::move(shape);
    }
    return out;
}

Json request_body(const Route& route) {
    const bool correction = route.action == Action::correct;
    Json shape;
    if (correction) {
        shape = object_of(resources::correction_fields());
        const Json changes = correctable_properties(*route.noun);
        shape["properties"]["changes"] = {
            {"type", "object"}, {"properties", changes}, {"additionalProperties", false}, {"minProperties", 1}};
        shape["properties"]["void"] = {
            {"type", "boolean"},
            {"description",
             "true: the record should never have been. It is kept, and counts as nothing. false: a void record is "
             "reinstated, with the changes or without any."}};
    } else if (route.action == Action::step) {
        shape = object_of(route.step->fields);
    } else {
        shape = ref("schemas", "New" + type_name(route.noun->name));
    }
    return {{"required", true}, {"content", {{"application/json", {{"schema", shape}}}}}};
}

Json operation(const Route& route) {
    Json out{{"operationId", operation_id(route)},
             {"summary", route.summary},
             {"tags", Json::array({tag_of(route)})},
             {"description", "Roles: " + words_of(route.roles) + "."}};
    auto parameters = Json::array();
    for (auto at = route.path.find('{'); at != std::string_view::npos; at = route.path.find('{', at + 1)) {
        const auto name = route.path.substr(at + 1, route.path.find('}', at) - at - 1);
        parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    }
    const auto query = route.action == Action::list ? list_query(*route.noun) : report_query(route.shape);
    for (const auto& parameter : query) parameters.push_back(parameter);
    if (route.verb == Verb::post) {
        parameters.push_back(ref("parameters", "idempotencyKey"));
        if (route.action != Action::record) parameters.push_back(ref("parameters", "ifMatch"));
        if (route.action == Action::step) parameters.push_back(ref("parameters", "dryRun"));
        out["requestBody"] = request_body(route);
    }
    if (!parameters.empty()) out["parameters"] = parameters;
    out["responses"][route.action == Action::record ? "201" : "200"] = success(route);
    out["responses"]["429"] = ref("responses", "TooManyRequests");
    out["responses"]["4XX"] = ref("responses", "Problem");
    out["responses"]["5XX"] = ref("responses", "Problem");
    out["security"] = route.roles.has(Role::everyone) ? Json::array({Json::object(), {{"token", Json::array()}}})
                                                      : Json::array({{{"token", Json::array()}}});
    return out;
}

Json components() {
    Json schemas = Json::object();
    for (const auto* noun : nouns::all()) {
        const auto created = std::any_of(routes().begin(), routes().end(),
                                         [&](const Route& r) { return r.noun == noun && r.action == Action::record; });
        if (created) schemas["New" + type_name(noun->name)] = object_of(noun->fields);
        schemas[type_name(noun->name)] = record_schema(*noun);
    }
    add_report_schemas(schemas);
    for (const auto& route : routes()) {
        if (route.report != nullptr) schemas[schema_name(route)] = row_schema(*route.report);
    }
    const Json text{{"type", "string"}};
    schemas["Problem"] = {
        {"type", "object"},
        {"properties",
         {{"type", text},
          {"title", text},
          {"status", {{"type", "integer"}}},
          {"detail", text},
          {"instance", text},
          {"errors",
           {{"type", "array"},
            {"items", {{"type", "object"}, {"properties", {{"pointer", text}, {"code", text}, {"detail", text}}}}}}},
          {"related",
           {{"type", "array"},
            {"description", "The records that stand in the way, as far as you may see them."},
            {"items",
             {{"type", "object"},
              {"properties", {{"kind", text}, {"id", text}, {"reference", text}, {"href", text}}},
              {"required", {"kind", "id", "reference", "href"}}}}}}}},
        {"required", {"type", "title", "status", "detail", "instance"}}};
    const auto header = [](std::string_view name, bool required, std::string_view words) {
        return Json{{"name", name},
                    {"in", "header"},
                    {"required", required},
                    {"schema", {{"type", "string"}}},
                    {"description", words}};
    };
    Json parameters{
        {"limit", query_parameter("limit", {{"type", "integer"}, {"minimum", 1}, {"maximum", 200}, {"default", 50}},
                                  "How many at most.")},
        {"cursor", query_parameter("cursor", {{"type", "string"}}, "What `next` gave.")},
        {"q", query_parameter("q", {{"type", "string"}, {"minLength", 1}, {"maxLength", typed::most}},
                              "Only those that answer to this: a name, part of a number, a street, a reference.")},
        {"sort",
         query_parameter("sort", {{"type", "string"}, {"enum", {"recorded", "-recorded"}}, {"default", "-recorded"}},
                         "By when they were recorded.")},
        {"dryRun", query_parameter("dry_run", {{"type", "boolean"}}, "Do everything, answer the same, and roll back.")},
        {"idempotencyKey", header("Idempotency-Key", true,
                                  "New for each request, the same for its repeats: a repeat gets the stored answer.")},
        {"ifMatch", header("If-Match", true, "The ETag of the record as it was read.")}};
    const Json problem{{"description", "What is wrong and what to do; /problems/{type} says more."},
                       {"content", {{"application/problem+json", {{"schema", ref("schemas", "Problem")}}}}}};
    Json too_many = problem;
    too_many["description"] = "Too many requests with one token, or without one from one address.";
    too_many["headers"]["Retry-After"] = {{"description", "Seconds to wait."}, {"schema", {{"type", "integer"}}}};
    return {{"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}},
            {"parameters", parameters},
            {"responses", {{"Problem", problem}, {"TooManyRequests", too_many}}},
            {"schemas", schemas}};
}

}  // namespace

std::string openapi() {
    static const auto document = [] {
        Json out{{"openapi", "3.1.0"},
                 {"info",
                  {{"title", "Tideover"},
                   {"version", "1.0.0"},
                   {"description",
                    "Case management for a council's Covid support: every figure carries its evidence down to the "
                    "records."}}},
                 {"servers", Json::array({{{"url", "/"}}})}};
        auto& paths = out["paths"] = Json::object();
        std::set<std::string> tags;
        for (const auto& route : routes()) {
            paths[std::string{route.path}][route.verb == Verb::get ? "get" : "post"] = operation(route);
            tags.insert(tag_of(route));
        }
        auto& list = out["tags"] = Json::array();
        for (const auto& tag : tags) list.push_back({{"name", tag}});
        out["components"] = components();
        return out.dump(2) + "\n";
    }();
    return document;
}

}  // namespace tideover
