// Jobs: what takes long and runs by itself for whoever asked. One server has a job at a time, by a lease that each part
// of its work renews in the part's own transaction: whoever lost it can store nothing more.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "db/core/transaction.hpp"

namespace tideover::db::jobs {

/// What a job can be.
inline constexpr std::array<std::string_view, 5> states{"queued", "running", "done", "failed", "cancelled"};

struct Job {
    std::string id, kind;
    Principal who;  // who asked for it, as they were then
    int attempt = 0;
    std::int64_t done = 0;                // how much of it stands
    std::optional<std::int64_t> total{};  // how much there is, where that is known
    int tries = 0;                        // attempts, with this one, since more of it stood
};

/// What the request of its audit lines is called, and how that begins: a client's own request id has no such sign.
inline constexpr std::string_view request_prefix = "job/";
[[nodiscard]] inline std::string request_of(const std::string& id) {
    return std::string{request_prefix} + id;
}

/// Another server has it by now.
struct Lost : std::runtime_error {
    Lost() : std::runtime_error("another server has the job") {}
};
/// Somebody wants it no more.
struct Cancelled : std::runtime_error {
    Cancelled() : std::runtime_error("the job is cancelled") {}
};

/// Adds one for the principal, to be begun by whatever server is free.
void add(Tx& tx, std::string_view kind, const std::string& id);

/// The job that waits for the longest time, or whose server has not been heard of since its lease ended; nothing where
/// there is none. `holder` says which server this is.
[[nodiscard]] std::optional<Job> claim(Database& database, const std::string& holder);

/// Says in the transaction of a part of the work how much stands with it, and renews the lease. Throws Lost, Cancelled.
void go_on(Tx& tx, const Job& job, const std::string& holder, std::int64_t done);
/// The same outside any part, before the first: how much there is to do.
void set_total(Database& database, const Job& job, const std::string& holder, std::int64_t total);

enum class End { done, failed, cancelled };
/// Ends it, unless another server has it. `problem` says why it failed.
void end(Database& database, const Job& job, const std::string& holder, End how, const std::string& problem = {});
/// Lets go of it: any server may take it up after so many seconds.
void put_off(Database& database, const Job& job, const std::string& holder, int seconds);

/// Whether there is such a job and it has not ended: it is cancelled, at once or after the part that is under way.
[[nodiscard]] bool cancel(Tx& tx, const std::string& id, const std::optional<std::string>& reason);

}  // namespace tideover::db::jobs
