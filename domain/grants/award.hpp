// The fields of an award, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::award_table {

inline constexpr std::array fields{
    id("application_id", "application").set_by_us().filter(),
    code("scheme", "scheme").set_by_us().tells().filter(),
    text("period", 1, 40).set_by_us().tells(),
    text("band", 1, 40).set_by_us(),
    id("business_id", "business").set_by_us().tells().filter(),
    id("organisation_id", "organisation").set_by_us().tells().filter(),
    id("person_id", "person").set_by_us().tells().filter(),
    id("premises_id", "premises").set_by_us().filter(),
    text("ward", 0, 60).set_by_us(),
    pence("amount_pence", 1).set_by_us().tells(),
    day("awarded_on").set_by_us().correctable(),
    id("holder_id", "").set_by_us().says("The premises or party that the scheme pays once for the period."),
    text("exclusion_group", 1, 60).set_by_us(),
    id("excluded_id", "").set_by_us().says("The premises or party that gets one award of the group."),
    id("scheme_version_id", "scheme_version").set_by_us().filter().says("The terms that it was decided by."),
    day("cancelled_on").set_by_us().correctable(),
    text("cancellation_reason", 0, 500).of_lines().set_by_us().correctable(),
};

}  // namespace tideover::nouns::award_table
