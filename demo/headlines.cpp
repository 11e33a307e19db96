// Asks for the figures by GET requests without a token.
#include "demo/headlines.hpp"

#include <chrono>
#include <thread>

#include "demo/stopped.hpp"

namespace tideover::year {

nlohmann::json get(Connection& connection, const std::string& path) {
    static const std::atomic<bool> never{false};
    const auto reply = send_until_answered(connection, {.method = "GET", .path = path}, never);
    if (reply.status != 200) throw Stopped("GET " + path + " was answered " + std::to_string(reply.status));
    auto json = nlohmann::json::parse(reply.body, nullptr, false);
    if (json.is_discarded()) throw Stopped("the reply to GET " + path + " is not JSON");
    return json;
}

std::string sealed_instant(Connection& connection) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    for (;;) {
        const auto now = get(connection, "/v1/headlines");
        if (now.value("sealed", false)) return now.value("known_at", "");
        if (std::chrono::steady_clock::now() > until) throw Stopped("the ledger was not sealed within ten seconds");
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

}  // namespace tideover::year
