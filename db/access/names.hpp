// What records are called that others name by id: for a page of a list, in one question.
#pragma once

#include <string>
#include <vector>

#include "db/records/search_sql.hpp"

namespace tideover::db::names {

/// For each of these ids that the principal may know what it is called, a JSON object of id, kind, reference, title
/// (the line by which people recognise it; null where it has none) and href: of records of these nouns that it sees,
/// void or not, and of members of staff, whose records not everybody reads (href null). In the order of their ids.
/// Precondition: the ids are canonical.
[[nodiscard]] std::vector<std::string> called(Tx& tx, const std::vector<const Noun*>& readable,
                                              records::MayRead may_read, const std::vector<std::string>& ids);

}  // namespace tideover::db::names
