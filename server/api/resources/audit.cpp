// A line shows what stood there before to those who may read such a record, and of it what they may see.
#include "server/api/resources/audit.hpp"

#include <algorithm>
#include <array>

#include "db/audit/audit.hpp"
#include "db/core/ids.hpp"
#include "db/records/record_sql.hpp"
#include "server/api/checkpoint.hpp"
#include "server/api/decoding.hpp"
#include "server/api/paging.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/records.hpp"
#include "server/api/router.hpp"

namespace tideover::resources {
namespace {

std::vector<std::string> readable_kinds(Role role) {
    std::vector<std::string> out;
    for (const auto& route : routes()) {
        if (route.action == Action::read && route.roles.has(role)) out.emplace_back(route.noun->name);
    }
    return out;
}

std::vector<std::string> hidden_columns(Role role) {
    std::vector<std::string> out;
    for (const auto* noun : nouns::all()) {
        for (const auto& field : noun->fields) {
            if (!who_sees(field.privacy).has(role)) out.push_back(db::records::column(field.name));
        }
    }
    return out;
}

std::string id_in(const Call& call, std::string_view name) {
    const auto* given = call.parameter(name);
    if (given == nullptr) return {};
    if (!db::ids::canonical(*given)) throw Problem{"invalid-parameter", "'" + std::string{name} + "' takes an id."};
    return *given;
}

std::string instant_in(const Call& call, std::string_view name) {
    const auto* given = call.parameter(name);
    if (given == nullptr) return {};
    const auto read = decode_filter(instant(name), *given);
    if (!read) {
        throw Problem{"invalid-parameter", "'" + std::string{name} + "' takes an instant, as 2020-04-02T10:15:00Z."};
    }
    return *read;
}

std::string line_in(const Call& call) {
    const auto* given = call.parameter("cursor");
    if (given == nullptr) return {};
    const bool number = !given->empty() && given->size() <= 18 &&
                        std::all_of(given->begin(), given->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number) throw Problem{"invalid-parameter", "'cursor' takes what 'next' gave."};
    return *given;
}

bool newest_first(const Call& call) {
    const auto* given = call.parameter("sort");
    if (given == nullptr || *given == "-recorded") return true;
    if (*given == "recorded") return false;
    throw Problem{"invalid-parameter", "'sort' takes 'recorded' or '-recorded' (the newest first, as without it)."};
}

}  // namespace

Response audit_lines(Call& call) {
    const auto role = call.principal.role;
    const db::audit::Page page{.record = id_in(call, "record"),
                               .subject = id_in(call, "subject"),
                               .staff = id_in(call, "staff"),
                               .from = instant_in(call, "from"),
                               .until = instant_in(call, "until"),
                               .after = line_in(call),
                               .newest_first = newest_first(call),
                               .limit = page_limit(call),
                               .kinds = readable_kinds(role),
                               .hidden = hidden_columns(role),
                               .flat = wants_csv(call)};
    db::Listed listed;
    call.database.read(call.principal, [&](db::Tx& tx) { listed = db::audit::list(tx, page); });
    return page_of(call, listed.items, listed.next, page.flat);
}

Response audit_checkpoint(Call& call) {
    if (!call.config.signing_key) throw Problem{"no-signing-key"};
    db::audit_chain::Link link;
    call.database.read(call.principal, [&](db::Tx& tx) { link = db::audit_chain::newest(tx); });
    return {.body = to_json(checkpoint_of(call.principal.authority, link, *call.config.signing_key))};
}

}  // namespace tideover::resources
