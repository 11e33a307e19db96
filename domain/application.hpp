// The parts of deciding on an application that need its scheme.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "domain/record.hpp"
#include "domain/refusal.hpp"

namespace tideover {

/// What a scheme pays for one period and band, in pence.
struct SchemeAmount {
    std::string period;
    std::string band;
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// Whether an assessed amount is one that the scheme publishes for that period and band.
[[nodiscard]] std::optional<Refused> outside_scheme(std::span<const SchemeAmount> amounts, std::string_view period,
                                                    std::string_view band, std::int64_t amount_pence);

/// Whether an application may be taken by the scheme at all: its window and who it is for.
[[nodiscard]] std::optional<Refused> outside_window(const Record& scheme, const Record& application);

}  // namespace tideover
