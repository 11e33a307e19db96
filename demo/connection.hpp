// One keep-alive connection to the service: a request goes out, its reply comes back.
#pragma once

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tideover::year {

struct Address {
    std::string host;
    std::string port;
};

/// Reads http://HOST[:PORT][/]. Throws Stopped for anything else.
[[nodiscard]] Address address_of(std::string_view url);

struct Request {
    std::string_view method;
    std::string_view path;
    std::string_view token{};  // empty: as the public
    std::string_view key{};    // Idempotency-Key, of a POST
    int version = 0;           // If-Match, where a record is changed
    std::string_view body{};
    std::string_view media = "application/json";  // of the body
};

struct Reply {
    unsigned status = 0;
    std::string location{};
    std::string retry_after{};
    std::string body{};
};

/// The connection was refused, broken or silent. Whether the request took effect is unknown.
struct Lost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Connection {
public:
    explicit Connection(Address address);
    ~Connection();
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Connects where it has to. Throws Lost; the next call connects anew.
    [[nodiscard]] Reply send(const Request& request);

private:
    struct Wire;
    Address address_;
    std::unique_ptr<Wire> wire_;
};

/// Sends until there is an answer other than "later": connects anew after a loss and waits as long as Retry-After
/// says, for up to a minute without an answer. Throws Stopped, also when `stopping` is set meanwhile.
[[nodiscard]] Reply send_until_answered(Connection& connection, const Request& request,
                                        const std::atomic<bool>& stopping);

}  // namespace tideover::year
