// Once to see whether it can be done, and once to do it.
#include "server/jobs/import_undo.hpp"

#include <cstdint>

#include "db/core/ids.hpp"
#include "db/imports/imports.hpp"
#include "db/records/facts.hpp"
#include "db/records/records.hpp"
#include "domain/imports/import_kinds.hpp"
#include "server/casework/records.hpp"

namespace tideover {
namespace {

namespace imports = db::imports;

constexpr int part_max = 125;

/// A record as it was before the row corrected it; nothing where it is so already.
std::optional<casework::Correction> as_it_was(const Noun& noun, const imports::Work& work, const Record& now,
                                              const Record& was, const std::vector<db::records::SaidBefore>& said) {
    casework::Correction out{
        .target = {work.id, work.version}, .reason = {}, .changes = Record{noun.fields}, .named = {}};
    const auto say = [&](const Field& field, std::optional<std::string> value) {
        out.changes.set(field, std::move(value));
        out.named.push_back(field.name);
    };
    for (const auto& field : noun.fields) {
        if (field.dated && work.from_a_day) continue;
        if (may_be_corrected(field) && now.at(field) != was.at(field)) say(field, was.at(field));
    }
    for (const auto& one : said) {
        say(*noun.field(one.field), one.value);
        out.from = one.from_on;
    }
    return out.named.empty() ? std::nullopt : std::optional{std::move(out)};
}

struct Undoing {
    const JobRun& run;
    imports::Undo undo;
    const Noun& noun;

    [[nodiscard]] db::Intent intent(const std::string& key, bool dry_run) const {
        return {.principal = run.job.who,
                .route = "import-undo " + run.job.id,
                .key = key,
                .fingerprint = db::ids::sha256_hex(run.job.id),
                .request_id = run.request_id(),
                .dry_run = dry_run};
    }
    [[nodiscard]] std::vector<imports::Work> before(std::int64_t number) const {
        return imports::work_before(run.aside, run.job.who.authority, noun, undo.import_id, number, part_max);
    }
    /// How many of them could not be undone.
    [[nodiscard]] std::size_t undo_all(db::Tx& tx, const std::vector<imports::Work>& all) const {
        std::vector<casework::Correction> wanted;
        std::vector<imports::Work> corrected;
        std::size_t refused = 0;
        for (const auto& one : all) {
            if (one.voided) continue;
            if (one.changed_since) {
                ++refused;
            } else if (one.corrected) {
                corrected.push_back(one);
            } else {
                wanted.push_back({.target = {one.id, one.version}, .reason = {}, .changes = Record{noun.fields}});
                wanted.back().void_it = true;
            }
        }
        refused += add_corrections(tx, corrected, wanted);
        for (auto& one : wanted) one.reason = "Import undone: " + undo.reason;
        for (const auto& outcome : casework::correct_many(tx, noun, wanted)) {
            const auto* why = std::get_if<Refused>(&outcome);
            const bool is_so = why != nullptr && why->why == Refusal::nothing_changed;
            refused += is_so || std::holds_alternative<casework::Stored>(outcome) ? 0U : 1U;
        }
        return refused;
    }

private:
    /// How many of them cannot be what they were.
    [[nodiscard]] std::size_t add_corrections(db::Tx& tx, const std::vector<imports::Work>& all,
                                              std::vector<casework::Correction>& wanted) const {
        if (all.empty()) return 0;
        std::vector<std::string> ids;
        std::vector<std::int64_t> before, from_a_day;
        for (const auto& one : all) {
            ids.push_back(one.id);
            before.push_back(*one.corrected - 1);
            from_a_day.push_back(one.from_a_day ? *one.corrected : 0);
        }
        const auto now = db::records::lock(tx, noun, ids);
        const auto was = db::records::as_at(tx, noun, ids, before);
        std::vector<std::vector<db::records::SaidBefore>> said(all.size());
        for (auto& one : db::records::said_before(tx, ids, from_a_day)) said[one.place].push_back(one);
        std::size_t refused = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!now[i] || !was[i]) {
                ++refused;
            } else if (auto one = as_it_was(noun, all[i], *now[i], *was[i], said[i])) {
                wanted.push_back(std::move(*one));
            }
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
                    " of its records cannot be made void, or what they were, since work leans on them or they were "
                    "changed since: correct that work first."};
}

void rehearse(const Undoing& undoing) {
    std::size_t refused = 0;
    for (auto part = undoing.before(INT64_MAX); !part.empty(); part = undoing.before(part.back().number)) {
        undoing.run.database.write(undoing.intent("try", true), [&](db::Tx& tx) {
            refused += undoing.undo_all(tx, part);
            return std::optional{db::Accepted{}};
        });
        undoing.run.renew();
        undoing.run.give_way();
    }
    if (refused > 0) refuse(refused);
}

}  // namespace

void run_import_undo(JobRun& run) {
    auto undo = imports::undo_named(run.aside, run.job.who.authority, run.job.id);
    const auto& noun = noun_of(undo.kind);
    if (!run.job.total) run.count(imports::work_in(run.aside, run.job.who.authority, undo.import_id));
    const Undoing undoing{run, std::move(undo), noun};
    auto done = run.job.done;
    if (done == 0) rehearse(undoing);
    const auto from = imports::work_after(run.aside, run.job.who.authority, undoing.undo.import_id, done);
    for (auto part = undoing.before(from); !part.empty(); part = undoing.before(part.back().number)) {
        std::size_t refused = 0;
        const auto stored =
            run.database.write(undoing.intent(std::to_string(part.front().number), false), [&](db::Tx& tx) {
                run.go_on(tx, done + static_cast<std::int64_t>(part.size()));
                refused = undoing.undo_all(tx, part);
                return refused == 0 ? std::optional{db::Accepted{}} : std::nullopt;
            });
        if (!stored) refuse(refused);
        done += static_cast<std::int64_t>(part.size());
        run.give_way();
    }
}

}  // namespace tideover
