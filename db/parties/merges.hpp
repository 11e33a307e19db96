// What a merge asks of the parties, and does to the ledger's subjects.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/core/record.hpp"

namespace tideover::db::parties {

/// The link by which two parties are counted as one, made with the merge itself (see db/records/on_create.hpp).
inline constexpr std::string_view links_on_create = R"(linked AS (
    INSERT INTO merge_link (authority_id, from_id, into_id, linked)
    SELECT d.authority_id, d.from_id, d.into_id, true FROM {drafts}
), )";

/// Takes the end of the link back.
void unlink(Tx& tx, const Record& merge);

/// One merge at a time until the end of the transaction, so that no two can close a circle.
void hold_merges(Tx& tx);

/// Whom the two are counted as now, and whether as many merges as there may be in a row lead to the first.
struct Roots {
    std::string from, into;
    bool too_many = false;
};
[[nodiscard]] Roots roots_of(Tx& tx, const Record& merge);

/// Of these records those that are merged into another now, and which one counts for each in the end.
[[nodiscard]] std::map<std::string, std::string> survivors(Tx& tx, const std::vector<std::string>& ids);

}  // namespace tideover::db::parties
