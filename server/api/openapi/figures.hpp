// The schemas of what no field table describes: the figures, and what is published of them.
#pragma once

#include <nlohmann/json.hpp>

namespace tideover {

/// Adds Headlines, FigureByWard, PublicationList, PublishedFigures, PublishedDocument and Restatement.
void add_figure_schemas(nlohmann::ordered_json& schemas);

}  // namespace tideover
