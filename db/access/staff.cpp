// Holding comes before changing.
#include "db/access/staff.hpp"

#include "domain/access/api_token.hpp"

namespace tideover::db::access {
namespace {

constexpr Fields of_token{nouns::api_token_table::fields};

}  // namespace

std::optional<Employment> hold_staff(Tx& tx, const Record& token) {
    static const Query query{"staff_hold", R"(
SELECT state, voided FROM staff WHERE authority_id = $1 AND id = $2::uuid FOR SHARE)"};
    const auto found = tx.run(query, {tx.authority(), token.at(of_token["staff_id"])});
    if (found.empty()) return std::nullopt;
    return Employment{found[0][0].as<std::string>(), found[0][1].as<bool>()};
}

bool partner_exists(Tx& tx, const Record& token) {
    static const Query query{"staff_partner",
                             "SELECT FROM organisation WHERE authority_id = $1 AND code = $2 AND NOT voided"};
    return !tx.run(query, {tx.authority(), token.at(of_token["partner"])}).empty();
}

void hold_token(Tx& tx, const std::string& token) {
    static const Query query{"staff_hold_token", "SELECT hold_tokens(ARRAY[$1::uuid])"};
    tx.run(query, {token});
}

void revoke_all(Tx& tx, const std::string& staff, std::string_view reason) {
    static const Query query{"staff_revoke_all", R"(
SELECT revoke_tokens($1, ARRAY(SELECT id FROM api_token WHERE authority_id = $1 AND staff_id = $2::uuid
                               AND state = 'valid'), $3, $4::uuid, $5::uuid, $6))"};
    const auto& who = tx.principal();
    tx.run(query, {tx.authority(), staff, std::string{reason}, who.staff_id, who.token_id, tx.intent().request_id});
}

}  // namespace tideover::db::access
