// What counting a figure and counting its parts have in common: its entries, and its folded totals. For db/figures
// alone.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <string_view>
#include <vector>

#include "db/core/transaction.hpp"
#include "db/figures/figures.hpp"

namespace tideover::db::figures {

/// A span of days that a total is wanted for: everything up to `to`, or only the days after `after`. `kind` is that of
/// the days' buckets: those of the whole figure, or of a distinct one those of the period that begins after `after`.
struct Cut {
    std::string definition, name, after, to, kind = "d";
};

/// One column of the cuts as an array of PostgreSQL; codes and days need no quotes.
[[nodiscard]] std::string column_of(const std::vector<Cut>& cuts, std::string Cut::*member);

/// The totals of each cut that has any: its definition, its name, quantity, entries and the four limbs of its digest.
[[nodiscard]] pqxx::result totals_of(Tx& tx, const std::vector<Cut>& cuts, const Knowledge& k);

/// Whether the totals that stand folded at that seal have the figure, and whom it counts in each period. One that was
/// defined later has none of then.
[[nodiscard]] bool is_folded(const Headline& h, const Knowledge& k);
[[nodiscard]] bool has_folded_periods(const Headline& h, const Knowledge& k);

/// The entries behind a figure, over the alias `e`: a condition whose parameters are those of `asked`. The filter is
/// made a condition once and not for every entry, hence the SELECT around it.
inline constexpr std::string_view behind =
    R"(e.authority_id = $1 AND e.measure = $2 AND e.dims @@ (SELECT condition_of($3::jsonb))
    AND e.happened_on BETWEEN $4::date AND $5::date AND e.seq <= $6::bigint)";

[[nodiscard]] Params asked(Tx& tx, const Headline& h, const Knowledge& k, const std::string& as_at);

}  // namespace tideover::db::figures
