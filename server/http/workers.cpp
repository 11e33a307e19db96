// Queues jobs, and empties the queue with its threads.
#include "server/http/workers.hpp"

#include "db/core/failpoint.hpp"
#include "server/observe/metrics.hpp"

namespace tideover {

Workers::Workers(int count, std::size_t queue_max, int per_second) : queue_max_(queue_max), pace_(per_second) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
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
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Workers::work() {
    for (;;) {
        Job job;
        Pace::Clock::time_point begins;
        {
            std::unique_lock lock{mutex_};
            ready_.wait(lock, [this] { return finishing_ || !queue_.empty(); });
            if (queue_.empty()) return;
            job = std::move(queue_.front());
            queue_.pop_front();
            begins = pace_.turn(Pace::Clock::now());
        }
        std::this_thread::sleep_until(begins);
        job();
    }
}

}  // namespace tideover
