// Matches paths with the route table, segment by segment.
#include "server/api/router.hpp"

#include <algorithm>
#include <optional>

namespace tideover {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto slash = path.find('/');
        out.push_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    return out;
}

bool is_argument(std::string_view segment) {
    return segment.starts_with('{');
}

/// The arguments of a path that a pattern matches.
std::optional<std::vector<std::string>> match(const std::vector<std::string_view>& pattern,
                                              const std::vector<std::string_view>& path) {
    if (pattern.size() != path.size()) return std::nullopt;
    std::vector<std::string> arguments;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (is_argument(pattern[i]) && !path[i].empty()) {
            arguments.emplace_back(path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return arguments;
}

const std::vector<std::vector<std::string_view>>& patterns() {
    static const auto split = [] {
        std::vector<std::vector<std::string_view>> out;
        for (const auto& route : routes()) out.push_back(segments(route.path));
        return out;
    }();
    return split;
}

}  // namespace

std::string address_of(const Noun& noun, std::string_view id) {
    return "/v1/" + std::string{noun.path} + "/" + std::string{id};
}

bool may_read(Role role, const Noun& noun) {
    const auto all = routes();
    return std::any_of(all.begin(), all.end(), [&](const Route& route) {
        return route.action == Action::read && route.noun->name == noun.name && route.roles.has(role);
    });
}

std::vector<const Noun*> readable(Role role) {
    std::vector<const Noun*> out;
    for (const auto* noun : nouns::all()) {
        if (may_read(role, *noun)) out.push_back(noun);
    }
    return out;
}

Match find_route(std::string_view method, std::string_view path) {
    const auto parts = segments(path);
    Match out;
    for (std::size_t i = 0; i < routes().size(); ++i) {
        auto arguments = match(patterns()[i], parts);
        if (!arguments) continue;
        const auto& route = routes()[i];
        const bool head = route.verb == Verb::get && method == "HEAD";
        if (head || name_of(route.verb) == method) return {&route, std::move(*arguments), {}};
        out.allow += (out.allow.empty() ? "" : ", ") + std::string{name_of(route.verb)};
        if (route.verb == Verb::get) out.allow += ", HEAD";
    }
    return out;
}

}  // namespace tideover
