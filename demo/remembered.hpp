// What is remembered from one run of the replay to the next, in a small file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tideover::year {

struct Remembered {
    std::uint64_t seed = 0;
    std::string known_at{};  // the instant between the waves; empty before it
    bool completed = false;
};

/// Nothing where there is no such file. Throws Stopped where it cannot be understood.
[[nodiscard]] std::optional<Remembered> recall(const std::string& file);

/// Replaces the file as a whole, on the disk when this returns. Throws Stopped.
void remember(const std::string& file, const Remembered& what);

}  // namespace tideover::year
