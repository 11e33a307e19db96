// The records that a list of changes is about, locked at the versions that whoever asks has seen.
#pragma once

#include <vector>

#include "server/casework/records.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {

/// A proposal for each target: its record before and, until it is changed, after; or the objection that there is none,
/// that it is at another version, or that it stands in the list already. What it is `said` with is the caller's to
/// fill.
[[nodiscard]] std::vector<Proposal> locked(db::Tx& tx, const Noun& noun, const std::vector<const Target*>& targets);

}  // namespace tideover::casework
