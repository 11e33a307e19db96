// Several movements of a list may take back from one issue: it has one next version.
#include "db/aid/ppe_movement.hpp"

#include "db/records/record_sql.hpp"

namespace tideover::db::aid {

std::string takes_back_on_create() {
    return R"(gave_back AS MATERIALIZED (
    SELECT DISTINCT ON (d.authority_id, d.issue_id) d.authority_id, d.issue_id, d.entered_at, d.actor, d.its_token,
           d.its_request, sum(d.units) OVER (PARTITION BY d.authority_id, d.issue_id)::bigint AS units
    FROM {drafts} WHERE d.issue_id IS NOT NULL
), taken AS (
    UPDATE ppe_movement m SET taken_back_units = m.taken_back_units + b.units, version = m.version + 1
    FROM gave_back b WHERE m.authority_id = b.authority_id AND m.id = b.issue_id
    RETURNING m.authority_id, m.id, m.version, b.entered_at, b.actor, b.its_token, b.its_request,
              to_jsonb(m) || jsonb_build_object('taken_back_units', m.taken_back_units - b.units,
                                                'version', m.version - 1) AS was
), taken_logged AS (
    )" + records::insert_audit_lines({.action = "'take_back'", .kind = "ppe_movement", .before = "d.was"}, "taken d") +
           R"(
), )";
}

}  // namespace tideover::db::aid
