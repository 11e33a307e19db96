// The same tables say what a request may ask.
#include "server/api/openapi/queries.hpp"

#include "domain/core/listing.hpp"
#include "server/api/list_query.hpp"

namespace tideover::openapi_document {

Json query_parameter(std::string_view name, Json schema, std::string_view words) {
    return {{"name", name}, {"in", "query"}, {"schema", std::move(schema)}, {"description", words}};
}

namespace {

/// A filter's parameter: one value, several with commas between them, or an end of a range.
Json filter_query(const Noun& noun, const std::string& name) {
    const auto asked = *listing::asked_by(noun, name);
    auto shape = asked.field->name == "state" ? state_schema(noun) : schema_of(*asked.field);
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

Json by_query(const Noun& noun) {
    Json names = Json::array();
    for (const auto* field : listing::counted_by(noun)) names.push_back(field->name);
    auto out = query_parameter(
        "by",
        {{"type", "array"}, {"maxItems", listing::dimensions_most}, {"items", {{"type", "string"}, {"enum", names}}}},
        "One number for each value of this, or of these two together; without it one number in all.");
    out["style"] = "form";
    out["explode"] = false;
    return out;
}

/// What a filter is called among the document's parameters: the list and the counts of a noun share it.
std::string component_of(const Noun& noun, const std::string& filter) {
    return type_name(noun.name) + "." + filter;
}

/// What all or some of a noun's records are asked by.
Json records_query(const Noun& noun, const std::vector<std::string>& names) {
    Json out = Json::array();
    for (const auto& name : names) {
        const bool shared = name == "limit" || name == "cursor" || name == "q";
        out.push_back(shared           ? ref("parameters", name)
                      : name == "sort" ? sort_query(noun)
                      : name == "by"   ? by_query(noun)
                                       : ref("parameters", component_of(noun, name)));
    }
    return out;
}

}  // namespace

void add_filters(Json& parameters, const Noun& noun) {
    for (const auto& name : listing::parameters(noun)) parameters[component_of(noun, name)] = filter_query(noun, name);
}

Json list_query(const Noun& noun) {
    return records_query(noun, list_parameters(noun));
}

Json counts_query(const Noun& noun) {
    return records_query(noun, counts_parameters(noun));
}

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

}  // namespace tideover::openapi_document
