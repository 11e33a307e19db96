// The threads that do the jobs, each at a desk of its own.
#pragma once

#include <atomic>
#include <cstdint>

#include "demo/connection.hpp"
#include "demo/members.hpp"
#include "demo/plan.hpp"
#include "demo/progress.hpp"

namespace tideover::year {

class JobRunner {
public:
    JobRunner(Address address, const Tokens& tokens, std::uint64_t seed, Progress& progress)
        : address_(std::move(address)), tokens_(tokens), seed_(seed), progress_(progress) {}

    /// Does all jobs, beginning them in their order, and returns when the last is done. Throws the first failure,
    /// after which nothing more was begun.
    void carry_out(Jobs jobs);

    [[nodiscard]] std::uint64_t answered() const { return answered_; }

private:
    struct Shift;
    void work(Shift& shift);
    void watch(Shift& shift);

    Address address_;
    const Tokens& tokens_;
    std::uint64_t seed_;
    Progress& progress_;
    std::uint64_t done_before_ = 0;
    std::atomic<std::uint64_t> answered_{0};
};

}  // namespace tideover::year
