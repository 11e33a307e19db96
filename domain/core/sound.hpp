// Checks a noun's table when the program is compiled: every name that it holds is the name of something it has.
#pragma once

#include <algorithm>

#include "domain/core/noun.hpp"

namespace tideover {
namespace soundness {

/// By place, not by pointer: under a sanitiser GCC takes no comparison of pointers for a constant.
[[nodiscard]] constexpr std::size_t place(std::span<const Field> fields, std::string_view name) {
    std::size_t i = 0;
    while (i < fields.size() && fields[i].name != name) ++i;
    return i;
}
[[nodiscard]] constexpr bool has(std::span<const Field> fields, std::string_view name) {
    return place(fields, name) < fields.size();
}
/// Whether there is such a field, and `holds` of it.
template <class Holds>
[[nodiscard]] constexpr bool is(std::span<const Field> fields, std::string_view name, const Holds& holds) {
    const auto at = place(fields, name);
    return at < fields.size() && holds(fields[at]);
}

[[nodiscard]] constexpr bool is_time(const Field& field) {
    return field.kind == Kind::day || field.kind == Kind::instant;
}
[[nodiscard]] constexpr bool is_number(const Field& field) {
    return field.kind == Kind::pence || field.kind == Kind::count;
}
[[nodiscard]] constexpr bool names_a_noun(const Field& field) {
    return field.kind == Kind::id && !field.refers.empty();
}

/// A value that a field may have, where those are listed.
[[nodiscard]] constexpr bool may_be(const Field& field, std::string_view value) {
    if (field.kind == Kind::flag) return value == "true" || value == "false";
    return field.choices.empty() || std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end();
}
[[nodiscard]] constexpr bool may_be(std::span<const Field> fields, std::string_view name, std::string_view value) {
    return is(fields, name, [&](const Field& field) { return may_be(field, value); });
}

/// Names are unique, and what a field is made from is beside it.
[[nodiscard]] constexpr bool fields_hold(std::span<const Field> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& field = fields[i];
        if (field.name.empty()) return false;
        for (std::size_t j = i + 1; j < fields.size(); ++j) {
            if (fields[j].name == field.name) return false;
        }
        if (!field.via.empty() && !is(fields, field.via, names_a_noun)) return false;
        if (field.via.empty() != field.of.empty()) return false;
        if (!field.giver_of.empty() && !has(fields, field.giver_of)) return false;
        if (!field.form_by.empty() && !has(fields, field.form_by)) return false;
        if (field.by_postcode && !has(fields, "postcode")) return false;
        if (field.kind == Kind::choice && field.choices.empty()) return false;
        if (!field.fallback.empty() && field.kind == Kind::choice && !may_be(field, field.fallback)) return false;
        if (field.kind == Kind::rows && !fields_hold(field.rows->fields)) return false;
        // Who finds a record by a field, or sees its line, sees the field.
        if ((field.searched || field.in_line) && field.privacy != Privacy::open) return false;
    }
    return true;
}

/// Each step leads along moves that there are, and says by which where several do.
[[nodiscard]] constexpr bool steps_hold(const Noun& noun) {
    for (const auto& step : noun.steps) {
        if (step.path.empty() || step.summary.empty() || !fields_hold(step.fields)) return false;
        if (step.event.empty()) {
            const auto chooses = [&](const Field& field) {
                return field.kind == Kind::choice && field.required &&
                       std::all_of(field.choices.begin(), field.choices.end(),
                                   [&](std::string_view event) { return has_event(noun.moves, event); });
            };
            if (!is(step.fields, step.chooser, chooses) || step.verb.empty()) return false;
        } else if (!has_event(noun.moves, step.event) || !step.chooser.empty() || !step.verb.empty()) {
            return false;
        }
        const bool links = has(noun.fields, "replaces_id") && has(noun.fields, "replaced_by_id");
        if (step.creates_replacement && !links) return false;
        const auto same = [&](const Step& other) { return other.path == step.path; };
        if (std::count_if(noun.steps.begin(), noun.steps.end(), same) != 1) return false;
    }
    return true;
}

[[nodiscard]] constexpr bool counting_holds(const Noun& noun) {
    for (const auto& rule : noun.counting) {
        if (rule.measure.empty() || !is(noun.fields, rule.on, is_time)) return false;
        if (!rule.subject.empty() && rule.subject != "id" && !has(noun.fields, rule.subject)) return false;
        if (!rule.quantity.empty() && !is(noun.fields, rule.quantity, is_number)) return false;
        if (!rule.field.empty() && !may_be(noun.fields, rule.field, rule.equals)) return false;
        if (!rule.requires_.empty() && !has(noun.fields, rule.requires_)) return false;
    }
    return true;
}

[[nodiscard]] constexpr bool relations_hold(const Noun& noun) {
    for (const auto& row : noun.in_order) {
        if (!is(noun.fields, row.later, is_time) || !is(noun.fields, row.earlier, is_time)) return false;
    }
    for (const auto& row : noun.agreements) {
        if (!has(noun.fields, row.field) || !is(noun.fields, row.via, names_a_noun)) return false;
        if (!row.where.empty() && !may_be(noun.fields, row.where, row.is)) return false;
    }
    return true;
}

/// What the noun says of itself by the name of a field or a state.
[[nodiscard]] constexpr bool names_hold(const Noun& noun) {
    for (const auto name : {noun.owner, noun.key, noun.coded, noun.secret, noun.recorded_for, noun.tells_of,
                            noun.kind_field, noun.restricted, noun.case_worker}) {
        if (!name.empty() && !has(noun.fields, name)) return false;
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
