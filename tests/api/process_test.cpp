// The service as a process: when it starts, when it refuses to, how it says how it is, and how it stops.
#include <doctest/doctest.h>

#include <atomic>
#include <boost/beast/http/error.hpp>
#include <boost/system/system_error.hpp>
#include <csignal>
#include <set>
#include <thread>

#include "domain/helpline/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/program.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::process_test {
namespace {

Run serve_on(const std::string& conninfo) {
    return run_program({"serve", "--port", "0", "--database", conninfo});
}

/// Clients that record calls until the service goes, and what became of their requests.
class Load {
public:
    Load(Service& service, std::string token, std::string body)
        : service_(service), token_(std::move(token)), body_(std::move(body)), ids_(12) {
        for (auto& ids : ids_) threads_.emplace_back([this, &ids] { run(ids); });
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (auto& thread : threads_) {
            if (thread.joinable()) thread.join();
        }
    }

    void wait_for(int answered) {
        for (int now = answered_; now < answered; now = answered_) answered_.wait(now);
    }
    std::vector<std::string> finish() {
        std::vector<std::string> out;
        for (auto& thread : threads_) thread.join();
        for (const auto& ids : ids_) out.insert(out.end(), ids.begin(), ids.end());
        return out;
    }
    [[nodiscard]] int cut() const { return cut_; }
    [[nodiscard]] int odd() const { return odd_; }

private:
    void run(std::vector<std::string>& ids) {
        Client client{service_.port()};
        for (;;) {
            try {
                const auto answer = client.send("POST", "/v1/calls", post_headers(token_), body_);
                if (answer.status == 201) {
                    ids.push_back(answer.json().at("id").get<std::string>());
                } else if (answer.status != 503) {
                    ++odd_;
                }
            } catch (const boost::system::system_error& e) {
                // A connection that ends between two replies cuts none.
                if (e.code() == boost::beast::http::error::partial_message) ++cut_;
                break;
            }
            ++answered_;
            answered_.notify_all();
        }
        answered_ += 1'000'000;
        answered_.notify_all();
    }

    Service& service_;
    std::string token_, body_;
    std::vector<std::vector<std::string>> ids_;
    std::vector<std::thread> threads_;
    std::atomic<int> answered_{0}, cut_{0}, odd_{0};
};

}  // namespace

TEST_CASE("a service that is told to stop finishes what it took: no reply is cut, and what it answered is kept") {
    for (const int number : {SIGTERM, SIGINT}) {
        Service service{{"--workers", "4"}};
        World world{service};
        Load load{service, service.token("helpline"), world.body(nouns::call).dump()};
        load.wait_for(300);
        service.signal(number);
        CHECK(service.wait() == 0);
        const auto ids = load.finish();
        CHECK(ids.size() >= 200);
        CHECK(load.cut() == 0);
        CHECK(load.odd() == 0);
        std::string list;
        for (const auto& id : ids) list += (list.empty() ? "'" : ",'") + id + "'";
        CHECK(world.sql("SELECT count(*) FROM call WHERE id IN (" + list + ")") == std::to_string(ids.size()));
        CHECK(world.sql("SELECT count(*) = (SELECT count(*) FROM call) FROM entry") == "t");
        CHECK(world.sql("SELECT count(*) FROM idempotency WHERE status IS NULL") == "0");
        CHECK(service.log().find("\"event\":\"stopped\"") != std::string::npos);
    }
}

TEST_CASE("a database that lacks migrations is not served") {
    const ScratchDatabase scratch;
    static_cast<void>(scratch.value("DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)"));
    const auto behind = serve_on(scratch.app());
    CHECK(behind.code == 3);
    CHECK(behind.out == "the database lacks migrations: run tideoverd migrate\n");
    static_cast<void>(scratch.value("DROP TABLE migration"));
    CHECK(serve_on(scratch.app()).code == 3);
}

TEST_CASE("a database that is newer than the program is not served") {
    const ScratchDatabase scratch;
    static_cast<void>(
        scratch.value("INSERT INTO migration (number, name, checksum) VALUES (999, '999_future.sql', 'x')"));
    const auto ahead = serve_on(scratch.app());
    CHECK(ahead.code == 3);
    CHECK(ahead.out == "the database is newer than this program: start the newer program\n");
}

TEST_CASE("a port that is taken is an error of its own") {
    auto& service = shared_world().service();
    const auto run =
        run_program({"serve", "--port", std::to_string(service.port()), "--database", service.database().app()});
    CHECK(run.code == 4);
    CHECK(run.out.starts_with("cannot listen on 127.0.0.1 port " + std::to_string(service.port())));
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') == 1);
}

TEST_CASE("the service says that it is up, and ready only while the database fits it") {
    Service service{{"--workers", "2"}};
    World world{service};
    CHECK(world.get(Role::everyone, "/healthz").body == R"({"status":"up"})");
    CHECK(world.get(Role::everyone, "/readyz").body == R"({"status":"ready"})");
    world.sql("INSERT INTO migration (number, name, checksum) VALUES (999, '999_future.sql', 'x')");
    const auto unready = world.get(Role::everyone, "/readyz");
    CHECK(outcome(unready) == "503 busy");
    CHECK(!unready.header("retry-after").empty());
    CHECK(world.get(Role::everyone, "/healthz").status == 200);
    world.sql("DELETE FROM migration WHERE number = 999");
    CHECK(world.get(Role::everyone, "/readyz").status == 200);
}

TEST_CASE("the service is not ready where a new connection could not write, though those there are still can") {
    Service service{{"--workers", "2"}};
    World world{service};
    const auto database = world.sql("SELECT current_database()");
    CHECK(world.get(Role::everyone, "/readyz").status == 200);
    world.sql("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
    CHECK(outcome(world.get(Role::everyone, "/readyz")) == "503 busy");
    CHECK(world.get(Role::everyone, "/readyz").json().at("detail") == "The database takes no writes.");
    world.sql("SET transaction_read_only = off; ALTER DATABASE " + database + " RESET default_transaction_read_only");
    CHECK(world.get(Role::everyone, "/readyz").status == 200);
    // What it looks with stores nothing.
    const auto before = world.stored();
    for (int i = 0; i < 50; ++i) CHECK(world.get(Role::everyone, "/readyz").status == 200);
    CHECK(world.stored() == before);
}

TEST_CASE(
    "a database whose program was changed under it is told as such, for reads and writes, and nothing is stored") {
    Service service{{"--workers", "2"}};
    World world{service};
    const auto body = world.body(nouns::call).dump();
    REQUIRE(world.post(Role::helpline, "/v1/calls", body).status == 201);
    const auto stored = world.stored();
    const auto with_library = [&](const std::string& library) {
        world.sql("UPDATE pg_proc SET probin = '$libdir/" + library + "' WHERE proname = 'plpgsql_call_handler'");
        world.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'tideover_app' AND datname "
            "= current_database()");
    };
    const auto post = [&] {
        std::string out = "503 busy";  // of a connection that was cut; the one after it is new
        for (int i = 0; i < 8 && (out == "503 busy" || out == "503 outcome-unknown"); ++i) {
            out = outcome(world.post(Role::helpline, "/v1/calls", body));
        }
        return out;
    };
    with_library("of_another_program");
    CHECK(outcome(world.get(Role::everyone, "/readyz")) == "503 database-unfit");
    CHECK(post() == "503 database-unfit");
    CHECK(world.stored() == stored);
    with_library("plpgsql");
    CHECK(world.get(Role::everyone, "/readyz").status == 200);
    CHECK(post() == "201");
}

TEST_CASE("one council's fold that fails holds up the sealing of no other") {
    Service service;
    World first{service, "E08000001"}, second{service, "E08000007"};
    first.sql(
        "CREATE FUNCTION break_fold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$; "
        "CREATE TRIGGER broken BEFORE INSERT ON fold FOR EACH ROW WHEN (NEW.authority_id = 'E08000001') EXECUTE "
        "FUNCTION break_fold()");
    const auto sealed = [&](World& world) {
        world.fresh(nouns::call);
        bool done = false;
        for (int looks = 0; looks < 200'000 && !done; ++looks) {  // the sealer comes once a second
            done = world.sql(
                       "SELECT max(e.seq) <= (SELECT max(s.seq) FROM seal s WHERE s.authority_id = e.authority_id) "
                       "FROM entry e WHERE authority_id = '" +
                       world.authority() + "' GROUP BY authority_id") == "t";
        }
        return done;
    };
    for (int i = 0; i < 2; ++i) {
        CHECK(sealed(first));
        CHECK(sealed(second));
    }
    CHECK(second.sql("SELECT count(*) > 0 FROM fold WHERE authority_id = 'E08000007'") == "t");
    CHECK(second.sql("SELECT count(*) FROM fold WHERE authority_id = 'E08000001'") == "0");
}

TEST_CASE("a service whose database goes away and comes back serves again") {
    Service service{{"--workers", "2"}};
    World world{service};
    const auto body = world.body(nouns::call).dump();
    CHECK(world.post(Role::helpline, "/v1/calls", body).status == 201);
    for (int i = 0; i < 2; ++i) {
        world.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'tideover_app' AND datname "
            "= current_database()");
        std::set<std::string> seen;
        // Each worker finds out for itself that its connection is gone, and says that nobody knows what happened.
        const auto key = Service::fresh_key();
        for (int attempt = 0; attempt < 3; ++attempt) {
            const auto answer = world.post(Role::helpline, "/v1/calls", body, {}, {{"Idempotency-Key", key}});
            seen.insert(outcome(answer));
            if (answer.status != 201) CHECK(!answer.header("retry-after").empty());
        }
        CHECK(seen.contains("201"));
        seen.erase("201"), seen.erase("503 outcome-unknown"), seen.erase("503 busy");
        CHECK(seen.empty());
        CHECK(world.sql("SELECT count(*) FROM idempotency WHERE key = '" + key + "'") == "1");
    }
    CHECK(world.sql("SELECT count(*) FROM call") == "3");
}

TEST_CASE("when more wait than may, the rest are told to come again, and nothing of theirs is stored") {
    Service service{{"--workers", "1", "--queue", "1"}};
    World world{service};
    const auto token = service.token("helpline");
    const auto body = world.body(nouns::call).dump();
    CHECK(world.post(Role::helpline, "/v1/calls", body).status == 201);
    auto blocker = service.database().connect();
    blocker.run("BEGIN; LOCK TABLE call IN ACCESS EXCLUSIVE MODE");
    std::atomic<int> refused{0}, accepted{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            Client client{service.port()};
            const auto answer = client.send("POST", "/v1/calls", post_headers(token), body);
            if (answer.status == 201) ++accepted;
            if (outcome(answer) == "503 busy" && !answer.header("retry-after").empty()) ++refused;
            refused.notify_all();
        });
    }
    for (int now = refused; now < 6; now = refused) refused.wait(now);
    blocker.run("COMMIT");
    for (auto& thread : threads) thread.join();
    CHECK(accepted + refused == 8);
    CHECK(accepted >= 1);
    CHECK(world.sql("SELECT count(*) FROM call") == std::to_string(1 + accepted));
    CHECK(world.get(Role::everyone, "/metrics").body.find("tideover_refused_busy_total " + std::to_string(refused)) !=
          std::string::npos);
}

TEST_CASE("a service that is killed amid an import is followed by one that goes on where it stopped: each row once") {
    constexpr int rows = 20'000;
    Service service;
    std::string csv = "direction,line,started at,outcome,note\r\n";
    for (int i = 0; i < rows; ++i)
        csv += "inbound,coronavirus,02/04/2020 10:15,referred,row " + std::to_string(i) + "\r\n";
    const auto sent =
        service.send("POST", "/v1/imports/calls",
                     {{"Authorization", "Bearer " + service.token("helpline")}, {"Content-Type", "text/csv"}}, csv);
    REQUIRE(sent.status == 202);
    const auto& database = service.database();
    while (std::stoll(database.value("SELECT done FROM job")) <= 1) {
    }
    service.signal(SIGKILL);
    CHECK(service.wait() == -SIGKILL);
    const auto stored = std::stoll(database.value("SELECT count(*) FROM call"));
    CHECK(stored < rows);
    CHECK(database.value("SELECT done - 1 FROM job") == std::to_string(stored));
    // As if a minute had passed since it was heard of.
    database.connect().run("UPDATE job SET lease_until = clock_timestamp()");
    service.start({});
    while (database.value("SELECT ended_at IS NULL FROM job") == "t") {
    }
    CHECK(database.value("SELECT state || ' ' || attempts FROM job") == "done 2");
    CHECK(database.value("SELECT count(*) || ' ' || count(DISTINCT note) FROM call") ==
          std::to_string(rows) + " " + std::to_string(rows));
    CHECK(database.value("SELECT count(*) FROM entry") == std::to_string(rows));
}

}  // namespace tideover::testing::process_test
