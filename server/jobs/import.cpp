// A part is decoded, recorded as a list, and kept with what came of each row.
#include "server/jobs/import.hpp"

#include <nlohmann/json.hpp>

#include "db/imports/imports.hpp"
#include "domain/core/completion.hpp"
#include "server/casework/records.hpp"
#include "server/formats/cells.hpp"
#include "server/formats/csv_reader.hpp"
#include "server/formats/record_json.hpp"

namespace tideover {
namespace {

using nlohmann::json;
namespace imports = db::imports;

constexpr std::size_t part_max = 1000;  // rows

/// The file as its parts have it.
CsvReader reader_of(const JobRun& run, const imports::Import& import) {
    auto position = std::make_shared<int>(0);
    auto& database = run.database;
    return CsvReader{[&database, position, authority = run.job.who.authority, id = import.id](std::string& more) {
                         const auto bytes = imports::part(database, authority, id, ++*position);
                         if (bytes) more += *bytes;
                         return bytes.has_value();
                     },
                     import.delimiter};
}

const Noun& noun_at(const std::string& path) {
    for (const auto* noun : nouns::all()) {
        if (noun->path == path) return *noun;
    }
    throw JobFailed{"This program does not know such records."};
}

std::vector<ColumnOf> columns_in(const Noun& noun, const std::string& columns) {
    std::vector<ColumnOf> out;
    for (const auto& one : json::parse(columns)) {
        const auto& field = one.at("field");
        out.push_back({one.at("column"), field.is_null() ? nullptr : noun.field(field.get<std::string>())});
    }
    return out;
}

/// A row on its way.
struct Row {
    SourceRow source;
    std::optional<Record> draft{};
    std::vector<FieldFault> faults{};
    std::optional<std::string> record_id{};
};

std::string_view words_of(std::string_view fault) {
    if (fault == unclosed_quote) return "A quotation mark opens a cell here, and none closes it.";
    if (fault == row_too_long) return "A row has at most a mebibyte.";
    if (fault == null_character) return "U+0000 cannot be stored: take it out.";
    return "This row is not UTF-8: save the file as UTF-8.";
}

class Part {
public:
    Part(const JobRun& run, const imports::Import& import, const Noun& noun, std::span<const ColumnOf> columns)
        : run_(run), import_(import), noun_(noun), columns_(columns) {}

    [[nodiscard]] bool full() const { return rows_.size() == part_max; }
    [[nodiscard]] bool empty() const { return rows_.empty(); }

    void add(const SourceRow& source) {
        auto& row = rows_.emplace_back(Row{.source = source});
        if (!source.fault.empty()) {
            row.faults.push_back({"", std::string{source.fault}, std::string{words_of(source.fault)}});
        } else if (source.cells.size() > columns_.size()) {
            row.faults.push_back({"", "too_many_cells", "The row has more cells than there are columns."});
        } else {
            decode_cells(row);
        }
    }

    /// Stores the rows that can be, and what came of all.
    void store() {
        const auto last = rows_.back().source.number;
        const auto intent = [&](bool dry_run) {
            return db::Intent{.principal = run_.job.who,
                              .route = "import " + import_.id,
                              .key = std::to_string(rows_.front().source.number),
                              .fingerprint = import_.sha256,
                              .request_id = import_.id,
                              .dry_run = dry_run};
        };
        if (import_.dry_run) {
            run_.database.write(intent(true), [&](db::Tx& tx) {
                record(tx);
                return std::optional{db::Accepted{}};
            });
            for (auto& row : rows_) row.record_id.reset();
        }
        run_.database.write(intent(false), [&](db::Tx& tx) {
            run_.go_on(tx, last);
            if (!import_.dry_run) record(tx);
            imports::keep_rows(tx, import_.id, results());
            return std::optional{db::Accepted{}};
        });
        rows_.clear();
    }

private:
    void decode_cells(Row& row) {
        auto body = body_of(columns_, row.source.cells, row.faults);
        // A partner need not say its own code.
        const auto& who = run_.job.who;
        if (who.role == Role::partner && !noun_.owner.empty() && !body.contains(std::string{noun_.owner}))
            body[std::string{noun_.owner}] = who.partner;
        const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
        auto decoded = decode(noun_.fields, body, Reading::whole, now);
        // Of a cell that could not be read it is known already.
        for (auto& fault : complete(noun_, decoded.record, std::move(decoded.faults))) {
            const auto same = [&](const FieldFault& other) { return other.pointer == fault.pointer; };
            if (std::none_of(row.faults.begin(), row.faults.end(), same)) row.faults.push_back(std::move(fault));
        }
        if (row.faults.empty()) row.draft = std::move(decoded.record);
    }

    void record(db::Tx& tx) {
        std::vector<Record> drafts;
        std::vector<Row*> theirs;
        for (auto& row : rows_) {
            if (!row.draft) continue;
            drafts.push_back(*row.draft);
            theirs.push_back(&row);
            row.faults.clear();  // of a try before this one
        }
        if (drafts.empty()) return;
        const auto outcomes = casework::record_many(tx, noun_, std::move(drafts));
        for (std::size_t i = 0; i < outcomes.size(); ++i) take(*theirs[i], outcomes[i]);
    }

    void take(Row& row, const casework::Outcome& outcome) {
        row.record_id.reset();
        if (const auto* stored = std::get_if<casework::Stored>(&outcome)) {
            row.record_id = stored->id;
        } else if (const auto* wrong = std::get_if<casework::FieldFaults>(&outcome)) {
            row.faults = wrong->faults;
        } else if (const auto* refused = std::get_if<Refused>(&outcome)) {
            auto [code, message] = run_.words(*refused);
            row.faults.push_back({"", std::move(code), std::move(message)});
        } else {
            row.faults.push_back({"", "not-found", "There is no such record."});
        }
    }

    [[nodiscard]] std::vector<imports::RowResult> results() const {
        std::vector<imports::RowResult> out;
        for (const auto& row : rows_) {
            auto& result =
                out.emplace_back(imports::RowResult{.number = row.source.number, .record_id = row.record_id});
            if (row.faults.empty()) continue;
            auto faults = json::array();
            for (const auto& fault : row.faults) {
                auto field = fault.pointer.substr(fault.pointer.empty() ? 0 : 1);
                std::replace(field.begin(), field.end(), '/', '.');
                faults.push_back({{"field", field}, {"code", fault.code}, {"message", fault.detail}});
            }
            result.faults = faults.dump();
            result.cells = db::array_of(row.source.cells);
        }
        return out;
    }

    const JobRun& run_;
    const imports::Import& import_;
    const Noun& noun_;
    std::span<const ColumnOf> columns_;
    std::vector<Row> rows_;
};

/// How many rows there are, by the number of the last.
std::int64_t rows_in(const JobRun& run, const imports::Import& import) {
    auto reader = reader_of(run, import);
    std::int64_t last = 0;
    for (SourceRow row; reader.next(row);) {
        last = row.number;
        if (last % 10'000 == 0) run.pause();
    }
    if (reader.broken()) {
        throw JobFailed{"It is no CSV: " + std::to_string(CsvReader::unclosed_max) +
                        " cells begin with a quotation mark that nothing closes, the last one in row " +
                        std::to_string(last) + ". Nothing was recorded."};
    }
    return last;
}

}  // namespace

void run_import(const JobRun& run) {
    const auto import = imports::named(run.database, run.job.who.authority, run.job.id);
    const auto& noun = noun_at(import.kind);
    const auto columns = columns_in(noun, import.columns);
    if (!run.job.total) run.count(rows_in(run, import));
    auto reader = reader_of(run, import);
    Part part{run, import, noun, columns};
    bool header = true;
    for (SourceRow row; reader.next(row); header = false) {
        // The first row has the columns' names; others stand already.
        if (header || row.number <= run.job.done) continue;
        part.add(row);
        if (!part.full()) continue;
        part.store();
        run.pause();
    }
    if (!part.empty()) part.store();
}

}  // namespace tideover
