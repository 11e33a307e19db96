// Two statements a report: the first page, and those after it.
#include "db/reports/report.hpp"

#include <utility>
#include <vector>

#include "db/records/record_sql.hpp"

namespace tideover::db {
namespace {

constexpr int given_before = 5;  // authority, staff, partner, limit, after

std::string statement(const Report& report, Role role, bool first) {
    records::Numbering n{given_before};
    std::vector<std::pair<std::string, std::string>> fillings;
    for (const auto& parameter : report.parameters) {
        fillings.emplace_back(records::column(parameter.name), n.next(records::filter_type(parameter)));
    }
    const auto& order = report.order;
    const std::string by{order.by}, type = order.kind == Kind::id ? "uuid" : "bigint";
    fillings.emplace_back("after", first ? "" : " AND " + by + (order.descending ? " < " : " > ") + "$5::" + type);
    fillings.emplace_back("order", "ORDER BY " + by + (order.descending ? " DESC" : "") + " LIMIT $4::integer");
    for (const auto& [name, sql] : {std::pair{"staff", "$2::uuid"}, std::pair{"partner", "$3"}}) {
        if (report.sql.find("{" + std::string{name} + "}") != std::string_view::npos) fillings.emplace_back(name, sql);
    }
    const auto pairs = records::wire_pairs(report.columns, role, {}).substr(2);
    // Every parameter has a type wherever it stands, also one that no hole uses.
    return "WITH given AS (SELECT $1::text, $2::uuid, $3::text, $4::integer, $5::" + type +
           ")\nSELECT json_build_object(" + pairs + ")::text, t.its_order FROM (" +
           filled(report.sql,
                  std::vector<std::pair<std::string_view, std::string_view>>(fillings.begin(), fillings.end())) +
           ") t";
}

}  // namespace

Listed rows_of(Tx& tx, const Report& report, const Record& said, const std::string& after, int limit) {
    const auto& who = tx.principal();
    const auto role = who.role;
    const auto name =
        "report_" + std::string{report.name} + "_" + records::seen_fields(role) + (after.empty() ? "_first" : "_next");
    const auto& query = records::cached(name, [&] { return statement(report, role, after.empty()); });
    const auto or_null = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional{text}; };
    Params params{who.authority, or_null(who.staff_id), who.partner, std::to_string(limit + 1), or_null(after)};
    for (const auto& value : said.values()) params.push_back(value);
    return listed(tx.run(query, params), limit);
}

}  // namespace tideover::db
