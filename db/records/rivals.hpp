// Which records stand in the way of one that a unique index refused.
#pragma once

#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

/// Those that have the same as the record under that unique index of its table, by what the record says itself: at most
/// three. None where the index is none of the table, or is about what only the database fills.
[[nodiscard]] std::vector<std::string> rivals(Tx& tx, const Noun& noun, const Record& record, const std::string& index);

/// Those of the noun that have one of the record's identifiers, of the kinds that only one may have: at most three.
[[nodiscard]] std::vector<std::string> identifier_holders(Tx& tx, const Noun& noun, const Record& record);

}  // namespace tideover::db::records
