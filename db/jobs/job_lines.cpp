// Staff see all of them, which hold nothing about people; partners see their own.
#include "db/jobs/job_lines.hpp"

#include <array>

#include "db/jobs/jobs.hpp"

namespace tideover::db::jobs {
namespace {

constexpr std::string_view kinds[]{"import", "import_undo"};

constexpr std::array parameters{
    id("id", "").says("That one alone."),
    choice("kind", kinds).says("Jobs of this kind."),
    choice("state", states).says("Jobs in this state."),
};
constexpr std::array columns{
    id("id", "").needed(),
    choice("kind", kinds).needed(),
    choice("state", states).needed(),
    count("done", 0, INT64_MAX).needed(),
    count("total", 0, INT64_MAX),
    count("per_minute", 0, INT64_MAX),
    count("attempts", 0, INT32_MAX).needed(),
    count("tries", 0, INT32_MAX).needed(),
    id("by.id", "staff").needed(),
    text("by.name", 0, 200).needed(),
    instant("made_at").needed(),
    instant("started_at"),
    instant("ended_at"),
    text("problem", 1, 1000),
};

}  // namespace

constinit const Report job_lines{.name = "job_line",
                                 .parameters = parameters,
                                 .columns = columns,
                                 .order = {.by = "j.id", .descending = true},
                                 .sql = R"(
SELECT j.id, j.kind, j.state, j.done, j.total,
       (j.done * 60 / nullif(extract(epoch FROM coalesce(j.ended_at, clock_timestamp()) - j.started_at), 0))::bigint
           AS per_minute,
       j.attempts, j.tries, s.id AS by_id, s.name AS by_name, j.made_at, j.started_at, j.ended_at, j.problem, j.id AS its_order
FROM job j JOIN staff s ON s.authority_id = j.authority_id AND s.id = j.staff_id
WHERE j.authority_id = $1 AND j.id BETWEEN coalesce({id}, '00000000-0000-0000-0000-000000000000')
      AND coalesce({id}, 'ffffffff-ffff-ffff-ffff-ffffffffffff') AND coalesce(j.kind = {kind}, true)
      AND coalesce(j.state = {state}, true) AND ({partner} = '' OR j.partner = {partner}){after}
{order})"};

}  // namespace tideover::db::jobs
