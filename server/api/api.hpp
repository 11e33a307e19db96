// The API as the listener takes it: requests in, answers out, with the connections to the database that they share.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>

#include "db/core/pool.hpp"
#include "server/api/authenticator.hpp"
#include "server/api/config.hpp"
#include "server/http/message.hpp"

namespace tideover {

class Api {
public:
    explicit Api(Config config);

    /// What a request takes. It is taken out of the bucket of its token, or of its address until its token is known to
    /// hold, because anybody can make up tokens.
    [[nodiscard]] Demand demand(const Request& request);

    /// Whether the body of the request is a file, which is kept as it comes.
    [[nodiscard]] static bool is_upload(const Request& request);
    /// Keeps the next part of such a body, once it is clear that whoever sends it may. The refusal otherwise. Never
    /// throws.
    [[nodiscard]] std::optional<Response> take_part(Request& request, const std::string& part);

    /// Answers a request: admits, checks the role, runs the handler, turns every exception into a problem, logs and
    /// counts. Never throws.
    [[nodiscard]] Response answer(const Request& request, Lane lane);

private:
    /// What the work answers, or the problem that its exception is, logged and counted.
    Response told(const Request& request, const std::function<Response(db::Database&, std::string_view& role)>& work,
                  Lane lane);

    Config config_;
    Authenticator authenticator_;
    std::array<std::shared_ptr<db::Pool>, lanes> connections_;  // each lane has its own
};

/// Answers without looking: there is no worker to be had, or nothing for it to do. Takes a slug of the problem table.
[[nodiscard]] Response refuse(const Request& request, std::string_view slug, std::string_view detail = {});

}  // namespace tideover
