// Rows of a file, done as a list within a transaction: decoded, recorded or moved on by the rules of the API, with what
// came of each.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "db/imports/imports.hpp"
#include "domain/core/day.hpp"
#include "domain/imports/import_kinds.hpp"
#include "server/formats/cells.hpp"
#include "server/formats/csv_reader.hpp"
#include "server/jobs/import_register.hpp"
#include "server/jobs/job_runner.hpp"

namespace tideover {

class ImportRows {
public:
    /// A seal waits for a part to be stored, and whoever records meanwhile waits for the seal: a part is short.
    static constexpr std::size_t most = 125;

    /// `may_correct`: whether a row about a record that is there may change it.
    ImportRows(const ImportKind& kind, std::span<const ColumnOf> columns, const TableReading& reading,
               const WordRefusal& words, std::string file, bool may_correct)
        : kind_(kind),
          columns_(columns),
          words_(words),
          filter_(columns, reading),
          register_(kind, columns),
          from_(reading.from),
          file_(std::move(file)),
          may_correct_(may_correct) {}

    /// Of rows that are the same as their records, which are only noted, a part takes more.
    static constexpr std::size_t most_same = 2000;

    [[nodiscard]] bool full() const { return rows_.size() - same_ == most || rows_.size() == most_same; }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    /// The numbers of the first and the last row. Precondition: there is one.
    [[nodiscard]] std::int64_t first() const { return rows_.front().source.number; }
    [[nodiscard]] std::int64_t last() const { return rows_.back().source.number; }

    void add(const SourceRow& source) { rows_.push_back({.source = source}); }
    /// A row that says what its record says.
    void add_same(const SourceRow& source, const std::string& record_id) {
        rows_.push_back({.source = source, .record_id = record_id, .outcome = "same", .settled = true});
        ++same_;
    }
    void clear() { rows_.clear(), same_ = 0; }

    /// For each row the record that it says the same as, if there is one, at this moment: of a register most rows are
    /// so. Rows that others of these may be about as well are not.
    [[nodiscard]] std::vector<std::optional<std::string>> same_already(db::Tx& tx,
                                                                       const std::vector<SourceRow>& sources);
    /// Whether most of the rows were the same as their records.
    [[nodiscard]] bool mostly_same() const;

    /// Does what the rows say; those that cannot be done leave the others as they are. May run again from the start.
    void work(db::Tx& tx);
    /// What came of each row.
    [[nodiscard]] std::vector<db::imports::RowResult> results() const;

private:
    struct Row {
        SourceRow source;
        bool completed = false;        // with what every row has
        std::optional<Record> said{};  // what would be sent of it
        std::string target{};          // of a step: the record that takes it
        std::string from{};  // the day from which on what it says of dated fields is so; empty: it is corrected
        std::vector<FieldFault> faults{};
        std::optional<std::string> record_id{};
        std::string_view outcome{};  // recorded, same, changed or left_out; faults say otherwise
        bool settled = false;        // nothing is left to be done
    };

    /// Puts in what every row has. False where the row has more cells than the file has columns.
    [[nodiscard]] bool complete_cells(Row& row) const;
    void decode_all(db::Tx& tx);
    void decode_row(Row& row, const NamedRecords& named, const db::Principal& who) const;
    void take_target(Row& row, nlohmann::json& body) const;
    void take_from(Row& row, nlohmann::json& body, Instant now) const;
    void record(db::Tx& tx, const std::vector<Row*>& rows);
    void refresh(db::Tx& tx, std::vector<Row*> rows);
    void refresh_once(db::Tx& tx, const std::vector<Row*>& rows);
    void correct(db::Tx& tx, const std::vector<Row*>& rows, std::vector<casework::Correction> wanted);
    void advance(db::Tx& tx, std::vector<Row*> rows);
    void advance_once(db::Tx& tx, const std::vector<Row*>& rows);
    void take(Row& row, const casework::Outcome& outcome) const;

    const ImportKind& kind_;
    std::span<const ColumnOf> columns_;
    const WordRefusal& words_;
    RowFilter filter_;
    ImportRegister register_;
    std::string from_;  // the day of rows that say none
    std::string file_;  // its name, for the reason of what it changes
    bool may_correct_;
    std::vector<Row> rows_;
    std::size_t same_ = 0;  // rows of add_same
};

}  // namespace tideover
