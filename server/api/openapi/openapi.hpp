// The OpenAPI 3.1 document, produced from the route, field and problem tables.
#pragma once

#include <string>

namespace tideover {

[[nodiscard]] std::string openapi();

}  // namespace tideover
