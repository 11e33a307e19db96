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

/// A place in a list in this order, as a cursor holds it, and the way back; null is the order in which they were
/// recorded. Throws Problem where the text is none.
[[nodiscard]] db::records::Place place_at(const std::string& text, const Field* sorted_by);
[[nodiscard]] std::string text_of(const db::records::Place& place);

/// `q`, or null. Throws Problem where it is too long.
[[nodiscard]] const std::string* typed_in(const Call& call);

}  // namespace tideover
