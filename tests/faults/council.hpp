// Where every history begins: a migrated database with one record of each kind, and a token for each role.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "domain/core/role.hpp"
#include "tests/faults/cluster.hpp"

namespace tideover::faults {

struct Council {
    std::string database;                                       // the template to clone
    std::map<std::string, nlohmann::json, std::less<>> ones{};  // by noun
    std::map<Role, std::string> tokens{};
    std::string drafting{};  // of the administrator who writes what the other one publishes
};

/// Founded through the API, in fair weather, by the program that `binary` names.
[[nodiscard]] Council found(const Cluster& cluster, const std::string& binary);

}  // namespace tideover::faults
