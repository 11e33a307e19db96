// Rules that applications, awards and payments have in common.
#pragma once

#include <string_view>

#include "server/casework/rules.hpp"

namespace tideover::casework::grants {

/// Premises are claimed for by the business that they belong to, whatever it was merged with. Of applications.
void premises_are_theirs(const Proposals& applications);

/// Moves what a scheme has committed; its constraint refuses more than the allocation. Last, because every decision on
/// the scheme waits for this row.
void commit_allocation(db::Tx& tx, std::string_view scheme, std::int64_t pence);

}  // namespace tideover::casework::grants
