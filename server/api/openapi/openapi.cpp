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
#include "server/api/openapi/queries.hpp"
#include "server/api/openapi/reports.hpp"
#include "server/api/paging.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/router.hpp"

namespace tideover {
namespace {

using namespace openapi_document;

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
    if (const auto* noun = noun_in_path(route); noun != nullptr) return std::string{noun->path};
    if (route.path.starts_with("/v1/imports") || route.path.starts_with("/v1/jobs")) return "imports";
    if (route.path.starts_with("/v1/publications")) return std::string{nouns::publication.path};
    return route.action == Action::report ? "figures" : "service";
}

Json page_of(const Json& item) {
    const Json page{
        {"type", "object"},
        {"properties", {{"items", {{"type", "array"}, {"items", item}}}, {"next", {{"type", {"string", "null"}}}}}},
        {"required", {"items", "next"}}};
    Json content;
    for (const auto media : list_media) content[std::string{media}]["schema"] = {{"type", "string"}};
    content[std::string{list_media.front()}]["schema"] = page;
    return {
        {"description",
         "A page of them; the Link header leads to the next. As CSV or as a workbook all of them, unless 'limit' or "
         "'cursor' asks for a page."},
        {"content", content}};
}

std::string schema_name(const Route& route) {
    return route.report != nullptr ? type_name(route.report->name) : std::string{route.shape.schema};
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
    if (route.action == Action::count) {
        return {
            {"description", "The greatest number first."},
            {"content", {{"application/json", {{"schema", ref("schemas", type_name(route.noun->name) + "Counts")}}}}}};
    }
    Json out{{"description", "The record."},
             {"headers", {{"ETag", {{"schema", {{"type", "string"}}}}}}},
             {"content", {{"application/json", {{"schema", record}}}}}};
    Json beside = Json::object();
    if (route.action == Action::record && !route.noun->secret.empty()) {
        beside["token"] = {
            {"type", "string"},
            {"description",
             "The secret. A repeat of this request by the same login shows it for ten minutes; nothing else does."}};
    }
    if (route.action == Action::record && db::records::has_likenesses(*route.noun)) {
        beside["warnings"] = {
            {"type", "array"},
            {"items", ref("schemas", "Likeness")},
            {"description", "Others that it may be one with, where there are any that you may read."}};
    }
    if (route.verb == Verb::post) {
        beside["figures"] = {{"type", "array"},
                             {"items", ref("schemas", "FigureChange")},
                             {"description", "Of a dry run alone: the figures that would change."}};
        out["content"]["application/json"]["schema"] = {
            {"allOf", Json::array({record, {{"type", "object"}, {"properties", beside}}})}};
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
    if (route.action == Action::upload) {
        const Json file{{"type", "string"}, {"format", "binary"}};
        Json content = Json::object();
        for (const auto media : route.shape.takes) content[std::string{media}]["schema"] = file;
        return {{"required", true}, {"content", content}};
    }
    if (route.action == Action::act) {
        const Json said = object_of(route.shape.body);
        return {{"required", true}, {"content", {{"application/json", {{"schema", said}}}}}};
    }
    const bool correction = route.action == Action::correct;
    Json shape;
    if (correction) {
        shape = object_of(resources::correction_fields(*route.noun));
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
    const auto query = route.action == Action::list    ? list_query(*route.noun)
                       : route.action == Action::count ? counts_query(*route.noun)
                                                       : report_query(route.shape);
    for (const auto& parameter : query) parameters.push_back(parameter);
    if (route.verb == Verb::post) {
        // A file is safe to repeat by its bytes.
        if (route.action != Action::upload) parameters.push_back(ref("parameters", "idempotencyKey"));
        if (route.noun != nullptr && route.action != Action::record) parameters.push_back(ref("parameters", "ifMatch"));
        if (route.noun != nullptr) parameters.push_back(ref("parameters", "dryRun"));
        out["requestBody"] = request_body(route);
    }
    if (!parameters.empty()) out["parameters"] = parameters;
    out["responses"][route.action == Action::record ? "201" : "200"] = success(route);
    if (route.action == Action::upload) {
        out["responses"]["202"] = success(route);
        out["responses"]["200"]["description"] = "The same bytes are an import already: that one.";
    }
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
        if (route.action == Action::count) schemas[type_name(route.noun->name) + "Counts"] = counts_schema(*route.noun);
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
        {"dryRun",
         query_parameter(
             "dry_run", {{"type", "boolean"}},
             "Do everything, answer the record as it would be and which figures would change, and roll back. A record "
             "that would be made is answered with 200, without Location, and a secret is not made.")},
        {"idempotencyKey", header("Idempotency-Key", true,
                                  "New for each request, the same for its repeats: a repeat gets the stored answer.")},
        {"ifMatch", header("If-Match", true, "The ETag of the record as it was read.")}};
    for (const auto& route : routes()) {
        if (route.action == Action::list) add_filters(parameters, *route.noun);
    }
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
