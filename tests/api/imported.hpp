// What is told of an import, in the words of tests.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace tideover::testing {

/// What became of so many rows, all of them done.
inline nlohmann::json rows(int done, int recorded, int faulty, int same = 0, int changed = 0) {
    return {{"done", done}, {"total", done},      {"recorded", recorded}, {"left_out", 0},
            {"same", same}, {"changed", changed}, {"faulty", faulty}};
}

/// "2 outcome not_a_choice; …": row, field and code of each of an import's faults.
inline std::string faults_of(const nlohmann::json& import) {
    std::string out;
    for (const auto& fault : import.at("faults")) {
        out += (out.empty() ? "" : "; ") + fault.at("row").dump() + " " + fault.at("field").get<std::string>() + " " +
               fault.at("code").get<std::string>();
    }
    return out;
}

}  // namespace tideover::testing
