// Links are appended, never changed.
#include "db/parties/merges.hpp"

#include "db/core/locks.hpp"
#include "domain/parties/merge.hpp"

namespace tideover::db::parties {
namespace {

constexpr Fields of_merge{nouns::merge_table::fields};

}  // namespace

void unlink(Tx& tx, const Record& merge) {
    static const Query query{"merges_unlink", R"(
INSERT INTO merge_link (authority_id, from_id, into_id, linked) VALUES ($1, $2::uuid, $3::uuid, false))"};
    tx.run(query, {tx.authority(), merge.at(of_merge["from_id"]), merge.at(of_merge["into_id"])});
}

void hold_merges(Tx& tx) {
    static const Query query{
        "merges_hold", filled("SELECT pg_advisory_xact_lock({lock}, hashtext($1))", {{"lock", locks::merges.number}})};
    tx.run(query, {tx.authority()});
}

Roots roots_of(Tx& tx, const Record& merge) {
    static const Query query{"merges_roots", R"(
SELECT root_of($1, $2::uuid, 9223372036854775807), root_of($1, $3::uuid, 9223372036854775807),
       merges_below($1, $2::uuid) >= merges_in_a_row())"};
    const auto row = tx.run(query, {tx.authority(), merge.at(of_merge["from_id"]), merge.at(of_merge["into_id"])})[0];
    return {row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<bool>()};
}

std::map<std::string, std::string> survivors(Tx& tx, const std::vector<std::string>& ids) {
    static const Query query{"merges_survivors", R"(
SELECT x.id, root_of($1, x.id, 9223372036854775807) FROM unnest($2::uuid[]) AS x(id)
WHERE EXISTS (SELECT FROM merge_link l WHERE l.authority_id = $1 AND l.from_id = x.id))"};
    std::map<std::string, std::string> out;
    for (const auto& row : tx.run(query, {tx.authority(), array_of(ids)})) {
        auto from = row[0].as<std::string>(), root = row[1].as<std::string>();
        if (from != root) out.emplace(std::move(from), std::move(root));
    }
    return out;
}

}  // namespace tideover::db::parties
