// Pages for people: HTML made on the server, no script, nothing from another address.
#pragma once

#include "server/exchange.hpp"

namespace tideover::pages {

Response home(Exchange& exchange);       // GET /
Response archive(Exchange& exchange);    // GET /publications
Response published(Exchange& exchange);  // GET /publications/{id}
Response docs(Exchange& exchange);       // GET /docs
Response problem(Exchange& exchange);    // GET /problems/{type}
Response style(Exchange& exchange);      // GET /style.css

}  // namespace tideover::pages
