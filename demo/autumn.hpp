// The grants of autumn and winter: paid by the same people to some of the same businesses, and in no headline.
#pragma once

#include <cstdint>

#include "demo/plan.hpp"

namespace tideover::year {

/// Applies for all that the business at this place of the high street was given after the summer, by the rateable value
/// of its premises.
void open_autumn_cases(ApiClient& desk, const Plan& plan, int place, std::int64_t rateable_value_pence,
                       const Body& parties);

/// About how many requests that takes.
[[nodiscard]] int autumn_requests(int place);

}  // namespace tideover::year
