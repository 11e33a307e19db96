// The faults, as a table: what each is called, what it needs, and how it strikes.
#pragma once

#include <span>
#include <string_view>

namespace tideover::faults {

class History;

enum class Needs { nothing, failpoints, mounts };

struct Fault {
    std::string_view name;
    Needs needs;
    /// Strikes, and heals what it did; false where it found nothing to strike.
    bool (*strike)(History&);
    std::string_view failpoint{};  // where the server dies
};

[[nodiscard]] std::span<const Fault> all_faults();

}  // namespace tideover::faults
