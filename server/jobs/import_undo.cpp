// Once to see whether it can be done, and once to do it.
#include "server/jobs/import_undo.hpp"

#include <cstdint>

#include "db/core/ids.hpp"
#include "db/imports/imports.hpp"
#include "domain/imports/import_kinds.hpp"
#include "server/casework/records.hpp"

namespace tideover {
namespace {

namespace imports = db::imports;

constexpr int part_max = 125;

struct Undoing {
    const JobRun& run;
    imports::Undo undo;
    const Noun& noun;

    [[nodiscard]] db::Intent intent(const std::string& key, bool dry_run) const {
        return {.principal = run.job.who,
                .route = "import-undo " + run.job.id,
                .key = key,
                .fingerprint = db::ids::sha256_hex(run.job.id),
                .request_id = run.job.id,
                .dry_run = dry_run};
    }
    [[nodiscard]] std::vector<imports::Recorded> before(std::int64_t number) const {
        return imports::recorded_before(run.aside, run.job.who.authority, noun, undo.import_id, number, part_max);
    }
    /// How many of them could not be made void.
    [[nodiscard]] std::size_t make_void(db::Tx& tx, const std::vector<imports::Recorded>& records) const {
        std::vector<casework::Correction> wanted;
        for (const auto& one : records) {
            wanted.push_back({.target = {one.id, one.version},
                              .reason = "Import undone: " + undo.reason,
                              .changes = Record{noun.fields},
                              .void_it = true});
        }
        std::size_t refused = 0;
        for (const auto& outcome : casework::correct_many(tx, noun, wanted)) {
            refused += std::holds_alternative<casework::Stored>(outcome) ? 0U : 1U;
        }
        return refused;
    }
};

const Noun& noun_of(const std::string& kind) {
    const auto* found = import_kind(kind);
    if (found == nullptr || found->step != nullptr)
        throw JobFailed{"This program does not know how to undo such a file."};
    return *found->noun;
}

[[noreturn]] void refuse(std::size_t many) {
    throw JobFailed{std::to_string(many) +
                    " of its records"
                    " cannot be made void, since work leans on them: correct that work first."};
}

void rehearse(const Undoing& undoing) {
    std::size_t refused = 0;
    for (auto part = undoing.before(INT64_MAX); !part.empty(); part = undoing.before(part.back().number)) {
        undoing.run.database.write(undoing.intent("try", true), [&](db::Tx& tx) {
            refused += undoing.make_void(tx, part);
            return std::optional{db::Accepted{}};
        });
        undoing.run.renew();
        undoing.run.pause();
    }
    if (refused > 0) refuse(refused);
}

}  // namespace

void run_import_undo(JobRun& run) {
    auto undo = imports::undo_named(run.aside, run.job.who.authority, run.job.id);
    const auto& noun = noun_of(undo.kind);
    if (!run.job.total) run.count(imports::recorded_in(run.aside, run.job.who.authority, undo.import_id));
    const Undoing undoing{run, std::move(undo), noun};
    if (run.job.done == 0) rehearse(undoing);
    auto done = run.job.done;
    for (auto part = undoing.before(INT64_MAX); !part.empty(); part = undoing.before(part.back().number)) {
        std::size_t refused = 0;
        const auto stored =
            run.database.write(undoing.intent(std::to_string(part.front().number), false), [&](db::Tx& tx) {
                run.go_on(tx, done + static_cast<std::int64_t>(part.size()));
                refused = undoing.make_void(tx, part);
                return refused == 0 ? std::optional{db::Accepted{}} : std::nullopt;
            });
        if (!stored) refuse(refused);
        done += static_cast<std::int64_t>(part.size());
        run.pause();
    }
}

}  // namespace tideover
