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

#include "db/core/connection.hpp"

namespace tideover::db {

class BatchWriter {
public:
    /// What came of one row.
    struct RowResult {
        bool live = false;                  // the token held
        std::optional<std::string> body{};  // the answer that was stored; nothing where the key was taken
    };
    /// Runs the statement for these rows and commits it: one RowResult for each row, in their order. Throws Fault.
    using Lead = std::function<std::vector<RowResult>(const std::vector<const Params*>&)>;

    /// Stores `row`, alone or with others of the same kind; any of their threads may run its own `lead` for all.
    RowResult store(const std::string& kind, const Params& row, const Lead& lead);
    /// How many of a kind wait for a leader.
    [[nodiscard]] std::size_t waiting(const std::string& kind);

private:
    struct Waiting {
        const Params* row;
        std::vector<Waiting*> batch{};  // those it leads, itself among them; empty: it leads nobody
        bool alone = false;             // the others' company was to no avail
        std::optional<RowResult> result{};
        std::exception_ptr failure{};
        std::condition_variable changed{};
        [[nodiscard]] bool done() const { return result || failure || alone; }
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
