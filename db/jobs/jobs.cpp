// Each is one statement; that of a part of the work holds the job's row until the part is stored.
#include "db/jobs/jobs.hpp"

#include <array>

namespace tideover::db::jobs {
namespace {

/// How long a server that is not heard of keeps a job. A part of the work takes less.
constexpr std::string_view lease = "interval '60 seconds'";

const Query add_query{"job_add", R"(
INSERT INTO job (authority_id, id, kind, staff_id, token_id, token_version, role, partner, made_at, lease_until)
VALUES ($1, $2::uuid, $3, $4::uuid, $5::uuid, $6::integer, $7, nullif($8, ''), $9::timestamptz, clock_timestamp()))"};

const Query claim_query{"job_claim", filled(R"(
UPDATE job j SET state = 'running', holder = $1::uuid, attempts = j.attempts + 1, tries = j.tries + 1,
       started_at = coalesce(j.started_at, clock_timestamp()), lease_until = clock_timestamp() + {lease}
WHERE (j.authority_id, j.id) = (
    SELECT w.authority_id, w.id FROM job w
    WHERE w.state IN ('queued', 'running') AND w.lease_until <= clock_timestamp()
    ORDER BY w.lease_until LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING j.id, j.kind, j.authority_id, j.token_id, j.staff_id, coalesce(j.partner, ''), j.role, j.token_version,
          j.attempts, j.done, j.total, j.tries)",
                                            {{"lease", lease}})};

/// `$4` says which attempt: an earlier one of the same server may still be on its way.
constexpr std::string_view mine =
    "authority_id = $1 AND id = $2::uuid AND holder = $3::uuid AND attempts = $4::integer AND state = 'running'";

const Query go_on_query{"job_go_on", filled(R"(
UPDATE job SET done = $5::bigint, tries = 0, lease_until = clock_timestamp() + {lease} WHERE {mine} RETURNING cancelled_by IS NULL)",
                                            {{"lease", lease}, {"mine", mine}})};
const Query count_query{
    "job_count",
    filled("UPDATE job SET total = $5::bigint, lease_until = clock_timestamp() + {lease} WHERE {mine} RETURNING "
           "cancelled_by IS NULL",
           {{"lease", lease}, {"mine", mine}})};
const Query end_query{"job_end", filled("UPDATE job SET state = $5, problem = coalesce(nullif($6, ''), problem), "
                                        "ended_at = clock_timestamp() WHERE {mine}",
                                        {{"mine", mine}})};
const Query put_off_query{
    "job_put_off",
    filled("UPDATE job SET lease_until = clock_timestamp() + $5::integer * interval '1 second' WHERE {mine}",
           {{"mine", mine}})};

const Query cancel_query{"job_cancel", R"(
UPDATE job SET cancelled_by = coalesce(cancelled_by, $3::uuid), problem = coalesce(problem, $4),
       state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
       ended_at = CASE state WHEN 'queued' THEN clock_timestamp() END
WHERE authority_id = $1 AND id = $2::uuid AND state IN ('queued', 'running') RETURNING id)"};

Params of(const Job& job, const std::string& holder) {
    return {job.who.authority, job.id, holder, std::to_string(job.attempt)};
}

void expect_mine(const pqxx::result& told) {
    if (told.empty()) throw Lost{};
    if (!told[0][0].as<bool>()) throw Cancelled{};
}

}  // namespace

void add(Tx& tx, std::string_view kind, const std::string& id) {
    const auto& who = tx.principal();
    tx.run(add_query, {who.authority, id, std::string{kind}, who.staff_id, who.token_id,
                       std::to_string(who.token_version), std::string{name_of(who.role)}, who.partner, tx.at()});
}

std::optional<Job> claim(Database& database, const std::string& holder) {
    const auto found = database.query_once(claim_query, {holder});
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    Job job{.id = row[0].as<std::string>(),
            .kind = row[1].as<std::string>(),
            .who = {.authority = row[2].as<std::string>(),
                    .token_id = row[3].as<std::string>(),
                    .staff_id = row[4].as<std::string>(),
                    .partner = row[5].as<std::string>(),
                    .role = role_named(row[6].as<std::string>()).value_or(Role::everyone),
                    .token_version = row[7].as<int>()},
            .attempt = row[8].as<int>(),
            .done = row[9].as<std::int64_t>(),
            .tries = row[11].as<int>()};
    if (!row[10].is_null()) job.total = row[10].as<std::int64_t>();
    return job;
}

void go_on(Tx& tx, const Job& job, const std::string& holder, std::int64_t done) {
    auto params = of(job, holder);
    params.emplace_back(std::to_string(done));
    expect_mine(tx.run(go_on_query, params));
}

void set_total(Database& database, const Job& job, const std::string& holder, std::int64_t total) {
    auto params = of(job, holder);
    params.emplace_back(std::to_string(total));
    expect_mine(database.query_once(count_query, params));
}

void end(Database& database, const Job& job, const std::string& holder, End how, const std::string& problem) {
    static constexpr std::array<std::string_view, 3> ends{"done", "failed", "cancelled"};
    auto params = of(job, holder);
    params.emplace_back(std::string{ends[static_cast<std::size_t>(how)]});
    params.emplace_back(problem);
    database.query_once(end_query, params);
}

void put_off(Database& database, const Job& job, const std::string& holder, int seconds) {
    auto params = of(job, holder);
    params.emplace_back(std::to_string(seconds));
    database.query_once(put_off_query, params);
}

bool cancel(Tx& tx, const std::string& id, const std::optional<std::string>& reason) {
    return !tx.run(cancel_query, {tx.authority(), id, tx.principal().staff_id, reason}).empty();
}

}  // namespace tideover::db::jobs
