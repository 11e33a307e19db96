// HAProxy and nginx as councils put them in front of a service, each a process of ours on a port of its own.
#pragma once

#include <sys/types.h>

#include <string>

namespace tideover::testing {

/// Every request that a proxy passes on carries a request id with this beginning: what the server saw without one, the
/// proxy knew nothing of.
inline constexpr const char* proxied_id = "proxied-";

class Proxy {
public:
    enum class Kind { haproxy, nginx };
    /// Starts it before a server on `backend`. Throws std::runtime_error where it is not installed.
    Proxy(Kind kind, unsigned short backend);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    [[nodiscard]] unsigned short port() const { return port_; }

private:
    std::string folder_;
    unsigned short port_ = 0;
    pid_t pid_ = -1;
};

}  // namespace tideover::testing
