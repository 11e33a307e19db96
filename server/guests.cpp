// Counting guests.
#include "server/guests.hpp"

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

bool Guests::has_room(const boost::asio::ip::address& address) const {
    if (all_ >= static_cast<std::size_t>(config_.connections_max + Config::connections_above_max)) return false;
    if (hops_.trusts(address)) return true;
    if (!hops_.none() && config_.tls_certificate.empty() && !address.is_loopback()) return false;
    const auto found = from_.find(household(address));
    return found == from_.end() || found->second < static_cast<std::size_t>(config_.connections_per_address_max);
}

void Guests::enter(const boost::asio::ip::address& address) {
    ++all_;
    ++from_[household(address)];
}

void Guests::leave(const boost::asio::ip::address& address) {
    --all_;
    const auto found = from_.find(household(address));
    if (--found->second == 0) from_.erase(found);
    left_();
}

}  // namespace tideover
