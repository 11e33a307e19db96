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

}  // namespace tideover::db::records
