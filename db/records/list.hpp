// Lists of records: pages of those that answer to conditions, in an order, from a place on.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/core/page.hpp"
#include "db/core/transaction.hpp"
#include "db/records/search_sql.hpp"
#include "domain/core/listing.hpp"

namespace tideover::db::records {

struct Condition {
    const Field* field;
    listing::How how = listing::How::values;
    std::vector<std::string> values;  // in their stored form; of a range one; an instant's may be a day in London
};

/// Where a page ended: at this record, with this value of the field that the list is sorted by. Without a value: among
/// those that have none, and without an id before the first of these.
struct Place {
    std::string id{};
    std::optional<std::string> value{};
};

struct Page {
    std::vector<Condition> conditions;
    std::optional<ranking::Typed> typed{};  // what its records are to answer to
    const Field* sorted_by = nullptr;       // null: by when they were recorded. Records without a value come last
    bool descending = true;
    std::optional<Place> after{};
    int limit = 50;
};

struct ListedRecords {
    std::vector<std::string> items;  // JSON
    std::optional<Place> next{};     // where it goes on; nothing at the end
};

/// A page of rows, which are an item's JSON, its id and the value that they are sorted by, with one more than the limit
/// where it goes on.
[[nodiscard]] ListedRecords page_in(const pqxx::result& found, int limit);

/// The statement of a page's first part, to be read by people and tests.
[[nodiscard]] Statement list_statement(const Principal& who, const Noun& noun, const Page& page);

/// The WHERE of a page's records over the alias `t`, but for where it begins. Void records are left out unless a
/// condition is about them.
[[nodiscard]] std::string records_asked(const Principal& who, const Noun& noun, const Page& page,
                                        const std::string& authority, const Bind& bind);

/// The same whoever asks, to go on behind "t.authority_id = …": begins with " AND ".
[[nodiscard]] std::string conditions_asked(const Principal& who, const Noun& noun, const Page& page,
                                           const std::string& authority, const Bind& bind);

/// Takes the values of a record in the order of wire_columns, each as its kind has it in JSON, without quotes.
using TakeValues = std::function<void(const std::vector<std::optional<std::string_view>>& values)>;

/// All records of a list, whatever its limit, one after the other.
void whole_list(Tx& tx, const Noun& noun, const Page& page, const TakeValues& take);

/// Void records are left out unless a condition is about them.
[[nodiscard]] ListedRecords list(Tx& tx, const Noun& noun, const Page& page);

}  // namespace tideover::db::records
