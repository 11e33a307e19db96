// Health, readiness, metrics and the API's own description.
#include "server/resources/system.hpp"

#include "db/migrate.hpp"
#include "server/metrics.hpp"
#include "server/openapi.hpp"
#include "server/problem.hpp"

namespace tideover::resources {

Response healthz(Exchange&) {
    return {.body = R"({"status":"up"})"};
}

Response readyz(Exchange& exchange) {
    static const db::Query version{"readyz", "SELECT coalesce(max(number), 0) FROM migration"};
    const auto found = exchange.database.glance(version, {})[0][0].as<int>();
    if (found != db::migrate::version_of_program()) throw Problem{"busy", "The database is at another migration."};
    return {.body = R"({"status":"ready"})"};
}

Response metrics_text(Exchange&) {
    return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics::exposition()};
}

Response openapi_document(Exchange&) {
    static const auto made = made_once({.body = openapi()});
    return made;
}

}  // namespace tideover::resources
