// Threads that do what is posted, fed by a bounded queue. Full means: come again. They are more than the connections to
// the database, so that those that record the same kind of thing meet and share a statement.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tideover {

/// When the next one may begin, where so many may a second: those of a second at once, and then a gap between two.
class Pace {
public:
    using Clock = std::chrono::steady_clock;

    /// Nought: as many as come.
    explicit Pace(int per_second)
        : gap_(per_second > 0 ? Clock::duration{std::chrono::seconds{1}} / per_second : Clock::duration{}) {}

    [[nodiscard]] Clock::time_point turn(Clock::time_point now) {
        const auto mine = std::max(next_, now - std::chrono::seconds{1} + gap_);
        next_ = mine + gap_;
        return mine;
    }

private:
    Clock::duration gap_;
    Clock::time_point next_{};
};

class Workers {
public:
    using Job = std::function<void()>;  // never throws

    Workers(int count, std::size_t queue_max, int per_second = 0);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers();

    /// False where the queue is full.
    [[nodiscard]] bool post(Job job);

    /// Finishes what is queued, then ends the threads.
    void finish();

private:
    void work();

    std::size_t queue_max_;
    Pace pace_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Job> queue_;
    bool finishing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tideover
