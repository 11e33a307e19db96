// The proxies before the service, and what they say of the client behind them. Nobody else is believed.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tideover {

class TrustedProxies {
public:
    using Address = boost::asio::ip::address;

    TrustedProxies() = default;
    /// Addresses or networks, such as "10.0.0.7" or "10.0.0.0/24". Throws std::runtime_error where one is neither.
    explicit TrustedProxies(const std::vector<std::string>& named);

    [[nodiscard]] bool none() const { return v4_.empty() && v6_.empty(); }
    [[nodiscard]] bool trusts(const Address& address) const;

    /// Whose request it is. `forwarded_for` are the values of X-Forwarded-For in their order, joined by commas: each
    /// hop adds whom it heard, so the last that is no hop is the client, and what stands before it is hearsay.
    [[nodiscard]] Address client(const Address& peer, std::string_view forwarded_for) const;

private:
    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace tideover
