// The fields of a merge, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::merge_table {

inline constexpr std::array<std::string_view, 5> kinds{"person", "household", "business", "organisation",
                                                       "council_tax_account"};

inline constexpr std::array fields{
    choice("kind", kinds).needed().filter().tells().never_corrected(),
    id("from_id", "").needed().filter().never_corrected().says("The record that is no longer counted by itself."),
    id("into_id", "")
        .needed()
        .filter()
        .never_corrected()
        .says("The record it is counted as; where that is itself counted as another one, that one is stored."),
    text("reason", 3, 500).of_lines().needed().says("What shows that the two are one."),
    text("reversal_reason", 0, 500).of_lines().set_by_us(),
};

}  // namespace tideover::nouns::merge_table
