// Checks a noun's table when the program is compiled: every name that it holds is the name of something it has.
#pragma once

#include <algorithm>

#include "domain/core/noun.hpp"

namespace tideover {
namespace soundness {

[[nodiscard]] constexpr const Field* field_in(std::span<const Field> fields, std::string_view name) {
    for (const auto& field : fields) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

[[nodiscard]] constexpr bool is_time(const Field* field) {
    return field != nullptr && (field->kind == Kind::day || field->kind == Kind::instant);
}

/// A value that a field may have, where those are listed.
[[nodiscard]] constexpr bool may_be(const Field* field, std::string_view value) {
    if (field == nullptr) return false;
    if (field->kind == Kind::flag) return value == "true" || value == "false";
    return field->choices.empty() ||
           std::find(field->choices.begin(), field->choices.end(), value) != field->choices.end();
}

/// Names are unique, and what a field is made from is beside it.
[[nodiscard]] constexpr bool fields_hold(std::span<const Field> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& field = fields[i];
        if (field.name.empty()) return false;
        for (std::size_t j = i + 1; j < fields.size(); ++j) {
            if (fields[j].name == field.name) return false;
        }
        const auto* via = field_in(fields, field.via);
        if (!field.via.empty() && (via == nullptr || via->kind != Kind::id || via->refers.empty())) return false;
        if (field.via.empty() != field.of.empty()) return false;
        if (!field.giver_of.empty() && field_in(fields, field.giver_of) == nullptr) return false;
        if (!field.form_by.empty() && field_in(fields, field.form_by) == nullptr) return false;
        if (field.by_postcode && field_in(fields, "postcode") == nullptr) return false;
        if (field.kind == Kind::choice && field.choices.empty()) return false;
        if (!field.fallback.empty() && field.kind == Kind::choice && !may_be(&field, field.fallback)) return false;
        if ((field.kind == Kind::rows) != (field.rows != nullptr)) return false;
        if (field.rows != nullptr && !fields_hold(field.rows->fields)) return false;
    }
    return true;
}

/// Each step leads along moves that there are, and says by which where several do.
[[nodiscard]] constexpr bool steps_hold(const Noun& noun) {
    for (const auto& step : noun.steps) {
        if (step.path.empty() || step.summary.empty() || !fields_hold(step.fields)) return false;
        if (step.event.empty()) {
            const auto* chooser = field_in(step.fields, step.chooser);
            if (chooser == nullptr || chooser->kind != Kind::choice || !chooser->required) return false;
            for (const auto event : chooser->choices) {
                if (!has_event(noun.moves, event)) return false;
            }
        } else if (!has_event(noun.moves, step.event) || !step.chooser.empty()) {
            return false;
        }
        const bool links = noun.field("replaces_id") != nullptr && noun.field("replaced_by_id") != nullptr;
        if (step.creates_replacement && !links) return false;
        for (const auto& other : noun.steps) {
            if (&other != &step && other.path == step.path) return false;
        }
    }
    return true;
}

[[nodiscard]] constexpr bool counting_holds(const Noun& noun) {
    for (const auto& rule : noun.counting) {
        if (rule.measure.empty() || !is_time(noun.field(rule.on))) return false;
        if (!rule.subject.empty() && rule.subject != "id" && noun.field(rule.subject) == nullptr) return false;
        const auto* quantity = noun.field(rule.quantity);
        const bool a_number = quantity != nullptr && (quantity->kind == Kind::pence || quantity->kind == Kind::count);
        if (!rule.quantity.empty() && !a_number) return false;
        if (!rule.field.empty() && !may_be(noun.field(rule.field), rule.equals)) return false;
        if (!rule.requires_.empty() && noun.field(rule.requires_) == nullptr) return false;
    }
    return true;
}

[[nodiscard]] constexpr bool relations_hold(const Noun& noun) {
    for (const auto& row : noun.in_order) {
        if (!is_time(noun.field(row.later)) || !is_time(noun.field(row.earlier))) return false;
    }
    for (const auto& row : noun.agreements) {
        const auto* via = noun.field(row.via);
        if (noun.field(row.field) == nullptr || via == nullptr || via->kind != Kind::id || via->refers.empty()) {
            return false;
        }
        if (!row.where.empty() && !may_be(noun.field(row.where), row.is)) return false;
    }
    return true;
}

/// What the noun says of itself by the name of a field or a state.
[[nodiscard]] constexpr bool names_hold(const Noun& noun) {
    for (const auto name : {noun.owner, noun.key, noun.coded, noun.secret, noun.recorded_for, noun.tells_of,
                            noun.kind_field, noun.restricted, noun.case_worker}) {
        if (!name.empty() && noun.field(name) == nullptr) return false;
    }
    for (const auto state : noun.ended) {
        if (!has_state(noun.moves, state)) return false;
    }
    if (!noun.corrected_in.empty() && !has_state(noun.moves, noun.corrected_in)) return false;
    if (!noun.key.empty() && !noun.coded.empty()) return false;
    if (noun.restricted.empty() != noun.case_worker.empty()) return false;
    if (noun.personal && noun.recorded_for.empty()) return false;
    return !noun.name.empty() && !noun.path.empty() && noun.prefix.size() == 2 && !noun.title.empty();
}

}  // namespace soundness

/// Holds when the table contradicts itself nowhere. Names of other nouns and of measures are a test's to check: their
/// tables are elsewhere.
[[nodiscard]] constexpr bool sound(const Noun& noun) {
    using namespace soundness;
    return deterministic(noun.moves) && reachable(noun.moves) && fields_hold(noun.fields) && steps_hold(noun) &&
           counting_holds(noun) && relations_hold(noun) && names_hold(noun);
}

}  // namespace tideover
