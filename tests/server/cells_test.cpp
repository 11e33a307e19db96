// Cells of spreadsheets as values: days, amounts, yes and no as people write them, and what a spreadsheet spoilt.
#include "server/formats/cells.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "domain/council_tax/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"

namespace cells_test {

using namespace tideover;
using nlohmann::json;

constexpr std::string_view kinds[]{"advice_given", "referred"};
constexpr Field its[]{pence("amount_pence", -pence_max),
                      count("units", 0, 1000),
                      day("received_on"),
                      flag("answered"),
                      choice("outcome", kinds),
                      choices("reasons", kinds),
                      text("note", 0, 100),
                      digits("uprn", 12),
                      instant("started_at"),
                      text("caller.name", 0, 50)};

ImportKind kind_of(std::span<const Field> fields) {
    return {.path = "rows", .noun = &nouns::call, .step = nullptr, .fields = {fields.begin(), fields.end()}};
}
const ImportKind kind = kind_of(its);

/// The value of a cell, as JSON, or "!" and the code of its fault.
std::string read(const char* name, const std::string& cell) {
    const auto columns = columns_of(kind, std::vector<std::string>{name}, {});
    REQUIRE(columns.faults.empty());
    std::vector<FieldFault> faults;
    const auto body = body_of(columns.columns, {.cells = {cell}}, {}, faults);
    if (!faults.empty()) return "!" + faults[0].code;
    return body.empty() ? "" : body.begin()->dump();
}

TEST_CASE("amounts are pence, or pounds where they say so, and never half a penny") {
    const std::pair<std::string, std::string> cases[]{{"133400", "133400"},
                                                      {"£1,334.00", "133400"},
                                                      {"1,334.00", "133400"},
                                                      {"£1334", "133400"},
                                                      {"12.5", "1250"},
                                                      {"(12.50)", "-1250"},
                                                      {"-£12.50", "-1250"},
                                                      {"£-12.50", "-1250"},
                                                      {"1,334", "1334"},
                                                      {"", ""},
                                                      {"12.505", "!invalid_amount"},
                                                      {"1,33", "!invalid_amount"},
                                                      {"£", "!invalid_amount"},
                                                      {"12.", "!invalid_amount"},
                                                      {"=SUM(A1)", "!invalid_amount"},
                                                      {"1.5E+05", "!shortened_number"},
                                                      {"ten", "!invalid_amount"},
                                                      {"99999999999999999999", "!invalid_amount"},
                                                      {"0.01", "1"},
                                                      {"£0", "0"},
                                                      {"12,34,567", "!invalid_amount"}};
    for (const auto& [cell, wanted] : cases) {
        CAPTURE(cell);
        CHECK(read("Amount (pence)", cell) == wanted);
    }
}

TEST_CASE("days are read with the day first and the whole year, and only where they exist") {
    const std::pair<std::string, std::string> cases[]{
        {"31/12/2020", "\"2020-12-31\""}, {"1/2/2020", "\"2020-02-01\""},   {"2020-12-31", "\"2020-12-31\""},
        {"29/02/2021", "!invalid_day"},   {"29/02/2020", "\"2020-02-29\""}, {"31/04/2020", "!invalid_day"},
        {"01/02/03", "!invalid_day"},     {"04/23/2020", "!invalid_day"},   {"43921", "!spreadsheet_day"},
        {"2020-1-2", "!invalid_day"},     {"1/2/20/20", "!invalid_day"}};
    for (const auto& [cell, wanted] : cases) {
        CAPTURE(cell);
        CHECK(read("Received on", cell) == wanted);
    }
}

TEST_CASE("a day and a time are London's, over both changes of its clocks; with an offset they are what they say") {
    const std::pair<std::string, std::string> cases[]{{"31/12/2020 14:05", "\"2020-12-31T14:05:00Z\""},
                                                      {"1/6/2020 9:05", "\"2020-06-01T08:05:00Z\""},
                                                      {"2020-06-01 09:05:30", "\"2020-06-01T08:05:30Z\""},
                                                      {"2020-06-01T09:05:00Z", "\"2020-06-01T09:05:00Z\""},
                                                      {"29/03/2020 01:30", "!invalid_instant"},
                                                      {"29/03/2020 02:30", "\"2020-03-29T01:30:00Z\""},
                                                      {"25/10/2020 01:30", "\"2020-10-25T00:30:00Z\""},
                                                      {"25/10/2020 02:30", "\"2020-10-25T02:30:00Z\""},
                                                      {"31/12/2020", "!invalid_instant"},
                                                      {"31/12/2020 25:00", "!invalid_instant"},
                                                      {"31/12/2020 noon", "!invalid_instant"},
                                                      {"31/12/20 14:05", "!invalid_instant"},
                                                      {"31/12/2020 14:05:", "!invalid_instant"}};
    for (const auto& [cell, wanted] : cases) {
        CAPTURE(cell);
        CHECK(read("Started at", cell) == wanted);
    }
}

TEST_CASE("yes and no, choices and lists in people's spelling; guarded and shortened numbers") {
    CHECK(read("answered", "Yes") == "true");
    CHECK(read("answered", "n") == "false");
    CHECK(read("answered", "maybe") == "!not_a_flag");
    CHECK(read("outcome", "Advice given") == "\"advice_given\"");
    CHECK(read("outcome", "Nonsense") == "\"Nonsense\"");
    CHECK(read("reasons", "Advice given; referred") == "[\"advice_given\",\"referred\"]");
    CHECK(read("units", "1,000") == "1000");
    CHECK(read("units", "10.0") == "!not_whole");
    CHECK(read("uprn", "'000100024011") == "\"000100024011\"");
    CHECK(read("uprn", "1.00024E+11") == "!shortened_number");
    CHECK(read("note", "=1+1") == "\"=1+1\"");
    CHECK(read("note", "'=1+1") == "\"=1+1\"");
    CHECK(read("CALLER NAME",
               " Ann\xC2\xA0"
               "Lee ") == "{\"name\":\"Ann Lee\"}");
}

TEST_CASE("a column is a field by any spelling of its name; what is none, twice or missing is said at once") {
    const auto found = columns_of(*import_kind("calls"),
                                  std::vector<std::string>{"Started at", "caller_name", "Caller Phone", "colour",
                                                           "reference", "Caller.Phone", "outcome", "COUNTERPARTY"},
                                  {.left_out = {"Reference"}});
    std::string faults;
    for (const auto& fault : found.faults) faults += fault.pointer + ":" + fault.code + " ";
    CHECK(faults == "colour:unknown_column Caller.Phone:repeated_column direction:missing_column ");
    CHECK(found.columns[1].field->name == "caller.name");
    CHECK(found.columns[4].field == nullptr);
    const auto mended = columns_of(kind, std::vector<std::string>{"note", "row", "field", "code", "message"}, {});
    CHECK(mended.faults.empty());
    CHECK(mended.columns[1].field == nullptr);
}

TEST_CASE("a record is named by id, reference, code or identifier, and the row's own identifiers are columns too") {
    const auto found =
        columns_of(*import_kind("persons"),
                   std::vector<std::string>{"Name", "Household.UPRN", "NHS number", "identifiers.email"}, {});
    REQUIRE(found.faults.empty());
    CHECK(found.columns[1].field->name == "household_id");
    CHECK(found.columns[1].by == "uprn");
    CHECK(found.columns[1].names());
    CHECK(found.columns[2].by == "nhs_number");
    const std::vector<std::string> cells{"Ann", "100011", "943 476 5919", "ann@example.org"};
    NamedRecords named;
    collect_names(found.columns, cells, named);
    CHECK(named[1].size() == 1);
    std::vector<FieldFault> faults;
    static_cast<void>(body_of(found.columns, {.cells = cells}, named, faults));
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].code == "unknown_reference");
    named[1]["100011"] = {"a", "b"};
    faults.clear();
    static_cast<void>(body_of(found.columns, {.cells = cells}, named, faults));
    CHECK(faults.at(0).code == "ambiguous_reference");
    named[1]["100011"] = {"01a2220b-92ea-78a1-a810-f2162c64143e"};
    faults.clear();
    const auto body = body_of(found.columns, {.cells = cells}, named, faults);
    CHECK(faults.empty());
    CHECK(body.at("household_id") == "01a2220b-92ea-78a1-a810-f2162c64143e");
    CHECK(body.at("identifiers") == json::parse(R"([{"kind": "nhs_number", "value": "943 476 5919"},
                                                    {"kind": "email", "value": "ann@example.org"}])"));
    const auto twice = columns_of(*import_kind("persons"),
                                  std::vector<std::string>{"name", "household", "household id", "household.uprn"}, {});
    CHECK(twice.faults.size() == 2);
}

TEST_CASE("a step's rows say which record takes it, by whatever names such a record, and what the step says") {
    for (const std::string name : {"Reference", "voucher", "Voucher ID", "voucher reference", "id"}) {
        CAPTURE(name);
        const auto found =
            columns_of(*import_kind("voucher-redemptions"), std::vector<std::string>{name, "redeemed on"}, {});
        CHECK(found.columns[0].field == import_kind("voucher-redemptions")->target());
        CHECK(found.columns[0].by.empty());
        CHECK(found.faults.empty());
    }
    const auto by_tag = columns_of(*import_kind("device-returns"), std::vector<std::string>{"asset tag"}, {});
    CHECK(by_tag.columns[0].by == "asset_tag");
    const auto nobody = columns_of(*import_kind("voucher-redemptions"), std::vector<std::string>{"redeemed on"}, {});
    REQUIRE(nobody.faults.size() == 1);
    CHECK(nobody.faults[0].code == "missing_column");
    CHECK(import_kind("api-tokens") == nullptr);
    CHECK(import_kind("parcel-attempts") != nullptr);
    CHECK(import_kind("payment-settlements") != nullptr);
}

/// The value of a cell of a column that is written in that manner.
std::string read_so(const char* name, const std::string& cell, const std::string& days, const std::string& money = {}) {
    const auto columns = columns_of(kind, std::vector<std::string>{name}, {.columns = {{name, name, days, money}}});
    REQUIRE(columns.faults.empty());
    std::vector<FieldFault> faults;
    const auto body = body_of(columns.columns, {.cells = {cell}}, {}, faults);
    if (!faults.empty()) return "!" + faults[0].code;
    return body.begin()->dump();
}

TEST_CASE("a list is words with semicolons between them, or JSON") {
    CHECK(read("reasons", "a; b") == "[\"a\",\"b\"]");
    CHECK(read("reasons", "[\"a\",\"b\"]") == "[\"a\",\"b\"]");
    CHECK(read("reasons", "[]") == "[]");
    CHECK(read("reasons", "[\"a\"") == "!wrong_type");
}

TEST_CASE("days and money are read in the manner that a profile says, and no day is guessed") {
    CHECK(read_so("received_on", "12/31/2020", "month_first") == "\"2020-12-31\"");
    CHECK(read_so("received_on", "31/12/2020", "month_first") == "!invalid_day");
    CHECK(read_so("received_on", "2020-12-31", "month_first") == "\"2020-12-31\"");
    CHECK(read_so("received_on", "01/02/03", "two_digit_years") == "\"2003-02-01\"");
    CHECK(read_so("received_on", "01/02/48", "two_digit_years") == "\"1948-02-01\"");
    CHECK(read_so("received_on", "01/02/2003", "two_digit_years") == "\"2003-02-01\"");
    CHECK(read("received_on", "01/02/03") == "!invalid_day");
    CHECK(read_so("received_on", "20201231", "compact") == "\"2020-12-31\"");
    CHECK(read_so("received_on", "20201331", "compact") == "!invalid_day");
    CHECK(read_so("received_on", "43922", "serial") == "\"2020-04-01\"");
    CHECK(read_so("started_at", "43923.427083333336", "serial") == "\"2020-04-02T09:15:00Z\"");
    CHECK(read("received_on", "43922") == "!spreadsheet_day");
    CHECK(read_so("amount_pence", "1334", "", "pounds") == "133400");
    CHECK(read_so("amount_pence", "1,334.5", "", "pounds") == "133450");
    CHECK(read_so("amount_pence", "1334", "", "pence") == "1334");
}

TEST_CASE(
    "columns of one field are joined, what cells say means what a profile says, and what every row has stands aside") {
    const TableReading reading{
        .others_left_out = true,
        .columns = {{"Last", "name"}, {"First", "name"}, {"Rubbish", ""}, {"Mobile", "phone"}, {"Home", "phone"}},
        .constants = {{"safe_contact", "none known"}, {"address", "unknown"}},
        .meanings = {{"Last", "N/K", ""}, {"First", "A.", "Ann"}}};
    const std::vector<std::string> header{"First", "Address", "Last", "Rubbish", "Mobile", "Home", "Anything"};
    const auto found = columns_of(*import_kind("persons"), header, reading);
    CHECK(found.faults.empty());
    REQUIRE(found.columns.size() == header.size() + 2);
    std::vector<FieldFault> faults;
    const auto body = body_of(
        found.columns,
        {.cells = {"a.", "1 High Street", "Lee", "x", "", "0161 496 0001", "y", "none known", "unknown"}}, {}, faults);
    CHECK(faults.empty());
    CHECK(body == nlohmann::json{{"name", "Ann Lee"},
                                 {"address", "1 High Street"},
                                 {"phone", "0161 496 0001"},
                                 {"safe_contact", "none known"}});
    const auto other = body_of(
        found.columns, {.cells = {"Bo", "", "n/k", "", "07700 900001", "0161 496 0001", "", "none known", "unknown"}},
        {}, faults);
    CHECK(other ==
          nlohmann::json{
              {"name", "Bo"}, {"address", "unknown"}, {"phone", "07700 900001"}, {"safe_contact", "none known"}});
}

TEST_CASE("rows that a profile skips, or that lack what it needs, are not wanted") {
    const std::vector<ColumnOf> columns{{"nhs"}, {"name"}, {"born"}, {"phone"}, {"died"}};
    const RowFilter filter{
        columns, {.skips = {{"Died", ""}, {"name", "TEST"}}, .needs = {{"nhs"}, {"name", "born"}, {"name", "phone"}}}};
    const std::pair<std::vector<std::string>, bool> cases[]{
        {{"1", "", "", "", ""}, true},
        {{"", "Ann", "", "", ""}, false},
        {{"", "Ann", "1950", "", ""}, true},
        {{"", "Ann", "", "07", ""}, true},
        {{"", "", "1950", "07", ""}, false},
        {{"1", "Ann", "", "", "2020"}, false},
        {{"1", "test ", "", "", ""}, false},
        {{"1"}, true},
        {{}, false},
    };
    for (const auto& [cells, wanted] : cases) CHECK(filter.wants(cells) == wanted);
    CHECK(RowFilter{columns, {}}.wants({}));
}

TEST_CASE("how a table is read is kept as it was said") {
    const TableReading reading{.profile = "feed, version 2",
                               .sheet = "Data",
                               .header_row = 3,
                               .from = "2020-10-01",
                               .left_out = {"a", "b"},
                               .others_left_out = true,
                               .columns = {{"Last", "name", "", ""}, {"On", "born_on", "compact", "pounds"}, {"x", ""}},
                               .constants = {{"note", "n"}},
                               .meanings = {{"Last", "N/K", ""}, {"Last", "a", "b"}},
                               .skips = {{"Died", ""}, {"Died", "y"}},
                               .needs = {{"nhs"}, {"name", "born"}}};
    CHECK(json_of(reading_of(nlohmann::json::parse(json_of(reading)))) == json_of(reading));
    CHECK(reading_of(nlohmann::json::parse(json_of(reading))).needs == reading.needs);
    CHECK(json_of(TableReading{}) == "{}");
}

}  // namespace cells_test
