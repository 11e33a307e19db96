// The fields of a PPE movement, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::ppe_movement_table {

inline constexpr std::array<std::string_view, 3> kinds{"issue", "return", "recall"};

inline constexpr std::array fields{
    choice("kind", kinds).needed().filter().tells().never_corrected(),
    code("item", "ppe_item").needed().filter().tells().never_corrected(),
    count("units", 1, 1'000'000).needed(),
    id("organisation_id", "organisation").needed().filter().tells(),
    day("moved_on").needed().filter().tells(),
    code("hub", "organisation").needed().filter().never_corrected(),
    id("issue_id", "ppe_movement").filter().never_corrected().says("The issue that a return or recall takes from."),
    id("item_id", "ppe_item").set_by_us(),
    count("items_per_unit", 1, 100'000).called("Items in a unit").copied("item_id", "items_per_unit"),
    count("items", -100'000'000'000, 100'000'000'000).set_by_us().says("Single items, with sign."),
    count("taken_back_units", 0, 1'000'000)
        .set_by_us()
        .otherwise("0")
        .says("Units of this issue that came back; never more than were issued."),
};

}  // namespace tideover::nouns::ppe_movement_table
