// What lists may be asked about records besides their own fields, and how a parameter says it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/core/noun.hpp"

namespace tideover::listing {

// Of every record. A state is one of its noun's moves; merged are those of mergeable nouns, which is no column of
// theirs.
inline constexpr Field state = text("state", 1, 60), voided = flag("voided"),
                       recorded_at = instant("recorded_at").needed(), recorded_by = id("recorded_by", "staff"),
                       merged = flag("merged"), merged_into = id("merged_into", "");

/// Whether a field is answered by merges, not by a column.
[[nodiscard]] constexpr bool is_about_merging(const Field& field) {
    return &field == &merged || &field == &merged_into;
}

/// How a parameter asks about a field: `x=a,b` is one of these values, `x.from=` and `x.to=` a range with its ends.
enum class How : unsigned char { values, from, to };

struct Asked {
    const Field* field;
    How how;
};

/// What the parameter asks of a list of the noun; nothing where it asks nothing about records.
[[nodiscard]] std::optional<Asked> asked_by(const Noun& noun, std::string_view parameter);

/// All such parameters.
[[nodiscard]] std::vector<std::string> parameters(const Noun& noun);

/// The fields by which a list of the noun may be sorted.
[[nodiscard]] std::vector<const Field*> sorted_by(const Noun& noun);

/// The fields by whose values records of the noun may be counted: those with few values, and whom staff may be.
[[nodiscard]] std::vector<const Field*> counted_by(const Noun& noun);
inline constexpr std::size_t dimensions_most = 2;

/// Whether several values of the field stand in one parameter with commas between them: free text may hold some itself.
[[nodiscard]] constexpr bool takes_several(const Field& field) {
    return field.kind != Kind::text || field.form == Form::code || field.form == Form::fund ||
           field.form == Form::ward || field.name == state.name;
}

}  // namespace tideover::listing
