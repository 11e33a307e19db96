// How people name a record: by its reference, the code that is its own, or an identifier that others gave it.
#pragma once

#include <string_view>

#include "domain/core/noun.hpp"

namespace tideover {

/// Whether the field is a list of identifiers: rows with a kind, and a value in the form of that.
[[nodiscard]] constexpr bool is_identifiers(const Field& field) {
    if (field.kind != Kind::rows || field.derived) return false;
    bool kind = false, value = false;
    for (const auto& column : field.rows->fields) {
        kind = kind || (column.name == "kind" && column.kind == Kind::choice);
        value = value || (column.name == "value" && column.form_by == "kind");
    }
    return kind && value;
}

/// The noun's list of identifiers; null where it has none.
[[nodiscard]] constexpr const Field* identifiers_of(const Noun& noun) {
    for (const auto& field : noun.fields) {
        if (is_identifiers(field)) return &field;
    }
    return nullptr;
}

/// Whether the field, said of a new record, names one that is there: its published code, or what no other has.
[[nodiscard]] constexpr bool is_its_own(const Noun& noun, const Field& field) {
    return field.sole || (!noun.code().empty() && field.name == noun.code());
}

/// The kinds of identifiers that such a list holds.
[[nodiscard]] constexpr std::span<const std::string_view> identifier_kinds_in(const Field& list) {
    for (const auto& column : list.rows->fields) {
        if (column.name == "kind") return column.choices;
    }
    return {};
}

}  // namespace tideover
