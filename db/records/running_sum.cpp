// The sum and its audit line.
#include "db/records/running_sum.hpp"

#include "db/records/record_sql.hpp"

namespace tideover::db::records {

void add_to_running_sum(Tx& tx, const RunningSum& kept, std::string_view name, std::int64_t more,
                        std::string_view action) {
    const auto& query = cached("running_sum_" + kept.table + "_" + kept.sum, [&] {
        return filled(R"(
WITH d AS (
    UPDATE {table} t SET {sum} = {sum} + $3::bigint, version = version + 1
    WHERE authority_id = $1 AND {by} = {name}
    RETURNING authority_id, id, version, $4::timestamptz AS entered_at, $5::uuid AS actor, $6::uuid AS its_token,
              $8 AS its_request, to_jsonb(t) || jsonb_build_object('{sum}', {sum} - $3::bigint, 'version', version - 1) AS was
)
{logged})",
                      {{"table", kept.table},
                       {"sum", kept.sum},
                       {"by", kept.by},
                       {"name", kept.by == "id" ? "$2::uuid" : "$2"},
                       {"logged", insert_audit_lines({.action = "$7", .kind = kept.table, .before = "d.was"}, "d")}});
    });
    const auto& who = tx.principal();
    tx.run(query, {who.authority, std::string{name}, std::to_string(more), tx.at(), who.staff_id, who.token_id,
                   std::string{action}, tx.intent().request_id});
}

}  // namespace tideover::db::records
