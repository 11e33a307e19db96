// How many are connected, in all and from each address.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <functional>
#include <map>

#include "server/http/settings.hpp"
#include "server/http/trusted_proxies.hpp"

namespace tideover {

class ConnectionLimits {
public:
    /// `left` is called whenever somebody leaves.
    ConnectionLimits(const Settings& settings, const TrustedProxies& proxies, std::function<void()> left)
        : settings_(settings), proxies_(proxies), left_(std::move(left)) {}

    /// Whether one more from there may stay. A proxy stands for many; and where proxies stand between, nobody but they
    /// and this machine itself may speak to us without TLS.
    [[nodiscard]] bool has_room(const boost::asio::ip::address& address) const;
    /// Whether no more may come in all. A few more than the most are let in while others are sent away for them.
    [[nodiscard]] bool full() const { return all_ >= static_cast<std::size_t>(settings_.connections_max); }

    void enter(const boost::asio::ip::address& address);
    void leave(const boost::asio::ip::address& address);

private:
    const Settings& settings_;
    const TrustedProxies& proxies_;
    std::function<void()> left_;
    std::size_t all_ = 0;
    std::map<boost::asio::ip::address, std::size_t> from_;
};

}  // namespace tideover
