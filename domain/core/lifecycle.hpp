// Which moves a record may make: a table of (from, event, to), checked when the program is compiled.
// The same pairs stand in the database, which refuses any other; a test holds the two together.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

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

/// Every state can be reached from the first row's `from`, which is where records begin: none is an island, nor several
/// that only lead to one another.
[[nodiscard]] constexpr bool reachable(std::span<const Move> moves) {
    std::vector<std::string_view> known;
    const auto knows = [&](std::string_view state) {
        return std::find(known.begin(), known.end(), state) != known.end();
    };
    if (!moves.empty()) known.push_back(moves.front().from);
    for (std::size_t before = 0; before != known.size();) {
        before = known.size();
        for (const auto& move : moves) {
            if (knows(move.from) && !knows(move.to)) known.push_back(move.to);
        }
    }
    return std::all_of(moves.begin(), moves.end(), [&](const Move& move) { return knows(move.from); });
}

/// Whether the lifecycle has such a state, or such an event.
[[nodiscard]] constexpr bool has_state(std::span<const Move> moves, std::string_view state) {
    return std::any_of(moves.begin(), moves.end(),
                       [&](const Move& move) { return move.from == state || move.to == state; });
}
[[nodiscard]] constexpr bool has_event(std::span<const Move> moves, std::string_view event) {
    return std::any_of(moves.begin(), moves.end(), [&](const Move& move) { return move.event == event; });
}

}  // namespace tideover
