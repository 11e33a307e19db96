// One request on its way through a handler: what it asks, who asks, and the database to answer from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/core/transaction.hpp"
#include "domain/core/day.hpp"
#include "domain/nouns.hpp"
#include "server/api/config.hpp"
#include "server/api/route.hpp"
#include "server/http/message.hpp"

namespace tideover {

struct Call {
    const Request& request;
    const Route& route;
    const Config& config;
    db::Database& database;
    db::Principal principal;
    std::vector<std::string> arguments;  // the path's {…}, in order
    Instant now;

    [[nodiscard]] const std::string& id() const { return arguments.front(); }
    [[nodiscard]] const std::string* parameter(std::string_view name) const;

    /// The path, with the ids of the records that it names.
    [[nodiscard]] std::string address() const;

    /// What makes this POST safe to repeat. Throws Problem without a key.
    [[nodiscard]] db::Intent intent(std::string_view canonical_body) const;

    /// How much of the time may go into making an answer that counts everything there is: for the public a part of it.
    [[nodiscard]] double share() const { return principal.role == Role::everyone ? config.public_share : 1; }

    /// Whether the query asks for a dry run. Throws Problem where it says neither yes nor no.
    [[nodiscard]] bool dry_run() const;

    /// The version that If-Match names. Throws Problem where it is absent or no ETag of ours.
    [[nodiscard]] std::int64_t matched_version() const;

    /// Throws Problem unless every query parameter is one that the route takes; names the nearest
    /// otherwise. Pages and probes take whatever comes with the address.
    void check_parameters() const;
};

}  // namespace tideover
