// Lists take their noun's filters; reports say what they take.
#include "server/api/route.hpp"

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

std::vector<std::string_view> list_parameters(const Noun& noun) {
    std::vector<std::string_view> out{"limit", "cursor", "q"};
    if (noun.key.empty()) out.push_back("sort");  // ids made of a code follow each other in no order of time
    if (!noun.moves.empty()) out.push_back("state");
    for (const auto& field : noun.fields) {
        if (field.filtered) out.push_back(field.name);
    }
    return out;
}

std::vector<std::string_view> parameters_of(const Route& route) {
    if (route.action == Action::list) return list_parameters(*route.noun);
    if (route.action == Action::step) return {"dry_run"};
    std::vector<std::string_view> out;
    for (const auto& field : route.shape.parameters) out.push_back(field.name);
    if (route.shape.paged) out.insert(out.end(), {"limit", "cursor"});
    if (route.shape.sorted) out.push_back("sort");
    return out;
}

}  // namespace tideover
