// What is asked, and of what, stands in the route's report.
#include "server/api/resources/reports.hpp"

#include "db/reports/report.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"

namespace tideover::resources {

Response report(Call& call) {
    const auto& report = *call.route.report;
    const auto said = parameters_said(call);
    const auto after = cursor_said(call, report.order.kind);
    const bool csv = wants_csv(call);
    const int limit = page_limit(call);
    db::Listed rows;
    call.database.read(call.principal, [&](db::Tx& tx) { rows = db::rows_of(tx, report, said, after, limit); });
    return page_of(call, rows.items, rows.next, csv);
}

}  // namespace tideover::resources
