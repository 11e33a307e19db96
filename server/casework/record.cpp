// Recording: one statement where nothing else has to be looked at, and a transaction otherwise.
#include <array>

#include "db/core/ids.hpp"
#include "db/records/likeness.hpp"
#include "db/records/records.hpp"
#include "db/records/references.hpp"
#include "domain/core/completion.hpp"
#include "domain/core/reference.hpp"
#include "server/casework/change.hpp"
#include "server/casework/faults.hpp"
#include "server/casework/records.hpp"
#include "server/casework/related.hpp"

namespace tideover::casework {
namespace {

namespace store = db::records;

constexpr int references_max = 4;  // tries until a random reference is free

std::string reference_of(const Noun& noun) {
    return make_reference(noun.prefix, db::ids::random_bits());
}

/// A partner records under its own code: it need not be said, and cannot be another's.
std::optional<Outcome> own(const db::Principal& who, const Noun& noun, Record& draft) {
    if (who.role != Role::partner || noun.owner.empty()) return std::nullopt;
    if (draft.has(by_name(noun.owner)) && !is_own(who, draft.text(by_name(noun.owner))))
        return Refused{Refusal::not_yours};
    draft.set(by_name(noun.owner), who.partner);
    return std::nullopt;
}

/// Fills what a new record has whatever other records say.
std::optional<Outcome> prepare(const db::Principal& who, const Noun& noun, Record& draft) {
    if (auto objection = own(who, noun, draft)) return objection;
    for (const auto& field : noun.fields) {
        const bool empty = !field.fallback.empty() && !draft.has(field);
        if (empty) draft.set(field, std::string{field.fallback});
    }
    if (auto faults = complete(noun, draft); !faults.empty()) return FieldFaults{std::move(faults)};
    draft.id =
        noun.key.empty() ? db::ids::fresh() : db::ids::named(who.authority, noun.name, draft.text(by_name(noun.key)));
    draft.state = noun.initial();
    note_givers(noun, nullptr, draft, who.staff_id);
    if (!noun.recorded_for.empty() && !who.partner.empty()) draft.set(by_name(noun.recorded_for), who.partner);
    return std::nullopt;
}

void complete_all(const Noun& noun, const Proposals& proposals) {
    for (auto* one : proposals) {
        if (auto faults = complete(noun, one->after); !faults.empty()) one->objection = FieldFaults{std::move(faults)};
    }
}

/// What new records must be beside others.
void check_new(const Noun& noun, const Proposals& all) {
    in_turn(
        all, [&](const Proposals& some) { check_seen(noun, some); },
        [&](const Proposals& some) { look_up(noun, some); }, [&](const Proposals& some) { complete_all(noun, some); },
        [&](const Proposals& some) { check_agreements(noun, some); },
        [&](const Proposals& some) { judge(rules_of(noun).record, some); });
}

/// The same of a list, in which wrong names and taken codes are common: they are found before a constraint does.
void check_new_list(const Noun& noun, const Proposals& all) {
    store::respell(all.tx, noun, all.revisions());
    in_turn(
        all, [&](const Proposals& some) { check_names(noun, some); },
        [&](const Proposals& some) { check_codes(noun, some); }, [&](const Proposals& some) { check_new(noun, some); });
}

std::vector<Posting> postings_of(const Noun& noun, const Record& record) {
    return difference({}, lines(noun.counting, record));
}

Outcome record_once(db::Database& database, const db::Intent& intent, const Noun& noun, const Record& draft,
                    const std::string& secret, const Recording& how) {
    const bool warns =
        how.may_read != nullptr && how.may_read(intent.principal.role, noun) && store::has_likenesses(noun);
    const auto reference = reference_of(noun);
    const bool has_rules = rules_of(noun).record[0] != nullptr;
    if (!intent.dry_run && !has_rules && !store::needs_lookups(noun) &&
        store::stands_alone(database, intent.principal, noun, draft)) {
        return Stored{draft.id, store::create_at_once(database, intent, noun,
                                                      {&draft, reference, postings_of(noun, draft), warns})};
    }
    return written(database, intent, draft.id, [&](db::Tx& tx, std::optional<Outcome>& objection) {
        Proposal proposal{.before = {}, .after = draft};
        std::vector<Proposal*> one{&proposal};
        check_new(noun, {tx, one});
        objection = std::move(proposal.objection);
        if (objection) return std::optional<db::Accepted>{};
        const auto& fresh = proposal.after;
        if (how.sealing != nullptr && !secret.empty()) db::sealed_secrets::keep(tx, *how.sealing, fresh.id, secret);
        return std::optional{store::create(tx, noun, {&fresh, reference, postings_of(noun, fresh), warns})};
    });
}

/// A repeat of a request that made a secret gets it for some minutes, at the same login.
Outcome with_secret(db::Database& database, const db::Principal& who, Stored stored, const std::string& fresh,
                    const db::SealingKey& sealing) {
    stored.secret = fresh;
    if (stored.accepted.replayed) {
        const auto kept = db::sealed_secrets::open(database, who, sealing, stored.id);
        if (!kept) return Refused{Refusal::secret_shown};
        stored.secret = *kept;
    }
    return stored;
}

}  // namespace

bool is_own(const db::Principal& who, std::string_view code) {
    return canonical_form(Form::code, code) == canonical_form(Form::code, who.partner);
}

Outcome record(db::Database& database, const db::Intent& intent, const Noun& noun, Record draft, const Recording& how) {
    if (auto objection = prepare(intent.principal, noun, draft)) return *objection;
    const auto secret = noun.secret.empty() ? std::string{} : db::ids::fresh_token();
    if (!secret.empty()) draft.set(by_name(noun.secret), db::ids::sha256_hex(secret));
    for (int attempt = 1;; ++attempt) {
        try {
            auto outcome = explained(database, intent.principal, noun, draft,
                                     [&] { return record_once(database, intent, noun, draft, secret, how); });
            auto* stored = std::get_if<Stored>(&outcome);
            if (stored == nullptr) return outcome;
            // Of a repeat it is another one than this draft.
            stored->id = stored->accepted.location.substr(stored->accepted.location.rfind('/') + 1);
            if (secret.empty() || how.sealing == nullptr || intent.dry_run) return outcome;
            return with_secret(database, intent.principal, std::move(*stored), secret, *how.sealing);
        } catch (const db::Fault& fault) {
            if (!is_taken_reference(fault) || attempt == references_max) throw;
        }
    }
}

std::vector<Outcome> record_many(db::Tx& tx, const Noun& noun, std::vector<Record> drafts) {
    if (!noun.secret.empty()) throw std::logic_error("a list of records with secrets");
    std::vector<std::optional<Outcome>> objections;
    for (auto& draft : drafts) objections.push_back(prepare(tx.principal(), noun, draft));
    const auto work = [&](Part part, std::vector<std::optional<Outcome>>& outcomes) {
        std::vector<Proposal> proposals;
        std::vector<Proposal*> all;
        proposals.reserve(part.until - part.from);
        for (auto i = part.from; i < part.until; ++i) {
            all.push_back(
                &proposals.emplace_back(Proposal{.before = {}, .after = drafts[i], .objection = objections[i]}));
        }
        check_new_list(noun, Proposals{tx, all}.standing());
        std::vector<store::Draft> fresh;
        for (const auto* one : Proposals{tx, all}.standing()) {
            fresh.push_back({&one->after, reference_of(noun), postings_of(noun, one->after)});
        }
        store::create_all(tx, noun, fresh);
        for (std::size_t i = 0; i < all.size(); ++i) {
            outcomes[part.from + i] = all[i]->objection.value_or(Stored{all[i]->after.id, {.status = 201}});
        }
        return true;
    };
    return change_many(tx, noun, drafts.size(),
                       {.work = work,
                        .said = [&](std::size_t i) -> const Record& { return drafts[i]; },
                        .one_by_one = rules_of(noun).one_by_one});
}

}  // namespace tideover::casework
