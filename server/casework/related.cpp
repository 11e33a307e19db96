// The questions stand in db/records/references; here is what is said of their answers.
#include "server/casework/related.hpp"

#include <algorithm>
#include <array>

#include "db/records/records.hpp"
#include "db/records/references.hpp"

namespace tideover::casework {
namespace {

namespace store = db::records;

}  // namespace

FieldFault misnamed(std::string_view field, bool is_void) {
    if (!is_void) return {pointer_to(field), "unknown_reference", "There is no such record."};
    return {pointer_to(field), "void_reference",
            "That record is void: it was recorded by mistake. Name another, or reinstate it first."};
}

void check_names(const Noun& noun, const Proposals& proposals) {
    const auto found = store::misnamed(proposals.tx, noun, proposals.revisions());
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        FieldFaults wrong;
        for (const auto& one : found[i]) wrong.faults.push_back(misnamed(one.field, one.is_void));
        if (!wrong.faults.empty()) proposals[i].objection = std::move(wrong);
    }
}

void check_seen(const Noun& noun, const Proposals& proposals) {
    const auto unseen = store::unseen(proposals.tx, noun, proposals.revisions());
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (!unseen[i].empty()) proposals[i].objection = FieldFaults{{misnamed(unseen[i])}};
    }
}

void look_up(const Noun& noun, const Proposals& proposals) {
    const auto missing = store::look_up(proposals.tx, noun, proposals.revisions());
    std::vector<Proposal*> wrong;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (!missing[i].empty()) wrong.push_back(&proposals[i]);
    }
    if (wrong.empty()) return;
    check_names(noun, {proposals.tx, wrong});
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (!missing[i].empty() && !proposals[i].objection)
            proposals[i].objection = FieldFaults{{misnamed(missing[i])}};
    }
}

void check_codes(const Noun& noun, const Proposals& proposals) {
    if (noun.code().empty()) return;
    const auto found = store::having_code(proposals.tx, noun, proposals.revisions());
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (!found[i]) continue;
        proposals[i].refuse(
            Refusal::already_recorded,
            "It is " + found[i]->reference +
                (found[i]->is_void ? ", which is void: reinstate it by a correction with \"void\": false." : "."),
            {{noun.name, found[i]->id}});
    }
}

void check_agreements(const Noun& noun, const Proposals& proposals) {
    constexpr std::array codes{"not_the_same", "too_early", "too_late"};
    const auto found = store::disagreements(proposals.tx, noun, proposals.revisions());
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        for (const auto& one : found[i]) {
            proposals[i].fault(by_name(one.rule->field), codes[static_cast<std::size_t>(one.rule->must)],
                               std::string{one.rule->detail} + " The other is " + one.other + ".");
        }
    }
}

void check_agreed(const Noun& noun, const Proposals& proposals,
                  const std::vector<const std::vector<std::string_view>*>& named) {
    constexpr std::array codes{"not_the_same", "too_late", "too_early"};
    const auto found = store::disagreements_with(proposals.tx, noun, proposals.revisions());
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (proposals[i].after.voided) continue;
        for (const auto& one : found[i]) {
            const auto detail = std::string{one.rule->detail} + " The other is " + one.other + ".";
            const bool is_named =
                !named.empty() && std::find(named[i]->begin(), named[i]->end(), one.rule->of) != named[i]->end();
            if (!is_named) {
                proposals[i].refuse(Refusal::too_early, detail);
                break;
            }
            proposals[i].fault(by_name(one.rule->of), codes[static_cast<std::size_t>(one.rule->must)], detail);
        }
    }
}

void note_givers(const Noun& noun, const Record* before, Record& after, const std::string& staff) {
    for (const auto& field : noun.fields) {
        if (field.giver_of.empty() || !after.has(by_name(field.giver_of))) continue;
        if (before == nullptr || before->at(by_name(field.giver_of)) != after.at(by_name(field.giver_of)))
            after.set(field, staff);
    }
}

void check_unused(const Noun& noun, const Proposals& proposals, const std::vector<MayRead>& may_read) {
    constexpr int most = 6;
    store::Records records;
    for (const auto* one : proposals) records.push_back(&*one->before);
    const auto found = store::leaning_on(proposals.tx, noun, records, most);
    const auto role = proposals.tx.principal().role;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (found[i].empty()) continue;
        std::string names;
        std::vector<Other> leaning;
        bool others = found[i].size() == most;
        for (const auto& one : found[i]) {
            leaning.push_back({one.noun->name, one.id});
            if (one.reference.empty() || (may_read[i] != nullptr && !may_read[i](role, *one.noun))) {
                others = true;
            } else {
                names += (names.empty() ? "" : ", ") + std::string{one.noun->title} + " " + one.reference;
            }
        }
        if (others) names += names.empty() ? "Work that you do not see" : " and others";
        proposals[i].refuse(Refusal::in_use, names + (found[i].size() == 1 ? " leans on it." : " lean on it."),
                            std::move(leaning));
    }
}

}  // namespace tideover::casework
