// Migrations: the numbered files of schema/, each applied once, in order, unchanged ever after.
#pragma once

#include <string>
#include <vector>

#include "db/core/connection.hpp"

namespace tideover::db::migrate {

struct Outcome {
    int known = 0;    // files in the folder
    int applied = 0;  // applied by this call
    std::vector<std::string>
        findings{};  // "PY-… (payment): the rule", for what a new rule would refuse and was left as it is
};

/// Applies what is missing, in one transaction under an advisory lock. Throws std::runtime_error with one
/// plain sentence where a file was changed after it was applied, or the database is newer than the folder.
Outcome up(Connection& owner, const std::string& folder);

/// 0 when the database stands exactly at this program's schema; below when it lacks migrations, above when
/// it has some that this program does not know.
[[nodiscard]] int behind_or_ahead(Connection& connection, int version_of_program);

/// The number of the last migration that this program was built with.
[[nodiscard]] int version_of_program();

}  // namespace tideover::db::migrate
