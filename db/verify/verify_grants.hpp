// What `verify` asks of grants: what schemes committed, what awards were paid, who gave the bank details. By the
// records and the audit alone.
#pragma once

#include "db/verify/verify_check.hpp"

namespace tideover::db {

inline constexpr Check commitments{"wrong-commitment", "", R"(
SELECT 'scheme ' || s.id, 'Its live awards come to ' || coalesce(w.pence, 0) || ' pence, and it says ' ||
       s.committed_pence || '.'
FROM scheme s
LEFT JOIN (SELECT scheme, sum(amount_pence) AS pence FROM award
           WHERE authority_id = $1 AND state = 'awarded' AND NOT voided GROUP BY 1) w ON w.scheme = s.code
WHERE s.authority_id = $1 AND s.committed_pence <> coalesce(w.pence, 0))"};

inline constexpr Check overpaid{"overpaid-award", "", R"(
SELECT 'award ' || w.id, CASE WHEN w.state = 'awarded' AND NOT w.voided THEN 'It is for ' || w.amount_pence || ' pence'
                              ELSE 'It no longer stands' END || ', and ' || p.pence || ' pence were paid and kept.'
FROM award w
JOIN (SELECT award_id, sum(amount_pence) AS pence FROM payment
      WHERE authority_id = $1 AND entry_day IS NOT NULL AND returned_on IS NULL AND NOT voided GROUP BY 1) p
     ON p.award_id = w.id
WHERE w.authority_id = $1
      AND p.pence > CASE WHEN w.state = 'awarded' AND NOT w.voided THEN coalesce(w.amount_pence, 0) ELSE 0 END)"};

/// The last change that left each part of the payee as it stands was made by whom the record says.
inline constexpr Check payee_givers{"wrong-payee-giver", "", R"(
SELECT 'application ' || a.id, 'The ' || part.name || ' was given last by another.'
FROM application a
CROSS JOIN LATERAL (VALUES ('payee_name', a.payee_name, a.payee_name_by),
                           ('payee_sort_code', a.payee_sort_code, a.payee_sort_code_by),
                           ('payee_account_number', a.payee_account_number, a.payee_account_number_by)) part(name, said, by)
JOIN (SELECT l.record_id, p.name, (array_agg(l.actor ORDER BY l.version DESC))[1] AS actor
      FROM audit l JOIN application o ON o.authority_id = l.authority_id AND o.id = l.record_id
      CROSS JOIN LATERAL (VALUES ('payee_name', o.payee_name), ('payee_sort_code', o.payee_sort_code),
                                 ('payee_account_number', o.payee_account_number)) p(name, said)
      WHERE l.authority_id = $1 AND l.record_kind = 'application'
            AND (l.version = 1 OR l.before ->> p.name IS DISTINCT FROM p.said)
      GROUP BY 1, 2) last ON last.record_id = a.id AND last.name = part.name
WHERE a.authority_id = $1 AND part.by IS DISTINCT FROM last.actor)"};

}  // namespace tideover::db
