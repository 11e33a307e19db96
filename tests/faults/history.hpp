// One seeded history: clients write, faults strike, all is healed and settled, and the checker looks.
#pragma once

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/faults/cluster.hpp"
#include "tests/faults/council.hpp"
#include "tests/faults/journal.hpp"
#include "tests/faults/proxy.hpp"
#include "tests/faults/writer_client.hpp"

namespace tideover::faults {

struct Fault;

struct Settings {
    std::string binary;   // a tideoverd built with failpoints
    std::string schema;   // the folder of the migrations
    std::string folder;   // for journals and logs
    std::string plant{};  // a fault that must be found
    std::string only{};   // this kind of fault and no other
    int clients = 8;
    int faults = 10;
    int writes = 2000;       // to be acknowledged at least
    bool failpoints = true;  // whether the binary has any
};

struct Outcome {
    unsigned seed = 0;
    int acknowledged = 0, refused = 0, forbidden = 0, unknown = 0, settled = 0, repeats = 0, cut = 0, lost = 0,
        doubled = 0;
    int open = 0;        // unknown for good
    int unanswered = 0;  // took effect and were not answered at first
    long long slowest_ready_ms = 0;
    std::vector<std::string> struck{};      // the faults, in order
    std::vector<std::string> complaints{};  // empty: all held
};

class FileClient;

class History {
public:
    static constexpr int workers = 6, queue = 24;

    History(Cluster& cluster, const Council& council, const Settings& settings, unsigned seed);
    History(const History&) = delete;
    History& operator=(const History&) = delete;
    ~History();

    Outcome run();

    // What the faults work with.
    Cluster& cluster() { return cluster_; }
    Proxy& callers() { return callers_; }
    Proxy& database() { return database_; }
    Process& server() { return server_; }
    const Settings& settings() { return settings_; }
    const std::string& name() { return name_; }
    unsigned short port() { return port_; }
    Journal& journal() { return journal_; }
    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_); }
    void complain(const std::string& what) { outcome_.complaints.push_back(what); }
    std::string ask(const std::string& sql) { return cluster_.ask(name_, sql); }
    /// Starts the server and waits until it is ready; `fell` is when the last one died (0: it was asked to end).
    void start_server(long long fell, int clock_shift = 0);
    /// Asks it to end and waits.
    void end_server();
    /// Until so many more writes were acknowledged, or the time is over; whether they were.
    bool acknowledged(int more, int patience_ms);

private:
    void deal();
    void strike(const Fault& fault);
    void watch_seals();
    void lose_servers();
    void settle_and_check(std::vector<std::unique_ptr<WriterClient>>& scribes, FileClient& files);
    [[nodiscard]] std::string failpoint() const;

    Cluster& cluster_;
    const Council& council_;
    const Settings& settings_;
    std::string name_;
    std::mt19937 random_;
    Outcome outcome_;
    Journal journal_;
    Tally tally_;
    Proxy callers_, database_;
    Process server_;
    unsigned short port_ = 0;
    std::vector<const Fault*> deck_;
    std::size_t dealt_ = 0;
    std::atomic<bool> over_{false};
};

}  // namespace tideover::faults
