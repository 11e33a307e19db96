// Whom a request is from, where proxies stand between.
#include "server/http/trusted_proxies.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "server/http/connection_limits.hpp"

namespace trusted_proxies_test {

using namespace tideover;

namespace {

boost::asio::ip::address address(const char* text) {
    return boost::asio::ip::make_address(text);
}

}  // namespace

TEST_CASE("only a named hop is believed, by address or by network") {
    const TrustedProxies proxies{{"10.0.0.7", "192.168.4.0/24", "2001:db8::1", "2001:db8:1::/48"}};
    for (const auto* trusted :
         {"10.0.0.7", "192.168.4.1", "192.168.4.255", "2001:db8::1", "2001:db8:1:2::3", "::ffff:10.0.0.7"}) {
        CAPTURE(trusted);
        CHECK(proxies.trusts(address(trusted)));
    }
    for (const auto* other : {"10.0.0.8", "192.168.5.1", "2001:db8::2", "2001:db8:2::3", "127.0.0.1", "::1"}) {
        CAPTURE(other);
        CHECK_FALSE(proxies.trusts(address(other)));
    }
    CHECK(TrustedProxies{}.none());
    CHECK_THROWS_AS(TrustedProxies{{"proxy.example"}}, std::runtime_error);
    CHECK_THROWS_AS(TrustedProxies{{"10.0.0.0/33"}}, std::runtime_error);
    CHECK_THROWS_AS(TrustedProxies{{""}}, std::runtime_error);
}

TEST_CASE("the client is the last that is no hop: what a client says of itself stands before and is not believed") {
    const TrustedProxies proxies{{"10.0.0.7", "10.0.0.8"}};
    const auto client = [&](const char* peer, const char* said) {
        return proxies.client(address(peer), said).to_string();
    };
    CHECK(client("10.0.0.7", "192.0.2.1") == "192.0.2.1");
    CHECK(client("10.0.0.7", "192.0.2.66, 192.0.2.1") == "192.0.2.1");
    CHECK(client("10.0.0.7", "192.0.2.66,192.0.2.1 , 10.0.0.8") == "192.0.2.1");
    CHECK(client("10.0.0.7", "") == "10.0.0.7");
    CHECK(client("10.0.0.7", "unknown") == "10.0.0.7");
    CHECK(client("10.0.0.7", "10.0.0.8") == "10.0.0.8");
    CHECK(client("192.0.2.5", "192.0.2.1") == "192.0.2.5");
    CHECK(client("10.0.0.7", "2001:db8::9") == "2001:db8::9");
}

TEST_CASE("where proxies stand between, nobody else speaks to the service without TLS, but this machine itself") {
    Settings settings;
    settings.connections_per_address_max = 1;
    const TrustedProxies proxies{{"10.0.0.7"}};
    ConnectionLimits connection_limits{settings, proxies, [] {}};
    CHECK_FALSE(connection_limits.has_room(address("192.0.2.1")));
    CHECK(connection_limits.has_room(address("127.0.0.1")));
    for (int i = 0; i < 3; ++i) {
        CHECK(connection_limits.has_room(address("10.0.0.7")));  // it stands for many
        connection_limits.enter(address("10.0.0.7"));
    }
    settings.tls_certificate = "given";
    CHECK(connection_limits.has_room(address("192.0.2.1")));
}

TEST_CASE("of IPv6 the first 64 bits count as one address, and who leaves makes room") {
    Settings settings;
    settings.connections_per_address_max = 1;
    const TrustedProxies none;
    int left = 0;
    ConnectionLimits connection_limits{settings, none, [&] { ++left; }};
    connection_limits.enter(address("2001:db8::1"));
    CHECK_FALSE(connection_limits.has_room(address("2001:db8::2")));
    CHECK(connection_limits.has_room(address("2001:db8:0:1::1")));
    connection_limits.leave(address("2001:db8::1"));
    CHECK(left == 1);
    CHECK(connection_limits.has_room(address("2001:db8::2")));
}

}  // namespace trusted_proxies_test
