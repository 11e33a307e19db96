// Reads schemes and their terms, as the API shows them, and moves allocations.
#include "db/grants/schemes.hpp"

#include "db/records/record_sql.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::grants {

namespace {

/// `{which}` picks the versions.
std::string select_terms(std::string_view which) {
    return filled(R"(
SELECT ({terms})::text, s.kind
FROM scheme_version t JOIN scheme s ON s.authority_id = t.authority_id AND s.code = t.scheme
WHERE t.authority_id = $1 AND {which} ORDER BY t.number DESC)",
                  {{"terms", records::wire_sql(nouns::scheme_version, Role::admin)}, {"which", which}});
}

std::vector<Terms> terms_in(const pqxx::result& found) {
    std::vector<Terms> out;
    for (const auto& row : found) out.push_back({row[0].as<std::string>(), row[1].as<std::string>()});
    return out;
}

}  // namespace

bool hold_scheme(Tx& tx, std::string_view code) {
    static const Query query{"schemes_hold", R"(
SELECT FROM scheme WHERE authority_id = $1 AND code = $2 AND NOT voided FOR NO KEY UPDATE)"};
    return !tx.run(query, {tx.authority(), std::string{code}}).empty();
}

std::optional<std::string> scheme_kind(Tx& tx, std::string_view code) {
    static const Query query{"schemes_kind",
                             "SELECT kind FROM scheme WHERE authority_id = $1 AND code = $2 AND NOT voided"};
    const auto found = tx.run(query, {tx.authority(), std::string{code}});
    return found.empty() ? std::nullopt : text_or_null(found[0][0]);
}

std::string next_number(Tx& tx, std::string_view scheme) {
    static const Query query{"schemes_next_number", R"(
SELECT coalesce(max(number), 0) + 1 FROM scheme_version WHERE authority_id = $1 AND scheme = $2)"};
    return tx.run(query, {tx.authority(), std::string{scheme}})[0][0].as<std::string>();
}

std::optional<std::string> other_key(Tx& tx, const Record& version) {
    static const Query query{"schemes_other_key", R"(
SELECT uniqueness_key FROM scheme_version
WHERE authority_id = $1 AND scheme = $2 AND state <> 'draft' AND NOT voided AND uniqueness_key <> $3 LIMIT 1)"};
    const auto found = tx.run(query, {tx.authority(), version.at("scheme"), version.at("uniqueness_key")});
    return found.empty() ? std::nullopt : text_or_null(found[0][0]);
}

void allocate(Tx& tx, const Record& version) {
    static const Query query{"schemes_allocate", R"(
WITH old AS MATERIALIZED (SELECT to_jsonb(s) AS was FROM scheme s WHERE authority_id = $1 AND code = $2),
changed AS (UPDATE scheme SET allocation_pence = $3::bigint, version = version + 1
            WHERE authority_id = $1 AND code = $2 AND allocation_pence IS DISTINCT FROM $3::bigint RETURNING id, version)
INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, before, request_id)
SELECT $1, $4::timestamptz, $5::uuid, $6::uuid, 'allocate', 'scheme', id, version, was, $7 FROM changed CROSS JOIN old)"};
    const auto& who = tx.principal();
    tx.run(query, {who.authority, std::string{version.text("scheme")}, version.at("allocation_pence"), tx.at(),
                   who.staff_id, who.token_id, tx.intent().request_id});
}

Terms terms_of(Tx& tx, std::string_view version) {
    static const Query query{"schemes_terms", select_terms("t.id = $2::uuid")};
    return terms_in(tx.run(query, {tx.authority(), std::string{version}})).at(0);
}

std::vector<Terms> published_terms(Tx& tx, std::string_view scheme) {
    static const Query query{"schemes_published",
                             select_terms("t.scheme = $2 AND t.state <> 'draft' AND NOT t.voided AND NOT s.voided")};
    return terms_in(tx.run(query, {tx.authority(), std::string{scheme}}));
}

}  // namespace tideover::db::grants
