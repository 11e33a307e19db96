// The connections of the process. A thread borrows one for as long as a transaction lasts.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "db/core/batch_writer.hpp"
#include "db/core/connection.hpp"

namespace tideover::db {

class Pool {
public:
    /// A statement that is not answered by the deadline costs its connection.
    Pool(std::string conninfo, int connections_max, std::chrono::milliseconds deadline = answer_deadline)
        : conninfo_(std::move(conninfo)), deadline_(deadline), free_(connections_max) {}

    /// A connection, made now where none lies ready. Throws Fault (busy) where none comes free in time.
    [[nodiscard]] std::unique_ptr<Connection> borrow();
    /// Takes a connection back; null says that it had to be destroyed.
    void give_back(std::unique_ptr<Connection> connection) noexcept;

    /// Where requests of one kind meet.
    [[nodiscard]] BatchWriter& batch_writer() { return batch_writer_; }

private:
    std::string conninfo_;
    std::chrono::milliseconds deadline_;
    std::mutex mutex_;
    std::condition_variable freed_;
    int free_;  // how many more may be borrowed
    std::vector<std::unique_ptr<Connection>> ready_;
    BatchWriter batch_writer_;
};

}  // namespace tideover::db
