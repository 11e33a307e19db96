// Dealing the faults, keeping the server up, and the order of a history.
#include "tests/faults/history.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iostream>

#include "db/core/ids.hpp"
#include "tests/faults/checker.hpp"
#include "tests/faults/fault.hpp"
#include "tests/faults/file_client.hpp"

namespace tideover::faults {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds ready_within{2000}, drained_within{15'000}, unsettled_for{30'000};

constexpr std::string_view gentle = "server-sigterm";  // alone, it must not cut a single reply

std::string journal_file(const Settings& settings, const std::string& name) {
    return settings.folder + "/" + name + ".journal";
}

}  // namespace

History::History(Cluster& cluster, const Council& council, const Settings& settings, unsigned seed)
    : cluster_(cluster),
      council_(council),
      settings_(settings),
      name_("history_" + std::to_string(seed)),
      random_(seed),
      journal_(journal_file(settings, name_)) {
    outcome_.seed = seed;
    deal();
    cluster_.ask("postgres", "CREATE DATABASE " + name_ + " TEMPLATE " + council_.database +
                                 (cluster_.mounted() ? " TABLESPACE small" : "") + " STRATEGY file_copy");
    database_.lead_to(cluster_.socket_file());
    journal_.line(false, "N", ask("SELECT coalesce(max(id), 0) FROM audit"));
}

History::~History() {
    try {
        server_ = Process{};
        cluster_.ask("postgres", "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const std::exception& e) {
        std::cerr << "the database of a history stays behind: " << e.what() << "\n";
    }
}

/// A shuffled deck has every kind once before any comes again.
void History::deal() {
    std::vector<const Fault*> kinds;
    for (const auto& fault : all_faults()) {
        if (fault.needs == Needs::mounts && !cluster_.mounted()) continue;
        if (fault.needs == Needs::failpoints && !settings_.failpoints) continue;
        if (settings_.only.empty() || fault.name.starts_with(settings_.only)) kinds.push_back(&fault);
    }
    if (kinds.empty()) return complain("there is no fault of that kind here");
    while (deck_.size() < static_cast<std::size_t>(settings_.faults)) {
        std::shuffle(kinds.begin(), kinds.end(), random_);
        deck_.insert(deck_.end(), kinds.begin(), kinds.end());
    }
    deck_.resize(static_cast<std::size_t>(settings_.faults));
}

/// Where this server is to die: at the next point that the deck holds.
std::string History::failpoint() const {
    for (auto i = dealt_; i < deck_.size(); ++i) {
        if (!deck_[i]->failpoint.empty()) {
            return std::string{deck_[i]->failpoint} + ":" + std::to_string(1 + (outcome_.seed + i * 7) % 40);
        }
    }
    return {};
}

void History::start_server(long long fell, int clock_shift) {
    auto environment = clock_off_by(clock_shift);
    environment.emplace_back("TIDEOVER_FAILPOINT", failpoint());
    environment.emplace_back("TIDEOVER_PLANT", settings_.plant);
    auto conninfo = "host=127.0.0.1 port=" + std::to_string(database_.port()) +
                    " user=tideover_app sslmode=disable gssencmode=disable dbname=" + name_;
    server_ = Process{{.words = {settings_.binary, "serve", "--port", "0", "--workers", std::to_string(workers),
                                 "--queue", std::to_string(queue), "--database", conninfo},
                       .environment = environment,
                       .log = settings_.folder + "/server.log",
                       .read_first_line = true}};
    const auto colon = server_.first_line().rfind(':');
    if (!server_.first_line().starts_with("ready ") || colon == std::string::npos) {
        throw std::runtime_error("the server did not start; see " + settings_.folder + "/server.log");
    }
    port_ = static_cast<unsigned short>(std::stoi(server_.first_line().substr(colon + 1)));
    Caller caller{port_, ready_within};
    const bool ready = eventually(ready_within, [&] {
        const auto answer = caller.send("GET", "/readyz", {}, {});
        return answer && answer->status == 200;
    });
    callers_.lead_to(port_);
    if (!ready) complain("the server was not ready within 2 seconds");
    if (fell == 0) return;
    const auto took = (now_us() - fell) / 1000;
    outcome_.slowest_ready_ms = std::max(outcome_.slowest_ready_ms, took);
    journal_.line(false, "R", took);
}

void History::end_server() {
    server_.signal(SIGTERM);
    const auto code = server_.wait(drained_within);
    if (code != 0) complain("asked to end, the server did not within 15 seconds, or not in peace");
}

bool History::acknowledged(int more, int patience_ms) {
    const int wanted = tally_.acknowledged + more;
    return eventually(milliseconds{patience_ms}, [&] { return tally_.acknowledged >= wanted; });
}

void History::strike(const Fault& fault) {
    journal_.line(false, "F", fault.name, "begin", now_us());
    const bool struck = fault.strike(*this);
    journal_.line(false, "F", fault.name, "end", now_us());
    outcome_.struck.push_back(std::string{fault.name} + (struck ? "" : " (found nothing)"));
    if (const auto code = server_.wait(milliseconds{0})) {
        complain("after " + std::string{fault.name} + " the server was gone: " + std::to_string(*code));
        start_server(now_us());
    }
}

/// As if those that have a job and died had not been heard of for a minute.
void History::lose_servers() {
    try {
        ask("UPDATE job SET lease_until = clock_timestamp() - interval '1 second' WHERE ended_at IS NULL");
    } catch (const std::exception&) {
        // The database is down: the next time, then.
    }
}

/// Notes what the figures were as known at each seal it meets.
void History::watch_seals() {
    Caller caller{callers_.port(), milliseconds{1500}};
    const auto figures = [&](const std::string& known_at) {
        return caller.send("GET", "/v1/headlines?known_at=" + known_at, {}, {});
    };
    std::string last;
    while (!over_) {
        pause_for(milliseconds{150});
        const auto now = caller.send("GET", "/v1/headlines", {}, {});
        if (!now || now->status != 200) continue;
        const auto sealed = figures(now->json().at("known_at").get<std::string>());
        if (!sealed || sealed->status != 200) continue;
        const auto known_at = sealed->json().at("known_at").get<std::string>();
        if (known_at == last) continue;
        const auto answer = figures(known_at);
        if (!answer || answer->status != 200) continue;
        journal_.line(false, "H", known_at, db::ids::sha256_hex(answer->body));
        last = known_at;
    }
}

Outcome History::run() {
    start_server(0);
    std::vector<std::unique_ptr<WriterClient>> scribes;
    for (int i = 0; i < settings_.clients; ++i) {
        const auto name = "s" + std::to_string(outcome_.seed) + "c" + std::to_string(i);
        scribes.push_back(std::make_unique<WriterClient>(council_, name, static_cast<unsigned>(random_()),
                                                         callers_.port(),
                                                         journal_file(settings_, name_ + "_" + std::to_string(i)),
                                                         tally_, settings_.plant == "fresh-key-per-retry"));
    }
    std::vector<std::thread> threads;
    std::vector<std::string> broken(scribes.size() + 1);
    for (std::size_t i = 0; i < scribes.size(); ++i) {
        threads.emplace_back([&, i] {
            try {
                while (!over_) scribes[i]->write_once();
            } catch (const std::exception& e) {
                broken[i] = e.what();
            }
        });
    }
    threads.emplace_back([this] { watch_seals(); });
    FileClient files{council_,        "s" + std::to_string(outcome_.seed),       static_cast<unsigned>(random_()),
                     callers_.port(), journal_file(settings_, name_ + "_files"), [this] { lose_servers(); }};
    threads.emplace_back([&] {
        try {
            files.work(over_);
        } catch (const std::exception& e) {
            broken.back() = e.what();
        }
    });
    const int pace = settings_.writes / (settings_.faults + 1);
    try {
        for (; dealt_ < deck_.size();) {
            acknowledged(pace / 2 + static_cast<int>(pick(static_cast<std::size_t>(pace) + 1)), 8000);
            strike(*deck_[dealt_++]);
        }
        if (!eventually(milliseconds{60'000}, [&] { return tally_.acknowledged >= settings_.writes; })) {
            complain("the writes came to a stand");
        }
    } catch (const std::exception& e) {
        complain(e.what());
    }
    over_ = true;
    for (auto& thread : threads) thread.join();
    for (const auto& what : broken) {
        if (!what.empty()) complain("a client could not go on: " + what);
    }
    settle_and_check(scribes, files);
    return outcome_;
}

void History::settle_and_check(std::vector<std::unique_ptr<WriterClient>>& scribes, FileClient& files) {
    callers_.weather(Weather::fair);
    database_.weather(Weather::fair);
    callers_.forget();
    database_.forget();
    cluster_.heal();
    if (!server_.alive() || server_.wait(milliseconds{0})) start_server(0);
    Evidence evidence{.conninfo = cluster_.owner(name_),
                      .port = port_,
                      .authorization = council_.tokens.at(Role::auditor),
                      .verify = {settings_.binary, "verify", "--owner-database", cluster_.owner(name_)}};
    evidence.journals.push_back(journal_file(settings_, name_));
    evidence.journals.push_back(journal_file(settings_, name_ + "_files"));
    for (std::size_t i = 0; i < scribes.size(); ++i) {
        evidence.journals.push_back(journal_file(settings_, name_ + "_" + std::to_string(i)));
    }
    outcome_.unanswered = unanswered(evidence);
    if (settings_.only == gentle && outcome_.unanswered + tally_.cut > 0) {
        complain("a server that was asked to end cut " + std::to_string(outcome_.unanswered + tally_.cut) + " replies");
    }
    std::vector<std::thread> settling;
    std::atomic<int> open{0};
    for (auto& scribe : scribes) {
        settling.emplace_back([&] { open += scribe->settle(unsettled_for); });
    }
    for (auto& thread : settling) thread.join();
    if (const auto left = files.settle(unsettled_for)) complain(std::to_string(left) + " files were never done");
    const auto verdict = check(evidence);
    outcome_.acknowledged = tally_.acknowledged;
    outcome_.refused = tally_.refused;
    outcome_.forbidden = tally_.forbidden;
    outcome_.unknown = tally_.unknown;
    outcome_.settled = tally_.settled;
    outcome_.repeats = tally_.repeats;
    outcome_.cut = tally_.cut;
    outcome_.open = open;
    outcome_.lost = verdict.lost;
    outcome_.doubled = verdict.doubled;
    outcome_.complaints.insert(outcome_.complaints.end(), verdict.complaints.begin(), verdict.complaints.end());
    end_server();
}

}  // namespace tideover::faults
