// The sum and its audit line.
#include "db/records/running_sum.hpp"

#include "db/records/record_sql.hpp"

namespace tideover::db::records {

void add_to_running_sum(Tx& tx, const RunningSum& kept, std::string_view name, std::int64_t more,
                        std::string_view action) {
    const auto& query = cached("running_sum_" + kept.table + "_" + kept.sum, [&] {
        return filled(
            R"(
WITH changed AS (
    UPDATE {table} SET {sum} = {sum} + $3::bigint, version = version + 1
    WHERE authority_id = $1 AND {by} = {name} RETURNING *
)
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
SELECT $1, $4::timestamptz, $5::uuid, $6::uuid, $7, '{table}', id, version,
       to_jsonb(changed) || jsonb_build_object('{sum}', {sum} - $3::bigint, 'version', version - 1), $8
FROM changed)",
            {{"table", kept.table}, {"sum", kept.sum}, {"by", kept.by}, {"name", kept.by == "id" ? "$2::uuid" : "$2"}});
    });
    const auto& who = tx.principal();
    tx.run(query, {who.authority, std::string{name}, std::to_string(more), tx.at(), who.staff_id, who.token_id,
                   std::string{action}, tx.intent().request_id});
}

}  // namespace tideover::db::records
