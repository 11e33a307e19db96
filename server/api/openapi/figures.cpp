// The schemas of the figures, written by hand.
#include "server/api/openapi/figures.hpp"

namespace tideover {
namespace {

using Json = nlohmann::ordered_json;

Json headlines_schema() {
    const Json text{{"type", "string"}}, number{{"type", "integer"}};
    const Json claim{{"type", "object"},
                     {"properties",
                      {{"text", text},
                       {"comparator", {{"type", "string"}, {"enum", {"exact", "rounded", "over", "nearly"}}}},
                       {"value", number},
                       {"precision", number},
                       {"precision_basis", text},
                       {"from", {{"type", "string"}, {"format", "date"}}},
                       {"as_at", {{"type", "string"}, {"format", "date"}}},
                       {"pair", {{"type", {"string", "null"}}}}}}};
    const Json evidence{{"type", "object"},
                        {"properties",
                         {{"entries", number},
                          {"digest", text},
                          {"definition_version", number},
                          {"records", text},
                          {"subjects", text}}}};
    const Json one{
        {"type", "object"},
        {"properties",
         {{"code", text},
          {"title", text},
          {"unit", text},
          {"value", number},
          {"display", text},
          {"provisional", number},
          {"live", number},
          {"included_in", text},
          {"claim", claim},
          {"verdict", {{"type", {"string", "null"}}, {"enum", {"matches", "warns", "differs", nullptr}}}},
          {"reason", text},
          {"evidence", evidence},
          {"beside", {{"type", "array"}, {"items", {{"type", "object"}}}}}}},
        {"required",
         {"code", "title", "unit", "value", "display", "provisional", "live", "claim", "verdict", "evidence"}}};
    return {{"type", "object"},
            {"properties",
             {{"authority", text},
              {"from", {{"type", "string"}, {"format", "date"}}},
              {"as_at", {{"type", "string"}, {"format", "date"}}},
              {"known_at", {{"type", "string"}, {"format", "date-time"}}},
              {"sealed", {{"type", "boolean"}}},
              {"headlines", {{"type", "array"}, {"items", one}}}}},
            {"required", {"authority", "from", "as_at", "known_at", "sealed", "headlines"}}};
}

Json by_ward_schema() {
    const Json text{{"type", "string"}}, number{{"type", "integer"}};
    const Json part{{"type", "object"},
                    {"properties",
                     {{"ward", {{"type", {"string", "null"}}, {"description", "null: not known"}}},
                      {"value", {{"type", {"integer", "null"}}}},
                      {"display", text},
                      {"withheld", {{"type", "boolean"}}}}},
                    {"required", {"ward", "value", "display", "withheld"}}};
    const Json total{{"type", "object"}, {"properties", {{"value", number}, {"display", text}}}};
    return {{"type", "object"},
            {"properties",
             {{"code", text},
              {"title", text},
              {"unit", text},
              {"as_at", {{"type", "string"}, {"format", "date"}}},
              {"known_at", {{"type", "string"}, {"format", "date-time"}}},
              {"sealed", {{"type", "boolean"}}},
              {"total", total},
              {"wards", {{"type", "array"}, {"items", part}}}}},
            {"required", {"code", "title", "unit", "as_at", "known_at", "sealed", "total", "wards"}}};
}

void add_publication_schemas(Json& schemas) {
    const Json text{{"type", "string"}}, number{{"type", "integer"}}, day{{"type", "string"}, {"format", "date"}};
    const Json instant{{"type", "string"}, {"format", "date-time"}}, id{{"type", "string"}, {"format", "uuid"}};
    const Json maybe_text{{"type", {"string", "null"}}}, maybe_number{{"type", {"integer", "null"}}};
    const auto object = [](const Json& properties) {
        Json names = Json::array();
        for (const auto& [name, shape] : properties.items()) names.push_back(name);
        return Json{{"type", "object"}, {"properties", properties}, {"required", names}};
    };
    const auto list_of = [](const Json& items) { return Json{{"type", "array"}, {"items", items}}; };
    Json claim = object({{"text", text}, {"comparator", text}, {"value", number}, {"precision", number}});
    claim["type"] = Json::array({"object", "null"});
    const Json definition = object({{"version", number},
                                    {"measure", text},
                                    {"aggregate", {{"type", "string"}, {"enum", {"sum", "count", "distinct"}}}},
                                    {"filter", {{"type", "object"}}},
                                    {"from", day},
                                    {"meaning", text}});
    const Json figure = object({{"code", text},
                                {"title", text},
                                {"unit", text},
                                {"value", number},
                                {"display", text},
                                {"provisional", number},
                                {"included_in", maybe_text},
                                {"beside", maybe_text},
                                {"claim", claim},
                                {"verdict", maybe_text},
                                {"reason", maybe_text},
                                {"definition", definition},
                                {"evidence", object({{"entries", number}, {"digest", text}})}});
    schemas["PublishedDocument"] = object({{"authority", text},
                                           {"authority_name", text},
                                           {"id", id},
                                           {"title", text},
                                           {"note", maybe_text},
                                           {"as_at", day},
                                           {"known_at", instant},
                                           {"published_at", instant},
                                           {"published_by", text},
                                           {"supersedes_id", maybe_text},
                                           {"figures", list_of(figure)}});
    Json later = object({{"id", id}, {"reference", text}});
    later["type"] = Json::array({"object", "null"});
    schemas["PublishedFigures"] = object({{"reference", text},
                                          {"digest", text},
                                          {"superseded_by", later},
                                          {"document", {{"$ref", "#/components/schemas/PublishedDocument"}}}});
    schemas["PublicationList"] = object({{"items", list_of(object({{"id", id},
                                                                   {"reference", text},
                                                                   {"title", text},
                                                                   {"as_at", day},
                                                                   {"known_at", instant},
                                                                   {"published_at", instant},
                                                                   {"published_by", text},
                                                                   {"digest", text},
                                                                   {"supersedes_id", maybe_text},
                                                                   {"superseded_by_id", maybe_text}}))},
                                         {"next", maybe_text}});
    schemas["MeasureList"] = object({{"items", list_of(object({{"code", text},
                                                               {"unit", text},
                                                               {"subject", text},
                                                               {"purpose", text},
                                                               {"dimensions", list_of(text)},
                                                               {"rule", text}}))},
                                     {"next", maybe_text}});
    const Json side = object({{"id", id}, {"reference", text}, {"title", text}, {"as_at", day}, {"known_at", instant}});
    Json step = object({{"code", text}, {"title", text}, {"unit", text}});
    for (const auto* name :
         {"opening", "definition", "late_records", "corrections", "merges", "further_days", "closing"}) {
        step["properties"][name] = maybe_number;
        step["required"].push_back(name);
    }
    schemas["Restatement"] = object({{"opening", side}, {"closing", side}, {"figures", list_of(step)}});
}

}  // namespace

void add_figure_schemas(Json& schemas) {
    schemas["Headlines"] = headlines_schema();
    schemas["FigureByWard"] = by_ward_schema();
    add_publication_schemas(schemas);
}

}  // namespace tideover
