// Deals out the jobs of one part of the year to its threads.
#include "demo/job_runner.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tideover::year {
namespace {

// More than the server has workers: while one waits for the disk, another is decoded.
constexpr std::size_t desks = 12;

}  // namespace

struct JobRunner::Shift {
    Jobs jobs;
    std::atomic<std::size_t> next{0};
    std::atomic<std::uint64_t> done{0};  // planned requests of the jobs that are done
    std::atomic<bool> stopping{false};
    std::mutex mutex{};
    std::condition_variable changed{};
    std::size_t at_work = desks;
    std::exception_ptr failure{};
};

void JobRunner::work(Shift& shift) {
    try {
        ApiClient desk{address_, tokens_, seed_, shift.stopping, answered_};
        while (!shift.stopping) {
            const auto mine = shift.next++;
            if (mine >= shift.jobs.size()) break;
            shift.jobs[mine].act(desk);
            shift.done += static_cast<std::uint64_t>(shift.jobs[mine].requests);
        }
    } catch (...) {
        const std::lock_guard lock{shift.mutex};
        if (!shift.failure) shift.failure = std::current_exception();
        shift.stopping = true;
    }
    const std::lock_guard lock{shift.mutex};
    --shift.at_work;
    shift.changed.notify_one();
}

void JobRunner::watch(Shift& shift) {
    std::unique_lock lock{shift.mutex};
    while (!shift.changed.wait_for(lock, std::chrono::milliseconds{100}, [&] { return shift.at_work == 0; })) {
        progress_.show(done_before_ + shift.done, answered_);
    }
}

void JobRunner::carry_out(Jobs jobs) {
    if (jobs.empty()) return;
    Shift shift{.jobs = std::move(jobs)};
    std::vector<std::jthread> crew;
    for (std::size_t i = 0; i < desks; ++i) crew.emplace_back([&] { work(shift); });
    watch(shift);
    crew.clear();
    if (shift.failure) std::rethrow_exception(shift.failure);
    done_before_ += shift.done;
    progress_.show(done_before_, answered_);
}

}  // namespace tideover::year
