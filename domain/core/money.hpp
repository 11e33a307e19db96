// Whole numbers that matter: how much a field may hold, and how figures are shown to people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover {

/// The largest amount any single field accepts, in pence: ten thousand million pounds.
inline constexpr std::int64_t pence_max = 1'000'000'000'000;

/// 8562 → "8,562".
[[nodiscard]] std::string grouped(std::int64_t value);

/// A quantity as people read it: pence as "£62,004,310" (or "£1,334.50"), all else grouped.
[[nodiscard]] std::string display(std::int64_t value, std::string_view unit);

}  // namespace tideover
