// What is asked, and of what, stands in the route's report.
#include "server/api/resources/reports.hpp"

#include "db/reports/report.hpp"
#include "server/api/paging.hpp"
#include "server/api/parameters.hpp"

namespace tideover::resources {

Response report(Call& call) {
    const auto& report = *call.route.report;
    const auto said = parameters_said(call);
    std::vector<Column> columns;
    for (const auto& field : report.columns) {
        if (who_sees(field.privacy).has(call.principal.role)) columns.push_back({std::string{field.name}, field.kind});
    }
    return pages_of(
        call, cursor_said(call, report.order.kind), columns,
        [&](db::Tx& tx, const std::string& after, int limit) { return db::rows_of(tx, report, said, after, limit); });
}

}  // namespace tideover::resources
