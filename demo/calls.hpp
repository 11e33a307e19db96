// What the two kinds of helpline calls have in common.
#pragma once

#include <string>
#include <string_view>

#include "demo/plan.hpp"

namespace tideover::year {

/// Enters a resident known by name. `kind` keeps the names of records apart.
Filed enter_resident(ApiClient& desk, const Plan& plan, std::string_view kind, int ordinal);

/// The caller's details, as far as they were given.
[[nodiscard]] Body caller(Dice& dice);

}  // namespace tideover::year
