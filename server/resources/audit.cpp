// A line shows what stood there before to those who may read such a record, and of it what they may see.
#include "server/resources/audit.hpp"

#include <algorithm>
#include <array>

#include "db/audit.hpp"
#include "db/ids.hpp"
#include "db/record_sql.hpp"
#include "server/checkpoint.hpp"
#include "server/fields.hpp"
#include "server/paging.hpp"
#include "server/problem.hpp"
#include "server/resources/records.hpp"
#include "server/router.hpp"

namespace tideover::resources {
namespace {

constexpr std::array<std::string_view, 8> parameters{"limit",   "cursor", "sort", "record",
                                                     "subject", "staff",  "from", "until"};

std::vector<std::string> readable_kinds(Role role) {
    std::vector<std::string> out;
    for (const auto& route : routes()) {
        if (route.handler == &read && route.roles.has(role)) out.emplace_back(route.noun->name);
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

std::string id_in(const Exchange& exchange, std::string_view name) {
    const auto* given = exchange.parameter(name);
    if (given == nullptr) return {};
    if (!db::ids::canonical(*given)) throw Problem{"invalid-parameter", "'" + std::string{name} + "' takes an id."};
    return *given;
}

std::string instant_in(const Exchange& exchange, std::string_view name) {
    const auto* given = exchange.parameter(name);
    if (given == nullptr) return {};
    const auto read = decode_filter(instant(name), *given);
    if (!read) {
        throw Problem{"invalid-parameter", "'" + std::string{name} + "' takes an instant, as 2020-04-02T10:15:00Z."};
    }
    return *read;
}

std::string line_in(const Exchange& exchange) {
    const auto* given = exchange.parameter("cursor");
    if (given == nullptr) return {};
    const bool number = !given->empty() && given->size() <= 18 &&
                        std::all_of(given->begin(), given->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number) throw Problem{"invalid-parameter", "'cursor' takes what 'next' gave."};
    return *given;
}

bool newest_first(const Exchange& exchange) {
    const auto* given = exchange.parameter("sort");
    if (given == nullptr || *given == "-recorded") return true;
    if (*given == "recorded") return false;
    throw Problem{"invalid-parameter", "'sort' takes 'recorded' or '-recorded' (the newest first, as without it)."};
}

}  // namespace

std::span<const std::string_view> audit_parameters() {
    return parameters;
}

Response audit_lines(Exchange& exchange) {
    exchange.only_parameters(parameters);
    const auto role = exchange.principal.role;
    const db::audit::Page page{.record = id_in(exchange, "record"),
                               .subject = id_in(exchange, "subject"),
                               .staff = id_in(exchange, "staff"),
                               .from = instant_in(exchange, "from"),
                               .until = instant_in(exchange, "until"),
                               .after = line_in(exchange),
                               .newest_first = newest_first(exchange),
                               .limit = page_limit(exchange),
                               .kinds = readable_kinds(role),
                               .hidden = hidden_columns(role),
                               .flat = wants_csv(exchange)};
    db::audit::Listed listed;
    exchange.database.read(exchange.principal, [&](db::Tx& tx) { listed = db::audit::list(tx, page); });
    return page_of(exchange, listed.items, listed.next, page.flat);
}

Response audit_checkpoint(Exchange& exchange) {
    exchange.only_parameters({});
    if (!exchange.config.signing_key) throw Problem{"no-signing-key"};
    db::audit_chain::Link link;
    exchange.database.read(exchange.principal, [&](db::Tx& tx) { link = db::audit_chain::newest(tx); });
    return {.body = to_json(checkpoint_of(exchange.principal.authority, link, *exchange.config.signing_key))};
}

}  // namespace tideover::resources
