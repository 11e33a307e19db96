// What operators and tools ask of the service.
#include "server/api/resources/system.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using roles::everyone;
using enum Action;

constexpr OtherRoute reads_here[] = {
    {probe, "/openapi.json", everyone, resources::openapi_document, "The OpenAPI document", {.schema = "Document"}},
    {probe, "/healthz", everyone, resources::healthz, "Whether the process is up", {.schema = "Status"}},
    {probe, "/readyz", everyone, resources::readyz, "Whether the database is there and migrated", {.schema = "Status"}},
    {probe, "/metrics", everyone, resources::metrics_text, "Metrics in the Prometheus format", {.media = "text/plain"}},
};

}  // namespace

extern const Room service_room;
const Room service_room{.reads = reads_here};

}  // namespace tideover::rooms
