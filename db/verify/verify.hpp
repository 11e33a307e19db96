// `tideover verify`: every number a second way, and every rule that the records must keep.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/core/connection.hpp"

namespace tideover::db {

/// One thing that is not as it must be. Names ids and codes, never what is known about a person.
struct Difference {
    std::string kind;    // "wrong-day"
    std::string where;   // the kind of record and its id, or the code of a figure
    std::string detail;  // one sentence: what should be there, and what is
};

struct Verification {
    std::int64_t differences = 0;
    std::vector<Difference> first{};  // at most 20: in the order of the checks, then by where they are
    // How much was looked at.
    std::int64_t records = 0;
    std::int64_t entries = 0;
    std::int64_t audit_lines = 0;
    std::int64_t seals = 0;
    std::int64_t folded_totals = 0;
};

/// Looks at everything an authority has, in one snapshot. Writes nothing.
[[nodiscard]] Verification verify(Connection& connection, const std::string& authority);

/// One REPEATABLE READ, READ ONLY snapshot for as long as it lives, with time and memory for long questions.
class Snapshot {
public:
    explicit Snapshot(Connection& connection);
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot();

private:
    Connection& connection_;
};

}  // namespace tideover::db
