// Read off the field tables.
#include "server/api/openapi/schemas.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "domain/core/listing.hpp"
#include "domain/core/wording.hpp"

namespace tideover::openapi_document {
namespace {

/// What forms make of a field, in the order of Kind.
constexpr std::string_view kind_names[]{"text", "choice", "choices",  "pence", "count", "day",    "instant", "flag",
                                        "id",   "code",   "postcode", "phone", "email", "digits", "rows"};

/// What the values of a list are called.
template <class Names>
Json words_for(const Names& names) {
    Json out = Json::object();
    for (const auto& name : names) out[std::string{name}] = words_of(name);
    return out;
}

}  // namespace

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
        if (group.is_null()) group = {{"type", "object"}, {"title", words_of(head)}, {"properties", Json::object()}};
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
    out["title"] = title_of(field);
    if (!words.empty()) out["description"] = words;
    out["x-kind"] = kind_names[static_cast<std::size_t>(field.kind)];
    if (!field.refers.empty()) out["x-refers"] = field.refers;
    if (!field.choices.empty()) out["x-words"] = words_for(field.choices);
    if (field.lines) out["x-lines"] = true;
    if (field.dated) out["x-by-day"] = true;
    if (field.privacy != Privacy::open) out["x-roles"] = role_list(who_sees(field.privacy));
    if (!field.fallback.empty() && field.kind != Kind::flag && !field.derived) out["default"] = field.fallback;
    return out;
}

Json role_list(Roles roles) {
    Json out = Json::array();
    for (std::size_t i = 0; i < role_names.size(); ++i) {
        if (roles.has(static_cast<Role>(i))) out.push_back(role_names[i]);
    }
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

Json state_schema(const Noun& noun) {
    std::set<std::string> states;
    for (const auto& move : noun.moves) states.insert(std::string{move.from}), states.insert(std::string{move.to});
    return {{"type", "string"}, {"title", "State"}, {"enum", states}, {"x-words", words_for(states)}};
}

Json without_defaults(Json schema) {
    if (!schema.is_structured()) return schema;
    if (schema.is_object()) schema.erase("default");
    for (auto& inner : schema) inner = without_defaults(std::move(inner));
    return schema;
}

namespace {

/// All fields, also those that nobody sends; `required` has what is needed of those that somebody does.
Json whole_object(std::span<const Field> fields) {
    Json required = Json::array();
    Json shown = properties(fields, true, required);
    return {{"type", "object"}, {"properties", std::move(shown)}, {"required", std::move(required)}};
}

/// What is read of an object, a record's or one inside it, whose `required` is what has to be said: each other property
/// may be null, unless it is a list or an object itself; and each is there, unless not every reader sees it.
Json as_read(Json object) {
    const auto said = object.value("required", Json::array());
    Json required = Json::array();
    for (auto& [name, shape] : object["properties"].items()) {
        if (!shape.contains("x-roles")) required.push_back(name);
        if (shape.contains("properties")) {
            shape = as_read(std::move(shape));
            if (shape["required"].empty()) required.erase(std::prev(required.end()));
        } else if (shape.contains("items") && shape["items"].contains("properties")) {
            shape["items"] = as_read(std::move(shape["items"]));
        } else if (std::find(said.begin(), said.end(), name) == said.end()) {
            shape = nullable(std::move(shape));
        }
    }
    object.erase("additionalProperties");
    object["required"] = std::move(required);
    return object;
}

}  // namespace

Json record_schema(const Noun& noun) {
    const Json own = without_defaults(as_read(whole_object(noun.fields)));
    Json shown{
        {"id", {{"type", "string"}, {"format", "uuid"}}},
        {"reference", {{"type", "string"}, {"description", "What people quote; its last character checks the rest."}}}};
    Json required{"id", "reference", "voided", "version", "recorded_at", "recorded_by"};
    const auto add = [&](const std::string& name, Json shape) {
        shown[name] = std::move(shape);
        required.push_back(name);
    };
    if (!noun.moves.empty()) add("state", state_schema(noun));
    shown.update(own["properties"]);
    required.insert(required.end(), own["required"].begin(), own["required"].end());
    shown["voided"] = {{"type", "boolean"}, {"description", "Recorded by mistake: kept, but counts as nothing."}};
    shown["version"] = {{"type", "integer"},
                        {"description", "How often it was changed, and 1; the ETag begins with it."}};
    shown["recorded_at"] = {{"type", "string"}, {"format", "date-time"}};
    shown["recorded_by"] = {{"type", "string"}, {"format", "uuid"}, {"x-kind", "id"}, {"x-refers", "staff"}};
    if (noun.mergeable) {
        add("merged_into", nullable(Json{{"type", "string"}, {"format", "uuid"}}));
        shown["merged_into"]["description"] = "The record that it is counted as.";
    }
    if (noun.about_access) shown["recorded_by"] = nullable(shown["recorded_by"]);  // the first of them nobody recorded
    return {{"type", "object"},
            {"title", title_of(noun)},
            {"x-plural", plural_of(noun)},
            {"x-noun", noun.name},
            {"x-path", noun.path},
            {"properties", std::move(shown)},
            {"required", std::move(required)}};
}

Json taken_schema(const Step& step) {
    const Json text{{"type", "string"}};
    Json one = without_defaults(as_read(whole_object(step.fields)));
    const auto add = [&](const std::string& name, Json shape) {
        one["properties"][name] = std::move(shape);
        one["required"].push_back(name);
    };
    add("position", {{"type", "integer"}});
    add("at", {{"type", "string"}, {"format", "date-time"}});
    add("by", {{"type", "object"},
               {"properties", {{"id", {{"type", "string"}, {"format", "uuid"}}}, {"name", text}}},
               {"required", {"id", "name"}}});
    return {{"type", "object"},
            {"properties", {{"items", {{"type", "array"}, {"items", std::move(one)}}}}},
            {"required", {"items"}}};
}

Json ref(const std::string& kind, const std::string& name) {
    return {{"$ref", "#/components/" + kind + "/" + name}};
}

Json counts_schema(const Noun& noun) {
    Json values = Json::object();
    for (const auto* field : listing::counted_by(noun)) {
        auto shape = schema_of(*field);
        if (shape.contains("items")) shape = shape["items"];
        shape.erase("default");
        values[std::string{field->name}] = nullable(shape);
    }
    values["count"] = {{"type", "integer"}, {"minimum", 0}};
    const Json one{{"type", "object"}, {"properties", values}, {"required", {"count"}}};
    const Json more{{"type", "boolean"}, {"description", "Whether there are more than the thousand shown."}};
    return {{"type", "object"},
            {"properties", {{"items", {{"type", "array"}, {"items", one}}}, {"more", more}}},
            {"required", {"items", "more"}}};
}

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

}  // namespace tideover::openapi_document
