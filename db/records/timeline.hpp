// Everything that names a party, newest first: what the council did with somebody, whatever they were merged with.
#pragma once

#include <span>

#include "db/records/list.hpp"

namespace tideover::db::records {

/// The records of these nouns that name the party, a record of `noun`, or one that counts as the same, and those
/// records themselves, by when they were recorded; those that the principal sees. Items are JSON: kind, id, reference,
/// href, title, state, voided, `named_in` (the fields that name it) and recorded_at.
[[nodiscard]] ListedRecords timeline(Tx& tx, const Noun& noun, const std::string& id,
                                     std::span<const Noun* const> nouns, MayRead may_read,
                                     const std::optional<Place>& after, int limit);

}  // namespace tideover::db::records
