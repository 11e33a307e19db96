// Calls by the ten thousand, put into the database past everything that would check them.
#pragma once

#include <string>

namespace tideover::testing {

/// Calls of a year from 20 March 2020 on, one each five minutes, numbered from 1: what is asked of them is said by one
/// in some hundreds, or by a share of all. Each thousandth is void.
inline std::string many_calls(int count) {
    return R"(
SET session_replication_role = replica;
INSERT INTO call (authority_id, id, reference, direction, line, counterparty, purpose, started_at, duration_s, caller_name,
                  caller_phone, caller_postcode, person_id, reasons, vulnerability_basis, outcome, answered, happened_on,
                  voided, recorded_at, recorded_by)
SELECT 'E08000007', gen_random_uuid(), 'CL-' || n, CASE n % 5 WHEN 0 THEN 'outbound' ELSE 'inbound' END,
       CASE n % 7 WHEN 0 THEN 'customer_services' ELSE 'coronavirus' END, 'resident', 'help_request',
       timestamptz '2020-03-20Z' + n * interval '5 minutes', n % 1800, 'Caller ' || n % 5000,
       '0161496' || lpad((n % 9000)::text, 4, '0'), 'SK1 1AA', CASE n % 3 WHEN 0 THEN gen_random_uuid() END,
       CASE n % 400 WHEN 0 THEN '{isolation}' ELSE '{food}' END::text[], NULL, 'referred', true,
       date '2020-03-20' + n / 300, n % 1000 = 0, timestamptz '2020-03-20Z' + n * interval '5 minutes',
       ('00000000-0000-7000-8000-' || lpad((n % 300)::text, 12, '0'))::uuid
FROM generate_series(1, )" +
           std::to_string(count) + R"() n;
SET session_replication_role = origin;
ANALYZE call;
)";
}

}  // namespace tideover::testing
