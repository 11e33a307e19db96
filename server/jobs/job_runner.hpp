// Runs the jobs that people asked for, one after the other, on a thread and connections of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "db/core/transaction.hpp"
#include "db/jobs/jobs.hpp"
#include "domain/core/refusal.hpp"
#include "server/observe/metrics.hpp"

namespace tideover {

/// The program is told to stop.
struct Stopping : std::runtime_error {
    Stopping() : std::runtime_error("the program stops") {}
};
/// Why a job cannot go on, in words for whoever asked for it.
struct JobFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A refusal in words: a slug of the problem table, and a sentence.
struct Worded {
    std::string code, message;
};
using WordRefusal = std::function<Worded(const Refused&)>;

/// A job on its way, as its kind's function has it.
class JobRun {
public:
    /// `aside` is for what is asked while `database` is in the middle of a transaction.
    JobRun(db::Database& its_database, db::Database& its_aside, const db::jobs::Job& its_job, const std::string& holder,
           const std::atomic<bool>& stopping, const WordRefusal& its_words)
        : database(its_database),
          aside(its_aside),
          job(its_job),
          words(its_words),
          holder_(holder),
          stopping_(stopping) {}

    /// Wherever the work can stop. Throws Stopping.
    void pause() const {
        if (stopping_) throw Stopping{};
    }
    /// Between two parts of the work, while no transaction is open: while people work as well, half of the time is
    /// theirs. Throws Stopping.
    void give_way() const;
    /// What its audit lines have as their request: no client's request can be called so.
    [[nodiscard]] std::string request_id() const { return db::jobs::request_of(job.id); }
    /// See db::jobs.
    void go_on(db::Tx& tx, std::int64_t done) const { db::jobs::go_on(tx, job, holder_, done); }
    void count(std::int64_t total) {
        db::jobs::set_total(aside, job, holder_, total);
        job.total = total;
    }
    /// While a part takes long.
    void renew() const { db::jobs::set_total(aside, job, holder_, job.total.value_or(0)); }

    db::Database& database;
    db::Database& aside;
    db::jobs::Job job;
    const WordRefusal& words;

private:
    const std::string& holder_;
    const std::atomic<bool>& stopping_;
    mutable std::chrono::steady_clock::time_point part_began_ = std::chrono::steady_clock::now();
    mutable std::int64_t answered_ = metrics::answered_so_far();
};

class JobRunner {
public:
    JobRunner(const std::string& conninfo, WordRefusal words);
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    /// Stops after the part of a job that is under way; whoever is next goes on with it.
    ~JobRunner();

    /// Runs the job that waits for the longest time; false where there is none. The thread does that by itself.
    bool run_one();

private:
    JobRunner(const std::shared_ptr<db::Pool>& pool, WordRefusal words);
    void work();

    db::Database database_, aside_;
    WordRefusal words_;
    std::string holder_;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::condition_variable stop_;
    std::thread thread_;
};

}  // namespace tideover
