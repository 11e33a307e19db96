// First what the file is encoded in and how many rows it has; then its rows.
#include "server/jobs/import.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "db/records/likeness.hpp"
#include "server/casework/figures/changes.hpp"
#include "server/casework/imports/import_file.hpp"
#include "server/formats/ndjson_reader.hpp"
#include "server/formats/zip_archive.hpp"
#include "server/jobs/import_rows.hpp"

namespace tideover {
namespace {

using nlohmann::json;
namespace imports = db::imports;

constexpr std::size_t likenesses_max = 100;
constexpr std::int64_t whole_rows_max = 100'000;  // of a file that is one transaction

/// What it is encoded in is known when all of it was looked at.
void find_encoding(const JobRun& run, imports::Import& import) {
    EncodingFinder finder;
    auto bytes = bytes_of(run.aside, run.job.who.authority, import);
    int parts = 0;
    for (std::string part; bytes(part); part.clear()) {
        finder.add(part);
        if (++parts % 16 == 0) run.pause();
    }
    import.encoding = encoding_names[static_cast<std::size_t>(finder.found())];
    imports::know_encoding(run.aside, run.job.who.authority, import.id, import.encoding);
}

/// How many rows there are, by the number of the last. What columns lines of JSON have is known then.
std::int64_t rows_in(const JobRun& run, const ImportKind& kind, imports::Import& import) {
    const auto reader = rows_of(run.aside, run.job.who.authority, import);
    const auto reading = reading_of(json::parse(import.reading));
    std::int64_t last = 0;
    SourceRow row;
    if (reader->header(row, reading.header_row)) last = row.number;
    while (reader->next(row)) {
        last = row.number;
        if (last % 10'000 == 0) run.pause();
    }
    if (const auto why = reader->broken(); !why.empty()) throw JobFailed{why + " Nothing was recorded."};
    if (const auto* lines = dynamic_cast<const NdjsonReader*>(reader.get())) {
        import.columns = json_of(columns_met(kind, lines->names(), reading));
        imports::know_columns(run.aside, run.job.who.authority, import.id, import.columns);
    }
    return last;
}

const ImportKind& kind_at(const std::string& path) {
    const auto* kind = import_kind(path);
    if (kind == nullptr) throw JobFailed{"This program does not know such files."};
    return *kind;
}

/// A file that is read: what it is, and how its rows are done.
struct File {
    const JobRun& run;
    const imports::Import& import;
    const ImportKind& kind;
    TableReading reading;
    std::vector<ColumnOf> columns;

    [[nodiscard]] db::Intent intent(const std::string& key, bool dry_run) const {
        return {.principal = run.job.who,
                .route = "import " + import.id,
                .key = key,
                .fingerprint = import.sha256,
                .request_id = run.request_id(),
                .dry_run = dry_run};
    }

    /// Has `take` do the rows after the one of that number, some at a time. `ahead`: while most rows say what their
    /// records say, whole thousands are held against them before; nothing else may be under way.
    template <class Take>
    void each(std::int64_t after, bool ahead, const Take& take) const {
        const auto reader = rows_of(run.aside, run.job.who.authority, import);
        ImportRows rows{kind, columns, reading, run.words, import.name, import.may_correct};
        SourceRow row;
        static_cast<void>(reader->header(row, reading.header_row));
        bool mostly_same = false;
        const auto take_some = [&] {
            take(rows);
            mostly_same = ahead && rows.mostly_same();
            rows.clear();
            run.pause();
        };
        std::vector<SourceRow> next;
        const auto add_next = [&] {
            if (next.empty()) return;
            if (!rows.empty()) take_some();  // they may be about the same records
            std::vector<std::optional<std::string>> same;
            run.aside.read(run.job.who, [&](db::Tx& tx) { same = rows.same_already(tx, next); });
            for (std::size_t i = 0; i < next.size(); ++i) {
                if (same[i]) {
                    rows.add_same(next[i], *same[i]);
                } else {
                    rows.add(next[i]);
                }
                if (rows.full()) take_some();
            }
            next.clear();
        };
        while (reader->next(row)) {
            if (row.number <= after) continue;
            if (mostly_same || !next.empty()) {
                next.push_back(row);
                if (next.size() == ImportRows::most_same) add_next();
                continue;
            }
            rows.add(row);
            if (rows.full()) take_some();
        }
        add_next();
        if (!rows.empty()) take(rows);
    }
};

/// Some rows, each by itself.
void store(const File& file, ImportRows& rows) {
    const auto& run = file.run;
    const auto key = std::to_string(rows.first());
    if (file.import.dry_run) {
        run.database.write(file.intent(key, true), [&](db::Tx& tx) {
            rows.work(tx);
            return std::optional{db::Accepted{}};
        });
    }
    run.database.write(file.intent(key, false), [&](db::Tx& tx) {
        run.go_on(tx, rows.last());
        if (!file.import.dry_run) rows.work(tx);
        imports::keep_rows(tx, file.import.id, rows.results(), !file.import.dry_run);
        return std::optional{db::Accepted{}};
    });
}

/// What came of a whole file that is one transaction.
struct Whole {
    std::vector<imports::RowResult> rows{};
    std::size_t faulty = 0;
    std::string figures{};            // of a dry run: those that would change …
    json likenesses = json::array();  // … and what its rows are like
    std::map<std::string, std::int64_t, std::less<>> rows_by_record{};

    void add(std::vector<imports::RowResult> some) {
        for (auto& row : some) {
            faulty += row.faults ? 1U : 0U;
            rows.push_back(std::move(row));
        }
    }
};

/// Adds what the new records of some rows are like: others that are there, or rows before them.
void note_likenesses(const File& file, db::Tx& tx, const std::vector<imports::RowResult>& some, Whole& out) {
    if (out.likenesses.size() >= likenesses_max) return;
    std::vector<std::string> ids;
    for (const auto& row : some) {
        if (row.outcome != "recorded" || !row.record_id) continue;
        ids.push_back(*row.record_id);
        out.rows_by_record.emplace(*row.record_id, row.number);
    }
    auto found = db::records::likenesses_among(tx, *file.kind.noun, ids);
    const auto number = [&](const std::string& id) { return out.rows_by_record.at(id); };
    std::sort(found.begin(), found.end(),
              [&](const auto& a, const auto& b) { return number(a.first) < number(b.first); });
    for (const auto& [id, likes] : found) {
        for (auto like : json::parse(likes)) {
            like["row"] = number(id);
            like["like_row"] = nullptr;
            // What a rehearsal recorded is not there when it is over.
            if (const auto row = out.rows_by_record.find(like.at("id").get<std::string>());
                row != out.rows_by_record.end()) {
                if (row->second > number(id)) continue;  // it says so itself
                like["like_row"] = row->second;
                for (const auto* name : {"id", "reference", "href"}) like[name] = nullptr;
            }
            if (out.likenesses.size() < likenesses_max) out.likenesses.push_back(std::move(like));
        }
    }
}

Whole work_whole(const File& file, db::Tx& tx) {
    Whole out;
    const bool dry_run = file.import.dry_run;
    const auto before = dry_run ? casework::figures_now(tx) : std::vector<db::figures::Figure>{};
    file.each(0, false, [&](ImportRows& rows) {
        rows.work(tx);
        auto results = rows.results();
        if (dry_run && file.kind.step == nullptr) note_likenesses(file, tx, results, out);
        out.add(std::move(results));
        file.run.renew();
    });
    if (dry_run) out.figures = casework::changes(before, casework::figures_now(tx));
    return out;
}

/// Rows and progress, in a transaction that does nothing else.
void keep_whole(const File& file, db::Tx& tx, const Whole& whole, bool records) {
    const auto& run = file.run;
    run.go_on(tx, *run.job.total);
    imports::keep_rows(tx, file.import.id, whole.rows, records);
    if (whole.figures.empty()) return;
    imports::keep_figures(tx, file.import.id, whole.figures);
    imports::keep_likenesses(tx, file.import.id, whole.likenesses.dump());
}

[[noreturn]] void fail_whole(std::int64_t faulty) {
    throw JobFailed{std::to_string(faulty) + (faulty == 1 ? " row is" : " rows are") +
                    " at fault: nothing was recorded."};
}

/// The whole file in one transaction.
void store_whole(const File& file) {
    const auto& run = file.run;
    const bool dry_run = file.import.dry_run;
    Whole whole;
    run.database.write(file.intent("all", dry_run), [&](db::Tx& tx) -> std::optional<db::Accepted> {
        whole = work_whole(file, tx);
        if (dry_run) return db::Accepted{};
        if (whole.faulty > 0) return std::nullopt;
        keep_whole(file, tx, whole, true);
        return db::Accepted{};
    });
    if (!dry_run && whole.faulty == 0) return;
    if (!dry_run) std::erase_if(whole.rows, [](const imports::RowResult& row) { return !row.faults; });
    run.database.write(file.intent("faults", false), [&](db::Tx& tx) {
        keep_whole(file, tx, whole, false);
        return std::optional{db::Accepted{}};
    });
    if (!dry_run) fail_whole(static_cast<std::int64_t>(whole.faulty));
}

/// What an import of the same bytes did before it ended stands: this one goes on behind it.
void go_on_behind(JobRun& run, const imports::Import& import) {
    std::int64_t done = 0;
    const db::Intent intent{.principal = run.job.who,
                            .route = "import " + import.id,
                            .key = "behind",
                            .fingerprint = import.sha256,
                            .request_id = run.request_id()};
    run.database.write(intent, [&](db::Tx& tx) {
        done = imports::take_over(tx, import);
        run.go_on(tx, done);
        return std::optional{db::Accepted{}};
    });
    run.job.done = done;
}

}  // namespace

void run_import(JobRun& run) try {
    auto import = imports::named(run.aside, run.job.who.authority, run.job.id);
    const auto& kind = kind_at(import.kind);
    const auto ends = imports::part_ends(run.aside, run.job.who.authority, import.id);
    if (ends.empty() || ends.back() != static_cast<std::uint64_t>(import.bytes))
        throw JobFailed{"Its bytes are not there any more: send the file again, and it goes on behind what stands."};
    if (import.encoding.empty() && import.format != "workbook") find_encoding(run, import);
    if (!run.job.total) run.count(rows_in(run, kind, import));
    const auto total = *run.job.total;
    if (run.job.done >= total) {
        // All of it was read by a server that came no further.
        if (import.all_or_nothing && !import.dry_run && import.faulty > 0) fail_whole(import.faulty);
        return;
    }
    if (import.all_or_nothing && total > whole_rows_max) {
        throw JobFailed{"All or nothing is for at most " + std::to_string(whole_rows_max) +
                        " rows: send it as good_rows, which may be repeated, or in parts."};
    }
    const auto reading = reading_of(json::parse(import.reading));
    if (!import.continues.empty() && run.job.done == 0) go_on_behind(run, import);
    const File file{run, import, kind, reading, columns_in(kind, import.columns, reading)};
    if (import.all_or_nothing || (import.dry_run && total <= whole_rows_max)) return store_whole(file);
    file.each(run.job.done, true, [&](ImportRows& rows) {
        store(file, rows);
        run.give_way();
    });
} catch (const BadArchive& wrong) {
    throw JobFailed{wrong.what()};
}

}  // namespace tideover
