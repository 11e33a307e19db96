// The fields of a parcel, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::parcel_table {

inline constexpr std::array<std::string_view, 3> kinds{"emergency", "standard", "baby"};

inline constexpr std::array<std::string_view, 7> diets{"vegetarian",  "vegan",      "halal",   "kosher",
                                                       "gluten_free", "dairy_free", "nut_free"};

inline constexpr std::array<std::string_view, 5> outcomes{"delivered", "left_safe", "no_answer", "refused",
                                                          "wrong_address"};

inline constexpr std::array attempt_fields{
    choice("outcome", outcomes).needed(),
    day("attempted_on").needed(),
    text("attempt_note", 0, 500).of_lines(),
};

inline constexpr Rows attempts{"parcel_attempt", "parcel_id", attempt_fields};

inline constexpr std::array fields{
    id("household_id", "household").needed().filter().tells(),
    count("people", 1, 30).needed().says("How many it has to feed."),
    choices("diet", diets),
    choice("kind", kinds).needed().filter().tells(),
    instant("referred_at").needed(),
    day("promised_by").needed().may_be_ahead().filter().tells(),
    code("delivered_by", "organisation").needed().filter().says("The partner who delivers."),
    text("note", 0, 1000).of_lines(),
    text("ward", 0, 60).copied("household_id", "ward").filter().in_form(Form::ward),
    day("delivered_on").set_by_us().correctable().filter(),
    day("failed_on").set_by_us().correctable(),
    text("reason", 0, 300).of_lines().set_by_us(),
    id("replaces_id", "parcel").set_by_us().filter().leans_on_nothing(),
    id("replaced_by_id", "parcel").set_by_us().leans_on_nothing(),
    rows("attempts", attempts, 100).set_by_us(),
};

}  // namespace tideover::nouns::parcel_table
