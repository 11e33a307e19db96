// Pages for people: HTML made on the server, no script, nothing from another address.
#pragma once

#include <span>

#include "server/api/call.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::pages {

Response home(Call& call);       // GET /
Response dashboard(Call& call);  // GET /dashboard
Response archive(Call& call);    // GET /publications
Response published(Call& call);  // GET /publications/{id}
Response docs(Call& call);       // GET /docs
Response problem(Call& call);    // GET /problems/{type}
Response style(Call& call);      // GET /style.css

/// The pages and their addresses.
[[nodiscard]] std::span<const rooms::OtherRoute> routes();

}  // namespace tideover::pages
