// An import undone: what it recorded is void, what it corrected is what it was.
#include <doctest/doctest.h>

#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/imported.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::import_undo_test {
namespace {

using nlohmann::json;

/// What the job of a second person who undoes it came to: "done 2/2", or "failed " and why.
std::string undone(World& world, const json& import, const std::string& role) {
    const auto asked = world.post(Role::everyone, "/v1/imports/" + import.at("id").get<std::string>() + "/undoings",
                                  R"({"reason": "The wrong file."})", {},
                                  {{"Authorization", "Bearer " + world.service().token(role, "undoes-imports")}});
    REQUIRE(outcome(asked) == "200");
    const auto job = asked.json().at("id").get<std::string>();
    world.wait_for_job(job);
    return world.sql("SELECT state || ' ' || coalesce(problem, done || '/' || total) FROM job WHERE id = '" + job +
                     "'");
}

}  // namespace

TEST_CASE(
    "an import is undone as a whole by somebody else: its records are void, the figures follow, and it may come "
    "again") {
    auto& world = shared_world();
    const auto csv = call_header + call_row("undone one") + call_row("undone two");
    const auto import = world.import_file(Role::helpline, "calls", csv);
    const auto id = import.at("id").get<std::string>();
    const json why{{"reason", "It is last year's file."}};
    const auto other = Headers{{"Authorization", "Bearer " + world.service().token("helpline", "undoes-imports")}};
    const auto undo = [&](const std::string& what, const Headers& who) {
        return world.post(Role::everyone, "/v1/imports/" + what + "/undoings", why.dump(), {}, who);
    };
    CHECK(outcome(undo(id, world.signed_in(Role::helpline))) == "422 own-import");
    CHECK(outcome(undo(id, world.signed_in(Role::finance))) == "403 forbidden");
    const auto asked = undo(id, other);
    REQUIRE(outcome(asked) == "200");
    const auto job = asked.json().at("id").get<std::string>();
    world.wait_for_job(job);
    CHECK(world.sql("SELECT state || ' ' || done || '/' || total FROM job WHERE id = '" + job + "'") == "done 2/2");
    CHECK(count_of(world, "call WHERE note LIKE 'undone %' AND voided") == "2");
    CHECK(world.sql(
              "SELECT sum(e.quantity) FROM entry e JOIN call t ON t.id = e.record_id WHERE t.note LIKE 'undone %'") ==
          "0");
    CHECK(world.sql(
              "SELECT min(a.reason) FROM audit a JOIN call t ON t.id = a.record_id WHERE t.note LIKE 'undone %' AND "
              "a.action = 'void'") == "Import undone: It is last year's file.");
    CHECK(outcome(undo(id, other)) == "409 wrong-state");
    CHECK(world.get(Role::helpline, "/v1/imports/" + id).json().at("undone").at("reason") == "It is last year's file.");
    CHECK(world.import_file(Role::helpline, "calls", csv).at("rows").at("recorded") == 2);
}

TEST_CASE("an import on whose records work leans is not undone, not in part either") {
    auto& world = shared_world();
    const auto import = world.import_file(Role::helpline, "persons", "name\r\nLeaned On\r\nLeaned Off\r\n");
    auto call = world.body(nouns::call);
    call["person_id"] = world.sql("SELECT id FROM person WHERE name = 'Leaned On'");
    REQUIRE(outcome(world.post(Role::helpline, "/v1/calls", call.dump())) == "201");
    const auto asked = world.post(Role::everyone, "/v1/imports/" + import.at("id").get<std::string>() + "/undoings",
                                  R"({"reason": "The wrong people."})", {},
                                  {{"Authorization", "Bearer " + world.service().token("helpline", "undoes-imports")}});
    REQUIRE(outcome(asked) == "200");
    const auto job = asked.json().at("id").get<std::string>();
    world.wait_for_job(job);
    CHECK(world.sql("SELECT state || ' ' || left(problem, 16) FROM job WHERE id = '" + job + "'") ==
          "failed 1 of its records");
    CHECK(count_of(world, "person WHERE name LIKE 'Leaned O%' AND voided") == "0");
}

TEST_CASE("a refreshed register is undone: its new records are void, and those it corrected are what they were") {
    auto& world = shared_world();
    const std::string top = "name,legal form,company number,charity number\r\n";
    world.import_file(Role::grants_officer, "businesses",
                      top + "Undo One Ltd,company,SC410001,SC045001\r\nUndo Two Ltd,company,SC410002,\r\n");
    const auto of = [&] {
        return world.sql(
            "SELECT string_agg(concat_ws(' ', b.name, (SELECT i.value FROM business_identifier i WHERE "
            "i.business_id = b.id AND i.kind = 'charity_number' AND i.to_version IS NULL), CASE WHEN b.voided THEN "
            "'void' END), ', ' ORDER BY c.canonical) FROM business b JOIN business_identifier c ON "
            "c.business_id = b.id AND c.canonical ~ '^SC41000' AND c.from_version = 1");
    };
    const auto before = of();
    CHECK(before == "Undo One Ltd SC045001, Undo Two Ltd");
    // The second is corrected twice in one file.
    const auto csv = top +
                     "Undone One Ltd,company,SC410001,SC045002\r\nUndone,company,SC410002,\r\n"
                     "Undone Two Ltd,company,SC410002,SC045003\r\nUndo Three Ltd,company,SC410003,\r\n";
    const auto import = world.import_file(Role::grants_officer, "businesses", csv);
    CHECK(import.at("rows") == rows(5, 1, 0, 0, 3));
    CHECK(of() == "Undone One Ltd SC045002, Undone Two Ltd SC045003, Undo Three Ltd");
    CHECK(undone(world, import, "grants_officer") == "done 4/4");
    CHECK(of() == before + ", Undo Three Ltd void");
    CHECK(world.sql("SELECT string_agg(a.action || ' ' || a.version, ', ' ORDER BY a.version) FROM audit a JOIN "
                    "business b ON b.id = a.record_id WHERE b.name = 'Undo Two Ltd' AND a.reason = "
                    "'Import undone: The wrong file.'") == "correct 4, correct 5");
    // The audit names the import at what it did, and at what was undone of it.
    const auto two = world.sql("SELECT id FROM business WHERE name = 'Undo Two Ltd'");
    std::string by_it;
    const auto lines = world.get(Role::auditor, "/v1/audit?record=" + two).json();
    INFO(lines.dump());
    for (const auto& line : lines.at("items"))
        by_it += line.at("import") == "/v1/imports/" + import.at("id").get<std::string>() ? "it " : "another ";
    CHECK(by_it == "it it it it another ");
    CHECK(world.import_file(Role::grants_officer, "businesses", csv).at("rows") == rows(5, 1, 0, 0, 3));
}

TEST_CASE("a register is not undone, not in part either, where what it corrected was changed since") {
    auto& world = shared_world();
    const std::string top = "name,legal form,company number\r\n";
    const auto list = [&](const std::string& one, const std::string& two) {
        return world.import_file(Role::grants_officer, "businesses",
                                 top + one + ",company,SC420001\r\n" + two + ",company,SC420002\r\n");
    };
    list("Since One", "Since Two");
    const auto import = list("Since One Ltd", "Since Two Ltd");
    const auto id = world.sql("SELECT id FROM business WHERE name = 'Since One Ltd'");
    REQUIRE(world
                .post(Role::grants_officer, "/v1/businesses/" + id + "/corrections",
                      R"({"reason": "A better name.", "changes": {"name": "Since One plc"}})", {},
                      {{"If-Match", "\"2\""}})
                .status == 200);
    CHECK(undone(world, import, "grants_officer").starts_with("failed 1 of its records"));
    CHECK(count_of(world, "business WHERE name IN ('Since One plc', 'Since Two Ltd')") == "2");
}

TEST_CASE("whoever calls their request by the id of an import did not work for it: the audit and the undoing know") {
    auto& world = shared_world();
    const std::string top = "name,legal form,company number\r\n";
    const auto list = [&](const std::string& name) {
        return world.import_file(Role::grants_officer, "businesses", top + name + ",company,SC430001\r\n");
    };
    list("Called One");
    const auto import = list("Called One Ltd");
    const auto job = import.at("id").get<std::string>();
    const auto id = world.sql("SELECT id FROM business WHERE name = 'Called One Ltd'");
    int version = 2;
    for (const auto& name : {job, "job/" + job}) {
        REQUIRE(
            world
                .post(
                    Role::grants_officer, "/v1/businesses/" + id + "/corrections",
                    json{{"reason", "By hand."}, {"changes", {{"name", "By hand " + std::to_string(version)}}}}.dump(),
                    "\"" + std::to_string(version) + "\"", {{"X-Request-Id", name}})
                .status == 200);
        ++version;
        const auto lines = world.get(Role::grants_officer, "/v1/businesses/" + id + "/history?limit=1").json();
        CHECK(lines.at("items")[0].at("reason") == "By hand.");
        CHECK(lines.at("items")[0].at("import").is_null());
    }
    CHECK(undone(world, import, "grants_officer").starts_with("failed 1 of its records"));
    CHECK(count_of(world, "business WHERE name = 'By hand 3'") == "1");
}

TEST_CASE("an import of what holds from a day on is undone from that day on") {
    auto& world = shared_world();
    const auto owner = world.fresh(nouns::business).at("reference").get<std::string>();
    const auto list = [&](const std::string& address, const std::string& value, const std::string& query) {
        return world.import_file(Role::grants_officer, "premises?name=list.csv" + query,
                                 "UPRN,Business,Address,Postcode,Use,Rateable value pence\r\n100077654321," + owner +
                                     "," + address + ",SK1 3XE,retail," + value + "\r\n");
    };
    list("9 High Street", "£12000", "");
    list("9 High Street", "£13000", "&from=2020-06-01");
    const auto import = list("9 High Street (corner)", "£15000", "&from=2020-10-01");
    CHECK(import.at("rows").at("changed") == 1);
    // A later file about earlier days leaves the record as it is.
    const auto early = list("9 High Street (corner)", "£11000", "&from=2020-02-01");
    const auto now = [&] {
        return world.sql(
            "SELECT p.address || ' ' || p.rateable_value_pence || ' ' || (SELECT string_agg(f.from_on || ' ' "
            "|| f.value, ', ' ORDER BY f.from_on) FROM dated_fact f WHERE f.record_id = p.id AND f.field = "
            "'rateable_value_pence' AND f.known_until IS NULL) FROM premises p JOIN premises_identifier i ON "
            "i.premises_id = p.id WHERE i.value = '100077654321'");
    };
    CHECK(now() ==
          "9 High Street (corner) 1500000 -infinity 1200000, 2020-02-01 1100000, 2020-06-01 1300000, "
          "2020-10-01 1500000");
    CHECK(undone(world, early, "grants_officer") == "done 1/1");
    CHECK(now() ==
          "9 High Street (corner) 1500000 -infinity 1200000, 2020-02-01 1200000, 2020-06-01 1300000, "
          "2020-10-01 1500000");
    // What was undone in between is not in the way.
    CHECK(undone(world, import, "grants_officer") == "done 1/1");
    CHECK(now() ==
          "9 High Street 1300000 -infinity 1200000, 2020-02-01 1200000, 2020-06-01 1300000, 2020-10-01 1300000");
}

}  // namespace tideover::testing::import_undo_test
