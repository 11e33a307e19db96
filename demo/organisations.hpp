// Who besides residents and businesses takes part, and how many there are of each.
#pragma once

#include <string>

namespace tideover::year {

inline constexpr int schools = 24;
inline constexpr int care_homes = 42;
inline constexpr int voluntary_groups = 74;
inline constexpr int care_providers = 26;  // home care, day centres, supported living

/// The published code of a school; the first is the one whose member signs in.
[[nodiscard]] std::string school_code(int ordinal);

}  // namespace tideover::year
