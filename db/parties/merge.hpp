// What a merge does to the ledger's subjects.
#pragma once

#include <string_view>

namespace tideover::db::parties {

/// The link by which two parties are counted as one.
inline constexpr std::string_view links_on_create = R"(, linked AS (
    INSERT INTO merge_link (authority_id, from_id, into_id, linked)
    SELECT d.authority_id, d.from_id, d.into_id, true FROM {drafts}))";

}  // namespace tideover::db::parties
