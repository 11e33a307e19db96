// Finds records for somebody who knows a little of them: exact answers first, then those that a slip or a beginning may
// mean, best first. Nothing is found that the asker may not see.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/records/search_sql.hpp"
#include "domain/core/ranking.hpp"
#include "domain/nouns.hpp"

namespace tideover::casework {

/// What was typed, read in every way; nothing where there are not two letters or digits in it.
[[nodiscard]] std::optional<ranking::Typed> read_typed(db::Tx& tx, const std::string& text);
/// The same, with the words of records that each of its words may mean.
[[nodiscard]] std::optional<ranking::Typed> read_typed_freely(db::Tx& tx, const std::string& text);

using db::records::MayRead;

struct Found {
    const Noun* noun;
    std::string id, reference, state, line;
    bool voided = false;
    std::vector<ranking::Why> why;
    /// The record that answered, where it is merged into this one.
    struct Merged {
        std::string id, reference;
    };
    std::optional<Merged> merged{};
};
struct Findings {
    std::vector<Found> best;
    bool more = false;  // others answer too
};

/// At most `limit` records of these nouns. Nothing where the text is too little to look for.
[[nodiscard]] std::optional<Findings> search(db::Tx& tx, std::span<const Noun* const> nouns, MayRead may_read,
                                             const std::string& text, int limit);

}  // namespace tideover::casework
