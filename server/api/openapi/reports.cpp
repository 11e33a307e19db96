// Written by hand: an object's properties are all there, but for those that are said to be optional.
#include "server/api/openapi/reports.hpp"

#include "db/jobs/jobs.hpp"

namespace tideover {
namespace {

using Json = nlohmann::ordered_json;

const Json text{{"type", "string"}}, number{{"type", "integer"}}, yes_or_no{{"type", "boolean"}};
const Json day{{"type", "string"}, {"format", "date"}}, instant{{"type", "string"}, {"format", "date-time"}};
const Json id{{"type", "string"}, {"format", "uuid"}};

Json or_null(Json schema) {
    schema["type"] = Json::array({schema["type"], "null"});
    return schema;
}

Json object(const Json& properties) {
    Json names = Json::array();
    for (const auto& [name, shape] : properties.items()) names.push_back(name);
    return {{"type", "object"}, {"properties", properties}, {"required", names}};
}

Json with_optional(Json schema, const Json& optional) {
    for (const auto& [name, shape] : optional.items()) schema["properties"][name] = shape;
    return schema;
}

Json list_of(const Json& items) {
    return {{"type", "array"}, {"items", items}};
}

Json map_of(const Json& values) {
    return {{"type", "object"}, {"additionalProperties", values}};
}

Json one_of(const Json& choices) {
    return {{"type", "string"}, {"enum", choices}};
}

Json ref(const std::string& name) {
    return {{"$ref", "#/components/schemas/" + name}};
}

const Json maybe_text = or_null(text), maybe_number = or_null(number), maybe_id = or_null(id);
const Json dimension{{"type", {"string", "boolean", "null"}}};
/// Which values of a dimension are counted.
const Json filter = map_of(list_of({{"type", {"string", "boolean"}}}));
const Json verdicts = Json::array({"matches", "warns", "differs"});

Json claim_schema() {
    return object({{"text", text},
                   {"comparator", one_of({"exact", "rounded", "over", "nearly"})},
                   {"value", number},
                   {"precision", number},
                   {"precision_basis", text},
                   {"from", day},
                   {"as_at", day},
                   {"pair", maybe_text}});
}

void add_figures(Json& schemas) {
    auto verdict = or_null(one_of(verdicts));
    verdict["enum"].push_back(nullptr);
    const Json evidence = object(
        {{"entries", number}, {"digest", text}, {"definition_version", number}, {"records", text}, {"subjects", text}});
    const Json beside = object({{"code", text}, {"title", text}, {"unit", text}, {"value", number}, {"display", text}});
    const Json one = with_optional(object({{"code", text},
                                           {"title", text},
                                           {"unit", text},
                                           {"value", number},
                                           {"display", text},
                                           {"provisional", number},
                                           {"live", number},
                                           {"claim", or_null(claim_schema())},
                                           {"verdict", verdict},
                                           {"evidence", evidence}}),
                                   {{"included_in", text}, {"reason", text}, {"beside", list_of(beside)}});
    schemas["Headlines"] = object({{"authority", text},
                                   {"from", or_null(day)},
                                   {"as_at", or_null(day)},
                                   {"known_at", instant},
                                   {"sealed", yes_or_no},
                                   {"headlines", list_of(one)}});
    const Json definition = object({{"version", number},
                                    {"measure", text},
                                    {"rule", text},
                                    {"aggregate", one_of({"sum", "count", "distinct"})},
                                    {"filter", filter},
                                    {"dimensions", list_of(text)},
                                    {"subject", text},
                                    {"from", day},
                                    {"as_at", day}});
    schemas["Headline"] = with_optional(object({{"code", text},
                                                {"title", text},
                                                {"unit", text},
                                                {"meaning", text},
                                                {"definition", definition},
                                                {"claim", or_null(claim_schema())}}),
                                        {{"included_in", text}, {"beside", text}});
    const Json known = object({{"known_at", instant}, {"sealed", yes_or_no}, {"value", number}});
    schemas["Bridge"] = object({{"code", text},
                                {"unit", text},
                                {"as_at", day},
                                {"opening", known},
                                {"late_records", number},
                                {"corrections", number},
                                {"merges", number},
                                {"closing", known}});
    auto ward = maybe_text;
    ward["description"] = "null: not known";
    const Json part = object({{"ward", ward}, {"value", maybe_number}, {"display", text}, {"withheld", yes_or_no}});
    schemas["FigureByWard"] = object({{"code", text},
                                      {"title", text},
                                      {"unit", text},
                                      {"by", text},
                                      {"from", day},
                                      {"as_at", day},
                                      {"known_at", instant},
                                      {"sealed", yes_or_no},
                                      {"total", object({{"value", number}, {"display", text}})},
                                      {"wards", list_of(part)}});
    auto name = maybe_text;
    name["description"] = "A period (2020-04, 2020/21 Q1, 2020/21) or a value of the dimension; null: not known.";
    const Json share = object({{"part", name}, {"value", maybe_number}, {"display", text}, {"withheld", yes_or_no}});
    schemas["FigureByPart"] = object({{"code", text},
                                      {"title", text},
                                      {"unit", text},
                                      {"by", text},
                                      {"from", day},
                                      {"as_at", day},
                                      {"known_at", instant},
                                      {"sealed", yes_or_no},
                                      {"total", object({{"value", number}, {"display", text}})},
                                      {"parts", list_of(share)}});
    schemas["MeasureList"] = object({{"items", list_of(object({{"code", text},
                                                               {"unit", text},
                                                               {"subject", text},
                                                               {"purpose", text},
                                                               {"dimensions", list_of(text)},
                                                               {"rule", text}}))},
                                     {"next", maybe_text}});
}

void add_evidence(Json& schemas) {
    auto live = number;
    live["description"] = "Up to today.";
    schemas["FigureChange"] = object(
        {{"code", text}, {"title", text}, {"unit", text}, {"as_at", day}, {"change", number}, {"live_change", live}});
    schemas["EvidenceRecord"] = object({{"entry_id", id},
                                        {"quantity", number},
                                        {"subject_id", maybe_id},
                                        {"dimensions", map_of(dimension)},
                                        {"happened_on", day},
                                        {"recorded_at", instant},
                                        {"record_kind", text},
                                        {"record_id", id},
                                        {"cause", one_of({"record", "event", "correction"})},
                                        {"corrects", maybe_id}});
    schemas["EvidenceSubject"] = object({{"subject_id", id}, {"net", number}, {"entries", number}});
    const Json difference = object({{"kind", text}, {"where", text}, {"detail", text}});
    schemas["Verification"] = object({{"differences", number}, {"first", list_of(difference)}});
}

void add_publications(Json& schemas) {
    const Json claim =
        or_null(object({{"text", text}, {"comparator", text}, {"value", number}, {"precision", number}}));
    const Json definition = object({{"version", number},
                                    {"measure", text},
                                    {"aggregate", one_of({"sum", "count", "distinct"})},
                                    {"filter", filter},
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
    schemas["PublishedFigures"] = object({{"reference", text},
                                          {"digest", text},
                                          {"superseded_by", or_null(object({{"id", id}, {"reference", text}}))},
                                          {"document", ref("PublishedDocument")}});
    const Json side = object({{"id", id}, {"reference", text}, {"title", text}, {"as_at", day}, {"known_at", instant}});
    Json step = object({{"code", text}, {"title", text}, {"unit", text}});
    for (const auto* name :
         {"opening", "definition", "late_records", "corrections", "merges", "further_days", "closing"}) {
        step["properties"][name] = maybe_number;
        step["required"].push_back(name);
    }
    schemas["Restatement"] = object({{"opening", side}, {"closing", side}, {"figures", list_of(step)}});
}

void add_audit(Json& schemas) {
    auto place = maybe_number;
    place["description"] = "Its place in the chain, without gaps; null until the next seal, a second or so.";
    auto before = or_null(map_of(ref("JsonValue")));
    before["description"] = "What stood there before, as far as you may see such records; null for a first version.";
    auto import = maybe_text;
    import["description"] = "The import that did it, or that was undone by it; null for what was asked for by itself.";
    schemas["AuditLine"] = object({{"id", number},
                                   {"number", place},
                                   {"at", instant},
                                   {"staff", object({{"id", id}, {"name", text}})},
                                   {"token_id", id},
                                   {"action", text},
                                   {"record", object({{"kind", text}, {"id", id}, {"version", number}})},
                                   {"reason", maybe_text},
                                   {"request_id", text},
                                   {"import", import},
                                   {"before", before}});
    schemas["Checkpoint"] = object({{"authority", text},
                                    {"link", number},
                                    {"at", instant},
                                    {"audit_lines", number},
                                    {"ledger_lines", number},
                                    {"head", text},
                                    {"public_key", text},
                                    {"signature", text}});
}

void add_search(Json& schemas) {
    const Json other = object({{"id", id}, {"reference", text}});
    auto title = text;
    title["description"] = "One line to recognise it by.";
    auto matched = list_of(object({{"field", text}, {"value", text}}));
    matched["description"] = "Why it was found: its fields that answer.";
    auto merged = or_null(other);
    merged["description"] = "The record that answers, where it is merged into this one.";
    auto more = yes_or_no;
    more["description"] = "Whether others answer too: say more of what is known.";
    const Json one = object({{"kind", text},
                             {"id", id},
                             {"reference", text},
                             {"href", text},
                             {"title", title},
                             {"state", maybe_text},
                             {"voided", yes_or_no},
                             {"matched", matched},
                             {"merged_from", merged}});
    schemas["Likeness"] =
        object({{"code", text}, {"detail", text}, {"kind", text}, {"id", id}, {"reference", text}, {"href", text}});
    schemas["Likenesses"] = object({{"items", list_of(ref("Likeness"))}});
    schemas["Facts"] = object({{"items", list_of(object({{"field", text},
                                                         {"value", ref("JsonValue")},
                                                         {"from", or_null(day)},
                                                         {"until", or_null(day)},
                                                         {"known_from", instant},
                                                         {"known_until", or_null(instant)},
                                                         {"version", number}}))}});
    schemas["NamedByDay"] = object({{"items", list_of(object({{"kind", text},
                                                              {"id", id},
                                                              {"reference", text},
                                                              {"href", text},
                                                              {"from", or_null(day)},
                                                              {"until", or_null(day)},
                                                              {"known_from", instant}}))}});
    schemas["TimelineItem"] = object({{"kind", text},
                                      {"id", id},
                                      {"reference", text},
                                      {"href", text},
                                      {"title", text},
                                      {"state", or_null(text)},
                                      {"voided", yes_or_no},
                                      {"named_in", list_of(text)},
                                      {"recorded_at", instant}});
    schemas["Findings"] = object({{"items", list_of(one)}, {"more", more}});
}

void add_imports(Json& schemas) {
    const Json states = db::jobs::states;
    const Json rows = object({{"done", number},
                              {"total", maybe_number},
                              {"recorded", number},
                              {"same", number},
                              {"changed", number},
                              {"faulty", number},
                              {"left_out", number}});
    const Json column = object({{"column", maybe_text},
                                {"field", maybe_text},
                                {"by", maybe_text},
                                {"fault", maybe_text},
                                {"value", maybe_text}});
    const Json fault = object({{"row", number}, {"field", text}, {"code", text}, {"message", text}});
    Json changes = list_of(ref("FigureChange"));
    changes["type"] = Json::array({"array", "null"});
    Json likenesses = list_of(object({{"row", number},
                                      {"code", text},
                                      {"detail", text},
                                      {"like_row", or_null(number)},
                                      {"kind", text},
                                      {"id", or_null(id)},
                                      {"reference", maybe_text},
                                      {"href", maybe_text}}));
    likenesses["type"] = Json::array({"array", "null"});
    Json undone = object({{"job", text}, {"reason", text}});
    undone["type"] = Json::array({"object", "null"});
    schemas["Import"] = object({{"id", id},
                                {"kind", text},
                                {"name", maybe_text},
                                {"state", one_of(states)},
                                {"dry_run", yes_or_no},
                                {"mode", one_of(Json::array({"good_rows", "all_or_nothing"}))},
                                {"bytes", number},
                                {"rows", rows},
                                {"format", one_of(Json::array({"csv", "ndjson", "workbook"}))},
                                {"encoding", maybe_text},
                                {"profile", maybe_text},
                                {"sheet", maybe_text},
                                {"header_row", number},
                                {"columns", list_of(column)},
                                {"figures", changes},
                                {"likenesses", likenesses},
                                {"continues", maybe_text},
                                {"problem", maybe_text},
                                {"by", object({{"id", id}, {"name", text}})},
                                {"made_at", instant},
                                {"started_at", or_null(instant)},
                                {"ended_at", or_null(instant)},
                                {"faults", list_of(fault)},
                                {"errors", text},
                                {"errors_until", or_null(instant)},
                                {"records", text},
                                {"job", text},
                                {"undone", undone}});
    schemas["GoneRecord"] =
        object({{"kind", text}, {"id", id}, {"reference", text}, {"href", text}, {"title", maybe_text}});
    schemas["ImportedRecord"] = object({{"row", number},
                                        {"outcome", one_of(Json::array({"recorded", "same", "changed"}))},
                                        {"kind", text},
                                        {"id", id},
                                        {"reference", text},
                                        {"href", text},
                                        {"voided", yes_or_no}});
}

void add_service(Json& schemas) {
    schemas["Names"] = object(
        {{"items",
          list_of(object(
              {{"id", id}, {"kind", text}, {"reference", text}, {"title", maybe_text}, {"href", maybe_text}}))}});
    auto oldest = or_null(day);
    oldest["description"] = "The day since which the oldest of them waits; null where none does.";
    schemas["Work"] = object({{"items", list_of(object({{"code", text},
                                                        {"title", text},
                                                        {"kind", text},
                                                        {"count", number},
                                                        {"oldest", oldest},
                                                        {"value_pence", maybe_number},
                                                        {"href", text}}))}});
    schemas["Session"] =
        object({{"staff", object({{"id", id}, {"name", text}})},
                {"role", text},
                {"partner", maybe_text},
                {"authority", object({{"id", text}, {"name", text}})},
                {"session", or_null(object({{"made_at", instant}, {"ends_at", instant}, {"idle_at", instant}}))}});
    schemas["JsonValue"] = {{"description", "Any JSON."},
                            {"oneOf", Json::array({{{"type", {"string", "number", "boolean", "null"}}},
                                                   list_of(ref("JsonValue")),
                                                   map_of(ref("JsonValue"))})}};
    schemas["Status"] = object({{"status", text}});
    schemas["Document"] = object({{"openapi", text},
                                  {"info", map_of(text)},
                                  {"servers", list_of(map_of(text))},
                                  {"paths", map_of(ref("JsonValue"))},
                                  {"tags", list_of(map_of(text))},
                                  {"components", map_of(ref("JsonValue"))}});
}

}  // namespace

void add_report_schemas(Json& schemas) {
    add_figures(schemas);
    add_evidence(schemas);
    add_publications(schemas);
    add_audit(schemas);
    add_search(schemas);
    add_imports(schemas);
    add_service(schemas);
}

}  // namespace tideover
