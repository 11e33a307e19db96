// Staff see all of them, by their names and numbers; partners see their own.
#include "db/imports/import_lines.hpp"

#include <array>

#include "db/jobs/jobs.hpp"

namespace tideover::db::imports {
namespace {

constexpr std::array parameters{
    id("id", "").says("That one alone."),
    text("kind", 1, 60).says("Of such records: calls, premises."),
    choice("state", jobs::states).says("Those in this state."),
    flag("dry_run").says("Rehearsals alone, or none of them."),
};
constexpr std::array columns{
    id("id", "").needed(),
    text("kind", 1, 60).needed(),
    choice("state", jobs::states).needed(),
    flag("dry_run").needed(),
    count("done", 0, INT64_MAX).needed(),
    count("total", 0, INT64_MAX),
    count("recorded", 0, INT64_MAX).needed(),
    count("same", 0, INT64_MAX).needed(),
    count("changed", 0, INT64_MAX).needed(),
    count("faulty", 0, INT64_MAX).needed(),
    count("left_out", 0, INT64_MAX).needed(),
    count("bytes", 0, INT64_MAX).needed(),
    id("by.id", "staff").needed(),
    text("by.name", 0, 200).needed(),
    instant("made_at").needed(),
    instant("ended_at"),
    text("name", 1, 200),
    text("problem", 1, 1000),
};

}  // namespace

constinit const Report import_lines{.name = "import_line",
                                    .parameters = parameters,
                                    .columns = columns,
                                    .order = {.by = "i.id", .descending = true},
                                    .sql = R"(
SELECT i.id, i.kind, j.state, i.dry_run, j.done, j.total, i.recorded, i.same, i.changed, i.faulty, i.left_out, i.bytes, s.id AS by_id,
       s.name AS by_name, j.made_at, j.ended_at, i.name, j.problem, i.id AS its_order
FROM import i
JOIN job j ON j.authority_id = i.authority_id AND j.id = i.id
JOIN staff s ON s.authority_id = j.authority_id AND s.id = j.staff_id
WHERE i.authority_id = $1 AND i.id BETWEEN coalesce({id}, '00000000-0000-0000-0000-000000000000')
      AND coalesce({id}, 'ffffffff-ffff-ffff-ffff-ffffffffffff') AND coalesce(i.kind = {kind}, true)
      AND coalesce(j.state = {state}, true) AND coalesce(i.dry_run = {dry_run}, true)
      AND ({partner} = '' OR j.partner = {partner}){after}
{order})"};

}  // namespace tideover::db::imports
