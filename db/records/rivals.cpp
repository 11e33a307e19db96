// The index itself says what may not be the same.
#include "db/records/rivals.hpp"

#include "db/records/record_sql.hpp"
#include "db/records/search_sql.hpp"

namespace tideover::db::records {

std::vector<std::string> rivals(Tx& tx, const Noun& noun, const Record& record, const std::string& index) {
    static const Query its_columns{"rivals_index", R"(
SELECT pg_get_indexdef(i.indexrelid, k.n, true), pg_get_expr(i.indpred, i.indrelid)
FROM pg_index i CROSS JOIN generate_series(1, i.indnkeyatts) AS k(n)
WHERE i.indisunique AND i.indexrelid = to_regclass($1) AND i.indrelid = to_regclass($2) ORDER BY k.n)"};
    const auto columns = tx.run(its_columns, {index, std::string{noun.name}});
    if (columns.empty()) return {};
    const auto& query = cached("rivals_" + index, [&] {
        std::string keys, same;
        for (const auto& row : columns) {
            const auto name = "k" + std::to_string(row.rownumber());
            keys += (keys.empty() ? "" : ", ") + row[0].as<std::string>() + " AS " + name;
            same += " AND there." + name + " = here." + name;
        }
        return filled(R"(
SELECT there.id FROM (SELECT id, {keys} FROM {table} WHERE authority_id = $1{only}) there,
                     (SELECT {keys} FROM jsonb_populate_record(NULL::{table}, jsonb_object($2::text[], $3::text[]))) here
WHERE there.id <> $4::uuid{same} LIMIT 3)",
                      {{"keys", keys},
                       {"table", noun.name},
                       {"only", columns[0][1].is_null() ? "" : " AND " + columns[0][1].as<std::string>()},
                       {"same", same}});
    });
    std::vector<std::string> names{"authority_id"};
    Params values{tx.authority()};
    for (std::size_t i = 0; i < noun.fields.size(); ++i) {
        if (noun.fields[i].kind == Kind::rows) continue;
        names.push_back(column(noun.fields[i].name));
        values.push_back(record.at(noun.fields[i]));
    }
    const std::string own = record.id.empty() ? "00000000-0000-0000-0000-000000000000" : record.id;
    std::vector<std::string> out;
    for (const auto& row : tx.run(query, {tx.authority(), array_of(names), array_of_values(values), own}))
        out.push_back(row[0].as<std::string>());
    return out;
}

std::vector<std::string> identifier_holders(Tx& tx, const Noun& noun, const Record& record) {
    const auto* list = searched_list(noun);
    if (list == nullptr || !record.has(*list)) return {};
    const auto& query = cached("holders_" + std::string{list->rows->table}, [&] {
        return filled(R"(
SELECT DISTINCT i.{parent} FROM json_to_recordset($2::json) AS x(kind text, value text)
JOIN {list} i ON i.authority_id = $1 AND i.kind = x.kind AND i.canonical = canonical_identifier(x.kind, x.value)
WHERE i.to_version IS NULL AND NOT i.contested AND i.{parent} <> $3::uuid
  AND i.kind NOT IN ('email', 'phone', 'urn', 'other') LIMIT 3)",
                      {{"parent", list->rows->parent}, {"list", list->rows->table}});
    });
    const std::string own = record.id.empty() ? "00000000-0000-0000-0000-000000000000" : record.id;
    std::vector<std::string> out;
    for (const auto& row : tx.run(query, {tx.authority(), record.at(*list), own}))
        out.push_back(row[0].as<std::string>());
    return out;
}

}  // namespace tideover::db::records
