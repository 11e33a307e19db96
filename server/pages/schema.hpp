// JSON schemas of the API's own document as tables for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "server/api/call.hpp"
#include "server/pages/html.hpp"

namespace tideover::pages {

using Json = nlohmann::ordered_json;

/// What a $ref leads to; anything else as it is.
[[nodiscard]] const Json& resolved(const Json& document, const Json& node);

/// The operation that a route is in the document. Precondition: the document was made from the route table.
[[nodiscard]] const Json& operation_of(const Json& document, const Route& route);

/// The schema of a noun's record as it is read.
[[nodiscard]] const Json& record_shape(const Json& document, const Noun& noun);

/// A row for each property, those of objects and lists inside included, but not inside `closed` ones.
/// `must` is said of those that the schema requires.
void fields_table(Html& html, const Json& shape, std::string_view caption, std::string_view must,
                  const std::vector<std::string_view>& closed = {});

void parameters_table(Html& html, const Json& document, const Json& parameters);

/// What a success is; problems are told about once for all.
void answers(Html& html, const Json& document, const Json& responses);

}  // namespace tideover::pages
