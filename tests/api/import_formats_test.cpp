// Files of records that are no CSV: workbooks and lines of JSON become what their rows as CSV would.
#include <doctest/doctest.h>

#include "tests/api/imported.hpp"
#include "tests/api/world.hpp"
#include "tests/support/workbook.hpp"

namespace tideover::testing::import_formats_test {
namespace {

using nlohmann::json;

const Headers as_lines{{"Content-Type", "application/x-ndjson"}};
const Headers as_workbook{{"Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};

json call(const std::string& note) {
    return {{"direction", "inbound"},
            {"line", "coronavirus"},
            {"counterparty", "resident"},
            {"started_at", "2020-04-02T10:15:00Z"},
            {"outcome", "advice_given"},
            {"reasons", {"food", "medicine"}},
            {"note", note}};
}

Answer post_file(World& world, const std::string& target, const std::string& bytes, const Headers& type) {
    return world.post(Role::helpline, "/v1/imports/" + target, bytes, {}, type);
}

}  // namespace

TEST_CASE("each line of JSON is a record, and its fields may differ from those of other lines") {
    auto& world = shared_world();
    auto with_name = call("third line");
    with_name["caller_name"] = "Ann Lines";
    auto unknown = call("fourth line");
    unknown["colour"] = "red";
    // Fields that the first part of the file has none of.
    std::string first;
    while (first.size() < (std::size_t{300} << 10U))
        first += call("many lines " + std::to_string(first.size())).dump() + "\n";
    const auto many = std::count(first.begin(), first.end(), '\n');
    const auto import =
        world.import_file(Role::helpline, "calls?name=calls.ndjson",
                          first + with_name.dump() + "\n" + unknown.dump() + "\n{\"note\": 1.5}\n{\"line\"", as_lines);
    CHECK(import.at("state") == "done");
    CHECK(import.at("format") == "ndjson");
    CHECK(import.at("rows").at("recorded") == many + 1);
    const auto row = [&](std::int64_t after) { return std::to_string(many + after); };
    CHECK(faults_of(import) == row(2) + " colour unknown_column; " + row(3) + " note not_whole; " + row(3) +
                                   " direction required; " + row(3) + " started_at required; " + row(3) +
                                   " outcome required; " + row(4) + "  malformed_json");
    CHECK(world.sql("SELECT caller_name || ' ' || reasons::text FROM call WHERE note = 'third line'") ==
          "Ann Lines {food,medicine}");
    CHECK(world.sql("SELECT count(*) FROM call WHERE note = 'fourth line'") == "0");
    const auto errors = world.get(Role::helpline, import.at("errors").get<std::string>()).body;
    CHECK(errors.find("fourth line") != std::string::npos);
    CHECK(errors.find("colour") != std::string::npos);
}

TEST_CASE("lines of JSON whose first names no field are refused at the door, and the same bytes twice are one import") {
    auto& world = shared_world();
    auto wrong = call("never");
    wrong["colour"] = "red";
    const auto refused = post_file(world, "calls", wrong.dump() + "\n", as_lines);
    CHECK(outcome(refused) == "422 invalid-fields");
    CHECK(refused.body.find("unknown_column") != std::string::npos);
    CHECK(outcome(post_file(world, "calls", "not JSON\n", as_lines)) == "422 invalid-fields");
    const auto lines = call("line that is sent twice").dump();
    const auto first = world.import_file(Role::helpline, "calls", lines, as_lines);
    CHECK(world.import_file(Role::helpline, "calls", lines, as_lines).at("id") == first.at("id"));
    CHECK(world.sql("SELECT count(*) FROM import_part") == "0");
}

TEST_CASE("a sheet of a workbook becomes records, with its days, formulas and merged cells as they are shown") {
    auto& world = shared_world();
    const std::string styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>";
    const auto cell = [](const std::string& text) { return "<c t=\"str\"><v>" + text + "</v></c>"; };
    const auto row = [&](const std::string& note, const std::string& started) {
        return "<row>" + cell("inbound") + cell("coronavirus") + cell("resident") + "<c s=\"1\">" + started + "</c>" +
               cell("advice_given") + cell(note) + "</row>";
    };
    const std::string names = "<row>" + cell("Direction") + cell("Line") + cell("Counterparty") +
                              cell("Started at (London)") + cell("Outcome") + cell("Note") + "</row>";
    const auto book = workbook({.sheet = "<sheetData><row r=\"1\">" + cell("Calls of April") + "</row>" + names +
                                         row("from a sheet", "<v>43923.427083333336</v>") +
                                         row("of a formula", "<f>A1</f><v>43923.5</v>") +
                                         row("merged", "<v>43923</v>") + row("no value", "<f>A1</f>") +
                                         "</sheetData><mergeCells><mergeCell ref=\"F4:F5\"/></mergeCells>",
                                .styles = styles,
                                .others = {{"Notes", "hidden"}}});
    const auto import = world.import_file(Role::helpline, "calls?header_row=2&sheet=Data", book, as_workbook);
    CHECK(import.at("format") == "workbook");
    CHECK(import.at("sheet") == "Data");
    CHECK(import.at("header_row") == 2);
    CHECK(import.at("encoding").is_null());
    CHECK(import.at("rows").at("recorded") == 2);
    CHECK(faults_of(import) == "5 note merged_cells; 6 started_at formula_without_value");
    CHECK(
        world.sql("SELECT string_agg(note || ' ' || wire(started_at), '|' ORDER BY started_at) FROM call WHERE note IN "
                  "('from a sheet', 'of a formula')") ==
        "from a sheet 2020-04-02T09:15:00Z|of a formula 2020-04-02T11:00:00Z");
    const auto errors = world.get(Role::helpline, import.at("errors").get<std::string>()).body;
    CHECK(errors.find("merged") != std::string::npos);
    // Another sheet of the same bytes is another table.
    CHECK(outcome(post_file(world, "calls?sheet=Notes", book, as_workbook)) == "422 invalid-fields");
    CHECK(outcome(post_file(world, "calls?sheet=None", book, as_workbook)) == "422 invalid-fields");
    CHECK(outcome(post_file(world, "calls", "Direction,Line\r\n", as_workbook)) == "422 invalid-fields");
    CHECK(world.sql("SELECT count(*) FROM import_part") == "0");
}

TEST_CASE("a sheet of what has none, and a day for what is not kept by day, are refused and not passed over") {
    auto& world = shared_world();
    const auto refused = [&](const std::string& target) {
        const auto answer = post_file(world, target, "direction\r\n", {{"Content-Type", "text/csv"}});
        CHECK(outcome(answer) == "400 invalid-parameter");
        return answer.json().at("errors").at(0).at("code").get<std::string>();
    };
    CHECK(refused("calls?sheet=Data") == "not_here");
    CHECK(refused("calls?from=2020-04-01") == "not_here");
}

TEST_CASE("a workbook that the service made of a list is one that it takes") {
    auto& world = shared_world();
    world.fresh(nouns::named("person"), {{"name", "Round Trip"}, {"born_on", "1950-03-01"}});
    const auto list = world.get(Role::helpline, "/v1/persons?limit=1", {{"Accept", as_workbook[0].second}});
    CHECK(list.status == 200);
    const auto names = world.import_file(Role::helpline,
                                         "persons?dry_run=true&leave_out=kind,id,reference,voided,version,recorded_at,"
                                         "recorded_by,recorded_for,merged_into,changed_at,restricted,state",
                                         list.body, as_workbook);
    CHECK(names.at("state") == "done");
    CHECK(names.at("rows").at("faulty") == 0);
    CHECK(names.at("rows").at("recorded").get<int>() + names.at("rows").at("same").get<int>() > 0);
}

TEST_CASE("a file is taken in the media types that are known, and others are named") {
    auto& world = shared_world();
    const auto refused = post_file(world, "calls", "{}", {{"Content-Type", "application/json"}});
    CHECK(outcome(refused) == "415 unsupported-media-type");
    for (const std::string known : {"text/csv", "application/x-ndjson", "spreadsheetml.sheet"})
        CHECK(refused.body.find(known) != std::string::npos);
}

}  // namespace tideover::testing::import_formats_test
