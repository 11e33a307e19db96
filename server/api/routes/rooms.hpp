// How a room lists its routes: a block for each noun, which reads as a matrix of who may do what, and rows for the
// rest.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "server/api/resources/reports.hpp"
#include "server/api/route.hpp"

namespace tideover::rooms {

struct StepRoles {
    std::string_view path{};
    Roles roles{};
};

/// Who may do what with the records of a noun; what nobody may has no route.
struct NounRoutes {
    const Noun* noun;
    Roles record{}, list{}, read{}, correct{};
    StepRoles steps[8]{};
};

/// A route that is about no one noun.
struct OtherRoute {
    Action action;
    std::string_view path;
    Roles roles;
    Handler handler;
    std::string_view summary;
    Shape shape{};
    bool counts = false;
    const db::Report* report = nullptr;
    Verb verb = Verb::get;
};
/// A route whose report says what it takes and answers.
constexpr OtherRoute report(std::string_view path, const db::Report& table, Roles roles, std::string_view summary,
                            bool counts = false) {
    return {.action = Action::report,
            .path = path,
            .roles = roles,
            .handler = resources::report,
            .summary = summary,
            .counts = counts,
            .report = &table};
}

struct Room {
    std::span<const NounRoutes> nouns{};
    std::span<const OtherRoute> reads{};
};

/// All routes of these rooms, in their order. Throws std::logic_error where a noun has no such step.
[[nodiscard]] std::vector<Route> routes_of(std::span<const Room* const> rooms);
[[nodiscard]] Route route_of(const OtherRoute& row);

}  // namespace tideover::rooms
