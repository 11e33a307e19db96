// Read off the field tables.
#include "server/api/openapi/schemas.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "domain/core/listing.hpp"

namespace tideover::openapi_document {

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
    shown["version"] = {{"type", "integer"},
                        {"description", "How often it was changed, and 1; the ETag begins with it."}};
    shown["recorded_at"] = {{"type", "string"}, {"format", "date-time"}};
    shown["recorded_by"] = {{"type", "string"}, {"format", "uuid"}};
    if (noun.mergeable) {
        shown["merged_into"] = nullable(Json{{"type", "string"}, {"format", "uuid"}});
        shown["merged_into"]["description"] = "The record that it is counted as.";
    }
    if (noun.about_access) shown["recorded_by"] = nullable(shown["recorded_by"]);  // the first of them nobody recorded
    return {{"type", "object"},
            {"properties", shown},
            {"required", {"id", "reference", "voided", "version", "recorded_at", "recorded_by"}}};
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
