// A queue is of whoever may take its step.
#include "server/api/resources/work.hpp"

#include <algorithm>

#include "db/records/waiting.hpp"
#include "server/api/router.hpp"

namespace tideover::resources {
namespace {

std::vector<const Queue*> queues_of(Role role) {
    std::vector<const Queue*> out;
    for (const auto& queue : queues()) {
        const auto is_it = [&](const Route& route) {
            return route.action == Action::step && route.noun->name == queue.noun && route.step->path == queue.step &&
                   route.roles.has(role);
        };
        if (std::any_of(routes().begin(), routes().end(), is_it)) out.push_back(&queue);
    }
    return out;
}

}  // namespace

Response work(Call& call) {
    std::vector<std::string> found;
    call.database.read(call.principal,
                       [&](db::Tx& tx) { found = db::records::waiting(tx, queues_of(call.principal.role)); });
    return {.body = "{\"items\":[" + db::joined(found, ",") + "]}"};
}

}  // namespace tideover::resources
