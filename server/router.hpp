// From method and path to a route; and everything that stands between a request and its handler.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/auth.hpp"
#include "server/exchange.hpp"

namespace tideover {

/// The route table.
[[nodiscard]] std::span<const Route> routes();

struct Match {
    const Route* route = nullptr;  // null: no such path, or not with that method
    std::vector<std::string> arguments{};
    std::string allow{};  // methods that the path takes; empty: there is no such path
};
[[nodiscard]] Match find_route(std::string_view method, std::string_view path);

/// Answers a request on a worker: admits, checks the role, runs the handler, turns every exception into a
/// problem, logs and counts. Never throws.
[[nodiscard]] Response answer(const Request& request, const Config& config, Doorkeeper& doorkeeper,
                              db::Database& database);

/// Answers without a worker: there is none to be had, or nothing for it to do.
[[nodiscard]] Response refuse(const Request& request, std::string_view slug, std::string_view detail = {});

}  // namespace tideover
