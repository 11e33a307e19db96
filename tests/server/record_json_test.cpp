// Reading bodies: JSON that a careless reader would let pass, and fields of every kind.
#include "server/formats/record_json.hpp"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "server/api/problem.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/json.hpp"

namespace decoding_test {

using namespace tideover;
using nlohmann::json;

namespace {

const Instant now = *parse_instant("2021-02-01T12:00:00Z");

std::string refusal(std::string_view body) {
    try {
        static_cast<void>(read_object(body));
        return {};
    } catch (const MalformedJson& malformed) {
        CHECK(problem_type(malformed.slug).status == 400);
        return malformed.slug;
    }
}

/// The stored form of a single value, or the code of its fault.
std::string read(const Field& field, const json& value) {
    const std::array<Field, 1> fields{field};
    const auto decoded = decode(fields, json{{"x", value}}, Reading::whole, now);
    if (!decoded.faults.empty()) return "!" + decoded.faults.front().code;
    return decoded.record.at(by_name("x")).value_or("(none)");
}

}  // namespace

TEST_CASE("each way of being no plain JSON object has a problem of its own") {
    CHECK(refusal("{") == "malformed-json");
    CHECK(refusal("[]") == "malformed-json");
    CHECK(refusal("") == "malformed-json");
    CHECK(refusal("{} {}") == "malformed-json");
    CHECK(refusal(R"({"a":1,"a":2})") == "duplicate-key");
    CHECK(refusal(R"({"a":{"b":1,"b":2}})") == "duplicate-key");
    CHECK(refusal("{\"a\":\"\xff\"}") == "invalid-utf8");
    CHECK(refusal("{\"a\":\"\\u0000\"}") == "null-character");
    CHECK(refusal("{\"\\u0000\":1}") == "null-character");
    CHECK(refusal("{\"a\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}") == "too-deep");
    CHECK(refusal(std::string_view{"{}\0", 3}) == "null-character");
    CHECK(refusal(std::string_view{"{}\0{\"a\":1}", 10}) == "null-character");
    CHECK(refusal("\xEF\xBB\xBF{}") == "malformed-json");
    CHECK(refusal(R"({"a":1,"b":{"a":2}})").empty());
}

TEST_CASE("money is taken from whole numbers only") {
    const auto field = pence("x", 1, pence_max);
    CHECK(read(field, 1050) == "1050");
    CHECK(read(field, json::parse("1050.0")) == "!not_whole");
    CHECK(read(field, json::parse("1e3")) == "!not_whole");
    CHECK(read(field, "1050") == "!wrong_type");
    CHECK(read(field, true) == "!wrong_type");
    CHECK(read(field, 0) == "!out_of_range");
    CHECK(read(field, -1) == "!out_of_range");
    CHECK(read(field, pence_max + 1) == "!out_of_range");
    CHECK(read(field, json::parse("9223372036854775808")) == "!out_of_range");
    CHECK(read(field, json::parse("18446744073709551615")) == "!out_of_range");
    CHECK(read(field, json::parse("18446744073709551616")) == "!not_whole");
}

TEST_CASE("a day must exist and have come, in London") {
    CHECK(read(day("x"), "2021-02-01") == "2021-02-01");
    CHECK(read(day("x"), "2021-02-02") == "!in_future");
    CHECK(read(day("x").may_be_ahead(), "2021-02-02") == "2021-02-02");
    CHECK(read(day("x"), "2021-02-30") == "!invalid_day");
    CHECK(read(day("x"), 20210201) == "!wrong_type");
}

TEST_CASE("postcodes and telephone numbers are kept in one form") {
    CHECK(read(postcode("x"), "sk13xe") == "SK1 3XE");
    CHECK(read(postcode("x"), " M1  1AA ") == "M1 1AA");
    CHECK(read(postcode("x"), "EC1A 1BB") == "EC1A 1BB");
    CHECK(read(postcode("x"), "SK1 3X") == "!invalid_postcode");
    CHECK(read(postcode("x"), "1SK 3XE") == "!invalid_postcode");
    CHECK(read(phone("x"), "0161 496 0000") == "01614960000");
    CHECK(read(phone("x"), "+44 (0)161 496 0000") == "01614960000");
    CHECK(read(phone("x"), "+447700900123") == "07700900123");
    CHECK(read(phone("x"), "+44 0044 0441234567") == "!invalid_phone");
    CHECK(read(phone("x"), "00161496000") == "!invalid_phone");
    CHECK(read(phone("x"), "ask for Jo") == "!invalid_phone");
    CHECK(read(phone("x"), "116123") == "116123");
    CHECK(read(phone("x"), "4960000") == "!invalid_phone");
    CHECK(read(phone("x"), "withheld") == "withheld");
    CHECK(read(postcode("x"), "SK1\u00a03XE") == "SK1 3XE");
}

TEST_CASE("text is trimmed, measured in characters and free of control and bidi characters") {
    CHECK(read(text("x", 1, 5), "  héllo ") == "héllo");
    CHECK(read(text("x", 1, 4), "héllo") == "!too_long");
    CHECK(read(text("x", 1, 5).needed(), "   ") == "!too_short");
    CHECK(read(text("x", 1, 5), "   ") == "(none)");
    CHECK(read(text("x", 0, 50).of_lines(), "line\nbreak") == "line\nbreak");
    CHECK(read(text("x", 0, 50), "line\nbreak") == "!line_break");
    CHECK(read(text("x", 0, 50), "bell\x07") == "!control_character");
    for (const auto* turning : {"evil\u202Etxt", "a\u2066b", "next\u0085line", "\u009b1m"}) {
        CAPTURE(turning);
        CHECK(read(text("x", 0, 50), turning) == "!control_character");
        CHECK(read(email("x"), "jo" + std::string{turning} + "@example.org") == "!invalid_email");
    }
    // Around a text such marks are dropped, and what nobody sees is dropped everywhere.
    CHECK(read(text("x", 1, 50), "\u202E\uFEFFab\u200Bc\u2069") == "abc");
    CHECK(read(text("x", 1, 50), "\u2066\u3000") == "(none)");
    CHECK(read(email("x"), "jo@example.org\x01") == "!invalid_email");
}

TEST_CASE("what is kept in its form is long enough in its form") {
    CHECK(read(text("x", 2, 60).in_form(Form::code), "-a-") == "!too_short");
    CHECK(read(text("x", 2, 60).in_form(Form::code), "A b") == "a-b");
    CHECK(read(text("x", 4, 20).in_form(Form::account), "1-2-3") == "!too_short");
}

TEST_CASE("a letter and its marks are one character, however they were typed") {
    CHECK(read(text("x", 1, 5), "he\u0301llo") == "héllo");
    CHECK(read(text("x", 1, 9), "A\u030a Ltd") == "Å Ltd");
    CHECK(read(text("x", 1, 1), "e\u0301") == "é");
}

TEST_CASE("a day lies in the time that there is anything to record of") {
    CHECK(read(day("x"), "1999-12-31") == "!too_long_ago");
    CHECK(read(day("x").not_before("1900-01-01"), "1919-12-31") == "1919-12-31");
    CHECK(read(instant("x"), "1969-07-20T20:17:00Z") == "!too_long_ago");
    CHECK(read(instant("x"), "2020-07-20T20:17:00+02:00") == "2020-07-20T18:17:00Z");
}

TEST_CASE("all faults of a body come at once, each with its pointer") {
    const auto body = json::parse(
        R"({"direction":"sideways","started_at":"yesterday","duration_s":1.5,"caller":{"phone":"x","shoe":1},"bogus":1,"answered":true})");
    const auto decoded = decode(nouns::call.fields, body, Reading::whole, now);
    std::map<std::string, std::string> faults;
    for (const auto& fault : decoded.faults) faults[fault.pointer] = fault.code;
    CHECK(faults == std::map<std::string, std::string>{{"/direction", "not_a_choice"},
                                                       {"/started_at", "invalid_instant"},
                                                       {"/duration_s", "not_whole"},
                                                       {"/caller/phone", "invalid_phone"},
                                                       {"/caller/shoe", "unknown_field"},
                                                       {"/bogus", "unknown_field"},
                                                       {"/answered", "unknown_field"},
                                                       {"/outcome", "required"}});
}

TEST_CASE("a correction names only what changes; required fields cannot be cleared") {
    const auto decoded =
        decode(nouns::call.fields, json::parse(R"({"note":null,"outcome":null})"), Reading::changes, now);
    REQUIRE(decoded.faults.size() == 1);
    CHECK(decoded.faults[0].pointer == "/outcome");
    CHECK(decoded.named.size() == 2);
}

TEST_CASE("a correction cannot change what makes a record what it is") {
    const auto decoded = decode(nouns::scheme.fields, json::parse(R"({"code":"other"})"), Reading::changes, now);
    REQUIRE(decoded.faults.size() == 1);
    CHECK(decoded.faults[0].code == "not_correctable");
}

TEST_CASE("lists name each value once, from the list of choices") {
    constexpr std::array<std::string_view, 2> of{"food", "money"};
    CHECK(read(choices("x", of), json::parse(R"(["money","food"])")) == "{money,food}");
    CHECK(read(choices("x", of), json::parse(R"(["food","food"])")) == "!repeated");
    CHECK(read(choices("x", of), json::parse(R"(["gold"])")) == "!not_a_choice");
    CHECK(read(choices("x", of).needed(), json::array()) == "!required");
}

TEST_CASE("cells that a spreadsheet would run are made harmless") {
    for (const auto* evil : {"=1+1", "+44161", "-1+1", "@SUM(A1)", "\tx"})
        CHECK(csv_cell(evil).find('\'') != std::string::npos);
    CHECK(csv_cell("plain") == "plain");
    CHECK(csv_cell("a,b") == "\"a,b\"");
    CHECK(csv_cell("say \"hi\"") == "\"say \"\"hi\"\"\"");
}

TEST_CASE("rows become CSV with dotted columns and numbers as they are") {
    const auto csv = to_csv({R"({"id":"1","caller":{"name":"=Jo"},"reasons":["food","money"],"n":-5,"none":null})"});
    CHECK(csv == "id,caller.name,reasons,n,none\r\n1,'=Jo,food; money,-5,\r\n");
}

TEST_CASE("rows of one table keep their columns, also where some say more than others") {
    CHECK(to_csv({R"({"id":1,"dims":{"ward":"Manor"}})", R"({"id":2,"dims":{}})",
                  R"({"id":3,"dims":{"item":"mask"}})"}) == "id,dims.ward,dims.item\r\n1,Manor,\r\n2,,\r\n3,,mask\r\n");
}

}  // namespace decoding_test
