// One keep-alive connection that waits for an answer no longer than it was told to.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "tests/support/service.hpp"

namespace tideover::faults {

using testing::Answer;
using testing::Headers;

class Caller {
public:
    Caller(unsigned short port, std::chrono::milliseconds patience);
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller();

    /// Nothing where no whole answer came in time. `cut` says afterwards whether one had begun.
    std::optional<Answer> send(const std::string& method, const std::string& target, const Headers& headers,
                               const std::string& body);
    [[nodiscard]] bool cut() const { return cut_; }

private:
    struct Connection;
    unsigned short port_;
    std::chrono::milliseconds patience_;
    std::unique_ptr<Connection> connection_;
    bool cut_ = false;
};

}  // namespace tideover::faults
