// The council that a database, or a part of it, belongs to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "db/core/transaction.hpp"

namespace tideover::db::council {

/// Adds the council, or renames it. Precondition: the code has the form of an ONS code (E08000007).
void create(Connection& owner, const std::string& authority, const std::string& name);

struct Standing {
    std::string name;
    std::int64_t staff = 0;    // employed
    std::int64_t tokens = 0;   // valid
    std::int64_t records = 0;  // what the council did: staff and tokens are none of these
    std::int64_t entries = 0;
};

/// What is there; nothing where there is no such council.
[[nodiscard]] std::optional<Standing> standing(Connection& owner, const std::string& authority);

/// What the council is called; its code where it is not known.
[[nodiscard]] std::string name_of(Tx& tx);

}  // namespace tideover::db::council
