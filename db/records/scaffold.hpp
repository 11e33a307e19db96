// The SQL of a new kind of record's tables, to begin its migration with: as the catalogue has to be for what its field
// table says. A test compares the schema as it stands with it.
#pragma once

#include <string>

#include "domain/core/noun.hpp"

namespace tideover::db::records {

/// The tables alone: the record's, its lists', and those that keep its steps.
[[nodiscard]] std::string scaffold_tables(const Noun& noun);

/// The tables, and what goes with them: moves, indexes, guards, grants and the record's part in the second count.
[[nodiscard]] std::string scaffold(const Noun& noun);

}  // namespace tideover::db::records
