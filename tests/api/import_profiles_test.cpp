// Profiles: how files of one origin are read, said once and kept in versions.
#include <doctest/doctest.h>

#include "domain/imports/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::import_profiles_test {
namespace {

using nlohmann::json;

/// A feed of people as another system writes it.
json feed(const std::string& code) {
    return {{"code", code},
            {"title", "A feed of people"},
            {"kind", "persons"},
            {"others", "left_out"},
            {"columns",
             {{{"header", "first_name"}, {"field", "name"}},
              {{"header", "last_name"}, {"field", "name"}},
              {{"header", "date_of_birth"}, {"field", "born_on"}, {"days", "compact"}},
              {{"header", "NHS"}, {"field", "nhs_number"}},
              {{"header", "contact_number_calls"}, {"field", "phone"}}}},
            {"constants", {{{"field", "safe_contact"}, {"value", "As on the list"}}}},
            {"meanings", {{{"header", "last_name"}, {"said", "unknown"}}}},
            {"skips", {{{"header", "died"}}}},
            {"needs", {{{"columns", "NHS"}}, {{"columns", "last_name, date_of_birth"}}}}};
}

const std::string header = "NHS,first_name,last_name,date_of_birth,contact_number_calls,died,spl_category\r\n";

}  // namespace

TEST_CASE("a feed is read by its profile: joined names, its days, constants, meanings, and rows that are not wanted") {
    auto& world = shared_world();
    CHECK(outcome(world.post(Role::helpline, "/v1/import-profiles", feed("feed-of-people").dump())) == "201");
    const auto import =
        world.import_file(Role::helpline, "persons?profile=feed-of-people&name=feed.csv",
                          header + "943 476 5919,Ann,Profile,19400229,0161 496 0001,,COPD\r\n" +
                              ",Bo,Profile,19510301,,,\r\n" + ",Cy,unknown,,,,\r\n" +
                              "943 476 5870,Dee,Profile,19400101,,01/04/2020,\r\n" + ",Eve,Profile,19401399,,,\r\n");
    CHECK(import.at("profile") == "feed-of-people, version 1");
    CHECK(
        import.at("rows") ==
        json{{"done", 6}, {"total", 6}, {"recorded", 2}, {"same", 0}, {"changed", 0}, {"faulty", 1}, {"left_out", 2}});
    CHECK(import.at("faults").size() == 1);
    CHECK(import.at("faults")[0].at("field") == "born_on");
    CHECK(import.at("columns")[6].at("field").is_null());
    CHECK(world.sql(
              "SELECT string_agg(concat_ws(' ', name, born_on, safe_contact), '|' ORDER BY name) FROM person WHERE "
              "name LIKE '% Profile'") == "Ann Profile 1940-02-29 As on the list|Bo Profile 1951-03-01 As on the list");
    // The error file has the file's own columns, and what every row has is none.
    const auto errors = world.get(Role::helpline, import.at("errors").get<std::string>()).body;
    CHECK(errors.find("NHS,first_name,last_name,date_of_birth,contact_number_calls,died,spl_category,row,field,code,"
                      "message\r\n,Eve,Profile,19401399,,,,6,born_on,invalid_day,") != std::string::npos);
    auto mended = errors;
    mended.replace(mended.find("19401399"), 8, "19401231");
    const auto again = world.import_file(Role::helpline, "persons?profile=feed-of-people", mended);
    CHECK(again.at("rows").at("recorded") == 1);
}

TEST_CASE("an import keeps its profile as it was, and the same bytes by another version are another import") {
    auto& world = shared_world();
    const auto made = world.post(Role::helpline, "/v1/import-profiles", feed("feed-in-versions").dump()).json();
    const auto csv = header + ",Flo,Versions,19510301,,,\r\n";
    const auto first = world.import_file(Role::helpline, "persons?profile=feed-in-versions&dry_run=true", csv);
    CHECK(first.at("rows").at("recorded") == 1);
    const auto changed =
        world.correct(nouns::import_profile, made, {{"columns", {{{"header", "last_name"}, {"field", "name"}}}}});
    CHECK(changed.status == 200);
    const auto second = world.import_file(Role::helpline, "persons?profile=feed-in-versions&dry_run=true", csv);
    CHECK(second.at("id") != first.at("id"));
    CHECK(second.at("profile") == "feed-in-versions, version 2");
}

TEST_CASE("a file without the column by which its profile leaves out rows is refused: none of them could be told") {
    auto& world = shared_world();
    CHECK(outcome(world.post(Role::helpline, "/v1/import-profiles", feed("feed-without-died").dump())) == "201");
    const auto refused = world.post(Role::helpline, "/v1/imports/persons?profile=feed-without-died",
                                    "NHS,last_name\r\n", {}, {{"Content-Type", "text/csv"}});
    CHECK(outcome(refused) == "422 invalid-fields");
    CHECK(refused.json().at("errors").at(0).at("detail") ==
          "Column 'died': The profile leaves out rows by it, and it is not there.");
    const auto lines = world.import_file(Role::helpline, "persons?profile=feed-without-died",
                                         R"({"last_name":"Gus Lines","date_of_birth":"19400229"})",
                                         {{"Content-Type", "application/x-ndjson"}});
    CHECK(lines.at("rows").at("recorded") == 1);
}

TEST_CASE("a profile of no kind, of no field, or with a column twice says so; so does an import by the wrong one") {
    auto& world = shared_world();
    const auto refused = [&](const json& more) {
        auto body = feed("feed-that-is-wrong");
        body.update(more);
        const auto answer = world.post(Role::helpline, "/v1/import-profiles", body.dump());
        CHECK(answer.status == 422);
        const auto errors = answer.json().at("errors");
        return errors.at(0).at("pointer").get<std::string>() + " " + errors.at(0).at("code").get<std::string>();
    };
    CHECK(refused({{"kind", "dragons"}}) == "/kind unknown_reference");
    CHECK(refused({{"columns", {{{"header", "a"}, {"field", "name"}}, {{"header", "b"}, {"field", "colour"}}}}}) ==
          "/columns/1 unknown_field");
    CHECK(refused({{"columns", {{{"header", "A b"}}, {{"header", "a_B"}}}}}) == "/columns/1 stands_twice");
    CHECK(refused({{"constants", {{{"field", "colour"}, {"value", "red"}}}}}) == "/constants/0 unknown_field");
    const auto refused_import = [&](const std::string& target) {
        return world.post(Role::helpline, "/v1/imports/" + target, header, {}, {{"Content-Type", "text/csv"}});
    };
    CHECK(outcome(refused_import("persons?profile=nobodys")) == "400 invalid-parameter");
    const auto made = world.post(Role::helpline, "/v1/import-profiles", feed("feed-that-goes").dump()).json();
    const auto wrong = refused_import("calls?profile=feed-that-goes");
    CHECK(outcome(wrong) == "400 invalid-parameter");
    CHECK(wrong.body.find("It is of files of persons.") != std::string::npos);
    CHECK(world.make_void(nouns::import_profile, made).status == 200);
    CHECK(outcome(refused_import("persons?profile=feed-that-goes")) == "400 invalid-parameter");
}

}  // namespace tideover::testing::import_profiles_test
