// Records that may be one and the same, or one thing recorded twice: rules as a table. They refuse nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/visibility.hpp"
#include "domain/nouns.hpp"

namespace tideover::db::records {

struct Likeness {
    const Noun* noun;
    std::string_view code;
    std::string_view words;  // what is alike, as a sentence
    // SQL conditions over the record `n` and another one, `t`: what an index finds, and what else has to hold of that.
    std::string_view found_by;
    std::string_view which = {};
};

/// All of them; the list is in db/likenesses.cpp, the rules in the rooms.
[[nodiscard]] std::span<const Likeness> likenesses();
[[nodiscard]] bool has_likenesses(const Noun& noun);

/// What a record, an SQL row with the alias `n`, is like, as a JSON array of code, detail, kind, id, reference and
/// href: of each rule the three newest that the principal sees, void ones left out.
[[nodiscard]] std::string likenesses_sql(const Principal& who, const Noun& noun, const Bind& bind);

/// The same of records that are there: of those that are like any, the id and the array.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> likenesses_among(Tx& tx, const Noun& noun,
                                                                                const std::vector<std::string>& ids);

/// The same of a record that is there. Nothing where the principal does not see it.
[[nodiscard]] std::optional<std::string> likenesses_of(Tx& tx, const Noun& noun, const std::string& id);

}  // namespace tideover::db::records
