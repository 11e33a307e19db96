// Requests that meet: each from a connection of its own, all let go at one moment.
#pragma once

#include <latch>
#include <thread>
#include <vector>

#include "tests/support/service.hpp"

namespace tideover::testing {

/// What `ask(client, i)` was answered, for i from 0 to `many` - 1. Who is told that the service is busy asks again, as
/// clients do: how long many may wait for one lock is no matter of what becomes of them.
template <class Ask>
std::vector<Answer> at_once(const Service& service, std::size_t many, const Ask& ask) {
    std::vector<Answer> answers(many);
    std::vector<std::thread> threads;
    std::latch ready{static_cast<std::ptrdiff_t>(many)};
    for (std::size_t i = 0; i < many; ++i) {
        threads.emplace_back([&, i] {
            Client client{service.port()};
            ready.arrive_and_wait();
            for (int left = 1000; left > 0; --left) {
                answers[i] = ask(client, i);
                if (answers[i].problem() != "busy") break;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    return answers;
}

/// The headers of a POST by whom that token stands for.
inline Headers post_headers(const std::string& token, const std::string& key = Service::fresh_key(),
                            const std::string& etag = {}) {
    Headers out{{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}, {"Idempotency-Key", key}};
    if (!etag.empty()) out.emplace_back("If-Match", etag);
    return out;
}

}  // namespace tideover::testing
