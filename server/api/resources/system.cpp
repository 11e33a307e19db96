// Health, readiness, metrics and the API's own description.
#include "server/api/resources/system.hpp"

#include <atomic>
#include <cstdint>
#include <string>

#include "db/core/fault.hpp"
#include "db/core/migrate.hpp"
#include "db/core/readiness.hpp"
#include "server/api/openapi/openapi.hpp"
#include "server/api/problem.hpp"
#include "server/api/shared_answers.hpp"
#include "server/observe/metrics.hpp"

namespace tideover::resources {

Response healthz(Call&) {
    return {.body = R"({"status":"up"})"};
}

namespace {

/// Why nothing can be written, as the slug of a problem and its detail; empty where it can.
std::string unready(const std::string& conninfo) {
    try {
        if (db::readiness::try_write(conninfo) == db::migrate::version_of_program()) return {};
        return "busy The database is at another migration.";
    } catch (const db::Fault& fault) {
        // A probe has no outcome that anybody has to know.
        return fault.trouble() == db::Trouble::unfit ? "database-unfit " : "busy The database takes no writes.";
    }
}

}  // namespace

Response readyz(Call& call) {
    // Anybody may ask, and each look is a new connection: they are had in the public's share of the time.
    static SharedAnswers looks;
    static std::atomic<std::int64_t> asked{0};
    const auto why = looks.answer("ready", std::to_string(++asked), call.config.public_share,
                                  [&] { return unready(call.config.database); });
    if (why.empty()) return {.body = R"({"status":"ready"})"};
    const auto blank = why.find(' ');
    throw Problem{why.substr(0, blank), why.substr(blank + 1)};
}

Response metrics_text(Call&) {
    return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics::exposition()};
}

Response openapi_document(Call&) {
    static const auto made = made_once({.body = openapi()});
    return made;
}

}  // namespace tideover::resources
