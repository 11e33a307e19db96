// How each fault strikes.
#include "tests/faults/fault.hpp"

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <pqxx/pqxx>

#include "tests/faults/burst.hpp"
#include "tests/faults/history.hpp"

namespace tideover::faults {
namespace {

using std::chrono::milliseconds;

void linger(History& history, int least_ms, int most_ms) {
    pause_for(milliseconds{least_ms + static_cast<int>(history.pick(static_cast<std::size_t>(most_ms - least_ms)))});
}

// ---- the server
// -------------------------------------------------------------------------------------------------------

bool killed(History& history) {
    history.server().signal(SIGKILL);
    history.server().wait(milliseconds{5000});
    history.start_server(now_us());
    return true;
}

/// It was started with this failpoint; a signal arms it, and the load leads there.
bool killed_at_point(History& history) {
    history.server().signal(SIGUSR2);
    const auto ended = history.server().wait(milliseconds{3000});
    if (!ended) return killed(history), false;  // it is armed: who knows when it would die
    if (*ended != -SIGKILL) history.complain("the server ended with " + std::to_string(*ended) + " at its failpoint");
    history.start_server(now_us());
    return true;
}

bool asked_to_end(History& history) {
    history.end_server();
    history.start_server(0);
    return true;
}

template <int shift>
bool server_clock(History& history) {
    history.end_server();
    history.start_server(0, shift);
    history.acknowledged(100, 3000);
    history.end_server();
    history.start_server(0);
    return true;
}

/// A program that knows fewer migrations must not serve.
bool old_program(History& history) {
    history.ask("INSERT INTO migration (number, name, checksum) VALUES (999, '999_later.sql', 'of a later program')");
    Process old{{.words = {history.settings().binary, "serve", "--port", "0", "--database",
                           history.cluster().owner(history.name())},
                 .log = history.settings().folder + "/old.log"}};
    const auto code = old.wait(milliseconds{5000});
    if (code != 3) history.complain("a program older than the schema was not turned away");
    history.ask("DELETE FROM migration WHERE number = 999");
    return true;
}

/// Half of a migration is none of it, and the next try begins anew.
bool migration_killed(History& history) {
    const auto& settings = history.settings();
    const auto folder = settings.folder + "/half";
    std::filesystem::copy(settings.schema, folder,
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    std::ofstream{folder + "/999_half.sql"} << "CREATE TABLE half_way (n integer); SELECT pg_sleep(30);\n";
    const auto half = [&](const std::string& from) {
        return Launch{.words = {settings.binary, "migrate", "--schema", from, "--owner-database",
                                history.cluster().owner(history.name())},
                      .log = settings.folder + "/migrate.log"};
    };
    const std::string sleeper =
        " FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND application_name = "
        "'tideover'";
    Process migration{half(folder)};
    const bool there = eventually(milliseconds{5000}, [&] { return history.ask("SELECT count(*)" + sleeper) != "0"; });
    if (!there) return false;
    migration.signal(SIGKILL);
    migration.wait(milliseconds{5000});
    history.ask("SELECT count(pg_terminate_backend(pid))" + sleeper);
    eventually(milliseconds{5000}, [&] { return history.ask("SELECT count(*)" + sleeper) == "0"; });
    if (history.ask("SELECT to_regclass('half_way') IS NULL AND max(number) < 999 FROM migration") != "t") {
        history.complain("half a migration was left behind");
    }
    Process again{half(settings.schema)};
    if (again.wait(milliseconds{20'000}) != 0) history.complain("the migrations do not run after one was killed");
    return true;
}

// ---- PostgreSQL
// -------------------------------------------------------------------------------------------------------

std::string some_backend(History& history) {
    return history.ask(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'tideover_app' AND datname = current_database() "
        "ORDER BY (state = 'active') DESC, random() LIMIT 1");
}

bool backend_killed(History& history) {
    const auto pid = some_backend(history);
    if (pid.empty()) return false;
    ::kill(std::stoi(pid), SIGKILL);
    history.cluster().heal();
    return true;
}

bool backend_ended(History& history) {
    const auto pid = some_backend(history);
    return !pid.empty() && history.ask("SELECT pg_terminate_backend(" + pid + ")") == "t";
}

bool stopped_at_once(History& history) {
    history.cluster().stop_at_once();
    linger(history, 0, 200);
    history.cluster().start();
    history.cluster().heal();
    return true;
}

template <int shift>
bool database_clock(History& history) {
    history.cluster().stop_at_once();
    history.cluster().start(shift);
    history.cluster().heal();
    history.acknowledged(100, 4000);
    history.cluster().stop_at_once();
    history.cluster().start();
    history.cluster().heal();
    return true;
}

bool lock_held(History& history) {
    static constexpr std::array tables{"idempotency", "audit", "entry", "seal"};
    pqxx::connection owner{history.cluster().owner(history.name())};
    pqxx::work work{owner};
    work.exec(std::string{"LOCK TABLE "} + tables[history.pick(tables.size())] + " IN EXCLUSIVE MODE");
    linger(history, 200, 500);
    return true;
}

/// Every worker waits for a lock, the queue is full, and whoever comes then is refused at once.
bool pool_exhausted(History& history) {
    pqxx::connection owner{history.cluster().owner(history.name())};
    pqxx::work work{owner};
    work.exec("LOCK TABLE headline IN ACCESS EXCLUSIVE MODE");
    constexpr int sent = 80, room = History::workers + History::queue;
    const int refused = burst(history.port(), sent, sent - room, milliseconds{1500});
    history.journal().line(false, "B", sent, refused, room);
    return true;
}

/// A standby is asked for that is not there: COMMITs wait for ever, until somebody cancels them.
bool standby_missing(History& history) {
    auto& cluster = history.cluster();
    const std::string waiting =
        " FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND usename = 'tideover_app' AND datname = "
        "current_database()";
    cluster.ask("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    cluster.ask("postgres", "SELECT pg_reload_conf()");
    const bool waits =
        eventually(milliseconds{4000}, [&] { return history.ask("SELECT count(*) >= 2" + waiting) == "t"; });
    history.journal().line(false, "F", "unreplicated", "begin", now_us());
    linger(history, 50, 150);
    // More than once: what is cancelled first was sent before the standby went, and the next in line was not.
    for (int round = 0; waits && round < 3; ++round) {
        // Who is cancelled is read before it is: the backend is to be gone afterwards.
        std::istringstream pids{history.ask("SELECT coalesce(string_agg(pid::text, ' '), '')" + waiting)};
        for (std::string pid; pids >> pid;) {
            const auto cancelled = history.ask("SELECT pg_cancel_backend(" + pid + ") FROM (SELECT pid" + waiting +
                                               ") w WHERE w.pid = " + pid);
            if (cancelled == "t") history.journal().line(false, "P", pid);
        }
        linger(history, 60, 120);
    }
    history.journal().line(false, "F", "unreplicated", "end", now_us());
    cluster.ask("postgres", "ALTER SYSTEM RESET synchronous_standby_names");
    cluster.ask("postgres", "SELECT pg_reload_conf()");
    return waits;
}

template <Cluster::Disk disk>
bool disk_full(History& history) {
    history.cluster().fill(disk);
    eventually(milliseconds{1500}, [&] {
        try {
            history.ask(
                "CREATE TABLE IF NOT EXISTS ballast AS SELECT repeat('x', 100) AS x FROM generate_series(1, 5000)");
            history.ask("DROP TABLE IF EXISTS ballast");
            return false;
        } catch (const pqxx::failure&) {
            return true;
        }
    });
    linger(history, 50, 250);
    history.cluster().free(disk);
    history.cluster().heal();
    history.ask("DROP TABLE IF EXISTS ballast");
    return true;
}

// ---- the network
// ------------------------------------------------------------------------------------------------------

enum class Side { callers, database };

template <Side side>
Proxy& proxy(History& history) {
    return side == Side::callers ? history.callers() : history.database();
}

template <Side side>
bool cut(History& history) {
    proxy<side>(history).cut();
    return true;
}

template <Side side>
bool half_closed(History& history) {
    proxy<side>(history).half_close();
    linger(history, 20, 100);
    return true;
}

template <Side side>
bool half_open(History& history) {
    proxy<side>(history).half_open();
    linger(history, 100, 400);
    proxy<side>(history).forget();
    return true;
}

/// The weather changes for a while; what hangs then is cut.
template <Side side, Weather weather>
bool weathered(History& history) {
    proxy<side>(history).weather(weather);
    linger(history, 150, 500);
    proxy<side>(history).weather(Weather::fair);
    if (weather != Weather::trickle) proxy<side>(history).cut();
    return true;
}

bool deaf_after_commit(History& history) {
    auto& proxy = history.database();
    const auto before = proxy.deafened();
    proxy.weather(Weather::deaf_after_commit);
    const bool heard = eventually(milliseconds{2000}, [&] { return proxy.deafened() > before + 2; });
    linger(history, 10, 150);
    proxy.weather(Weather::fair);
    proxy.cut();
    return heard;
}

// clang-format off
constexpr std::array table{
    Fault{"server-killed-before-commit",   Needs::failpoints, killed_at_point, "before_commit"},
    Fault{"server-killed-in-commit",       Needs::failpoints, killed_at_point, "in_commit"},
    Fault{"server-killed-after-commit",    Needs::failpoints, killed_at_point, "after_commit"},
    Fault{"server-killed-after-reply",     Needs::failpoints, killed_at_point, "after_reply"},
    Fault{"server-killed",                 Needs::nothing,    killed},
    Fault{"server-sigterm",                Needs::nothing,    asked_to_end},
    Fault{"server-clock-forward",          Needs::nothing,    server_clock<3600>},
    Fault{"server-clock-back",             Needs::nothing,    server_clock<-3600>},
    Fault{"old-program",                   Needs::nothing,    old_program},
    Fault{"migration-killed",              Needs::nothing,    migration_killed},
    Fault{"backend-killed",                Needs::nothing,    backend_killed},
    Fault{"backend-ended",                 Needs::nothing,    backend_ended},
    Fault{"postgres-stopped-at-once",      Needs::nothing,    stopped_at_once},
    Fault{"postgres-clock-forward",        Needs::nothing,    database_clock<3600>},
    Fault{"postgres-clock-back",           Needs::nothing,    database_clock<-3600>},
    Fault{"lock-held",                     Needs::nothing,    lock_held},
    Fault{"pool-exhausted",                Needs::nothing,    pool_exhausted},
    Fault{"standby-missing",               Needs::nothing,    standby_missing},
    Fault{"data-disk-full",                Needs::mounts,     disk_full<Cluster::Disk::data>},
    Fault{"wal-disk-full",                 Needs::mounts,     disk_full<Cluster::Disk::wal>},
    Fault{"callers-cut",                   Needs::nothing,    cut<Side::callers>},
    Fault{"callers-half-closed",           Needs::nothing,    half_closed<Side::callers>},
    Fault{"callers-half-open",             Needs::nothing,    half_open<Side::callers>},
    Fault{"callers-trickle",               Needs::nothing,    weathered<Side::callers, Weather::trickle>},
    Fault{"callers-black-hole",            Needs::nothing,    weathered<Side::callers, Weather::black_hole>},
    Fault{"database-cut",                  Needs::nothing,    cut<Side::database>},
    Fault{"database-half-closed",          Needs::nothing,    half_closed<Side::database>},
    Fault{"database-half-open",            Needs::nothing,    half_open<Side::database>},
    Fault{"database-trickle",              Needs::nothing,    weathered<Side::database, Weather::trickle>},
    Fault{"database-black-hole",           Needs::nothing,    weathered<Side::database, Weather::black_hole>},
    Fault{"database-deaf-after-commit",    Needs::nothing,    deaf_after_commit},
};
// clang-format on

}  // namespace

std::span<const Fault> all_faults() {
    return table;
}

}  // namespace tideover::faults
