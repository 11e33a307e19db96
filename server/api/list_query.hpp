// What a list of records is asked, from the query: conditions, an order, and a place to go on from.
#pragma once

#include <string>

#include "db/records/list.hpp"
#include "server/api/call.hpp"

namespace tideover {

/// The parameters that a list of the noun takes, and its counts.
[[nodiscard]] std::vector<std::string> list_parameters(const Noun& noun);
[[nodiscard]] std::vector<std::string> counts_parameters(const Noun& noun);

/// What the query asks of the route's noun, but for `q`. Throws Problem where a value cannot be one, where the role may
/// not see a field, where a range is turned round, or where the cursor is another list's.
[[nodiscard]] db::records::Page page_asked(const Call& call);

/// Its conditions alone.
[[nodiscard]] std::vector<db::records::Condition> conditions_asked(const Call& call);

/// `by`: the fields by whose values somebody asks to count. Throws Problem where there are none such.
[[nodiscard]] std::vector<const Field*> dimensions_asked(const Call& call);

/// Where a cursor says that a list in this order goes on; null is the order in which they were recorded. Throws Problem
/// where it is another list's.
[[nodiscard]] db::records::Place place_at(const Call& call, const std::string& cursor, const Field* sorted_by);
/// That of the query's `cursor`, if it has one.
[[nodiscard]] std::optional<db::records::Place> place_asked(const Call& call, const Field* sorted_by);

/// `q`, or null. Throws Problem where it is too long.
[[nodiscard]] const std::string* typed_in(const Call& call);

/// The cursor from which this list goes on.
[[nodiscard]] std::string cursor_at(const Call& call, const db::records::Place& place);

}  // namespace tideover
