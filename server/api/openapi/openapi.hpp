// The OpenAPI 3.1 document, produced from the route, field and problem tables.
#pragma once

#include <string>

#include "server/http/message.hpp"

namespace tideover {

[[nodiscard]] std::string openapi();

/// The name of a verb in the document's paths: "get".
[[nodiscard]] std::string in_document(Verb verb);

}  // namespace tideover
