// Files of calls, and what is told of an import, in the words of tests.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/api/world.hpp"

namespace tideover::testing {

inline const std::string call_header = "Direction,Line,Counterparty,Started at,Caller name,Outcome,Reasons,Note\r\n";

/// A call as a row; `note` tells it from others.
inline std::string call_row(const std::string& note, const std::string& outcome = "Advice given") {
    return "Inbound,Coronavirus,resident,2020-04-02T10:15:00Z,Ann Imported," + outcome + ",food; medicine,\"" + note +
           "\"\r\n";
}

inline std::string count_of(World& world, const std::string& where) {
    return world.sql("SELECT count(*) FROM " + where);
}

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
