// Steps: the lifecycle says where one leads, the noun decides, the rules look at other records.
#include <map>

#include "db/core/ids.hpp"
#include "db/records/records.hpp"
#include "domain/core/reference.hpp"
#include "server/casework/change.hpp"
#include "server/casework/locked.hpp"
#include "server/casework/records.hpp"
#include "server/casework/related.hpp"

namespace tideover::casework {
namespace {

namespace store = db::records;

std::string event_of(const Step& step, const Record& said) {
    return std::string{step.event.empty() ? said.text(by_name(step.chooser)) : step.event};
}

/// Moves a record by its lifecycle and its noun's decision.
void decide(const Noun& noun, const Step& step, const Actor& actor, Proposal& proposal) {
    const auto& before = *proposal.before;
    const auto& said = *proposal.said;
    auto& after = proposal.after;
    const auto to = next(noun.moves, before.state, event_of(step, said));
    if (!to || before.voided) {
        return proposal.refuse(Refusal::wrong_state, "It is " + (before.voided ? "void" : before.state) + ".");
    }
    after.state = std::string{*to};
    for (const auto& field : step.fields) {
        if (after.knows(field) && said.has(field)) after.set(field, said.at(field));
    }
    if (step.decide != nullptr) {
        auto decision = step.decide(before, after, said, actor);
        if (!decision) {
            proposal.objection = decision.reason();
            return;
        }
        after = std::move(decision).value();
    }
    if (const auto wrong = out_of_order(noun.in_order, after); !wrong.empty()) {
        proposal.refuse(Refusal::too_early, std::string{wrong.front().detail});
    }
}

/// Each event of the list has its own rules.
void judge_events(const Noun& noun, const Step& step, const Proposals& all) {
    std::map<std::string, std::vector<Proposal*>> by_event;
    for (auto* one : all) by_event[event_of(step, *one->said)].push_back(one);
    for (const auto& [event, some] : by_event) judge(rules_of_event(noun, event), {all.tx, some});
}

/// Fresh records in place of others: what the client gave then, and nothing that happened since.
void replace(const Noun& noun, const Proposals& originals) {
    std::vector<Record> heirs;
    std::vector<store::Draft> drafts;
    heirs.reserve(originals.size());
    for (auto* original : originals) {
        auto& heir = heirs.emplace_back(noun.fields);
        heir.id = db::ids::fresh();
        for (const auto& field : noun.fields) {
            const bool given = (!field.derived || !field.via.empty()) && !field.own;
            if (given && field.kind != Kind::rows) heir.set(field, original->before->at(field));
        }
        heir.set(by_name("replaces_id"), original->before->id);
        if (noun.derive != nullptr) noun.derive(heir);
        drafts.push_back(
            {&heir, make_reference(noun.prefix, db::ids::random_bits()), difference({}, lines(noun.counting, heir))});
        original->after.set(by_name("replaced_by_id"), heir.id);
    }
    store::create_all(originals.tx, noun, drafts);
}

/// Steps of a list that are about to be saved, with all that goes with them stored.
std::vector<store::Change> changes_of(const Noun& noun, const Step& step, const Proposals& standing) {
    if (!step.step_table.empty()) {
        std::vector<store::Taken> taken;
        for (const auto* one : standing) taken.push_back({&one->before->id, one->said});
        store::keep_steps(standing.tx, noun, step, taken);
    }
    if (step.creates_replacement) replace(noun, standing);
    std::vector<store::Change> out;
    for (const auto* one : standing) {
        out.push_back({&one->after, difference(lines(noun.counting, *one->before), lines(noun.counting, one->after)),
                       event_of(step, *one->said)});
    }
    return out;
}

std::vector<Proposal> proposed(db::Tx& tx, const Noun& noun, const Step& step, std::span<const Advance> wanted) {
    std::vector<const Target*> targets;
    for (const auto& one : wanted) targets.push_back(&one.target);
    auto proposals = locked(tx, noun, targets);
    std::vector<Proposal*> all;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        proposals[i].said = &wanted[i].said;
        all.push_back(&proposals[i]);
    }
    in_turn(
        Proposals{tx, all},
        [&](const Proposals& some) {
            for (auto* one : some) decide(noun, step, some.actor(), *one);
        },
        [&](const Proposals& some) { check_agreed(noun, some); },
        [&](const Proposals& some) { judge_events(noun, step, some); });
    return proposals;
}

}  // namespace

Outcome advance(db::Database& database, const db::Intent& intent, const Noun& noun, const Step& step,
                const Advance& wanted) {
    Record unnamed{noun.fields};  // a step names no other record
    return explained(database, intent.principal, noun, unnamed, [&] {
        return written(database, intent, wanted.target.id, [&](db::Tx& tx, std::optional<Outcome>& objection) {
            auto proposals = proposed(tx, noun, step, {&wanted, 1});
            objection = std::move(proposals[0].objection);
            if (objection) return std::optional<db::Accepted>{};
            const auto changes = changes_of(noun, step, {tx, {&proposals[0]}});
            return std::optional{store::save(tx, noun, changes[0], store::Cause::event)};
        });
    });
}

std::vector<Outcome> advance_many(db::Tx& tx, const Noun& noun, const Step& step, const std::vector<Advance>& wanted) {
    const Record unnamed{noun.fields};
    const auto work = [&](Part part, std::vector<std::optional<Outcome>>& outcomes) {
        auto proposals = proposed(tx, noun, step, std::span{wanted}.subspan(part.from, part.until - part.from));
        std::vector<Proposal*> all;
        for (auto& one : proposals) all.push_back(&one);
        const auto standing = Proposals{tx, all}.standing();
        if (!standing.empty()) store::save_all(tx, noun, changes_of(noun, step, standing), store::Cause::event);
        for (std::size_t i = 0; i < all.size(); ++i) {
            outcomes[part.from + i] =
                all[i]->objection.value_or(Stored{wanted[part.from + i].target.id, {.status = 200}});
        }
        return true;
    };
    return change_many(tx, noun, wanted.size(),
                       {.work = work,
                        .said = [&](std::size_t) -> const Record& { return unnamed; },
                        .one_by_one = rules_of(noun).one_by_one});
}

}  // namespace tideover::casework
