// The terms of a scheme: sound, numbered within it, published by a second person, and not changed after that.
#include "domain/grants/scheme_version.hpp"

#include "domain/grants/nouns.hpp"
#include "server/casework/grants/terms.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::scheme_version_table::fields};

void terms_are_sound(const Proposals& versions) {
    for (auto* version : versions) {
        if (version->after.voided) continue;
        auto faults = faults_of(terms_in(version->after));
        if (!faults.empty()) version->objection = FieldFaults{std::move(faults)};
    }
}

void scheme_is_held(const Proposals& versions) {
    const auto held = db::grants::hold_schemes(versions.tx, versions.after());
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (!held[i]) versions[i].unknown(its["scheme"]);
    }
}

void number(const Proposals& versions) {
    const auto numbers = db::grants::next_numbers(versions.tx, versions.after());
    for (std::size_t i = 0; i < versions.size(); ++i) versions[i].after.set(its["number"], numbers[i]);
}

/// Whoever said the terms last may not publish them.
void drafted_by_actor(const Proposals& versions) {
    for (auto* version : versions) {
        if (!version->after.voided) version->after.set(its["drafted_by"], std::string{versions.actor().staff});
    }
}

/// What was paid once could otherwise be paid again.
void same_key_as_before(const Proposals& versions) {
    const auto others = db::grants::other_keys(versions.tx, versions.after());
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (!others[i]) continue;
        versions[i].refuse(Refusal::other_key, "An earlier version pays once for each " + *others[i] + " and period.");
    }
}

void allocate(const Proposals& versions) {
    for (const auto* version : versions) db::grants::allocate(versions.tx, version->after);
}

}  // namespace

extern const Rules scheme_version_rules;
constinit const Rules scheme_version_rules{
    .noun = &nouns::scheme_version,
    .record = {terms_are_sound, scheme_is_held, number, drafted_by_actor},
    .steps = {{"publish", {scheme_is_held, same_key_as_before, allocate}}},
    .correct = {terms_are_sound, drafted_by_actor},
};

}  // namespace tideover::casework
