// The fields of the definition of a figure, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::figure_table {

inline constexpr std::array<std::string_view, 3> aggregates{"sum", "count", "distinct"};
inline constexpr std::array<std::string_view, 4> comparators{"exact", "rounded", "over", "nearly"};
inline constexpr std::array<std::string_view, 2> bases{"stated", "assumed"};

inline constexpr std::array filter_fields{
    text("dimension", 1, 40).needed().says("A dimension of the measure."),
    text("value", 1, 200)
        .needed()
        .says("What it has to be: one of these, where a dimension stands here several times."),
};

inline constexpr Rows filters{"figure_filter", "figure_id", filter_fields};

inline constexpr std::array fields{
    text("code", 3, 60)
        .needed()
        .filter()
        .search()
        .tells()
        .never_corrected()
        .says("What addresses call it: small letters, digits and hyphens, a letter first. A code that is there "
              "already gets another version."),
    count("number", 1, 10'000).set_by_us().tells().says("1, 2, … of its code."),
    text("title", 3, 200).needed().search().tells(),
    text("measure", 2, 60).needed().filter().says("One of /v1/measures."),
    choice("aggregate", aggregates)
        .needed()
        .says("'sum' adds quantities, 'count' counts what was not taken back, 'distinct' counts subjects once."),
    rows("filter", filters, 60),
    text("unit", 1, 40).needed().says("'pence', or the word for what is counted."),
    text("meaning", 3, 1000).of_lines().needed().says("What it counts, in words, and what it does not."),
    day("from_on").called("From").needed().may_be_ahead().says("The first day that counts."),
    day("as_at").may_be_ahead().says("The day that it is for; without one, the day as on which it is known."),
    text("beside", 0, 60).says("The figure that it is shown beside. Such a figure has no claim."),
    text("included_in", 0, 60).says("The figure that it is a part of."),
    text("claim.text", 0, 120).says("What the council said that it came to, as it was said: '£62m'."),
    choice("claim.comparator", comparators),
    count("claim.value", 0, pence_max),
    count("claim.precision", 1, pence_max).says("How exactly it was said: 100000000 for '£62m'."),
    choice("claim.precision_basis", bases),
    text("claim.pair", 0, 60).says("The figure that the same sentence names with it."),
    id("drafted_by", "").set_by_us().says("Who recorded it or last corrected it."),
    id("published_by", "").set_by_us(),
    day("published_on").set_by_us(),
    id("withdrawn_by", "").set_by_us(),
    day("withdrawn_on").set_by_us(),
    text("withdrawal_reason", 0, 500).of_lines().set_by_us(),
};

}  // namespace tideover::nouns::figure_table
