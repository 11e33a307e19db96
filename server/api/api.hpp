// The API as the listener takes it: requests in, answers out, with the connections to the database that they share.
#pragma once

#include <memory>

#include "db/core/pool.hpp"
#include "server/api/authenticator.hpp"
#include "server/api/config.hpp"
#include "server/http/message.hpp"

namespace tideover {

class Api {
public:
    explicit Api(Config config);

    /// Answers a request: admits, checks the role, runs the handler, turns every exception into a problem, logs and
    /// counts. Never throws. `counts` has it answered on the connections of those who count everything there is.
    [[nodiscard]] Response answer(const Request& request, bool counts);

    /// Whether nobody has to sign in for it, and it may count everything there is.
    [[nodiscard]] static bool counts_for_all(const Request& request);
    /// Whether the request's token held when it was last looked at.
    [[nodiscard]] bool knows(const Request& request);
    /// Whose bucket a request is taken out of: its token's, or its address's until its token is known to hold, because
    /// anybody can make up tokens.
    [[nodiscard]] std::string taken_from(const Request& request);
    [[nodiscard]] int cost(const Request& request);

private:
    Config config_;
    Authenticator authenticator_;
    std::shared_ptr<db::Pool> connections_, public_connections_;
};

/// Answers without looking: there is no worker to be had, or nothing for it to do. Takes a slug of the problem table.
[[nodiscard]] Response refuse(const Request& request, std::string_view slug, std::string_view detail = {});

}  // namespace tideover
