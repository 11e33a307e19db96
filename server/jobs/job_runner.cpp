// A job that fails for a reason that may pass is put off; one that cannot be done ends, and says why.
#include "server/jobs/job_runner.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <typeinfo>

#include "db/access/sessions.hpp"
#include "db/core/ids.hpp"
#include "db/imports/imports.hpp"
#include "server/jobs/import.hpp"
#include "server/jobs/import_undo.hpp"
#include "server/observe/log.hpp"

namespace tideover {
namespace {

namespace jobs = db::jobs;

constexpr std::chrono::milliseconds period{100};
constexpr std::chrono::minutes sweep_period{10};
constexpr std::chrono::milliseconds wait_most{200};
constexpr int statement_ms = 60'000;
constexpr std::chrono::milliseconds deadline{70'000};
/// How often a job is taken up without getting on: while the database is busy, full or away about a day long.
constexpr int tries_max = 1500, mistakes_max = 3, wait_seconds_max = 60;

struct JobKind {
    std::string_view name;
    void (*run)(JobRun&);
};
constexpr std::array kinds{JobKind{"import", run_import}, JobKind{"import_undo", run_import_undo}};

void run(JobRun& job) {
    for (const auto& kind : kinds) {
        if (kind.name == job.job.kind) return kind.run(job);
    }
    throw JobFailed{"This program does not know such jobs."};
}

/// Whether a trouble may be over when it is tried again.
bool passes(db::Trouble trouble) {
    using enum db::Trouble;
    return trouble == busy || trouble == lost || trouble == in_doubt || trouble == unfit;
}

std::shared_ptr<db::Pool> pool_of(const std::string& conninfo) {
    return std::make_shared<db::Pool>(db::with_session_settings(conninfo, statement_ms), 2, deadline);
}

}  // namespace

void JobRun::give_way() const {
    pause();
    const auto lasted = std::chrono::steady_clock::now() - part_began_;
    const auto answered = metrics::answered_so_far();
    if (answered != answered_) std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(lasted, wait_most));
    answered_ = answered;
    part_began_ = std::chrono::steady_clock::now();
}

JobRunner::JobRunner(const std::string& conninfo, WordRefusal words) : JobRunner(pool_of(conninfo), std::move(words)) {}

JobRunner::JobRunner(const std::shared_ptr<db::Pool>& pool, WordRefusal words)
    : database_(pool), aside_(pool), words_(std::move(words)), holder_(db::ids::fresh()), thread_([this] { work(); }) {}

JobRunner::~JobRunner() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

bool JobRunner::run_one() {
    const auto job = jobs::claim(database_, holder_);
    if (!job) return false;
    const auto end = [&](jobs::End how, const std::string& problem = {}) {
        jobs::end(database_, *job, holder_, how, problem);
        log::event("info", "job-ended", job->kind);
    };
    // What may pass is tried again, later each time.
    const auto again = [&](std::string_view why) {
        log::event("warning", "job-put-off", why);
        if (job->tries >= tries_max) return end(jobs::End::failed, "It was tried for a day. Ask again.");
        jobs::put_off(database_, *job, holder_, std::min(1 << std::min(job->tries - 1, 6), wait_seconds_max));
    };
    // What is our own mistake will hardly pass.
    const auto mistaken = [&](std::string_view what) {
        if (job->tries < mistakes_max) return again(what);
        log::event("error", "job-failed", what);
        end(jobs::End::failed, "Something went wrong on our side. Quote the job's id when you report it.");
    };
    try {
        JobRun its{database_, aside_, *job, holder_, stopping_, words_};
        run(its);
        end(jobs::End::done);
    } catch (const jobs::Lost&) {
        log::event("warning", "job-lost", job->kind);
    } catch (const jobs::Cancelled&) {
        end(jobs::End::cancelled);
    } catch (const Stopping&) {
        jobs::put_off(database_, *job, holder_, 0);
    } catch (const JobFailed& failed) {
        end(jobs::End::failed, failed.what());
    } catch (const db::Fault& fault) {
        if (fault.trouble() == db::Trouble::revoked) {
            end(jobs::End::failed,
                "The login that asked for it has ended, or is another by now. What it did until then stands.");
        } else {
            // The text of a fault may hold values: only what kind of trouble it was is logged.
            const auto what = fault.constraint().empty() ? std::string_view{fault.what()}.substr(0, 5)
                                                         : std::string_view{fault.constraint()};
            passes(fault.trouble()) ? again(what) : mistaken(what);
        }
    } catch (const std::exception& e) {
        mistaken(typeid(e).name());  // its text may hold values
    }
    return true;
}

void JobRunner::work() {
    auto swept = std::chrono::steady_clock::time_point{};
    for (bool failed = false;;) {
        bool ran = false;
        try {
            ran = run_one();
            if (const auto now = std::chrono::steady_clock::now(); now - swept > sweep_period) {
                db::imports::forget_old_parts(database_);
                db::imports::forget_faulty_rows(database_);
                db::sessions::forget_old(database_);
                swept = now;
            }
            failed = false;
        } catch (const std::exception&) {
            if (!failed) log::event("warning", "jobs-wait", "database");
            failed = true;
        }
        std::unique_lock lock{mutex_};
        if (stop_.wait_for(lock, ran ? std::chrono::milliseconds{0} : period, [this] { return stopping_.load(); }))
            return;
    }
}

}  // namespace tideover
