// Files of records: what becomes of their rows is what would become of each as a request of its own.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "domain/aid/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/imported.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::imports_test {
namespace {

using nlohmann::json;

Answer post_file(World& world, Role role, const std::string& target, const std::string& csv, Headers headers = {}) {
    headers.emplace_back("Content-Type", "text/csv");
    return world.post(role, "/v1/imports/" + target, csv, {}, std::move(headers));
}

}  // namespace

TEST_CASE("each good row is a record with its entry and its audit line, and a bad one costs no other") {
    auto& world = shared_world();
    const auto csv = call_header + call_row("first of three") + call_row("no such outcome", "Nonsense") +
                     "Inbound,Coronavirus\r\n" + call_row("second of three") + call_row("has, a \"\"quote\"\"");
    const auto import = world.import_file(Role::helpline, "calls?name=calls.csv", csv);
    CHECK(import.at("state") == "done");
    CHECK(import.at("rows") == rows(6, 3, 2));
    CHECK(faults_of(import) == "3 outcome not_a_choice; 4 started_at required; 4 outcome required");
    const auto of_import = "import_row r JOIN call t ON t.id = r.record_id WHERE r.import_id = '" +
                           import.at("id").get<std::string>() + "'";
    CHECK(count_of(world, of_import) == "3");
    CHECK(world.sql("SELECT string_agg(t.note, '|' ORDER BY r.number) FROM " + of_import) ==
          "first of three|second of three|has, a \"quote\"");
    CHECK(world.sql("SELECT min(t.reasons::text) FROM " + of_import) == "{food,medicine}");
    CHECK(count_of(world, "entry e WHERE e.record_id IN (SELECT t.id FROM " + of_import + ")") == "3");
    CHECK(count_of(world, "audit a WHERE a.record_id IN (SELECT t.id FROM " + of_import + ") AND a.request_id = 'job/" +
                              import.at("id").get<std::string>() + "'") == "3");
    CHECK(count_of(world, "import_part") == "0");

    const auto records = world.get(Role::helpline, import.at("records").get<std::string>() + "?limit=2").json();
    CHECK(records.at("items").size() == 2);
    CHECK(records.at("items")[1].at("row") == 5);
    CHECK_FALSE(records.at("next").is_null());
}

TEST_CASE("the error file has the rows at fault as they were, and sent again when they are mended they are recorded") {
    auto& world = shared_world();
    const auto import = world.import_file(Role::helpline, "calls",
                                          call_header + call_row("to be mended", "Nonsense") + call_row("good"));
    const auto errors = world.get(Role::helpline, import.at("errors").get<std::string>());
    CHECK(errors.header("content-type") == "text/csv; charset=utf-8");
    auto text = errors.body;
    const auto wanted =
        "\xEF\xBB\xBF"
        "Direction,Line,Counterparty,Started at,Caller name,Outcome,Reasons,Note,row,field,code,message\r\n"
        "Inbound,Coronavirus,resident,2020-04-02T10:15:00Z,Ann Imported,Nonsense,food; medicine,to be mended,2,outcome,"
        "not_a_choice,\"One of: referred, ";
    CHECK(text.starts_with(wanted));
    CHECK(std::count(text.begin(), text.end(), '\n') == 2);
    text.replace(text.find("Nonsense"), 8, "Referred");
    const auto again = world.import_file(Role::helpline, "calls", text);
    CHECK(again.at("rows").at("recorded") == 1);
    CHECK(again.at("rows").at("faulty") == 0);
    CHECK(count_of(world, "call WHERE note = 'to be mended' AND outcome = 'referred'") == "1");
}

TEST_CASE(
    "the same bytes are the same import, also when they come at the same time; another kind or a dry run is not") {
    auto& world = shared_world();
    const auto csv = call_header + call_row("only once");
    auto headers = world.signed_in(Role::helpline);
    headers.emplace_back("Content-Type", "text/csv");
    const auto answers = at_once(world.service(), 6, [&](Client& client, std::size_t) {
        return client.send("POST", "/v1/imports/calls", headers, csv);
    });
    std::set<std::string> ids;
    int fresh = 0;
    for (const auto& answer : answers) {
        CHECK((outcome(answer) == "202" || outcome(answer) == "200"));
        fresh += answer.status == 202 ? 1 : 0;
        ids.insert(answer.json().at("id").get<std::string>());
    }
    CHECK(fresh == 1);
    REQUIRE(ids.size() == 1);
    const auto first = answers[0].json();
    world.wait_for_job(first.at("id"));
    const auto again = post_file(world, Role::helpline, "calls", csv);
    CHECK(outcome(again) == "200");
    CHECK(again.json().at("id") == first.at("id"));
    const auto rehearsed = world.import_file(Role::helpline, "calls?dry_run=true", csv);
    CHECK(rehearsed.at("id") != first.at("id"));
    CHECK(count_of(world, "call WHERE note = 'only once'") == "1");
    CHECK(count_of(world, "import_part") == "0");
}

TEST_CASE("a key that was used with another file is refused, and that file is forgotten") {
    auto& world = shared_world();
    const Headers key{{"Idempotency-Key", "imports-key-1"}};
    const auto first = post_file(world, Role::helpline, "calls", call_header + call_row("keyed one"), key);
    CHECK(outcome(first) == "202");
    const auto repeat = post_file(world, Role::helpline, "calls", call_header + call_row("keyed one"), key);
    CHECK(repeat.header("idempotency-replayed") == "true");
    CHECK(repeat.json().at("id") == first.json().at("id"));
    CHECK(outcome(post_file(world, Role::helpline, "calls", call_header + call_row("keyed two"), key)) ==
          "422 key-reused");
    world.wait_for_job(first.json().at("id"));
    CHECK(count_of(world, "import_part") == "0");
    CHECK(count_of(world, "call WHERE note LIKE 'keyed %'") == "1");
}

TEST_CASE("a dry run says what would become of each row, records nothing, and may be run again") {
    auto& world = shared_world();
    const auto before = count_of(world, "call") + " " + count_of(world, "entry") + " " + count_of(world, "audit");
    const auto csv = call_header + call_row("rehearsed") + call_row("rehearsed badly", "Nonsense");
    std::set<std::string> ids;
    for (int i = 0; i < 2; ++i) {
        const auto import = world.import_file(Role::helpline, "calls?dry_run=true", csv);
        CHECK(import.at("rows") == rows(3, 1, 1));
        CHECK(faults_of(import) == "3 outcome not_a_choice");
        ids.insert(import.at("id").get<std::string>());
    }
    CHECK(ids.size() == 2);
    CHECK(count_of(world, "call") + " " + count_of(world, "entry") + " " + count_of(world, "audit") == before);
}

TEST_CASE("all or nothing: one row at fault, and none is recorded; mended, all are, in one transaction") {
    auto& world = shared_world();
    const auto bad = call_header + call_row("all one") + call_row("all two", "Nonsense") + call_row("all three");
    const auto failed = world.import_file(Role::helpline, "calls?mode=all_or_nothing", bad);
    CHECK(failed.at("state") == "failed");
    CHECK(failed.at("problem") == "1 row is at fault: nothing was recorded.");
    CHECK(faults_of(failed) == "3 outcome not_a_choice");
    CHECK(failed.at("rows").at("recorded") == 0);
    CHECK(count_of(world, "call WHERE note LIKE 'all %'") == "0");
    // It came to nothing, so the same bytes are another import.
    CHECK(world.import_file(Role::helpline, "calls?mode=all_or_nothing", bad).at("id") != failed.at("id"));
    auto good = bad;
    good.replace(good.find("Nonsense"), 8, "Referred");
    const auto done = world.import_file(Role::helpline, "calls?mode=all_or_nothing", good);
    CHECK(done.at("state") == "done");
    CHECK(done.at("mode") == "all_or_nothing");
    CHECK(done.at("rows").at("recorded") == 3);
    CHECK(world.sql("SELECT count(*) || ' ' || count(DISTINCT xmin::text) FROM call WHERE note LIKE 'all %'") == "3 1");
    CHECK(count_of(world, "import_row WHERE record_id IS NOT NULL AND import_id = '" +
                              done.at("id").get<std::string>() + "'") == "3");
}

TEST_CASE("a dry run tells the figures that would change, and finds what two rows of the file have in common") {
    auto& world = shared_world();
    const auto businesses = world.import_file(Role::grants_officer, "businesses?dry_run=true",
                                              "name,legal form,company number\r\nOne Ltd,company,SC123456\r\nOther "
                                              "Ltd,company,sc 123456\r\n");
    CHECK(businesses.at("rows") == rows(3, 1, 0, 0, 1));
    CHECK(count_of(world, "business_identifier WHERE value = 'SC123456'") == "0");
    const auto calls = world.import_file(Role::helpline, "calls?dry_run=true",
                                         call_header + call_row("would count") + call_row("too"));
    bool found = false;
    for (const auto& figure : calls.at("figures")) {
        if (figure.at("code") == "helpline-calls-received") found = figure.at("live_change") == 2;
    }
    CHECK(found);
    CHECK(world.import_file(Role::helpline, "calls", call_header + call_row("counts")).at("figures").is_null());
}

TEST_CASE(
    "a dry run says which rows may be records that are there, or rows before them, and only to who may record such") {
    auto& world = shared_world();
    const auto there = world.fresh(nouns::person, {{"name", "Zoë Alike"}, {"born_on", "1944-05-06"}});
    const std::string csv =
        "Name,Born on,Postcode\r\nzoe alike,06/05/1944,\r\nNobody Alike,,SK1 3XE\r\nNOBODY ALIKE,,SK13XE\r\n";
    const auto import = world.import_file(Role::helpline, "persons?dry_run=true", csv);
    CHECK(import.at("rows") == rows(4, 3, 0));
    const auto& likenesses = import.at("likenesses");
    REQUIRE(likenesses.size() == 2);
    CHECK(likenesses[0].at("row") == 2);
    CHECK(likenesses[0].at("code") == "same_name_and_birth_date");
    CHECK(likenesses[0].at("id") == there.at("id"));
    CHECK(likenesses[0].at("like_row").is_null());
    CHECK(likenesses[1].at("row") == 4);
    CHECK(likenesses[1].at("code") == "same_name_and_postcode");
    CHECK(likenesses[1].at("like_row") == 3);
    CHECK(likenesses[1].at("href").is_null());
    CHECK(world.get(Role::auditor, "/v1/imports/" + import.at("id").get<std::string>())
              .json()
              .at("likenesses")
              .is_null());
    CHECK(world.import_file(Role::helpline, "persons", csv).at("likenesses").is_null());
}

TEST_CASE("columns that are none are refused before anything is stored, each with what there is") {
    auto& world = shared_world();
    const auto before = world.stored();
    const auto answer =
        post_file(world, Role::helpline, "calls", "Direction,Colour,direction,line\r\nInbound,red,Inbound,x\r\n");
    CHECK(outcome(answer) == "422 invalid-fields");
    std::string codes;
    const auto told = answer.json();
    for (const auto& error : told.at("errors"))
        codes += error.at("pointer").get<std::string>() + " " + error.at("code").get<std::string>() + "; ";
    CHECK(codes ==
          "/columns/1 unknown_column; /columns/2 repeated_column; /columns missing_column; /columns missing_column; ");
    CHECK(outcome(post_file(world, Role::helpline, "calls", "")) == "422 invalid-fields");
    CHECK(outcome(post_file(world, Role::helpline, "calls", "\"Direction,x\r\n")) == "422 invalid-fields");
    CHECK(outcome(post_file(world, Role::helpline, "nonsense", call_header)) == "404 not-found");
    CHECK(outcome(post_file(world, Role::admin, "api-tokens", call_header)) == "404 not-found");
    CHECK(outcome(post_file(world, Role::finance, "calls", call_header)) == "403 forbidden");
    CHECK(outcome(post_file(world, Role::everyone, "calls", call_header)) == "401 unauthenticated");
    CHECK(outcome(post_file(world, Role::helpline, "calls?delimiter=pipe", call_header)) == "400 invalid-parameter");
    CHECK(outcome(post_file(world, Role::helpline, "calls?delimeter=tab", call_header)) == "400 unknown-parameter");
    CHECK(outcome(world.post(Role::helpline, "/v1/imports/calls", "{}")) == "415 unsupported-media-type");
    CHECK(world.stored() == before);
    CHECK(count_of(world, "import_part") == "0");

    const auto some = world.import_file(Role::helpline, "calls?leave_out=Colour,Shape",
                                        "Colour," + call_header + "red," + call_row("left out"));
    CHECK(some.at("rows").at("recorded") == 1);
    CHECK(some.at("columns")[0] ==
          json{{"column", "Colour"}, {"field", nullptr}, {"by", nullptr}, {"fault", nullptr}, {"value", nullptr}});
}

TEST_CASE("every kind of record that can be recorded can be imported, by whoever may record one") {
    auto& world = shared_world();
    int kinds = 0;
    for (const auto& route : routes()) {
        if (!creates(route) || !route.noun->secret.empty()) continue;
        INFO(route.path);
        const auto kind = std::string{route.noun->path};
        const auto role = one_of(route.roles);
        const auto import = world.import_file(role, kind, csv_of({world.body(*route.noun)}));
        INFO(import.dump());
        CHECK(import.at("rows").at("recorded") == 1);
        ++kinds;
        for (const auto other : every_role()) {
            if (!route.roles.has(other)) CHECK(outcome(post_file(world, other, kind, "x\r\n")) == "403 forbidden");
        }
    }
    CHECK(kinds > 25);
}

TEST_CASE("every step can be imported, by whoever may take one; the record is named by its reference, and moves on") {
    auto& world = shared_world();
    int kinds = 0;
    for (const auto& route : routes()) {
        if (!steps(route) || !route.noun->secret.empty()) continue;
        INFO(route.path);
        const auto lawful = world.lawful(route);
        auto row = lawful.body;
        const auto table = std::string{route.noun->name};
        row["reference"] = world.sql("SELECT reference FROM " + table + " WHERE id = '" + lawful.id + "'");
        auto kind = table + "-" + std::string{route.step->path};
        std::replace(kind.begin(), kind.end(), '_', '-');
        const auto import = world.import_file(lawful.role, kind, csv_of({row}));
        INFO(import.dump());
        CHECK(import.at("rows").at("recorded") == 1);
        CHECK(world.sql("SELECT '\"' || version - 1 || '\"' FROM " + table + " WHERE id = '" + lawful.id + "'") ==
              lawful.etag);
        CHECK(world.sql("SELECT record_id FROM import_row WHERE import_id = '" + import.at("id").get<std::string>() +
                        "'") == lawful.id);
        ++kinds;
    }
    CHECK(kinds > 25);
}

TEST_CASE(
    "a record that several rows name takes their steps in the order of the file; what it cannot take is a fault") {
    auto& world = shared_world();
    const auto parcel = world.fresh(nouns::parcel);
    const auto reference = parcel.at("reference").get<std::string>();
    const auto on = parcel.at("referred_at").get<std::string>().substr(0, 10);
    const auto import = world.import_file(Role::helpline, "parcel-attempts",
                                          "parcel,outcome,attempted on\r\n" + reference + ",No answer," + on + "\r\n" +
                                              reference + ",delivered," + on + "\r\n" + reference + ",delivered," + on +
                                              "\r\nPL-0000000-0,delivered," + on + "\r\n,delivered," + on + "\r\n");
    CHECK(faults_of(import) == "4  wrong-state; 5 parcel_id unknown_reference; 6 parcel_id required");
    CHECK(world.sql("SELECT state || ' ' || version FROM parcel WHERE reference = '" + reference + "'") ==
          "delivered 3");
}

TEST_CASE("a file larger than any body is taken part by part, and 2,500 rows are 2,500 records") {
    auto& world = shared_world();
    std::string csv = call_header;
    for (int i = 0; i < 2500; ++i) csv += call_row("bulk " + std::to_string(i) + std::string(300, '.'));
    REQUIRE(csv.size() > 3 * 262'144);
    const auto import = world.import_file(Role::helpline, "calls", csv);
    CHECK(import.at("bytes") == csv.size());
    CHECK(import.at("rows") == rows(2501, 2500, 0));
    CHECK(world.sql("SELECT count(DISTINCT note) FROM call WHERE note LIKE 'bulk %'") == "2500");
}

TEST_CASE("what is no table says so, and leaves nothing; what a row has that is no text is its fault") {
    auto& world = shared_world();
    std::string quotes = call_header;
    for (int i = 0; i < 150; ++i) quotes += "\"open " + std::to_string(i) + "\r\n" + (i % 2 == 0 ? "" : "x");
    const auto broken = world.import_file(Role::helpline, "calls", quotes + "\"");
    if (broken.at("state") == "failed")
        CHECK(broken.at("problem").get<std::string>().find("quotation mark") != std::string::npos);
    CHECK(broken.at("rows").at("recorded") == 0);
    const auto import =
        world.import_file(Role::helpline, "calls",
                          call_header + call_row("caf\xC3\xA9") + call_row("caf\xE9") +
                              call_row(std::string{"nul \0 nul", 9}) + call_row("well") + "a,b,c,d,e,f,g,h,i\r\n");
    CHECK(faults_of(import) == "3  not_utf8; 4  null_character; 6  too_many_cells");
    CHECK(import.at("rows").at("recorded") == 2);
}

TEST_CASE(
    "records are named by reference in any spelling, by identifier and by code; who is not there, or two, is a fault") {
    auto& world = shared_world();
    auto household = world.body(nouns::household);
    household["identifiers"] = json::parse(R"([{"kind": "uprn", "value": "100011999"}])");
    const auto made = world.fresh(nouns::household, household);
    const auto reference = made.at("reference").get<std::string>();
    auto lower = reference;
    for (auto& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto named = world.import_file(Role::helpline, "persons",
                                         "name,household.uprn,NHS number\r\nAnn Byuprn,0100011999,943 476 5919\r\nBo "
                                         "Nobody,100011998,\r\nCy Byid,,\r\n");
    INFO(named.dump());
    CHECK(faults_of(named) == "3 household_id unknown_reference");
    CHECK(world.sql("SELECT household_id FROM person WHERE name = 'Ann Byuprn'") == made.at("id"));
    CHECK(
        world.sql("SELECT i.canonical FROM person_identifier i JOIN person p ON p.id = i.person_id WHERE p.name = 'Ann "
                  "Byuprn'") == "9434765919");
    const auto by_reference =
        world.import_file(Role::helpline, "persons",
                          "name,household\r\nDi Byreference," + lower + "\r\nEd Byid," +
                              made.at("id").get<std::string>() + "\r\nFi Byslip,HH-0000000-0\r\n");
    CHECK(faults_of(by_reference) == "4 household_id unknown_reference");
    CHECK(count_of(world, "person WHERE household_id = '" + made.at("id").get<std::string>() + "'") == "3");
}

TEST_CASE("a file that a spreadsheet saved as Windows-1252 or as UTF-16 is the same file") {
    auto& world = shared_world();
    const auto windows = world.import_file(Role::helpline, "calls",
                                           call_header + call_row("Zo\xEB\x92s, \xA3"
                                                                  "5"));
    CHECK(windows.at("encoding") == "windows-1252");
    CHECK(count_of(world, "call WHERE note = 'Zoë’s, £5'") == "1");
    std::string wide = "\xFF\xFE";
    for (const char c : call_header + call_row("sixteen bits")) wide += std::string{c, '\0'};
    const auto utf16 = world.import_file(Role::helpline, "calls", wide);
    CHECK(utf16.at("encoding") == "utf-16le");
    CHECK(count_of(world, "call WHERE note = 'sixteen bits'") == "1");
    CHECK(outcome(post_file(world, Role::helpline, "calls", wide.substr(2))) == "422 invalid-fields");
}

TEST_CASE("a partner imports its own, need not say its code, and sees no import but its own") {
    auto& world = shared_world();
    auto shop = world.body(nouns::food_shop);
    shop.erase("done_by");
    const auto own = world.import_file(Role::partner, "food-shops", csv_of({shop}));
    INFO(own.dump());
    CHECK(own.at("rows").at("recorded") == 1);
    CHECK(world.sql("SELECT t.done_by FROM import_row r JOIN food_shop t ON t.id = r.record_id WHERE r.import_id = '" +
                    own.at("id").get<std::string>() + "'") == std::string{Recipes::partner});
    const auto others = world.import_file(Role::helpline, "calls", call_header + call_row("not the partner's"));
    for (const std::string& at :
         {"/v1/imports/" + others.at("id").get<std::string>(), others.at("errors").get<std::string>(),
          others.at("records").get<std::string>(), others.at("job").get<std::string>()}) {
        INFO(at);
        CHECK(outcome(world.get(Role::partner, at)) == "404 not-found");
        CHECK(outcome(world.get(Role::helpline, at)) == "200");
    }
    shop["done_by"] = std::string{Recipes::partner};
    const auto theirs = csv_of({shop, shop});
    world.import_file(Role::helpline, "food-shops", theirs);
    CHECK(outcome(post_file(world, Role::partner, "food-shops", theirs)) == "409 wrong-state");
    CHECK(outcome(world.get(Role::finance, others.at("errors").get<std::string>())) == "403 forbidden");
    // A fault may quote a cell.
    const auto bad = world.import_file(Role::helpline, "calls", call_header + call_row("quoted", "Nonsense"));
    const auto at = "/v1/imports/" + bad.at("id").get<std::string>();
    CHECK(world.get(Role::helpline, at).json().at("faults").size() == 1);
    CHECK(world.get(Role::finance, at).json().at("faults").empty());
    const auto jobs = world.get(Role::partner, "/v1/jobs?limit=200").json();
    for (const auto& job : jobs.at("items"))
        CHECK(count_of(world, "job WHERE id = '" + job.at("id").get<std::string>() + "' AND partner IS NOT NULL") ==
              "1");
}

TEST_CASE("a job that waits is cancelled at once, one that ended is not, and another key is another request") {
    auto& world = shared_world();
    const auto ended = world.import_file(Role::helpline, "calls", call_header + call_row("ended"));
    const auto at = ended.at("job").get<std::string>();
    CHECK(outcome(world.post(Role::helpline, at + "/cancellations", "{}")) == "409 wrong-state");
    CHECK(outcome(world.post(Role::helpline, at + "/cancellations", R"({"x":1})")) == "422 invalid-fields");
    CHECK(outcome(world.post(Role::helpline, "/v1/jobs/17/cancellations", "{}")) == "404 not-found");
    // A job that no server takes up before the morrow.
    const auto id = world.sql(
        "INSERT INTO job (authority_id, id, kind, staff_id, token_id, token_version, role, made_at, lease_until) "
        "SELECT authority_id, gen_random_uuid(), kind, staff_id, token_id, token_version, role, made_at, made_at + "
        "interval "
        "'1 day' FROM job WHERE id = '" +
        ended.at("id").get<std::string>() + "' RETURNING id");
    CHECK(outcome(world.post(Role::finance, "/v1/jobs/" + id + "/cancellations", "{}")) == "403 forbidden");
    CHECK(outcome(world.post(Role::auditor, "/v1/jobs/" + id + "/cancellations", "{}")) == "403 forbidden");
    CHECK(outcome(world.post(Role::partner, "/v1/jobs/" + id + "/cancellations", "{}")) == "404 not-found");
    const auto cancelled =
        world.post(Role::helpline, "/v1/jobs/" + id + "/cancellations", R"({"reason": "The wrong file."})");
    CHECK(outcome(cancelled) == "200");
    CHECK(cancelled.json().at("state") == "cancelled");
    CHECK(world.sql("SELECT state || ' ' || problem FROM job WHERE id = '" + id + "'") == "cancelled The wrong file.");
}

}  // namespace tideover::testing::imports_test
