// Sums that a record keeps of others, moved on by what is recorded about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "db/core/transaction.hpp"

namespace tideover::db::records {

/// A sum: its table and column, and the column that names the record, `id` or its code.
struct RunningSum {
    std::string table, sum, by;
};

/// Moves such a sum on, which is the record's next version with its own audit line, in one statement.
void add_to_running_sum(Tx& tx, const RunningSum& kept, std::string_view name, std::int64_t more,
                        std::string_view action);

}  // namespace tideover::db::records
