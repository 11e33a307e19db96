// What `verify` asks of records and what was said about them: who recorded and changed them, along which moves, and
// what is known of their dated fields.
#pragma once

#include "db/verify/verify_check.hpp"

namespace tideover::db {

inline constexpr Check first_line{"no-first-audit-line", "", R"(
SELECT r.kind || ' ' || r.id, 'No audit line says who recorded it.'
FROM record r WHERE NOT EXISTS (
    SELECT FROM audit a
    WHERE a.authority_id = $1 AND a.record_id = r.id AND a.record_kind = r.kind AND a.version = 1))"};

inline constexpr Check version_lines{"version-without-audit-line", R"(
written(id, kind, last, changes) AS (
    SELECT record_id, record_kind, max(version), count(*) FILTER (WHERE version > 1)
    FROM audit WHERE authority_id = $1 GROUP BY 1, 2
), )",
                                     R"(
SELECT r.kind || ' ' || r.id,
       'It stands at version ' || r.version || ', and ' || coalesce(w.changes, 0) || ' changes were audited.'
FROM record r
LEFT JOIN written w ON w.id = r.id AND w.kind = r.kind
WHERE r.version <> coalesce(w.last, 1) OR r.version - 1 <> coalesce(w.changes, 0))"};

inline constexpr Check lines_without_record{"audit-line-without-record", "", R"(
SELECT DISTINCT a.record_kind || ' ' || a.record_id, 'It was audited and is not there.'
FROM audit a
WHERE a.authority_id = $1 AND a.record_kind IN (SELECT kind FROM noun)
      AND NOT EXISTS (SELECT FROM record r WHERE r.id = a.record_id AND r.kind = a.record_kind))"};

// Each audit line holds what stood there before, so the states of a record can be read off one after another.
inline constexpr Check unlawful_moves{"unlawful-state", R"(
stood(kind, id, version, state) AS (
    SELECT record_kind, record_id, version, before ->> 'state' FROM audit
    WHERE authority_id = $1 AND before IS NOT NULL AND record_kind IN (SELECT kind FROM lawful)
    UNION ALL
    SELECT kind, id, version + 1, state FROM record WHERE state IS NOT NULL
), moved AS (
    SELECT kind, id, lag(state, 1, '') OVER (PARTITION BY id, kind ORDER BY version) AS from_state, state AS to_state
    FROM stood
), )",
                                      R"(
SELECT kind || ' ' || id,
       CASE from_state WHEN '' THEN 'It began as ' || to_state
            ELSE 'It went from ' || from_state || ' to ' || to_state END || ', and there is no such move.'
FROM moved m
WHERE from_state IS DISTINCT FROM to_state AND NOT EXISTS (
    SELECT FROM lawful l WHERE l.kind = m.kind AND l.from_state = m.from_state AND l.to_state = m.to_state))"};

/// A record says the newest of what is known of its dated fields.
inline constexpr Check dated_facts{"wrong-dated-fact", R"(
newest AS (
    SELECT DISTINCT ON (record_id, field) record_id, noun, field, value FROM dated_fact
    WHERE authority_id = $1 AND known_until IS NULL ORDER BY record_id, field, from_on DESC
), )",
                                   R"(
SELECT n.noun || ' ' || n.record_id, 'Its ' || n.field || ' is not the newest that is known of it.'
FROM newest n
LEFT JOIN dated d ON d.id = n.record_id
WHERE coalesce(d.fields -> n.field, 'null') IS DISTINCT FROM n.value)"};

}  // namespace tideover::db
