// Whole lists as files: every row that the filters leave, of one moment, whoever reads them and however slowly.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "db/records/list.hpp"
#include "db/records/record_sql.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/api/paging.hpp"
#include "tests/api/world.hpp"
#include "tests/fuzz/csv_reader.hpp"
#include "tests/support/many_calls.hpp"
#include "tests/support/raw_connection.hpp"

namespace tideover::testing::whole_list_test {
namespace {

const Headers as_csv{{"Accept", "text/csv"}};
const Headers as_workbook{{"Accept", std::string{list_media.back()}}};

std::vector<fuzz::CsvRow> rows_of(const Answer& answer) {
    REQUIRE(outcome(answer) == "200");
    REQUIRE(answer.body.starts_with("\xEF\xBB\xBF"));
    auto rows = fuzz::read_csv(std::string_view{answer.body}.substr(3));
    REQUIRE(rows);
    for (const auto& row : *rows) CHECK(row.size() == rows->front().size());
    return *rows;
}

/// The texts of one column, below its name.
std::vector<std::string> column_of(const std::vector<fuzz::CsvRow>& rows, const std::string& name) {
    const auto at = std::find(rows.front().begin(), rows.front().end(), name) - rows.front().begin();
    REQUIRE(at < static_cast<std::ptrdiff_t>(rows.front().size()));
    std::vector<std::string> out;
    for (std::size_t i = 1; i < rows.size(); ++i) out.push_back(rows[i][static_cast<std::size_t>(at)]);
    return out;
}

/// A part of a workbook, unpacked.
std::string part_of(const std::string& workbook, const std::string& part) {
    const auto file = std::filesystem::temp_directory_path() / ("tideover-" + Service::fresh_key() + ".xlsx");
    std::ofstream{file, std::ios::binary} << workbook;
    std::string out;
    auto* pipe = ::popen(("unzip -p " + file.string() + " " + part).c_str(), "r");
    REQUIRE(pipe != nullptr);
    char buffer[4096];
    for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, count);
    CHECK(::pclose(pipe) == 0);
    std::filesystem::remove(file);
    return out;
}

/// A council with calls by the ten thousand.
struct Council {
    Service service;
    World world{service};

    explicit Council(int calls, const std::vector<std::string>& flags = {}) : service(flags) {
        world.sql(many_calls(calls) + "SELECT ''");
    }
};

/// The rest of a request for CSV.
std::string said(World& world, Role role) {
    std::string out = "Host: 127.0.0.1\r\nAccept: text/csv\r\n";
    for (const auto& [name, value] : world.signed_in(role)) out += name + ": " + value + "\r\n";
    return out + "\r\n";
}

/// A connection on which a whole list is coming, of which nobody reads more.
std::unique_ptr<RawConnection> unread(World& world, Role role) {
    auto line = std::make_unique<RawConnection>(world.service().port(), "127.0.0.1", 4096);
    line->send("GET /v1/calls HTTP/1.1\r\n" + said(world, role));
    CHECK(line->until("\r\n").starts_with("HTTP/1.1 200"));
    return line;
}

}  // namespace

TEST_CASE("without a page asked for a list in CSV is every row that its filters leave, in its order") {
    Council council{7001};
    auto& world = council.world;
    const auto whole =
        column_of(rows_of(world.get(Role::helpline, "/v1/calls?sort=happened_on", as_csv)), "happened_on");
    CHECK(whole.size() == 6994);  // seven are void
    CHECK(std::is_sorted(whole.begin(), whole.end()));
    const auto ids = column_of(rows_of(world.get(Role::helpline, "/v1/calls", as_csv)), "id");
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == 6994);
    const auto with_void = rows_of(world.get(Role::helpline, "/v1/calls?voided=true,false", as_csv));
    CHECK(with_void.size() == 7002);
    const auto some = rows_of(world.get(
        Role::helpline, "/v1/calls?direction=outbound&happened_on.from=2020-03-25&happened_on.to=2020-03-25", as_csv));
    CHECK(some.size() == 1 + 60);
    for (const auto& day : column_of(some, "happened_on")) CHECK(day == "2020-03-25");
    // Where a list's order leaves records without a value, they come last.
    world.sql(
        "SET session_replication_role = replica; UPDATE call SET duration_s = NULL WHERE duration_s % 3 = 0; SELECT "
        "''");
    const auto lengths =
        column_of(rows_of(world.get(Role::helpline, "/v1/calls?sort=-duration_s", as_csv)), "duration_s");
    CHECK(lengths.size() == 6994);
    const auto first_without = std::find(lengths.begin(), lengths.end(), "");
    CHECK(first_without != lengths.begin());
    CHECK(std::count(first_without, lengths.end(), "") == lengths.end() - first_without);
}

TEST_CASE("every list is the same as a page, as a whole and, cell by cell, as JSON") {
    auto& world = shared_world();
    for (const auto& route : routes()) {
        if (!lists(route)) continue;
        for (const auto role : every_role()) {
            if (!route.roles.has(role)) continue;
            INFO(route.path << " as " << name_of(role));
            const std::string path{route.path};
            const auto items = world.get(role, path + "?limit=200").json();
            if (!items.at("next").is_null()) continue;
            const auto page = world.get(role, path + "?limit=200", as_csv), whole = world.get(role, path, as_csv);
            CHECK(whole.body == page.body);
            CHECK(rows_of(whole).size() == items.at("items").size() + 1);
            const auto workbook = world.get(role, path, as_workbook);
            CHECK(workbook.header("content-type") == list_media.back());
            CHECK(workbook.body.starts_with("PK"));
        }
    }
}

TEST_CASE("in a workbook days are days, pence are pounds, and what starts with a nought keeps it") {
    auto& world = shared_world();
    const auto application =
        world.fresh(nouns::application,
                    {{"requested_pence", 1'234'550},
                     {"payee", {{"name", "=1+1 & <Sons>"}, {"sort_code", "070116"}, {"account_number", "00003036"}}}});
    const auto answer = world.get(
        Role::finance, "/v1/applications?limit=200&q=" + application.at("reference").get<std::string>(), as_workbook);
    REQUIRE(outcome(answer) == "200");
    CHECK(answer.header("content-disposition") == "attachment; filename=\"applications.xlsx\"");
    const auto sheet = part_of(answer.body, "xl/worksheets/sheet1.xml");
    CHECK(sheet.find("<f>") == std::string::npos);
    CHECK(sheet.find("=1+1 &amp; &lt;Sons&gt;") != std::string::npos);
    CHECK(sheet.find(">00003036<") != std::string::npos);
    CHECK(sheet.find(">070116<") != std::string::npos);
    CHECK(sheet.find("recorded_at (London)") != std::string::npos);
    CHECK(sheet.find("requested (£)") != std::string::npos);
    CHECK(sheet.find("<v>12345.5</v>") != std::string::npos);
    const auto day = parse_day(application.at("received_on").get<std::string>());
    REQUIRE(day);
    const auto serial = (*day - Day{std::chrono::year{1899} / std::chrono::December / 30}).count();
    CHECK(sheet.find("<v>" + std::to_string(serial) + "</v>") != std::string::npos);
    const auto styles = part_of(answer.body, "xl/styles.xml");
    CHECK(styles.find("dd/mm/yyyy hh:mm:ss") != std::string::npos);
}

TEST_CASE("a report and the audit come whole as well, and so does a timeline") {
    Service service;
    World world{service};
    const auto person = world.fresh(nouns::person);
    for (int i = 0; i < 60; ++i) world.fresh(nouns::call, {{"person_id", person.at("id")}});
    const auto lines = rows_of(world.get(Role::auditor, "/v1/audit", as_csv));
    CHECK(std::to_string(lines.size() - 1) == world.sql("SELECT count(*)::text FROM audit"));
    CHECK(lines.front() == fuzz::CsvRow{"id", "number", "at", "staff.id", "staff.name", "token_id", "action",
                                        "record.kind", "record.id", "record.version", "reason", "request_id", "import",
                                        "before"});
    const auto timeline = rows_of(world.get(Role::helpline, "/v1/persons/" + id_of(person) + "/timeline", as_csv));
    CHECK(timeline.size() == 62);
    CHECK(rows_of(world.get(Role::helpline, "/v1/persons/" + id_of(person) + "/timeline?limit=7", as_csv)).size() == 8);
    CHECK(outcome(world.get(Role::helpline, "/v1/persons/" + service.fresh_key() + "/timeline", as_csv)) ==
          "404 not-found");
}

TEST_CASE("a whole list is of one moment: what is recorded meanwhile is not in it") {
    Council council{5000};
    const auto& scratch = council.service.database();
    db::Database reader{db::with_session_settings(scratch.owner())};
    db::Connection other{scratch.owner()};
    const db::Principal clerk{
        .authority = "E08000007", .token_id = {}, .staff_id = {}, .partner = {}, .role = Role::admin};
    int seen = 0;
    reader.read(clerk, [&](db::Tx& tx) {
        db::records::whole_list(tx, nouns::call, {}, [&](const auto& values) {
            CHECK(values.size() == db::records::wire_columns(nouns::call, Role::admin).size());
            if (++seen == 1)
                other.run("SET session_replication_role = replica; DELETE FROM call WHERE reference <> 'CL-1'");
        });
    });
    CHECK(seen == 4995);
}

TEST_CASE("who stops reading whole lists holds no worker and little memory; they have four, and others get theirs") {
    Council council{10'000, {"--write-ms", "600000"}};
    auto& world = council.world;
    const auto before = council.service.resident();
    std::vector<std::unique_ptr<RawConnection>> guests;
    for (int i = 0; i < 4; ++i) guests.push_back(unread(world, Role::helpline));
    CHECK(outcome(world.get(Role::helpline, "/v1/calls", as_csv)) == "503 busy");
    CHECK(outcome(world.get(Role::helpline, "/v1/calls?limit=2", as_csv)) == "200");
    CHECK(world.get(Role::auditor, "/v1/calls", as_csv).body.size() > 2'000'000);
    // ASan keeps for a while what was freed.
    if (!council.service.is_sanitised()) CHECK(council.service.resident() < before + (8U << 20U));
    guests.clear();
    int asked = 0;
    while (outcome(world.get(Role::helpline, "/v1/calls", as_csv)) == "503 busy" && asked < 10'000) ++asked;
    CHECK(outcome(world.get(Role::helpline, "/v1/calls", as_csv)) == "200");
}

TEST_CASE("who stops reading a whole list is cut, and cannot take what came for all of it") {
    Council council{10'000, {"--write-ms", "150"}};
    const RawConnection guest{council.service.port(), "127.0.0.1", 4096};
    guest.send("GET /v1/calls HTTP/1.1\r\n" + said(council.world, Role::helpline));
    auto came = guest.until("\r\n\r\n");
    // One connection is left: the one that asks.
    const auto others = [&] {
        return council.service.get("", "/metrics").body.find("\ntideover_connections 1\n") == std::string::npos;
    };
    int asked = 0;
    while (others() && asked < 100'000) ++asked;
    CHECK(asked < 100'000);
    came += guest.rest();
    const auto length = came.find("Content-Length: ");
    REQUIRE(length != std::string::npos);
    CHECK(came.size() < std::stoul(came.substr(length + 16)));
}

TEST_CASE("where the disk has no room for the file it says so, and nothing else stops") {
    const auto folder = std::filesystem::temp_directory_path() / ("tideover-" + Service::fresh_key());
    std::filesystem::create_directory(folder);
    Service service{{"--spool", folder.string()}};
    World world{service};
    CHECK(outcome(world.get(Role::helpline, "/v1/calls", as_csv)) == "200");
    CHECK(std::filesystem::is_empty(folder));
    std::filesystem::remove(folder);
    for (const auto& accept : {as_csv, as_workbook}) {
        CHECK(outcome(world.get(Role::helpline, "/v1/calls", accept)) == "507 no-room");
    }
    CHECK(outcome(world.get(Role::helpline, "/v1/calls")) == "200");
}

TEST_CASE("HEAD of a whole list has its length and no body") {
    auto& world = shared_world();
    const auto whole = world.get(Role::helpline, "/v1/volunteers", as_csv);
    const RawConnection line{world.service().port()};
    line.send("HEAD /v1/volunteers HTTP/1.1\r\nConnection: close\r\n" + said(world, Role::helpline));
    const auto head = line.rest();
    CHECK(head.starts_with("HTTP/1.1 200"));
    CHECK(head.find("Content-Length: " + std::to_string(whole.body.size()) + "\r\n") != std::string::npos);
    CHECK(head.ends_with("\r\n\r\n"));
}

}  // namespace tideover::testing::whole_list_test
