// Reads addresses, and matches them with the networks that are believed.
#include "server/http/trusted_proxies.hpp"

#include <algorithm>
#include <stdexcept>

namespace tideover {
namespace {

namespace ip = boost::asio::ip;

template <class Networks, class Address>
bool holds(const Networks& networks, const Address& address) {
    return std::any_of(networks.begin(), networks.end(), [&](const auto& network) {
        using Network = std::decay_t<decltype(network)>;
        return network.canonical() == Network{address, network.prefix_length()}.canonical();
    });
}

/// An IPv4 address that came over an IPv6 socket is still that address.
ip::address plain(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& named) {
    for (const auto& name : named) {
        boost::system::error_code error;
        const bool v6 = name.find(':') != std::string::npos;
        const auto full = name.find('/') != std::string::npos ? name : name + (v6 ? "/128" : "/32");
        if (v6) {
            v6_.push_back(ip::make_network_v6(full, error));
        } else {
            v4_.push_back(ip::make_network_v4(full, error));
        }
        if (error) throw std::runtime_error{"'" + name + "' is no address: use one such as 10.0.0.7 or 10.0.0.0/24"};
    }
}

bool TrustedProxies::trusts(const Address& address) const {
    const auto known = plain(address);
    return known.is_v4() ? holds(v4_, known.to_v4()) : holds(v6_, known.to_v6());
}

TrustedProxies::Address TrustedProxies::client(const Address& peer, std::string_view forwarded_for) const {
    auto client = peer;
    while (trusts(client) && !forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        auto last = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
        forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
        while (last.starts_with(' ') || last.starts_with('\t')) last.remove_prefix(1);
        while (last.ends_with(' ') || last.ends_with('\t')) last.remove_suffix(1);
        boost::system::error_code error;
        const auto named = ip::make_address(last, error);
        if (error) break;  // an unnamed client counts as its hop
        client = plain(named);
    }
    return client;
}

}  // namespace tideover
