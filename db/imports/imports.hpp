// Imports: files of records as they came, and what came of each of their rows.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/core/page.hpp"
#include "db/core/transaction.hpp"
#include "domain/core/noun.hpp"

namespace tideover::db::imports {

struct Import {
    std::string id;    // that of its job as well
    std::string kind;  // the path of what its rows are
    std::string name;  // of the file; may be empty
    std::int64_t bytes = 0;
    std::string sha256;  // hex
    bool dry_run = false;
    char delimiter = ',';
    std::string columns;  // JSON: [{"column", "field"}]
};

/// Keeps bytes of a file that is on its way; positions begin with 1.
void keep_part(Database& database, const std::string& authority, const std::string& id, int position,
               const std::string& bytes);
/// Nothing behind the last one.
[[nodiscard]] std::optional<std::string> part(Database& database, const std::string& authority, const std::string& id,
                                              int position);
/// Forgets a file that no import was made of.
void forget_parts(Database& database, const std::string& authority, const std::string& id);
/// Forgets those files that were on their way a day ago.
void forget_old_parts(Database& database);

/// The import that stands of the same bytes; nothing where there is none.
[[nodiscard]] std::optional<std::string> same(Tx& tx, const Import& import);
/// Adds it, with its job.
void add(Tx& tx, const Import& import);
[[nodiscard]] Import named(Database& database, const std::string& authority, const std::string& id);

/// What came of a row: a record, or faults and the cells that have them. Of a rehearsal neither.
struct RowResult {
    std::int64_t number = 0;
    std::optional<std::string> record_id{};
    std::optional<std::string> cells{};   // an array of text, as PostgreSQL reads one
    std::optional<std::string> faults{};  // JSON: [{"field", "code", "message"}]
};
void keep_rows(Tx& tx, const std::string& id, const std::vector<RowResult>& rows);

/// What is told of one, as JSON: itself, its job, and its first hundred faults. Nothing where there is none that the
/// principal sees: a partner sees its own.
[[nodiscard]] std::optional<std::string> read(Tx& tx, const std::string& id);
/// The path of what its rows are, and its columns' names; nothing as above.
struct Header {
    std::string kind;
    std::vector<std::string> columns;
};
[[nodiscard]] std::optional<Header> header(Tx& tx, const std::string& id);
/// Every row at fault, in the order of the file.
struct FaultyRow {
    std::string number;
    std::vector<std::string> cells;
    std::string fields, codes, messages;  // of all its faults, with "; " between them
};
void each_faulty(Tx& tx, const std::string& id, const std::function<void(const FaultyRow&)>& take);

/// A page of the records that were made of its rows, in their order, as JSON; `after` is a row's number.
[[nodiscard]] Listed records(Tx& tx, const Noun& noun, const std::string& id, const std::string& after, int limit);

}  // namespace tideover::db::imports
