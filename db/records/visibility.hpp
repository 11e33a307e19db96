// Which records somebody sees: the one condition that every statement about records carries. A partner sees what is its
// own and whom its work is about, as that was recorded; a restricted record, and what tells of it, is seen by
// administrators, whoever recorded it and the case worker.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "db/core/transaction.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

/// Makes SQL of a value and its type.
using Bind = std::function<std::string(const std::string&, std::string_view)>;

/// Which records of the noun the principal sees and may move: an SQL condition over `t` that begins with " AND ", empty
/// where that is all.
[[nodiscard]] std::string visible_only(const Principal& who, const Noun& noun, const Bind& bind);

/// Whether there may be records of the noun that the principal does not see.
[[nodiscard]] bool has_limits(const Principal& who, const Noun& noun);

/// Which records of the noun the principal does not see for whom they tell of, where these are all that are kept from
/// them: an SQL condition over `t`, which finds them by their index, few as they are. Nothing elsewhere.
[[nodiscard]] std::optional<std::string> hidden_few(const Principal& who, const Noun& noun,
                                                    const std::string& authority, const Bind& bind);

/// The columns, over `t`, with ids of records of a kind that the record itself says.
[[nodiscard]] std::string ids_of_any_kind(const Noun& noun);

/// Principals of the same word share the text of that condition: it names their statements.
[[nodiscard]] std::string_view visibility_of(const Principal& who);

}  // namespace tideover::db::records
