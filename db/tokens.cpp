// Tokens and the staff they belong to.
#include "db/tokens.hpp"

#include "db/ids.hpp"

namespace tideover::db::tokens {

const std::vector<DemoMember>& demo_members() {
    static const std::vector<DemoMember> members{
        {"admin", "Ada Minton (demo)", Role::admin, ""},
        {"helpline", "Hal Pline (demo)", Role::helpline, ""},
        {"grants-officer", "Grace Officer (demo)", Role::grants_officer, ""},
        {"grants-approver", "Abel Approver (demo)", Role::grants_approver, ""},
        {"finance", "Fin Ance (demo)", Role::finance, ""},
        {"auditor", "Audrey Torr (demo)", Role::auditor, ""},
        {"ppe-hub", "Piper Hub (demo)", Role::partner, "ppe-hub"},
        {"housing", "Stocky Holmes (demo)", Role::partner, "stockport-homes"},
        {"school", "Scholar Stica (demo)", Role::partner, "bridge-hall-primary"},
        {"volunteer-hub", "Vol Unteer (demo)", Role::partner, "volunteer-hub"},
        {"devices", "Dev Isaacs (demo)", Role::partner, "schools-ict"},
    };
    return members;
}

std::string create(Connection& owner, const Wanted& wanted) {
    static const Query staff{"token_staff", R"(
INSERT INTO staff (authority_id, id, key, name) VALUES ($1, $2::uuid, $3, $4)
ON CONFLICT (authority_id, key) DO UPDATE SET name = excluded.name RETURNING id)"};
    static const Query token{"token_create", R"(
INSERT INTO api_token (authority_id, id, staff_id, role, partner, hash, demo)
VALUES ($1, $2::uuid, $3::uuid, $4, $5, decode($6, 'hex'), $7::boolean))"};
    const auto person = owner.run(staff, {wanted.authority, ids::fresh(), wanted.staff_key, wanted.staff_name});
    auto secret = ids::fresh_token();
    owner.run(token, {wanted.authority, ids::fresh(), person[0][0].as<std::string>(), std::string{name_of(wanted.role)},
                      wanted.partner.empty() ? std::nullopt : std::optional{wanted.partner}, ids::sha256_hex(secret),
                      wanted.demo ? "true" : "false"});
    return secret;
}

bool revoke(Connection& owner, const std::string& authority, const std::string& id) {
    static const Query query{"token_revoke", R"(
UPDATE api_token SET revoked_at = clock_timestamp()
WHERE authority_id = $1 AND id = $2::uuid AND revoked_at IS NULL RETURNING id)"};
    return !owner.run(query, {authority, id}).empty();
}

void revoke_demo(Connection& owner, const std::string& authority) {
    static const Query query{"token_revoke_demo", R"(
UPDATE api_token SET revoked_at = clock_timestamp() WHERE authority_id = $1 AND demo AND revoked_at IS NULL)"};
    owner.run(query, {authority});
}

std::vector<Listed> list(Connection& owner, const std::string& authority) {
    static const Query query{"token_list", R"(
SELECT t.id, s.name, t.role, coalesce(t.partner, '-'), wire(t.created_at), coalesce(wire(t.revoked_at), '-'), t.demo
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
SELECT authority_id, id, staff_id, coalesce(partner, ''), role, demo FROM api_token
WHERE hash = decode($1, 'hex') AND revoked_at IS NULL)"};
    const auto found = database.glance(query, {hash_hex});
    if (found.empty()) return std::nullopt;
    const auto row = found[0];
    return Holder{{row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                   row[3].as<std::string>(), *role_named(row[4].as<std::string>())},
                  row[5].as<bool>()};
}

}  // namespace tideover::db::tokens
