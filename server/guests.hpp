// How many are connected, in all and from each address.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <functional>
#include <map>

#include "server/config.hpp"

namespace tideover {

class Guests {
public:
    /// `left` is called whenever somebody leaves.
    Guests(const Config& config, std::function<void()> left) : config_(config), left_(std::move(left)) {}

    /// Whether one more from there may stay.
    [[nodiscard]] bool has_room(const boost::asio::ip::address& address) const;

    void enter(const boost::asio::ip::address& address);
    void leave(const boost::asio::ip::address& address);

private:
    const Config& config_;
    std::function<void()> left_;
    std::size_t all_ = 0;
    std::map<boost::asio::ip::address, std::size_t> from_;
};

}  // namespace tideover
