// What the migrated schema guards, read from PostgreSQL's own catalogue: each constraint, unique index, trigger, and
// what the service's login may and may not do.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace tideover::mutation {

enum class Kind { check, not_null, foreign_key, unique, trigger, granted, withheld };

struct Guard {
    Kind kind;
    std::string table;
    std::string name;                    // of the constraint, index or trigger; the column; the privilege
    std::string definition;              // as PostgreSQL writes it
    std::string drop;                    // the statement that takes it away
    std::vector<std::string> columns{};  // that it speaks of
};

[[nodiscard]] std::vector<Guard> all_guards(pqxx::nontransaction& session);

/// One line, the same for the same schema.
[[nodiscard]] std::string line_of(const Guard& guard);

}  // namespace tideover::mutation
