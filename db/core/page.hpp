// One page of a list, from the rows that a statement found for it.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace tideover::db {

struct Listed {
    std::vector<std::string> items;  // JSON
    std::string next{};              // what to go on from; empty at the end
};

/// Rows hold an item and what to go on from after it; there is one more than the limit where that is not the end.
[[nodiscard]] Listed listed(const pqxx::result& found, int limit);

}  // namespace tideover::db
