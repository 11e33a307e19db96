// Chance that is the same everywhere: splitmix64 by hand, because the standard distributions differ from one
// library to the next. Every record throws its own dice, so that no record depends on another's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tideover::year {

class Dice {
public:
    Dice(std::uint64_t seed, std::string_view stream, std::uint64_t ordinal) : state_(seed ^ 0xcbf29ce484222325U) {
        for (const char c : stream) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        state_ += (ordinal + 1) * 0xd1342543de82ef95U;
        roll();
    }

    std::uint64_t roll() {
        state_ += 0x9e3779b97f4a7c15U;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }

    /// From 0 to `many` - 1. Precondition: 0 < many.
    int below(int many) { return static_cast<int>((roll() >> 32U) * static_cast<std::uint64_t>(many) >> 32U); }
    int between(int least, int most) { return least + below(most - least + 1); }
    bool chance(int percent) { return below(100) < percent; }

    template <class List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

private:
    std::uint64_t state_;
};

}  // namespace tideover::year
