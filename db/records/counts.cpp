// One statement groups and counts; it is planned for its values.
#include "db/records/counts.hpp"

#include <algorithm>

#include "db/records/record_sql.hpp"
#include "db/records/visibility.hpp"

namespace tideover::db::records {
namespace {

constexpr int combinations_most = 1000;

/// What is grouped by, as records have it.
std::string stored(const Principal& who, const Noun& noun, const Field& field) {
    if (&field == &listing::merged)
        return "EXISTS (SELECT " + merges_sql(noun, who.role, "t.authority_id") + " AND m.from_id = t.id)";
    return "t." + column(field.name);
}

/// The fields in the index that records are counted from: a list of values is no column of an index that keeps each
/// value once, and merges are records of their own.
bool is_indexed(const Field& field) {
    return field.kind != Kind::choices && &field != &listing::voided && !listing::is_about_merging(field);
}

}  // namespace

Statement counts_statement(const Principal& who, const Noun& noun, const Page& page,
                           const std::vector<const Field*>& by) {
    Statement sql;
    const auto bind = [&](const std::string& value, std::string_view type) { return sql.bind(value, type); };
    std::string shown, values, groups, parts, lists, order;
    for (std::size_t i = 0; i < by.size(); ++i) {
        const auto d = "d" + std::to_string(i), list = "list_" + d;
        const bool several = by[i]->kind == Kind::choices;
        shown += "'" + std::string{by[i]->name} + "', x." + d + ", ";
        values += stored(who, noun, *by[i]) + " AS " + d + ", ";
        groups += (groups.empty() ? " GROUP BY " : ", ") + std::to_string(i + 1);
        parts += (several ? list + ".value" : "y." + d) + " AS " + d + ", ";
        // There are fewer sorts of lists than records with one.
        if (several) lists += " LEFT JOIN LATERAL unnest(y." + d + ") AS " + list + "(value) ON true";
        order += ", x." + d;
    }
    const auto authority = bind(who.authority, "text");
    const auto counted = [&](const std::string& number, const std::string& which) {
        return filled(
            "SELECT {values}{number} AS n FROM {noun} t WHERE {which}{groups}",
            {{"values", values}, {"number", number}, {"noun", noun.name}, {"which", which}, {"groups", groups}});
    };
    auto numbers = std::string{};
    // What was typed is looked for once.
    if (const auto hidden = page.typed ? std::nullopt : hidden_few(who, noun, authority, bind)) {
        // All, read from the index where it has what is asked, less the few that are kept from the asker.
        const auto all = "t.authority_id = " + authority + conditions_asked(who, noun, page, authority, bind);
        numbers = counted("count(*)", all) + "\nUNION ALL\n" + counted("-count(*)", all + " AND " + *hidden);
    } else {
        numbers = counted("count(*)", records_asked(who, noun, page, authority, bind));
    }
    sql << "SELECT json_build_object(" << shown << "'count', x.n)::text FROM (SELECT " << parts
        << "sum(y.n)::bigint AS n FROM (" << numbers << ") y" << lists << groups << ") x"
        << (by.empty() ? "" : " WHERE x.n > 0") << " ORDER BY x.n DESC" << order << " LIMIT "
        << std::to_string(combinations_most + 1);
    return sql;
}

Counts counts(Tx& tx, const Noun& noun, const Page& page, const std::vector<const Field*>& by) {
    Counts out;
    for (const auto& row : tx.run(counts_statement(tx.principal(), noun, page, by))) {
        if (static_cast<int>(out.items.size()) == combinations_most) {
            out.more = true;
            break;
        }
        out.items.push_back(row[0].as<std::string>());
    }
    return out;
}

std::string counts_index(const Noun& noun) {
    std::vector<std::string> columns;
    const auto add = [&](std::string_view field) {
        auto name = column(field);
        if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(std::move(name));
    };
    for (const auto* field : listing::counted_by(noun)) {
        if (is_indexed(*field)) add(field->name);
    }
    for (const auto says_who_sees : {noun.restricted, noun.case_worker}) {
        if (!says_who_sees.empty()) add(says_who_sees);
    }
    std::string out =
        "CREATE INDEX " + std::string{noun.name} + "_counts ON " + std::string{noun.name} + " (authority_id";
    for (const auto& name : columns) out += ", " + name;
    return out + ") WHERE NOT voided;\n";
}

}  // namespace tideover::db::records
