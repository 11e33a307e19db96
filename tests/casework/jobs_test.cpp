// Jobs: one server has one at a time, and what a server leaves another goes on with, losing nothing and doubling
// nothing.
#include "db/jobs/jobs.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "db/core/digest.hpp"
#include "db/core/ids.hpp"
#include "db/imports/imports.hpp"
#include "server/jobs/import.hpp"
#include "server/jobs/job_runner.hpp"
#include "tests/support/member.hpp"

namespace tideover::jobs_test {
namespace {

using testing::Member;
using testing::ScratchDatabase;
namespace jobs = db::jobs;

const WordRefusal words = [](const Refused&) { return Worded{"refused", "It was refused."}; };

std::string columns() {
    std::string out;
    for (const std::string name : {"direction", "line", "started_at", "outcome", "note"})
        out += (out.empty() ? "[" : ",") + ("{\"column\":\"" + name + "\",\"field\":\"" + name + "\",\"by\":null}");
    return out + "]";
}

/// A council with a file of calls that waits to be read.
struct Council {
    ScratchDatabase scratch;
    Member clerk{scratch, "clerk"};
    db::Database database{scratch.app()};
    std::string id{};

    explicit Council(int rows) { send(rows); }
    /// Sends such a file in: it waits under `id`.
    void send(int rows) {
        id = db::ids::fresh();
        std::string csv = "direction,line,started_at,outcome,note\n";
        for (int i = 0; i < rows; ++i)
            csv += "inbound,coronavirus,2020-04-02T10:15:00Z,referred,row " + std::to_string(i) + "\n";
        db::Sha256 digest;
        digest.add(csv);
        const db::imports::Import import{.id = id,
                                         .kind = "calls",
                                         .bytes = static_cast<std::int64_t>(csv.size()),
                                         .sha256 = digest.hex(),
                                         .columns = columns()};
        int position = 0;
        for (std::size_t at = 0; at < csv.size(); at += 50'000)
            db::imports::keep_part(database, testing::home, id, ++position, csv.substr(at, 50'000));
        clerk.change([&](db::Tx& tx) { db::imports::add(tx, import); });
    }
    [[nodiscard]] std::string job(const std::string& column) const {
        return scratch.value("SELECT " + column + " FROM job WHERE id = '" + id + "'");
    }
    [[nodiscard]] std::string calls() const {
        return scratch.value("SELECT count(*) || ' of ' || count(DISTINCT note) FROM call");
    }
    /// As if the server that has the job had not been heard of for a minute.
    void lose_server() const {
        scratch.connect().run("UPDATE job SET lease_until = clock_timestamp() - interval '1 second'");
    }
};

/// A server that can be told to stop after the part under way.
struct Server {
    explicit Server(const ScratchDatabase& scratch) : database(scratch.app()), aside(scratch.app()) {}
    db::Database database, aside;
    std::string name = db::ids::fresh();
    std::atomic<bool> stopping = false;

    std::optional<jobs::Job> claim() { return jobs::claim(database, name); }
    void run(const jobs::Job& job) {
        JobRun its{database, aside, job, name, stopping, words};
        run_import(its);
    }
};

}  // namespace

TEST_CASE("a job is one server's, until it is not heard of for longer than its lease") {
    Council council{10};
    Server one{council.scratch}, other{council.scratch};
    const auto first = one.claim();
    REQUIRE(first);
    CHECK_FALSE(other.claim());
    CHECK_FALSE(one.claim());
    council.lose_server();
    const auto second = other.claim();
    REQUIRE(second);
    CHECK(second->attempt == 2);
    // Whoever lost it can store nothing more, and end nothing.
    CHECK_THROWS_AS(one.run(*first), jobs::Lost);
    CHECK(council.calls() == "0 of 0");
    jobs::end(one.database, *first, one.name, jobs::End::done);
    CHECK(council.job("state") == "running");
    other.run(*second);
    jobs::end(other.database, *second, other.name, jobs::End::done);
    CHECK(council.calls() == "10 of 10");
    CHECK(council.job("state") == "done");
}

TEST_CASE("an earlier attempt of the same server has lost the job as well") {
    Council council{10};
    Server one{council.scratch};
    const auto first = one.claim();
    council.lose_server();
    const auto second = one.claim();
    CHECK_THROWS_AS(one.run(*first), jobs::Lost);
    one.run(*second);
    CHECK(council.calls() == "10 of 10");
}

TEST_CASE("what one server leaves another goes on with where it stopped: no row twice, none left out") {
    Council council{2500};
    Server one{council.scratch}, other{council.scratch};
    const auto first = one.claim();
    one.stopping = true;
    CHECK_THROWS_AS(one.run(*first), Stopping);
    CHECK(council.job("done || '/' || total") == "126/2501");
    CHECK(council.calls() == "125 of 125");
    council.lose_server();
    const auto second = other.claim();
    REQUIRE(second);
    CHECK(second->done == 126);
    other.run(*second);
    CHECK(council.calls() == "2500 of 2500");
    CHECK(council.job("done") == "2501");
    CHECK(council.scratch.value("SELECT recorded FROM import") == "2500");
    CHECK(council.scratch.value("SELECT count(*) FROM import_row WHERE record_id IS NOT NULL") == "2500");
}

TEST_CASE("many servers at once: each of many jobs is done, and once") {
    Council council{3};
    for (int i = 0; i < 19; ++i) {
        council.scratch.connect().run(
            "WITH made AS (SELECT gen_random_uuid() AS id), j AS (INSERT INTO job (authority_id, id, kind, staff_id, "
            "token_id, token_version, role, made_at, lease_until) SELECT o.authority_id, made.id, o.kind, o.staff_id, "
            "o.token_id, o.token_version, o.role, o.made_at, o.lease_until FROM job o, made WHERE o.id = '" +
            council.id +
            "'), i AS (INSERT INTO import (authority_id, id, kind, bytes, sha256, dry_run, all_or_nothing, "
            "may_correct, delimiter, "
            "columns) SELECT "
            "o.authority_id, made.id, o.kind, o.bytes + 3 * 36, sha256(made.id::text::bytea), false, false, false, "
            "',', "
            "o.columns FROM "
            "import "
            "o, "
            "made WHERE o.id = '" +
            council.id +
            "') INSERT INTO import_part (authority_id, import_id, position, bytes) SELECT p.authority_id, made.id, 1, "
            "convert_to(replace(convert_from(p.bytes, 'UTF8'), 'row ', 'row ' || made.id), 'UTF8') FROM import_part p, "
            "made "
            "WHERE p.import_id = '" +
            council.id + "'");
    }
    std::vector<std::thread> servers;
    for (int i = 0; i < 4; ++i) {
        servers.emplace_back([&] {
            Server server{council.scratch};
            while (const auto job = server.claim()) {
                server.run(*job);
                jobs::end(server.database, *job, server.name, jobs::End::done);
            }
        });
    }
    for (auto& server : servers) server.join();
    CHECK(council.calls() == "60 of 60");
    CHECK(council.scratch.value("SELECT count(*) FROM job WHERE state = 'done' AND attempts = 1") == "20");
    CHECK(council.scratch.value("SELECT count(*) FROM import_part") == "0");
}

TEST_CASE("a job that is cancelled on its way stops before the next part; what stands stands, and may be sent again") {
    Council council{2500};
    Server one{council.scratch};
    const auto first = one.claim();
    one.stopping = true;
    CHECK_THROWS_AS(one.run(*first), Stopping);
    one.stopping = false;
    council.clerk.change([&](db::Tx& tx) { CHECK(jobs::cancel(tx, council.id, {})); });
    CHECK(council.job("state") == "running");
    auto again = *first;
    again.done = 126;
    CHECK_THROWS_AS(one.run(again), jobs::Cancelled);
    jobs::end(one.database, *first, one.name, jobs::End::cancelled);
    CHECK(council.job("state") == "cancelled");
    CHECK(council.calls() == "125 of 125");
    CHECK(council.scratch.value("SELECT stands FROM import") == "f");
    CHECK(council.scratch.value("SELECT count(*) FROM import_part") == "0");
    council.clerk.change([&](db::Tx& tx) { CHECK_FALSE(jobs::cancel(tx, council.id, {})); });
    // The same bytes again go on behind what stands: no row twice, none left out.
    const auto earlier = council.id;
    council.send(2500);
    CHECK(council.scratch.value("SELECT continues FROM import WHERE id = '" + council.id + "'") == earlier);
    one.run(*one.claim());
    CHECK(council.calls() == "2500 of 2500");
    CHECK(council.scratch.value("SELECT recorded FROM import WHERE id = '" + council.id + "'") == "2500");
    CHECK(council.scratch.value("SELECT count(*) FROM import_row WHERE import_id = '" + council.id + "'") == "2500");
    CHECK(council.job("done || '/' || total") == "2501/2501");
    // Whoever sent the first half does not undo the second, whoever sent that.
    Member other{council.scratch, "other"};
    const auto own = [&](Member& who) {
        bool out = false;
        who.change([&](db::Tx& tx) { out = db::imports::undoable(tx, council.id)->own; });
        return out;
    };
    CHECK(own(council.clerk));
    CHECK_FALSE(own(other));
    council.scratch.connect().run("UPDATE job SET staff_id = '" + other.staff() + "' WHERE id = '" + council.id + "'");
    CHECK(own(council.clerk));
    CHECK(own(other));
}

TEST_CASE(
    "a file that is sent again goes on behind one of the same bytes and reading alone, and only where rows count by "
    "themselves") {
    Council council{300};
    const auto end_early = [&](int done) {
        auto owner = council.scratch.connect();
        owner.run("UPDATE job SET state = 'failed', problem = 'x', done = " + std::to_string(done) +
                  ", ended_at = now() WHERE id = '" + council.id + "'");
    };
    const auto continues = [&] {
        return council.scratch.value("SELECT coalesce(continues::text, 'none') FROM import WHERE id = '" + council.id +
                                     "'");
    };
    end_early(0);
    council.send(300);
    CHECK(continues() == "none");
    end_early(126);
    const auto behind = council.id;
    council.send(301);
    CHECK(continues() == "none");
    council.send(300);
    CHECK(continues() == behind);
    // One that came no further than to be sent stands in nobody's way.
    end_early(0);
    council.send(300);
    CHECK(continues() == behind);
    council.scratch.connect().run("UPDATE import SET reading = '{\"header_row\": 2}' WHERE id = '" + behind + "'");
    end_early(0);
    council.send(300);
    CHECK(continues() == "none");
}

TEST_CASE(
    "a file that was to be all or nothing, and is nothing, fails also where its server got no further than to say so") {
    Council council{300};
    council.scratch.connect().run(
        "UPDATE import SET all_or_nothing = true; UPDATE import_part SET bytes = convert_to(replace("
        "convert_from(bytes, 'UTF8'), 'referred,row 7' || chr(10), 'nonsense,row 7' || chr(10)), 'UTF8')");
    Server one{council.scratch}, other{council.scratch};
    CHECK_THROWS_AS(one.run(*one.claim()), JobFailed);
    CHECK(council.job("done || '/' || total") == "301/301");
    council.lose_server();
    const auto second = other.claim();
    REQUIRE(second);
    CHECK_THROWS_AS(other.run(*second), JobFailed);
    CHECK(council.calls() == "0 of 0");
    CHECK(council.scratch.value("SELECT faulty FROM import") == "1");
}

TEST_CASE(
    "a file whose bytes are not all there fails, and is not taken for a short one; those of an import are not "
    "forgotten") {
    Council council{300};
    db::imports::forget_parts(council.database, testing::home, council.id);
    CHECK(council.scratch.value("SELECT count(*) FROM import_part") == "1");
    council.scratch.connect().run("DELETE FROM import_part");
    Server one{council.scratch};
    CHECK_THROWS_AS(one.run(*one.claim()), JobFailed);
    CHECK(council.calls() == "0 of 0");
}

TEST_CASE("a file that no import was made of is forgotten after a day, and no other") {
    Council council{3};
    const auto yesterday = db::ids::fresh(), now = db::ids::fresh();
    for (const auto& id : {yesterday, now})
        for (const int position : {1, 2}) db::imports::keep_part(council.database, testing::home, id, position, "x");
    council.scratch.connect().run("UPDATE import_part SET at = at - interval '25 hours' WHERE import_id <> '" + now +
                                  "'");
    db::imports::forget_old_parts(council.database);
    CHECK(council.scratch.value("SELECT count(*) FROM import_part WHERE import_id = '" + yesterday + "'") == "0");
    CHECK(council.scratch.value("SELECT count(*) FROM import_part WHERE import_id = '" + now + "'") == "2");
    CHECK(council.scratch.value("SELECT count(*) FROM import_part WHERE import_id = '" + council.id + "'") == "1");
}

TEST_CASE("rows at fault are forgotten ninety days after their import ended, and how many there were is not") {
    Council council{3};
    council.scratch.connect().run(
        "UPDATE import_part SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'referred,row 1', "
        "'nonsense,row "
        "1'), 'UTF8')");
    Server one{council.scratch};
    const auto job = *one.claim();
    one.run(job);
    jobs::end(one.database, job, one.name, jobs::End::done);
    const auto ended = [&](const std::string& ago) {
        auto owner = council.scratch.connect();
        owner.run("ALTER TABLE job DISABLE TRIGGER guard");
        owner.run("UPDATE job SET ended_at = clock_timestamp() - interval '" + ago + "'");
    };
    const auto rows = [&] {
        return council.scratch.value(
            "SELECT (SELECT faulty FROM import) || ' ' || count(*) || ' ' || count(faults) FROM "
            "import_row");
    };
    ended("89 days");
    CHECK(db::imports::forget_faulty_rows(council.database) == 0);
    CHECK(rows() == "1 3 1");
    ended("91 days");
    CHECK(db::imports::forget_faulty_rows(council.database) == 1);
    CHECK(rows() == "1 2 0");
    std::optional<db::imports::Header> header;
    council.clerk.change([&](db::Tx& tx) { header = db::imports::header(tx, council.id); });
    CHECK(header.value().forgotten);
}

TEST_CASE("a job that gets on is not given up for what went wrong before") {
    Council council{300};
    Server one{council.scratch};
    for (int lost = 1; lost <= 30; ++lost) {
        const auto job = one.claim();
        REQUIRE(job);
        CHECK(job->tries == lost);
        council.lose_server();
    }
    const auto job = *one.claim();
    one.stopping = true;
    CHECK_THROWS_AS(one.run(job), Stopping);
    council.lose_server();
    const auto next = one.claim();
    REQUIRE(next);
    CHECK(next->tries == 1);
    CHECK(next->attempt == 32);
}

TEST_CASE(
    "a job that a fault of our own stops three times on end has failed; one that the database has no room for waits") {
    const auto run_with = [](const std::string& sqlstate, auto&& until) {
        Council council{300};
        auto owner = council.scratch.connect();
        owner.run(
            "CREATE FUNCTION break_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken' "
            "USING ERRCODE = '" +
            sqlstate + "'; END $$");
        owner.run("CREATE TRIGGER break_it BEFORE INSERT ON import_row FOR EACH ROW EXECUTE FUNCTION break_row()");
        const JobRunner runner{council.scratch.app(), words};
        while (!until(council))
            owner.run("UPDATE job SET lease_until = clock_timestamp() WHERE state = 'running'");  // no wait between
        return council.job("state || ' ' || tries");
    };
    CHECK(run_with("XX000", [](const Council& council) { return council.job("state") == "failed"; }) == "failed 3");
    CHECK(run_with("53100", [](const Council& council) { return council.job("tries") == "4"; }) == "running 4");
}

TEST_CASE("a login that ends takes its jobs with it: the runner says so, and does nothing more") {
    Council council{2500};
    council.scratch.connect().run(
        "UPDATE api_token SET state = 'revoked', version = version + 1, revoked_at = clock_timestamp()");
    const JobRunner runner{council.scratch.app(), words};
    while (council.job("state") != "failed") {
    }
    CHECK(council.job("problem").find("login") != std::string::npos);
    CHECK(council.calls() == "0 of 0");
    CHECK(council.scratch.value("SELECT stands FROM import") == "f");
}

TEST_CASE("the runner does what waits, and a program that stops leaves the rest to the next one") {
    Council council{1500};
    { const JobRunner stopped{council.scratch.app(), words}; }
    const JobRunner runner{council.scratch.app(), words};
    while (council.job("state") != "done") {
    }
    CHECK(council.calls() == "1500 of 1500");
}

}  // namespace tideover::jobs_test
