// Makes the document from the tables of routes, fields and problems.
#include "server/api/openapi/openapi.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "db/records/likeness.hpp"
#include "domain/core/fault_codes.hpp"
#include "domain/core/typed.hpp"
#include "domain/core/wording.hpp"
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

/// In the order of Action.
constexpr std::string_view action_names[]{"record", "list", "count",  "read", "step", "correct",
                                          "upload", "act",  "report", "page", "probe"};

std::string roles_said(Roles roles) {
    std::string out;
    for (const auto& name : role_list(roles)) out += (out.empty() ? "" : ", ") + name.get<std::string>();
    return out;
}

/// What a step is called: "send", "decide".
std::string_view verb_of(const Step& step) {
    return step.event.empty() ? step.verb : step.event;
}

std::string in_name(std::string_view path) {
    std::string out;
    for (const char c : path) {
        if (c != '{' && c != '}') out += c == '/' || c == '-' || c == '.' ? '_' : c;
    }
    return out;
}

/// "send_voucher", "list_calls"; of what is about no one kind of record its path: "get_headlines_code_bridge".
std::string operation_id(const Route& route) {
    const std::string noun{route.noun == nullptr ? "" : route.noun->name};
    switch (route.action) {
        case Action::record:
            return "record_" + noun;
        case Action::list:
            return "list_" + in_name(route.noun->path);
        case Action::count:
            return "count_" + in_name(route.noun->path);
        case Action::read:
            return "read_" + noun;
        case Action::correct:
            return "correct_" + noun;
        case Action::step:
            return std::string{verb_of(*route.step)} + "_" + noun;
        default:
            break;
    }
    const std::string_view path = route.path;
    const auto rest = in_name(path.substr(path.starts_with("/v1/") ? 4 : 1));
    const auto verb = route.action == Action::page ? "show" : in_document(route.verb);
    return verb + "_" + (rest.empty() ? "home" : rest);
}

/// Whether the step is that event, or can be: the choices of a chooser are events.
bool leads_along(const Step& step, std::string_view event) {
    if (!step.event.empty()) return step.event == event;
    const auto is_it = [&](const Field& field) { return field.name == step.chooser; };
    const auto chooser = std::find_if(step.fields.begin(), step.fields.end(), is_it);
    return std::find(chooser->choices.begin(), chooser->choices.end(), event) != chooser->choices.end();
}

/// Whether If-None-Match is heeded.
bool answers_not_modified(const Route& route) {
    return route.action == Action::read || route.path == "/v1/publications/{id}";
}

/// The states from which it can be done; none where that is no matter of states.
Json states_before(const Route& route) {
    std::set<std::string> states;
    if (route.action == Action::step) {
        for (const auto& move : route.noun->moves) {
            if (leads_along(*route.step, move.event)) states.insert(std::string{move.from});
        }
    }
    if (route.action == Action::correct && !route.noun->corrected_in.empty())
        states.insert(std::string{route.noun->corrected_in});
    return states;
}

std::string tag_of(const Route& route) {
    if (route.noun != nullptr) return std::string{route.noun->path};
    if (const auto* noun = noun_in_path(route); noun != nullptr) return std::string{noun->path};
    if (route.path.starts_with("/v1/imports") || route.path.starts_with("/v1/jobs")) return "imports";
    if (route.path.starts_with("/v1/publications")) return std::string{nouns::publication.path};
    return route.action == Action::report ? "figures" : "service";
}

/// A page of what the schema of that name describes.
Json page_schema(const std::string& name) {
    return {
        {"type", "object"},
        {"properties",
         {{"items", {{"type", "array"}, {"items", ref("schemas", name)}}}, {"next", {{"type", {"string", "null"}}}}}},
        {"required", {"items", "next"}}};
}

Json page_of(const std::string& name) {
    Json content;
    for (const auto media : list_media) content[std::string{media}]["schema"] = {{"type", "string"}};
    content[std::string{list_media.front()}]["schema"] = ref("schemas", name + "List");
    return {
        {"description",
         "A page of them; the Link header leads to the next. As CSV or as a workbook all of them, unless 'limit' or "
         "'cursor' asks for a page."},
        {"content", content}};
}

std::string schema_name(const Route& route) {
    if (route.step != nullptr && route.action == Action::report)
        return type_name(std::string{verb_of(*route.step)} + "_" + std::string{noun_in_path(route)->name}) + "Taken";
    return route.report != nullptr ? type_name(route.report->name) : std::string{route.shape.schema};
}

/// What reports, pages and probes answer.
Json shape_success(const Route& route) {
    const auto& shape = route.shape;
    if (shape.paged) return page_of(schema_name(route));
    Json content = Json::object();
    if (const auto name = schema_name(route); !name.empty())
        content["application/json"]["schema"] = ref("schemas", name);
    if (shape.csv) content["text/csv"]["schema"] = {{"type", "string"}};
    if (!shape.media.empty()) content[std::string{shape.media}]["schema"] = {{"type", "string"}};
    return {{"description", route.action == Action::page ? "For people to read." : "The answer."},
            {"content", content}};
}

Json success(const Route& route) {
    if (route.noun == nullptr) return shape_success(route);
    const auto record = ref("schemas", type_name(route.noun->name));
    if (route.action == Action::list) return page_of(type_name(route.noun->name));
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
        if (route.action == Action::record) out["headers"]["Location"] = {{"schema", {{"type", "string"}}}};
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
        auto shape = without_defaults(schema_of(field));
        if (fixed) shape["description"] = "Only where a void record is reinstated.";
        if (!field.required && !field.derived) shape = nullable(std::move(shape));
        const auto dot = field.name.find('.');
        if (dot == std::string_view::npos) {
            out[std::string{field.name}] = std::move(shape);
            continue;
        }
        auto& group = out[std::string{field.name.substr(0, dot)}];
        group["type"] = "object";
        group["title"] = words_of(field.name.substr(0, dot));
        group["additionalProperties"] = false;
        group["properties"][std::string{field.name.substr(dot + 1)}] = std::move(shape);
    }
    return out;
}

/// "NewVoucher", "SendVoucher", "CorrectVoucher".
std::string body_name(const Route& route) {
    return route.action == Action::record ? "New" + type_name(route.noun->name) : type_name(operation_id(route));
}

Json request_body(const Route& route) {
    if (route.action == Action::upload) {
        const Json file{{"type", "string"}, {"format", "binary"}};
        Json content = Json::object();
        for (const auto media : route.shape.takes) content[std::string{media}]["schema"] = file;
        return {{"required", true}, {"content", content}};
    }
    return {{"required", true}, {"content", {{"application/json", {{"schema", ref("schemas", body_name(route))}}}}}};
}

/// What is sent to that route.
Json body_schema(const Route& route) {
    if (route.action == Action::act) return object_of(route.shape.body);
    if (route.action == Action::step) return object_of(route.step->fields);
    if (route.action == Action::record) return object_of(route.noun->fields);
    Json shape = object_of(resources::correction_fields(*route.noun));
    shape["properties"]["changes"] = {{"type", "object"},
                                      {"properties", correctable_properties(*route.noun)},
                                      {"additionalProperties", false},
                                      {"minProperties", 1}};
    shape["properties"]["void"] = {
        {"type", "boolean"},
        {"description",
         "true: the record should never have been. It is kept, and counts as nothing. false: a void record is "
         "reinstated, with the changes or without any."}};
    return shape;
}

Json operation(const Route& route) {
    Json out{{"operationId", operation_id(route)},
             {"summary", route.summary},
             {"tags", Json::array({tag_of(route)})},
             {"description", "Roles: " + roles_said(route.roles) + "."}};
    out["x-action"] = action_names[static_cast<std::size_t>(route.action)];
    out["x-roles"] = role_list(route.roles);
    if (route.shape.keyless) out["x-keyless"] = true;
    if (route.noun != nullptr) out["x-noun"] = route.noun->name;
    if (const auto before = states_before(route); !before.empty()) out["x-from"] = before;
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
        if (route.action != Action::upload && !route.shape.keyless)
            parameters.push_back(ref("parameters", "idempotencyKey"));
        if (route.noun != nullptr && route.action != Action::record) parameters.push_back(ref("parameters", "ifMatch"));
        if (route.noun != nullptr) parameters.push_back(ref("parameters", "dryRun"));
        out["requestBody"] = request_body(route);
    }
    if (!parameters.empty()) out["parameters"] = parameters;
    const auto status = route.action == Action::record ? 201 : route.shape.status;
    out["responses"][std::to_string(status)] = success(route);
    if (answers_not_modified(route)) out["responses"]["304"] = {{"description", "It is what If-None-Match names."}};
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
        schemas[type_name(noun->name)] = record_schema(*noun);
    }
    add_report_schemas(schemas);
    for (const auto& route : routes()) {
        if (route.verb == Verb::post && route.action != Action::upload) schemas[body_name(route)] = body_schema(route);
        if (route.action == Action::list || route.shape.paged) {
            const auto name = route.noun == nullptr ? schema_name(route) : type_name(route.noun->name);
            schemas[name + "List"] = page_schema(name);
        }
        if (route.step != nullptr && route.action == Action::report)
            schemas[schema_name(route)] = taken_schema(*route.step);
        if (route.report != nullptr) schemas[schema_name(route)] = row_schema(*route.report);
        if (route.action == Action::count) schemas[type_name(route.noun->name) + "Counts"] = counts_schema(*route.noun);
    }
    const Json text{{"type", "string"}};
    Json types = Json::array();
    for (const auto& type : problem_types()) types.push_back("/problems/" + std::string{type.slug});
    Json code = text;
    code["enum"] = Json::array();
    code["x-words"] = Json::object();
    for (const auto& fault : fault_codes) {
        code["enum"].push_back(fault.code);
        code["x-words"][std::string{fault.code}] = fault.words;
    }
    schemas["Problem"] = {
        {"type", "object"},
        {"properties",
         {{"type", {{"type", "string"}, {"enum", types}}},
          {"title", text},
          {"status", {{"type", "integer"}}},
          {"detail", text},
          {"instance", text},
          {"errors",
           {{"type", "array"},
            {"items",
             {{"type", "object"},
              {"properties", {{"pointer", text}, {"code", code}, {"detail", text}}},
              {"required", {"pointer", "code", "detail"}}}}}},
          {"stale",
           {{"type", "object"},
            {"description", "Of a record that changed since it was read: its version, and who changed it last."},
            {"properties",
             {{"version", {{"type", "integer"}}},
              {"action", text},
              {"at", {{"type", "string"}, {"format", "date-time"}}},
              {"by",
               {{"type", "object"}, {"properties", {{"id", text}, {"name", text}}}, {"required", {"id", "name"}}}}}},
            {"required", {"version"}}}},
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

std::string in_document(Verb verb) {
    auto out = std::string{name_of(verb)};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    return out;
}

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
            paths[std::string{route.path}][in_document(route.verb)] = operation(route);
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
