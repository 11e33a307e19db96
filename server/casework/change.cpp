// A constraint speaks only when it is broken: what it means is asked afterwards.
#include "server/casework/change.hpp"

#include <algorithm>
#include <array>

#include "db/records/references.hpp"
#include "server/casework/faults.hpp"
#include "server/casework/figures/changes.hpp"

namespace tideover::casework {
namespace {

constexpr std::size_t part_max = 1000;
constexpr int references_max = 4;  // tries until all random references are free

bool names_unknown(const Outcome& outcome) {
    const auto* wrong = std::get_if<FieldFaults>(&outcome);
    return wrong != nullptr && std::any_of(wrong->faults.begin(), wrong->faults.end(),
                                           [](const FieldFault& fault) { return fault.code == "unknown_reference"; });
}

/// Runs a part of a list; halves it where it cannot be stored whole.
void run(db::Tx& tx, const Noun& noun, const Listwise& list, Part part, std::vector<std::optional<Outcome>>& outcomes) {
    std::optional<db::Fault> fault;
    bool stands = false;
    for (int references = 0; !stands && references < references_max;) {
        fault = tx.attempt([&] { return stands = list.work(part, outcomes); });
        if (!fault && stands) return;
        if (!fault) continue;
        if (!is_taken_reference(*fault)) break;
        ++references;
        stands = false;
    }
    if (part.until - part.from == 1) {
        outcomes[part.from] = outcome_of(tx, noun, list.said(part.from), *fault);
        if (!outcomes[part.from]) throw *fault;
        return;
    }
    const auto middle = part.from + (part.until - part.from) / 2;
    run(tx, noun, list, {part.from, middle}, outcomes);
    run(tx, noun, list, {middle, part.until}, outcomes);
}

/// Says in a record's JSON which figures would change.
void add_figures(std::string& body, const std::string& figures) {
    body.pop_back();
    body += ",\"figures\":" + figures + "}";
}

}  // namespace

Outcome explained(db::Database& database, const db::Principal& who, const Noun& noun, Record& said,
                  const std::function<Outcome()>& work) {
    for (bool again = false;; again = true) {
        std::optional<Outcome> outcome;
        try {
            outcome = work();
        } catch (const db::Fault& fault) {
            if (is_taken_reference(fault)) throw;
            database.read(who, [&](db::Tx& tx) { outcome = outcome_of(tx, noun, said, fault); });
            if (!outcome) throw;
        }
        bool respelt = false;
        if (!again && names_unknown(*outcome)) {
            const std::array one{db::records::Revision{.after = &said}};
            database.read(who, [&](db::Tx& tx) { respelt = db::records::respell(tx, noun, one); });
        }
        if (!respelt) return *outcome;
    }
}

Outcome written(db::Database& database, const db::Intent& intent, const std::string& id,
                const std::function<std::optional<db::Accepted>(db::Tx&, std::optional<Outcome>&)>& work) {
    std::optional<Outcome> objection;
    auto accepted = database.write(intent, [&](db::Tx& tx) {
        objection.reset();
        if (!intent.dry_run) return work(tx, objection);
        const auto before = figures_now(tx);
        auto rehearsed = work(tx, objection);
        if (rehearsed) add_figures(rehearsed->body, changes(before, figures_now(tx)));
        return rehearsed;
    });
    if (!accepted) return std::move(objection).value();
    return Stored{id, std::move(*accepted)};
}

std::vector<Outcome> change_many(db::Tx& tx, const Noun& noun, std::size_t many, const Listwise& list) {
    std::vector<std::optional<Outcome>> outcomes(many);
    const auto step = list.one_by_one ? 1 : part_max;
    for (std::size_t from = 0; from < many; from += step) {
        run(tx, noun, list, {from, std::min(from + step, many)}, outcomes);
    }
    std::vector<Outcome> out;
    for (auto& outcome : outcomes) out.push_back(std::move(outcome).value());
    return out;
}

}  // namespace tideover::casework
