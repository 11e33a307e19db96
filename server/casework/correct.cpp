// Corrections: a record is what it should have been, and the ledger gets the difference.
#include <algorithm>
#include <array>

#include "db/records/facts.hpp"
#include "db/records/records.hpp"
#include "domain/core/completion.hpp"
#include "server/casework/change.hpp"
#include "server/casework/lists.hpp"
#include "server/casework/locked.hpp"
#include "server/casework/records.hpp"
#include "server/casework/related.hpp"

namespace tideover::casework {
namespace {

namespace store = db::records;

bool names(const Correction& correction, std::string_view field) {
    return std::find(correction.named.begin(), correction.named.end(), field) != correction.named.end();
}

bool reinstates(const Correction& correction) {
    return correction.void_it == false;
}

/// Whether the record may be corrected so, by what it is itself.
void check_correctable(const Noun& noun, const Correction& correction, Proposal& proposal) {
    const auto& before = *proposal.before;
    if (before.voided && !reinstates(correction)) {
        return proposal.refuse(Refusal::wrong_state, "It is void: reinstate it first, with \"void\": false.");
    }
    if (!before.voided && reinstates(correction)) {
        return proposal.refuse(Refusal::nothing_changed, "It is not void.");
    }
    if (!noun.code().empty() && before.has(by_name(noun.code())) && names(correction, noun.code())) {
        return proposal.fault(by_name(noun.code()), "not_correctable",
                              "A record keeps its code: record the right one, and leave this one void.");
    }
    if (!noun.corrected_in.empty() && before.state != noun.corrected_in) {
        return proposal.refuse(Refusal::wrong_state, "It is " + before.state + ", no longer " +
                                                         std::string{noun.corrected_in} + ": record another instead.");
    }
    // A correction mends what was said before; it does not stand for the step that says it first.
    for (const auto& field : noun.fields) {
        if (field.derived && names(correction, field.name) && !before.has(field)) {
            proposal.fault(field, "not_said_yet", "Nothing is recorded here that could be corrected.");
        }
    }
}

/// What a correction says of dated fields from a day on, and what is known of that already.
struct FromOn {
    std::vector<store::Saying> sayings{};
    std::vector<store::KnownAlready> known{};

    [[nodiscard]] const store::KnownAlready* of(const Field& field) const {
        for (std::size_t i = 0; i < sayings.size(); ++i) {
            if (sayings[i].field == &field) return &known[i];
        }
        return nullptr;
    }
    /// Whether it is so already, of all of them.
    [[nodiscard]] bool nothing_new() const {
        return std::all_of(known.begin(), known.end(), [](const auto& one) { return one.same; });
    }
};

/// The named changes, with `said` what is said of them, on the record.
void apply(const db::Principal& who, const Noun& noun, const Correction& correction, const Record& said,
           const FromOn& dated, Proposal& proposal) {
    auto& after = proposal.after;
    after.voided = correction.void_it == true;
    for (const auto& field : noun.fields) {
        if (!names(correction, field.name)) continue;
        if (field.kind == Kind::rows && same_rows(after.at(field).value_or("[]"), said.at(field).value_or("[]")))
            continue;
        const auto* known = dated.of(field);
        // What holds on some earlier days leaves the record as it is.
        if (known == nullptr || (known->newest && !known->same)) after.set(field, said.at(field));
    }
    if (after.voided == proposal.before->voided && after.values() == proposal.before->values() && dated.nothing_new()) {
        proposal.refuse(Refusal::nothing_changed);
    } else if (who.role == Role::partner && !noun.owner.empty() && after.text(by_name(noun.owner)) != who.partner) {
        proposal.refuse(Refusal::not_yours);
    }
}

/// Another postcode lies in another ward: a correction that says the one and not the other says both. Where the new
/// one's ward is not recorded, nothing follows.
void follow_postcodes(db::Tx& tx, const Noun& noun, std::span<const Proposal> proposals, std::vector<Correction>& all) {
    const auto postcode = by_name("postcode");
    for (const auto& ward : noun.fields) {
        if (!ward.by_postcode) continue;
        std::vector<Correction*> moved;
        std::vector<std::string> postcodes;
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto& one = all[i];
            if (proposals[i].objection || !names(one, "postcode") || names(one, ward.name)) continue;
            if (!one.changes.has(postcode) || one.changes.at(postcode) == proposals[i].before->at(postcode)) continue;
            moved.push_back(&one);
            postcodes.emplace_back(one.changes.text(postcode));
        }
        const auto wards = store::wards_of(tx, postcodes);
        for (std::size_t i = 0; i < moved.size(); ++i) {
            if (!wards[i]) continue;
            moved[i]->changes.set(ward, *wards[i]);
            moved[i]->named.push_back(ward.name);
        }
    }
}

/// The corrections of a part of a list, on their way; `at` finds each proposal's.
class Corrected {
public:
    /// `late`: for each what was objected to it after its rules had changed other records, an earlier time.
    Corrected(db::Tx& tx, const Noun& noun, std::span<const Correction> wanted, std::span<std::optional<Outcome>> late)
        : tx_(tx), noun_(noun), wanted_(wanted.begin(), wanted.end()), late_(late) {
        std::vector<const Target*> targets;
        for (const auto& one : wanted_) targets.push_back(&one.target);
        proposals_ = locked(tx, noun, targets);
        for (auto& one : proposals_) all_.push_back(&one);
        follow_postcodes(tx, noun, proposals_, wanted_);
        propose();
        in_turn(
            Proposals{tx, all_},
            [&](const Proposals& some) {
                check_seen(noun, some.where([](const Proposal& one) { return !one.after.voided; }));
            },
            [&](const Proposals& some) { look_up(noun, some); }, [&](const Proposals& some) { complete_each(some); },
            [&](const Proposals& some) {
                check_agreements(noun, some.where([](const Proposal& one) { return !one.after.voided; }));
            },
            [&](const Proposals& some) { check_agreed(noun, some, named_of(some)); },
            [&](const Proposals& some) { judge(rules_of(noun).correct, some); },
            [&](const Proposals& some) { check_void(some); });
    }

    [[nodiscard]] const std::vector<Proposal*>& all() const { return all_; }

    /// Whether rules changed other records for a correction that is refused after all.
    [[nodiscard]] bool changed_too_much() const { return changed_too_much_; }

    /// What is to be saved, with the lists of these records replaced.
    [[nodiscard]] std::vector<store::Change> changes(const Proposals& standing) const {
        std::vector<store::Change> out;
        store::replace_lists(tx_, noun_, standing.revisions());
        store::keep_facts(tx_, noun_, facts_of(standing));
        for (const auto* one : standing) {
            const auto& correction = at(*one);
            out.push_back({&one->after,
                           difference(lines(noun_.counting, *one->before), lines(noun_.counting, one->after)),
                           one->after.voided        ? "void"
                           : reinstates(correction) ? "reinstate"
                           : correction.from        ? "change"
                                                    : "correct",
                           correction.reason});
        }
        return out;
    }

private:
    [[nodiscard]] std::size_t place(const Proposal& proposal) const {
        return static_cast<std::size_t>(&proposal - proposals_.data());
    }
    [[nodiscard]] const Correction& at(const Proposal& proposal) const { return wanted_[place(proposal)]; }

    /// What dated fields are from a day on; or, of those that were wrong, on the days that the newest is about.
    [[nodiscard]] std::vector<store::Saying> facts_of(const Proposals& standing) const {
        std::vector<store::Saying> out;
        for (const auto* one : standing) {
            const auto& dated = dated_[place(*one)];
            for (std::size_t i = 0; i < dated.sayings.size(); ++i) {
                if (!dated.known[i].same) out.push_back(dated.sayings[i]);
            }
            for (const auto& field : noun_.fields) {
                if (!field.dated || one->after.voided || dated.of(field) != nullptr) continue;
                if (one->before->at(field) != one->after.at(field))
                    out.push_back({.before = &*one->before, .field = &field, .value = one->after.at(field)});
            }
        }
        return out;
    }

    /// Asks once what is known of all that is said from a day on.
    void ask_known(const std::vector<Record>& said) {
        std::vector<store::Saying> all;
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (!wanted_[i].from || proposals_[i].objection) continue;
            for (const auto& field : noun_.fields) {
                if (field.dated && names(wanted_[i], field.name))
                    dated_[i].sayings.push_back({&*proposals_[i].before, &field, wanted_[i].from, said[i].at(field)});
            }
            all.insert(all.end(), dated_[i].sayings.begin(), dated_[i].sayings.end());
        }
        const auto known = store::known_already(tx_, all);
        auto next = known.begin();
        for (auto& one : dated_) {
            const auto end = next + static_cast<std::ptrdiff_t>(one.sayings.size());
            one.known.assign(next, end);
            next = end;
        }
    }

    void propose() {
        std::vector<Record> said;
        std::vector<store::Revision> changes;
        said.reserve(wanted_.size());
        for (const auto& one : wanted_) changes.push_back({.after = &said.emplace_back(one.changes)});
        store::name_wards(tx_, noun_, changes);
        std::vector<Record*> reinstated;
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            auto& proposal = proposals_[i];
            if (late_[i]) proposal.objection = late_[i];
            if (!proposal.objection) check_correctable(noun_, wanted_[i], proposal);
            if (!proposal.objection && reinstates(wanted_[i])) reinstated.push_back(&proposal.after);
        }
        store::restore_lists(tx_, noun_, reinstated);
        dated_.resize(wanted_.size());
        ask_known(said);
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (!proposals_[i].objection) apply(tx_.principal(), noun_, wanted_[i], said[i], dated_[i], proposals_[i]);
        }
    }

    void complete_each(const Proposals& some) const {
        for (auto* one : some) {
            auto faults = complete(noun_, one->after, {}, at(*one).named);
            if (!faults.empty()) one->objection = FieldFaults{std::move(faults)};
            note_givers(noun_, &*one->before, one->after, tx_.principal().staff_id);
        }
    }

    [[nodiscard]] std::vector<const std::vector<std::string_view>*> named_of(const Proposals& some) const {
        std::vector<const std::vector<std::string_view>*> out;
        for (const auto* one : some) out.push_back(&at(*one).named);
        return out;
    }

    void check_void(const Proposals& some) {
        const auto voided = some.where([](const Proposal& one) { return one.after.voided; });
        std::vector<MayRead> may_read;
        for (const auto* one : voided) may_read.push_back(at(*one).may_read);
        check_unused(noun_, voided, may_read);
        for (auto* one : voided) {
            if (!one->objection) continue;
            late_[place(*one)] = one->objection;
            changed_too_much_ = changed_too_much_ || rules_of(noun_).correct[0] != nullptr;
        }
    }

    db::Tx& tx_;
    const Noun& noun_;
    std::vector<Correction> wanted_;
    std::vector<Proposal> proposals_;
    std::vector<Proposal*> all_;
    std::vector<FromOn> dated_;
    std::span<std::optional<Outcome>> late_;
    bool changed_too_much_ = false;
};

}  // namespace

Outcome correct(db::Database& database, const db::Intent& intent, const Noun& noun, const Correction& wanted) {
    auto correction = wanted;
    return explained(database, intent.principal, noun, correction.changes, [&] {
        return written(database, intent, wanted.target.id, [&](db::Tx& tx, std::optional<Outcome>& objection) {
            std::optional<Outcome> late;
            const Corrected corrected{tx, noun, {&correction, 1}, {&late, 1}};
            objection = std::move(corrected.all()[0]->objection);
            if (objection) return std::optional<db::Accepted>{};
            const auto changes = corrected.changes({tx, corrected.all()});
            return std::optional{store::save(tx, noun, changes[0], store::Cause::correction)};
        });
    });
}

std::vector<Outcome> correct_many(db::Tx& tx, const Noun& noun, const std::vector<Correction>& wanted) {
    std::vector<std::optional<Outcome>> late(wanted.size());
    const auto work = [&](Part part, std::vector<std::optional<Outcome>>& outcomes) {
        const auto many = part.until - part.from;
        const Corrected corrected{tx, noun, std::span{wanted}.subspan(part.from, many),
                                  std::span{late}.subspan(part.from, many)};
        if (corrected.changed_too_much()) return false;
        const auto& all = corrected.all();
        const auto standing = Proposals{tx, all}.standing();
        if (!standing.empty()) store::save_all(tx, noun, corrected.changes(standing), store::Cause::correction);
        for (std::size_t i = 0; i < all.size(); ++i) {
            outcomes[part.from + i] =
                all[i]->objection.value_or(Stored{wanted[part.from + i].target.id, {.status = 200}});
        }
        return true;
    };
    return change_many(tx, noun, wanted.size(),
                       {.work = work,
                        .said = [&](std::size_t i) -> const Record& { return wanted[i].changes; },
                        .one_by_one = rules_of(noun).one_by_one});
}

}  // namespace tideover::casework
