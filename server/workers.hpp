// Workers: threads that share a pool of connections, fed by a bounded queue. Full means: come again. They are more
// than the connections, so that those that record the same kind of thing meet and share a statement.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "db/transaction.hpp"

namespace tideover {

class Workers {
public:
    using Job = std::function<void(db::Database&)>;  // never throws

    Workers(const std::string& conninfo, int connections_max, int count, std::size_t queue_max);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers();

    /// False where the queue is full.
    [[nodiscard]] bool post(Job job);

    /// Finishes what is queued, then ends the threads.
    void finish();

private:
    void work(const std::shared_ptr<db::Pool>& pool);

    std::size_t queue_max_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Job> queue_;
    bool finishing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tideover
