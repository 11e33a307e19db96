// Lends connections and takes them back; a thread waits where all are lent.
#include "db/core/pool.hpp"

#include <chrono>

#include "db/core/fault.hpp"

namespace tideover::db {
namespace {

constexpr std::chrono::milliseconds wait_max{2000};

}  // namespace

std::unique_ptr<Connection> Pool::borrow() {
    std::unique_lock lock{mutex_};
    if (!freed_.wait_for(lock, wait_max, [this] { return free_ > 0; })) {
        throw Fault{Trouble::busy, {}, "no connection came free"};
    }
    --free_;
    if (!ready_.empty()) {
        auto connection = std::move(ready_.back());
        ready_.pop_back();
        return connection;
    }
    lock.unlock();
    try {
        return std::make_unique<Connection>(conninfo_, deadline_);
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
    {
        const std::scoped_lock lock{mutex_};
        ++free_;
        if (connection) ready_.push_back(std::move(connection));
    }
    freed_.notify_one();
}

}  // namespace tideover::db
