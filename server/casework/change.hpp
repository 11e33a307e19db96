// How one change or a list of them runs: what recording, steps and corrections have in common.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/casework/rules.hpp"

namespace tideover::casework {

/// Puts the proposals before each stage; those that one objects to do not come before the next.
template <class... Stages>
void in_turn(const Proposals& all, const Stages&... stages) {
    const auto put = [&](const auto& stage) {
        if (const auto standing = all.standing(); !standing.empty()) stage(standing);
    };
    (put(stages), ...);
}

/// Does the work, and finds out what a constraint meant that it broke. `said` is what was said of the record: where the
/// codes in it are not known as they stand, they get the spelling of the records that have them, and the work is done
/// once more. Throws what is nobody's fault.
[[nodiscard]] Outcome explained(db::Database& database, const db::Principal& who, const Noun& noun, Record& said,
                                const std::function<Outcome()>& work);

/// One proposal, in a transaction of its own. `work` makes it, and returns what is stored unless something objects.
/// What is rehearsed answers which figures it would change as well.
[[nodiscard]] Outcome written(db::Database& database, const db::Intent& intent, const std::string& id,
                              const std::function<std::optional<db::Accepted>(db::Tx&, std::optional<Outcome>&)>& work);

/// Part of a list: from the one place up to the other.
struct Part {
    std::size_t from, until;
};
struct Listwise {
    /// Does a part in one go, from the start, and says what came of each. Where it returns false, something of it was
    /// done that must not have been: it is undone, and done once more.
    std::function<bool(Part, std::vector<std::optional<Outcome>>&)> work;
    /// What was said of the record at a place.
    std::function<const Record&(std::size_t)> said;
    bool one_by_one = false;
};
/// A list of changes within a transaction. Where a part breaks a constraint it is undone and done again in smaller
/// ones, so that only what is at fault fails.
[[nodiscard]] std::vector<Outcome> change_many(db::Tx& tx, const Noun& noun, std::size_t many, const Listwise& list);

}  // namespace tideover::casework
