// A question about many records, as a table: what it takes, what its rows hold, and its statement. Everything about it
// follows from that: the route's parameters, pages, CSV, and its part of the document.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "db/core/page.hpp"
#include "db/core/transaction.hpp"
#include "domain/core/record.hpp"

namespace tideover::db {

/// What rows are ordered by, which is different in each: an SQL expression, of kind id or count.
struct ReportOrder {
    std::string_view by;
    Kind kind = Kind::id;
    bool descending = false;
};

struct Report {
    std::string_view name;
    std::span<const Field> parameters{};
    /// Each is a column of the statement, with underscores for dots; those that are not needed may be NULL.
    std::span<const Field> columns;
    ReportOrder order;
    /// `$1` is the authority. It has a hole for each parameter, NULL where that is not said; in its WHERE the hole
    /// `{after}`, and at its end `{order}`. Of the principal it may ask by `{staff}` and `{partner}`.
    std::string_view sql;
};

/// One page of its rows as JSON. `said` has the report's parameters; `after` is where the page before ended, or empty.
[[nodiscard]] Listed rows_of(Tx& tx, const Report& report, const Record& said, const std::string& after, int limit);

}  // namespace tideover::db
