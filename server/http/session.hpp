// One connection: read a request, have it answered on a worker, write the answer, again.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <list>

#include "server/http/application.hpp"
#include "server/http/connection_limits.hpp"
#include "server/http/rate_limit.hpp"
#include "server/http/settings.hpp"
#include "server/http/trusted_proxies.hpp"
#include "server/http/workers.hpp"

namespace tideover {

/// A connection as the drain sees it.
struct Open {
    boost::beast::tcp_stream* stream;
    bool busy;           // between the whole head of a request and the last byte of its answer
    bool going = false;  // it was asked to go
};

/// What all sessions share. Touched on the I/O thread only, apart from the application and the workers.
struct Shared {
    const Settings& settings;
    const Application& application;
    Workers& workers;
    Workers& public_lane;  // for those without a token, where a route may count everything there is
    Workers& file_lane;    // for whole lists
    Workers& upload_lane;  // for files that come
    ConnectionLimits& connection_limits;
    RateLimit& rate_limit;
    const TrustedProxies& proxies;
    boost::asio::ssl::context* tls;  // null: plain HTTP
    bool draining = false;
    std::list<Open> open{};  // in the order in which they were last answered, or came
};

/// Has the connection that idles for the longest time go, so that another may come. False where none idles.
bool send_longest_idle_away(Shared& shared);

boost::asio::awaitable<void> serve(boost::beast::tcp_stream stream, Shared& shared);

}  // namespace tideover
