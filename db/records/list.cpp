// Each list is a statement of its own, planned for the values that it is asked with.
#include "db/records/list.hpp"

#include <algorithm>

#include "db/records/record_sql.hpp"

namespace tideover::db::records {
namespace {

using listing::How;

/// That a record is merged into another one, or into one of these.
std::string of_merges(const Principal& who, const Noun& noun, const Condition& condition, const std::string& authority,
                      const Bind& bind) {
    const auto merges = merges_sql(noun, who.role, authority);
    if (condition.field == &listing::merged_into) {
        return "t.id = ANY (ARRAY(SELECT m.from_id " + merges + " AND m.kind = '" + std::string{noun.name} +
               "' AND m.into_id = ANY (" + bind(array_of(condition.values), "uuid[]") + ")))";
    }
    std::string any;
    for (const auto& value : condition.values) {
        any += (any.empty() ? "" : " OR ") + std::string{value == "true" ? "" : "NOT "} + "EXISTS (SELECT " + merges +
               " AND m.from_id = t.id)";
    }
    return "(" + any + ")";
}

std::string one_of(const Condition& condition, const std::string& authority, const Bind& bind) {
    const auto& field = *condition.field;
    const auto stored = "t." + column(field.name);
    if (field.kind == Kind::choices) return stored + " && " + bind(array_of(condition.values), "text[]");
    const bool plain = field.form == Form::none && field.kind != Kind::code;
    if (plain && condition.values.size() > 1)
        return stored + " = ANY (" + bind(array_of(condition.values), std::string{sql_type(field)} + "[]") + ")";
    std::string any;
    for (const auto& value : condition.values) {
        any += (any.empty() ? "" : " OR ") + has_value(field, authority, bind(value, filter_type(field)));
    }
    return "(" + any + ")";
}

/// An end of a range, which is in it. A day as an end of a range of instants is the whole day in London.
std::string end_of(const Condition& condition, const Bind& bind) {
    const auto& field = *condition.field;
    const auto& value = condition.values.front();
    const auto stored = "t." + column(field.name);
    const bool from = condition.how == How::from;
    if (field.kind != Kind::instant || value.size() > 10)
        return stored + (from ? " >= " : " <= ") + bind(value, sql_type(field));
    const auto day = bind(value, "date");
    if (from) return stored + " >= (" + day + "::timestamp AT TIME ZONE 'Europe/London')";
    return stored + " < ((" + day + " + 1)::timestamp AT TIME ZONE 'Europe/London')";
}

}  // namespace

ListedRecords page_in(const pqxx::result& found, int limit) {
    ListedRecords out;
    for (const auto& row : found) {
        if (static_cast<int>(out.items.size()) == limit) {
            const auto last = found[static_cast<pqxx::result::size_type>(limit - 1)];
            out.next = Place{last[1].as<std::string>(), text_or_null(last[2])};
            break;
        }
        out.items.push_back(row[0].as<std::string>());
    }
    return out;
}

std::string conditions_asked(const Principal& who, const Noun& noun, const Page& page, const std::string& authority,
                             const Bind& bind) {
    std::string out;
    const auto about_void = [](const Condition& one) { return one.field == &listing::voided; };
    if (std::none_of(page.conditions.begin(), page.conditions.end(), about_void)) out += " AND NOT t.voided";
    for (const auto& one : page.conditions) {
        out += " AND " + (listing::is_about_merging(*one.field) ? of_merges(who, noun, one, authority, bind)
                          : one.how == How::values              ? one_of(one, authority, bind)
                                                                : end_of(one, bind));
    }
    if (page.typed) out += " AND " + answers(noun, *page.typed, authority, bind);
    return out;
}

std::string records_asked(const Principal& who, const Noun& noun, const Page& page, const std::string& authority,
                          const Bind& bind) {
    return "t.authority_id = " + authority + visible_only(who, noun, bind) +
           conditions_asked(who, noun, page, authority, bind);
}

namespace {

/// Which part of a sorted list: records with a value, and after them those without.
enum class Part { all, with_value, without_value };

class Select {
public:
    Select(const Principal& who, const Noun& noun, const Page& page) : who_(who), noun_(noun), page_(page) {}

    [[nodiscard]] Statement statement(Part part, int limit) const {
        const auto* by = page_.sorted_by;
        auto sql = rows(part, wire_sql(noun_, who_.role) + "::text, t.id, " +
                                  (by == nullptr ? "NULL" : wire_value(*by, "t") + "::text"));
        sql << " LIMIT " << sql.bind(std::to_string(limit + 1), "integer");
        return sql;
    }

    /// Every row of the part, in order.
    [[nodiscard]] Statement rows(Part part, const std::string& what) const {
        Statement sql;
        const auto bind = [&](const std::string& value, std::string_view type) { return sql.bind(value, type); };
        const auto authority = bind(who_.authority, "text");
        const auto* by = page_.sorted_by;
        const auto key = by == nullptr ? std::string{} : "t." + column(by->name);
        sql << "SELECT " << what << " FROM " << noun_.name << " t WHERE "
            << records_asked(who_, noun_, page_, authority, bind) << from_place(part, key, bind);
        if (part == Part::with_value && !by->required) sql << " AND " << key << " IS NOT NULL";
        if (part == Part::without_value) sql << " AND " << key << " IS NULL";
        const auto* order = page_.descending ? " DESC" : "";
        sql << " ORDER BY " << (part == Part::with_value ? key + order + ", " : "") << "t.id" << order;
        return sql;
    }

    ListedRecords run(Tx& tx, Part part, int limit) const { return page_in(tx.run(statement(part, limit)), limit); }

private:
    std::string from_place(Part part, const std::string& key, const Bind& bind) const {
        if (!page_.after) return {};
        const auto& place = *page_.after;
        const std::string after = page_.descending ? " < " : " > ";
        if (part == Part::with_value) {
            return " AND (" + key + ", t.id)" + after + "(" + bind(*place.value, sql_type(*page_.sorted_by)) + ", " +
                   bind(place.id, "uuid") + ")";
        }
        // The records without a value begin after the last one with any.
        if (part == Part::without_value && (place.value || place.id.empty())) return {};
        return " AND t.id" + after + bind(place.id, "uuid");
    }

    const Principal& who_;
    const Noun& noun_;
    const Page& page_;
};

/// A value as text, as it stands in JSON but for the quotes.
std::string as_text(const WireColumn& column) {
    switch (column.kind) {
        case Kind::choices:
            return "array_to_string(" + column.value + ", '; ')";
        case Kind::flag:  // PostgreSQL shows t and f
        case Kind::rows:
            return "(" + column.value + ")::text";
        default:
            return column.value;
    }
}

}  // namespace

Statement list_statement(const Principal& who, const Noun& noun, const Page& page) {
    return Select{who, noun, page}.statement(page.sorted_by == nullptr ? Part::all : Part::with_value, page.limit);
}

void whole_list(Tx& tx, const Noun& noun, const Page& page, const TakeValues& take) {
    std::string what;
    for (const auto& column : wire_columns(noun, tx.principal().role)) {
        what += (what.empty() ? "" : ", ") + as_text(column);
    }
    std::vector<std::optional<std::string_view>> values;
    const auto hand_over = [&](const pqxx::row& row) {
        values.clear();
        for (const auto& value : row) {
            values.push_back(value.is_null() ? std::nullopt
                                             : std::optional{std::string_view{value.c_str(), value.size()}});
        }
        take(values);
    };
    const Select select{tx.principal(), noun, page};
    if (page.sorted_by == nullptr) return tx.each(select.rows(Part::all, what), hand_over);
    tx.each(select.rows(Part::with_value, what), hand_over);
    if (!page.sorted_by->required) tx.each(select.rows(Part::without_value, what), hand_over);
}

ListedRecords list(Tx& tx, const Noun& noun, const Page& page) {
    const Select select{tx.principal(), noun, page};
    if (page.sorted_by == nullptr) return select.run(tx, Part::all, page.limit);
    ListedRecords out;
    if (!page.after || page.after->value) out = select.run(tx, Part::with_value, page.limit);
    if (out.next || page.sorted_by->required) return out;
    const int left = page.limit - static_cast<int>(out.items.size());
    if (left == 0) {
        if (!select.run(tx, Part::without_value, 1).items.empty()) out.next = Place{};
        return out;
    }
    auto rest = select.run(tx, Part::without_value, left);
    for (auto& item : rest.items) out.items.push_back(std::move(item));
    out.next = std::move(rest.next);
    return out;
}

}  // namespace tideover::db::records
