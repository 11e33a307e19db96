// How much waits in queues, and for how long.
#pragma once

#include <string>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/queues.hpp"

namespace tideover::db::records {

/// For each queue, in their order, a JSON object of code, title, kind, count, oldest (a day in London; null where
/// nothing waits), value_pence (null where nothing is at stake) and href, its list: of the records that the principal
/// sees, and may move on.
[[nodiscard]] std::vector<std::string> waiting(Tx& tx, const std::vector<const Queue*>& queues);

}  // namespace tideover::db::records
