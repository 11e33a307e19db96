// Makes, lists, revokes and finds tokens, with the staff they belong to, each in one statement.
#include "db/access/tokens.hpp"

#include <stdexcept>

#include "db/core/ids.hpp"
#include "domain/access/nouns.hpp"
#include "domain/core/reference.hpp"

namespace tideover::db::tokens {

std::string create(Connection& owner, const Wanted& wanted) {
    // One statement: the person, unless known already, the token, and the audit lines of both.
    static const Query query{"token_create", R"(
WITH stamp AS MATERIALIZED (
    SELECT begin_writing($1) AS at
), added AS (
    INSERT INTO staff (authority_id, id, reference, key, name, recorded_at)
    SELECT $1, $2::uuid, $3, $4, $5, at FROM stamp ON CONFLICT (authority_id, key) DO NOTHING RETURNING id
), person AS (
    SELECT id FROM added
    UNION ALL SELECT id FROM staff WHERE authority_id = $1 AND key = $4 AND state = 'employed' AND NOT voided
), minted AS (
    INSERT INTO api_token (authority_id, id, reference, staff_id, role, partner, hash, demo, recorded_at)
    SELECT $1, $6::uuid, $7, person.id, $8, $9, $10, $11::boolean, stamp.at FROM person CROSS JOIN stamp
    RETURNING id, staff_id
), line(kind, id, actor) AS (
    SELECT 'staff', id, id FROM added UNION ALL SELECT 'api_token', id, staff_id FROM minted
), logged AS (
    INSERT INTO audit (authority_id, at, actor, token_id, action, record_kind, record_id, version, request_id)
    SELECT $1, stamp.at, line.actor, $6::uuid, 'record', line.kind, line.id, 1, 'command-line' FROM line CROSS JOIN stamp
)
SELECT id FROM minted)"};
    auto secret = ids::fresh_token();
    const auto reference = [](const Noun& noun) { return make_reference(noun.prefix, ids::random_bits()); };
    const auto minted =
        owner.run(query, {wanted.authority, ids::fresh(), reference(nouns::staff), wanted.staff_key, wanted.staff_name,
                          ids::fresh(), reference(nouns::api_token), std::string{name_of(wanted.role)},
                          wanted.partner.empty() ? std::nullopt : std::optional{wanted.partner},
                          ids::sha256_hex(secret), wanted.demo ? "true" : "false"});
    if (minted.empty()) throw std::runtime_error("'" + wanted.staff_key + "' has left: record their return first");
    return secret;
}

bool revoke(Connection& owner, const std::string& authority, const std::string& id) {
    static const Query query{"token_revoke", R"(
SELECT revoke_tokens($1, ARRAY[$2::uuid], 'at the command line', NULL, NULL, 'command-line')
FROM (SELECT begin_writing($1)) stamp)"};
    return owner.run(query, {authority, id})[0][0].as<std::int64_t>() == 1;
}

void revoke_demo(Connection& owner, const std::string& authority) {
    static const Query query{"token_revoke_demo", R"(
SELECT revoke_tokens($1, ARRAY(SELECT id FROM api_token WHERE authority_id = $1 AND demo AND state = 'valid'),
                     'new demo tokens', NULL, NULL, 'command-line')
FROM (SELECT begin_writing($1)) stamp)"};
    owner.run(query, {authority});
}

std::vector<Listed> list(Connection& owner, const std::string& authority) {
    static const Query query{"token_list", R"(
SELECT t.id, s.name, t.role, coalesce(t.partner, '-'), wire(t.recorded_at), coalesce(wire(t.revoked_at), '-'), t.demo
FROM api_token t JOIN staff s ON s.authority_id = t.authority_id AND s.id = t.staff_id
WHERE t.authority_id = $1 ORDER BY t.id)"};
    std::vector<Listed> out;
    for (const auto& row : owner.run(query, {authority})) {
        out.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                       row[3].as<std::string>(), row[4].as<std::string>(), row[5].as<std::string>(),
                       row[6].as<bool>()});
    }
    return out;
}

std::optional<Holder> find(Database& database, const std::string& hash_hex) {
    static const Query query{"token_find", R"(
SELECT authority_id, id, staff_id, coalesce(partner, ''), role, version, demo FROM api_token
WHERE hash = $1 AND state = 'valid' AND NOT voided)"};
    const auto found = database.query_once(query, {hash_hex});
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    return Holder{{row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                   row[3].as<std::string>(), *role_named(row[4].as<std::string>()), row[5].as<int>()},
                  row[6].as<bool>()};
}

}  // namespace tideover::db::tokens
