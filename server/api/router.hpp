// Finds the route of a method and a path.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/call.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover {

/// The route table: the API's own, and the pages that the program serves beside it.
[[nodiscard]] std::span<const Route> routes();

/// Adds pages for people to the table. Precondition: nobody has asked for it yet, and they outlive it.
void serve_pages(std::span<const rooms::OtherRoute> pages);

/// "/v1/calls/…" of a record.
[[nodiscard]] std::string address_of(const Noun& noun, std::string_view id);

/// Whether there is a route by which the role reads records of the noun.
[[nodiscard]] bool may_read(Role role, const Noun& noun);
/// All of which there is.
[[nodiscard]] std::vector<const Noun*> readable(Role role);

struct Match {
    const Route* route = nullptr;  // null: no such path, or not with that method
    std::vector<std::string> arguments{};
    std::string allow{};  // methods that the path takes; empty: there is no such path
};
[[nodiscard]] Match find_route(std::string_view method, std::string_view path);

}  // namespace tideover
