// When a household may get the same twice.
#pragma once

#include <array>

#include "db/records/likeness.hpp"
#include "domain/aid/nouns.hpp"

namespace tideover::db::aid {

// clang-format off
inline constexpr std::array likenesses{
    records::Likeness{&nouns::voucher, "same_household_and_period", "The household has a voucher for this purpose and period.",
                      "t.household_id = n.household_id",
                      "t.purpose = n.purpose AND t.holiday_period = n.holiday_period "
                      "AND t.state NOT IN ('cancelled', 'expired', 'reissued')"},
    records::Likeness{&nouns::parcel, "same_household_and_days", "A parcel of this kind is promised to the household within three days.",
                      "t.household_id = n.household_id",
                      "t.kind = n.kind AND t.promised_by BETWEEN n.promised_by - 3 "
                      "AND n.promised_by + 3 AND t.replaced_by_id IS NULL"},
    records::Likeness{&nouns::food_shop, "same_household_and_days", "A shop is asked for by the household within three days.",
                      "t.household_id = n.household_id", "t.requested_on BETWEEN n.requested_on - 3 AND n.requested_on + 3"},
};
// clang-format on

}  // namespace tideover::db::aid
