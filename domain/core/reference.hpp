// References that people read out over the telephone: short, with a check character.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover {

/// "CL-7K3M9QX-R": the noun's prefix, 35 bits in Crockford's base 32 (no I, L, O, U) and a check
/// character. At most 12 characters, all of them in the Bacs character set.
[[nodiscard]] std::string make_reference(std::string_view prefix, std::uint64_t bits);

/// Whether a reference is whole: catches every single wrong character and every swap of neighbours.
[[nodiscard]] bool reference_holds(std::string_view reference);

}  // namespace tideover
