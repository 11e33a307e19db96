// Bearer tokens: made for a member of staff, kept as hashes, gone at once when revoked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"

namespace tideover::db::tokens {

struct Wanted {
    std::string authority;
    std::string staff_key;  // one person, however many tokens
    std::string staff_name;
    Role role = Role::helpline;
    std::string partner{};
    bool demo = false;
};

/// Makes a token, and the member of staff unless there is one of that key, and returns it; it cannot be read again.
/// Throws std::runtime_error where they have left.
[[nodiscard]] std::string create(Connection& owner, const Wanted& wanted);

/// Revokes by token id; false where there is none that holds.
bool revoke(Connection& owner, const std::string& authority, const std::string& id);
void revoke_demo(Connection& owner, const std::string& authority);

struct Listed {
    std::string id, staff, role, partner, created_at, revoked_at;
    bool demo = false;
};
[[nodiscard]] std::vector<Listed> list(Connection& owner, const std::string& authority);

/// Whom a token's SHA-256 stands for, if it holds. `demo` says whether it is a demo token.
struct Holder {
    Principal principal;
    bool demo = false;
};
[[nodiscard]] std::optional<Holder> find(Database& database, const std::string& hash_hex);

}  // namespace tideover::db::tokens
