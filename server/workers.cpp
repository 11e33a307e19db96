// The queue and the threads that empty it.
#include "server/workers.hpp"

#include <algorithm>
#include <chrono>

#include "db/connection.hpp"
#include "db/failpoint.hpp"
#include "server/metrics.hpp"

namespace tideover {

namespace {

/// The time that a thread may work: it grows while time passes and shrinks while the thread works.
class Budget {
public:
    using Clock = std::chrono::steady_clock;
    using Seconds = std::chrono::duration<double>;

    void begin(double share) {
        const auto now = Clock::now();
        left_ = std::min(most, Seconds{left_ + share * (now - at_)});
        at_ = now;
    }
    /// How long to rest after the work that began last.
    Seconds end(double share) {
        const auto now = Clock::now();
        left_ -= (1 - share) * (now - at_);
        at_ = now;
        return left_ < Seconds{0} ? Seconds{-left_ / share} : Seconds{0};
    }
    [[nodiscard]] bool pressed() const { return left_ < few; }

private:
    static constexpr Seconds most{2}, few{0.25};
    Seconds left_ = most;
    Clock::time_point at_ = Clock::now();
};

thread_local Budget budget;

}  // namespace

bool Workers::pressed() {
    return budget.pressed();
}

Workers::Workers(const std::string& conninfo, int connections_max, int count, std::size_t queue_max, double share)
    : queue_max_(queue_max), share_(share) {
    const auto pool = std::make_shared<db::Pool>(db::with_session_settings(conninfo), connections_max);
    for (int i = 0; i < count; ++i) threads_.emplace_back([this, pool] { work(pool); });
}

Workers::~Workers() {
    finish();
}

bool Workers::post(Job job) {
    {
        const std::scoped_lock lock{mutex_};
        if (finishing_ || (queue_.size() >= queue_max_ && !db::planted("unbounded-queue"))) return false;
        queue_.push_back(std::move(job));
        metrics::queued(static_cast<std::int64_t>(queue_.size()));
    }
    ready_.notify_one();
    return true;
}

void Workers::finish() {
    {
        const std::scoped_lock lock{mutex_};
        finishing_ = true;
    }
    ready_.notify_all();
    ended_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Workers::work(const std::shared_ptr<db::Pool>& pool) {
    db::Database database{pool};
    for (;;) {
        Job job;
        {
            std::unique_lock lock{mutex_};
            ready_.wait(lock, [this] { return finishing_ || !queue_.empty(); });
            if (queue_.empty()) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        if (share_ < 1) budget.begin(share_);
        job(database);
        if (share_ >= 1) continue;
        std::unique_lock lock{mutex_};
        ended_.wait_for(lock, budget.end(share_), [this] { return finishing_; });
    }
}

}  // namespace tideover
