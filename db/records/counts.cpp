// One statement groups and counts; it is planned for its values.
#include "db/records/counts.hpp"

#include "db/records/record_sql.hpp"

namespace tideover::db::records {
namespace {

constexpr int combinations_most = 1000;

/// A list of values as rows of its own.
std::string joined(const Field& field, const std::string& alias) {
    if (field.kind != Kind::choices) return {};
    return " LEFT JOIN LATERAL unnest(t." + column(field.name) + ") AS " + alias + "(value) ON true";
}

std::string value_of(const Principal& who, const Noun& noun, const Field& field, const std::string& alias) {
    if (field.kind == Kind::choices) return alias + ".value";
    if (&field == &listing::merged)
        return "EXISTS (SELECT " + merges_sql(noun, who.role, "t.authority_id") + " AND m.from_id = t.id)";
    return "t." + column(field.name);
}

}  // namespace

Counts counts(Tx& tx, const Noun& noun, const Page& page, const std::vector<const Field*>& by) {
    const auto& who = tx.principal();
    Statement sql;
    const auto bind = [&](const std::string& value, std::string_view type) { return sql.bind(value, type); };
    std::string shown, values, joins, grouped, order;
    for (std::size_t i = 0; i < by.size(); ++i) {
        const auto name = "d" + std::to_string(i);
        shown += "'" + std::string{by[i]->name} + "', x." + name + ", ";
        values += value_of(who, noun, *by[i], "list_" + name) + " AS " + name + ", ";
        joins += joined(*by[i], "list_" + name);
        grouped += (grouped.empty() ? " GROUP BY " : ", ") + std::to_string(i + 1);
        order += ", x." + name;
    }
    const auto authority = bind(who.authority, "text");
    sql << "SELECT json_build_object(" << shown << "'count', x.n)::text FROM (SELECT " << values
        << "count(*) AS n FROM " << noun.name << " t" << joins << " WHERE "
        << records_asked(who, noun, page, authority, bind) << grouped << ") x ORDER BY x.n DESC" << order << " LIMIT "
        << std::to_string(combinations_most + 1);
    Counts out;
    for (const auto& row : tx.run(sql)) {
        if (static_cast<int>(out.items.size()) == combinations_most) {
            out.more = true;
            break;
        }
        out.items.push_back(row[0].as<std::string>());
    }
    return out;
}

}  // namespace tideover::db::records
