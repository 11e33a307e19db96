// How many records answer to conditions, for each value of a field, or of two fields together.
#pragma once

#include <string>
#include <vector>

#include "db/records/list.hpp"

namespace tideover::db::records {

struct Counts {
    std::vector<std::string> items;  // JSON: a value for each field, null where a record has none, and `count`
    bool more = false;               // whether there are combinations beyond the first thousand
};

/// The greatest first. A record with several values of a field is counted under each. Order and place of the page play
/// no part.
[[nodiscard]] Counts counts(Tx& tx, const Noun& noun, const Page& page, const std::vector<const Field*>& by);

/// The statement of it, to be read by people and tests.
[[nodiscard]] Statement counts_statement(const Principal& who, const Noun& noun, const Page& page,
                                         const std::vector<const Field*>& by);

/// The index from which records are counted without reading them: all columns that they are counted by, and those that
/// say who sees them. It holds few values, so that PostgreSQL keeps each once: 8 bytes a record.
[[nodiscard]] std::string counts_index(const Noun& noun);

}  // namespace tideover::db::records
