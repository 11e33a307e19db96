// The query parameters of lists, counts and reports.
#pragma once

#include <string_view>

#include "server/api/openapi/schemas.hpp"
#include "server/api/route.hpp"

namespace tideover::openapi_document {

[[nodiscard]] Json query_parameter(std::string_view name, Json schema, std::string_view words);

/// Adds a noun's filters to the document's parameters.
void add_filters(Json& parameters, const Noun& noun);

/// As an array of parameter objects.
[[nodiscard]] Json list_query(const Noun& noun);
[[nodiscard]] Json counts_query(const Noun& noun);
[[nodiscard]] Json report_query(const Shape& shape);

}  // namespace tideover::openapi_document
