// Imports: files of records as they came, and what came of each of their rows.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/core/page.hpp"
#include "db/core/transaction.hpp"
#include "db/records/search_sql.hpp"
#include "domain/core/noun.hpp"

namespace tideover::db::imports {

struct Import {
    std::string id;    // that of its job as well
    std::string kind;  // the path of what its rows are
    std::string name;  // of the file; may be empty
    std::int64_t bytes = 0;
    std::string sha256;  // hex
    bool dry_run = false;
    bool all_or_nothing = false;
    bool may_correct = false;  // whether a row about a record that is there may change it
    std::int64_t faulty = 0;   // rows so far
    std::string encoding{};    // a name of it, once the whole file was looked at
    char delimiter = ',';
    std::string columns;         // JSON: [{"column", "field", "by", "fault"}]
    std::string continues{};     // the import of the same bytes that ended early; empty: none
    std::string format = "csv";  // or ndjson, workbook
    std::string reading = "{}";  // JSON: how it was asked to be read
};

/// Keeps bytes of a file that is on its way; positions begin with 1.
void keep_part(Database& database, const std::string& authority, const std::string& id, int position,
               const std::string& bytes);
/// Nothing behind the last one.
[[nodiscard]] std::optional<std::string> part(Database& database, const std::string& authority, const std::string& id,
                                              int position);
/// Where each part ends in the whole.
[[nodiscard]] std::vector<std::uint64_t> part_ends(Database& database, const std::string& authority,
                                                   const std::string& id);
/// Forgets a file that no import was made of.
void forget_parts(Database& database, const std::string& authority, const std::string& id);
/// Forgets those files that were on their way a day ago.
void forget_old_parts(Database& database);

/// Forgets rows at fault of imports that ended so long ago; returns how many.
inline constexpr std::string_view faulty_days = "90";  // as the function of that name has it
std::int64_t forget_faulty_rows(Database& database);

/// The import that stands of the same bytes; nothing where there is none.
[[nodiscard]] std::optional<std::string> same(Tx& tx, const Import& import);
/// Adds it, with its job. Where one of the same bytes ended before all its rows were done, it goes on behind those.
void add(Tx& tx, const Import& import);
/// Takes over what came of the rows of the one that it continues: up to which row.
[[nodiscard]] std::int64_t take_over(Tx& tx, const Import& import);
[[nodiscard]] Import named(Database& database, const std::string& authority, const std::string& id);

/// Says what the file is encoded in.
void know_encoding(Database& database, const std::string& authority, const std::string& id,
                   const std::string& encoding);
/// Says what its columns are, once all its rows were looked at.
void know_columns(Database& database, const std::string& authority, const std::string& id, const std::string& columns);

/// What came of a row: a record, or faults and the cells that have them.
struct RowResult {
    std::int64_t number = 0;
    std::string_view outcome{};  // recorded, same, changed, left_out or faulty
    std::optional<std::string> record_id{};
    std::optional<std::string> cells{};   // an array of text, as PostgreSQL reads one
    std::optional<std::string> faults{};  // JSON: [{"field", "code", "message"}]
};
/// `records`: whether the records are there to stay; otherwise the rows that have one are only counted.
void keep_rows(Tx& tx, const std::string& id, const std::vector<RowResult>& rows, bool records);
/// The figures that a rehearsal would change, as JSON.
void keep_figures(Tx& tx, const std::string& id, const std::string& figures);
/// What its rows are like, as JSON: [{"row", "code", "detail", "like_row", "kind", "id", "reference", "href"}].
void keep_likenesses(Tx& tx, const std::string& id, const std::string& likenesses);

/// What is told of one, as JSON: itself, its job, and its first hundred faults where it is of these kinds, since a
/// fault may quote what stood in a cell. Nothing where there is none that the principal sees: a partner sees its own.
[[nodiscard]] std::optional<std::string> read(Tx& tx, const std::string& id, const std::vector<std::string>& kinds);
/// The path of what its rows are, and its columns' names; nothing as above.
struct Header {
    std::string kind;
    std::vector<std::string> columns;
    bool forgotten;  // its rows at fault are
};
[[nodiscard]] std::optional<Header> header(Tx& tx, const std::string& id);
/// Every row at fault, in the order of the file.
struct FaultyRow {
    std::string number;
    std::vector<std::string> cells;
    std::string fields, codes, messages;  // of all its faults, with "; " between them
};
void each_faulty(Tx& tx, const std::string& id, const std::function<void(const FaultyRow&)>& take);

/// Whether an import can be undone: it is done, was no rehearsal, and none is about to undo it; and whether it is the
/// principal's own, who sent in it or one that it continues.
struct Undoable {
    std::string kind;
    bool ready = false, own = false;
};
[[nodiscard]] std::optional<Undoable> undoable(Tx& tx, const std::string& id);
/// Adds a job that undoes it.
void add_undo(Tx& tx, const std::string& undo, const std::string& import, const std::string& reason);

/// What such a job is about.
struct Undo {
    std::string import_id, kind, reason;
};
[[nodiscard]] Undo undo_named(Database& database, const std::string& authority, const std::string& id);
/// A row of an import that made or corrected a record.
struct Work {
    std::int64_t number;
    std::string id;
    std::int64_t version;                     // of the record, now
    bool voided;                              // the record is
    std::optional<std::int64_t> corrected{};  // the version that came of the row's correction
    bool from_a_day = false;                  // which was a change from a day on
    /// And the record was changed since, otherwise than by the import, by what undid it, or by others that were undone.
    bool changed_since = false;
};
/// Those before a row, the last first; at most so many, and none about a record that another of them is about.
[[nodiscard]] std::vector<Work> work_before(Database& database, const std::string& authority, const Noun& noun,
                                            const std::string& import, std::int64_t number, int most);
/// How many there are.
[[nodiscard]] std::int64_t work_in(Database& database, const std::string& authority, const std::string& import);
/// The number of the one after which so many come first, counted from the last; one past the last of all for none.
[[nodiscard]] std::int64_t work_after(Database& database, const std::string& authority, const std::string& import,
                                      std::int64_t many);

/// A page of the records that were made of its rows, in their order, as JSON; `after` is a row's number.
[[nodiscard]] Listed records(Tx& tx, const Noun& noun, const std::string& id, const std::string& after, int limit);
/// A page of the records of its kind that were there before it and that none of its rows is about; `after` is an id.
[[nodiscard]] Listed gone(Tx& tx, const Noun& noun, records::MayRead may_read, const std::string& id,
                          const std::string& after, int limit);

}  // namespace tideover::db::imports
