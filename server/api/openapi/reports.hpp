// The schemas of what no field table describes: figures, evidence, publications, the audit, and what probes answer.
#pragma once

#include <nlohmann/json.hpp>

namespace tideover {

/// Adds those that routes name, and what they are made of.
void add_report_schemas(nlohmann::ordered_json& schemas);

}  // namespace tideover
