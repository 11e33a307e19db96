// Lists take their noun's filters; reports say what they take.
#include "server/api/route.hpp"

#include "server/api/list_query.hpp"

namespace tideover {

const Noun* noun_in_path(const Route& route) {
    const auto argument = route.path.find("/{id}");
    if (argument == std::string::npos) return nullptr;
    if (route.noun != nullptr) return route.noun;
    const auto named = std::string_view{route.path}.substr(0, argument);
    for (const auto* noun : nouns::all()) {
        if (named.substr(named.rfind('/') + 1) == noun->path) return noun;
    }
    return nullptr;
}

std::string names_of(Roles roles) {
    std::string out;
    for (const auto name : role_names) {
        const auto role = role_named(name);
        if (!role || *role == Role::everyone || !roles.has(*role)) continue;
        out += (out.empty() ? "" : ", ") + std::string{name};
    }
    return out;
}

std::vector<std::string> parameters_of(const Route& route) {
    if (route.action == Action::list) return list_parameters(*route.noun);
    if (route.action == Action::count) return counts_parameters(*route.noun);
    if (route.noun != nullptr && route.verb == Verb::post) return {"dry_run"};
    std::vector<std::string> out;
    for (const auto& field : route.shape.parameters) out.emplace_back(field.name);
    if (route.shape.paged) out.insert(out.end(), {"limit", "cursor"});
    if (route.shape.sorted) out.emplace_back("sort");
    return out;
}

}  // namespace tideover
