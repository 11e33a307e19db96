// Counts connections, in all and by address.
#include "server/http/connection_limits.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>

namespace tideover {
namespace {

/// What counts as one address: of IPv6 the first 64 bits, because whoever has one has all of the rest.
boost::asio::ip::address household(const boost::asio::ip::address& address) {
    if (!address.is_v6() || address.to_v6().is_v4_mapped()) return address;
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return boost::asio::ip::address_v6{bytes};
}

}  // namespace

bool ConnectionLimits::has_room(const boost::asio::ip::address& address) const {
    if (all_ >= static_cast<std::size_t>(settings_.connections_max + Settings::connections_above_max)) return false;
    if (proxies_.trusts(address)) return true;
    if (!proxies_.none() && settings_.tls_certificate.empty() && !address.is_loopback()) return false;
    const auto found = from_.find(household(address));
    return found == from_.end() || found->second < static_cast<std::size_t>(settings_.connections_per_address_max);
}

void ConnectionLimits::enter(const boost::asio::ip::address& address) {
    ++all_;
    ++from_[household(address)];
}

void ConnectionLimits::leave(const boost::asio::ip::address& address) {
    --all_;
    const auto found = from_.find(household(address));
    if (--found->second == 0) from_.erase(found);
    left_();
}

}  // namespace tideover
