// Which moves a record may make: a table of (from, event, to), checked when the program is compiled.
// The same pairs stand in the database, which refuses any other; a test holds the two together.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace tideover {

struct Move {
    std::string_view from;
    std::string_view event;
    std::string_view to;
};

/// Where `event` leads from `state`, if anywhere.
[[nodiscard]] constexpr std::optional<std::string_view> next(std::span<const Move> moves, std::string_view state,
                                                             std::string_view event) {
    for (const auto& move : moves) {
        if (move.from == state && move.event == event) return move.to;
    }
    return std::nullopt;
}

/// No state has two answers to one event.
[[nodiscard]] constexpr bool deterministic(std::span<const Move> moves) {
    for (std::size_t i = 0; i < moves.size(); ++i) {
        for (std::size_t j = i + 1; j < moves.size(); ++j) {
            if (moves[i].from == moves[j].from && moves[i].event == moves[j].event) return false;
        }
    }
    return true;
}

/// Every state can be reached from the first row's `from`, which is where records begin.
[[nodiscard]] constexpr bool reachable(std::span<const Move> moves) {
    if (moves.empty()) return true;
    for (const auto& target : moves) {
        bool found = target.from == moves.front().from;
        for (const auto& move : moves) found = found || (move.to == target.from && move.from != target.from);
        if (!found) return false;
    }
    return true;
}

}  // namespace tideover
