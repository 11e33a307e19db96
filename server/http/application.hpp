// What stands behind the connections: functions that the program hands to the listener.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace tideover {

/// All of them may be called from any thread, and none throws.
struct Application {
    std::function<Demand(const Request&)> demand;
    /// Whether the body of such a request is kept as it comes.
    std::function<bool(const Request&)> is_upload;
    /// Keeps the next part of such a body: on a worker. The refusal, where it takes no more of it.
    std::function<std::optional<Response>(Request&, const std::string& part)> take_part;
    std::function<Response(const Request&, Lane)> answer;  // on a worker: it may take its time
    /// Answers without a worker: there is none to be had, or nothing for it to do. Takes a slug of the problem table.
    std::function<Response(const Request&, std::string_view slug, std::string_view detail)> refuse;
    std::function<std::string()> new_request_id;
};

}  // namespace tideover
