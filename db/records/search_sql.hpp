// What the statements that find records are composed of, from the marks in the field tables: what a record is found by,
// the line by which people recognise it, and the indexes behind both.
#pragma once

#include <string>
#include <vector>

#include "db/records/visibility.hpp"
#include "domain/core/ranking.hpp"

namespace tideover::db::records {

/// The fields of a noun by which it is found, but lists.
[[nodiscard]] std::vector<const Field*> searched_fields(const Noun& noun);
/// Its list of identifiers, where it is found by one; else null.
[[nodiscard]] const Field* searched_list(const Noun& noun);

/// The words of such fields of a record, as an SQL expression (a tsvector) over the prefix; empty where there are none.
[[nodiscard]] std::string document(const std::vector<const Field*>& fields, const std::string& prefix);
/// The words that a record is found by. The index on them has this text with no prefix.
[[nodiscard]] std::string document(const Noun& noun, const std::string& prefix);
/// The statements that make the indexes by which records of the noun are found; empty where it needs none.
[[nodiscard]] std::string search_indexes(const Noun& noun);

/// The SQL condition, over the alias `t`, that a record answers to what was typed. `authority` is SQL.
[[nodiscard]] std::string answers(const Noun& noun, const ranking::Typed& typed, const std::string& authority,
                                  const Bind& bind);

/// Of which nouns a role may read records at all.
using MayRead = bool (*)(Role, const Noun&);

/// The line by which people recognise a record, as SQL over the alias `c`. Of records that it names it tells what its
/// reader may see.
[[nodiscard]] std::string line(const Principal& who, const Noun& noun, MayRead may_read, const std::string& authority,
                               const Bind& bind);

}  // namespace tideover::db::records
