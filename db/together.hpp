// Requests of one kind that wait at the same time share a statement and its commit. Whoever comes when nobody leads
// goes at once, alone: a lone client waits for nobody. Whoever comes meanwhile waits, and the next leader takes all
// that wait along. Where one of them cannot be stored, each tries alone, so that it fails alone.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"

namespace tideover::db {

class Together {
public:
    /// What came of one row.
    struct Told {
        bool live = false;                  // the token held
        std::optional<std::string> body{};  // the answer that was stored; nothing where the key was taken
    };
    /// Runs the statement for these rows and commits it: one Told for each row, in their order. Throws Fault.
    using Lead = std::function<std::vector<Told>(const std::vector<const Params*>&)>;

    /// Stores `row`, alone or with others of the same kind; any of their threads may run its own `lead` for all.
    Told store(const std::string& kind, const Params& row, const Lead& lead);
    /// How many of a kind wait for a leader.
    [[nodiscard]] std::size_t waiting(const std::string& kind);

private:
    struct Waiting {
        const Params* row;
        std::vector<Waiting*> batch{};  // those it leads, itself among them; empty: it leads nobody
        bool alone = false;             // the others' company was to no avail
        std::optional<Told> told{};
        std::exception_ptr failure{};
        std::condition_variable changed{};
        [[nodiscard]] bool done() const { return told || failure || alone; }
    };
    struct Queue {
        std::deque<Waiting*> waiting{};
        int leaders = 0;
    };

    static std::vector<Waiting*> taken(Queue& queue);
    void lead_all(Queue& queue, std::vector<Waiting*> mine, std::unique_lock<std::mutex>& lock, const Lead& lead);

    std::mutex mutex_;
    std::map<std::string, Queue> queues_;  // by kind; kinds are few
};

}  // namespace tideover::db
