// The other file with coroutines: accepting, signals and the drain. The same rule holds as in session.cpp.
#include "server/http/listener.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iostream>
#include <optional>

#include "server/http/session.hpp"
#include "server/http/tls.hpp"
#include "server/observe/log.hpp"
#include "server/observe/metrics.hpp"

namespace tideover {
namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;

/// Accepts until the acceptor is closed. `room` is the wait for a descriptor: it ends early when somebody leaves.
net::awaitable<void> accept_all(tcp::acceptor& acceptor, net::steady_timer& room, Shared& shared) {
    const auto token = net::as_tuple(net::use_awaitable);
    bool short_of_descriptors = false;
    while (acceptor.is_open()) {
        auto [error, socket] = co_await acceptor.async_accept(token);
        if (error == net::error::operation_aborted) break;
        if (error) {
            // The guest still waits, so that accepting again at once would fail again at once. One line tells it all.
            if (!short_of_descriptors) log::event("warning", "accept-failed", error.message());
            short_of_descriptors = true;
            room.expires_after(std::chrono::seconds{1});
            co_await room.async_wait(token);
            continue;
        }
        short_of_descriptors = false;
        boost::system::error_code ignored;
        const auto from = socket.remote_endpoint(ignored).address();
        // Where all places are taken, whoever idles for the longest time makes room.
        if (!shared.connection_limits.has_room(from) ||
            (shared.connection_limits.full() && !send_longest_idle_away(shared))) {
            metrics::turned_away();
            continue;
        }
        socket.set_option(tcp::no_delay{true}, ignored);
        socket.set_option(net::socket_base::send_buffer_size{Settings::sent_bytes_max}, ignored);
        boost::beast::tcp_stream stream{std::move(socket)};
        auto session = serve(std::move(stream), shared);
        net::co_spawn(acceptor.get_executor(), std::move(session), net::detached);
    }
}

/// Raises this process's limit of descriptors as far as it may and, where that is not far enough, lowers the number
/// of connections, so that the database's connections and the logs keep theirs.
void fit_to_descriptors(Settings& settings) {
    constexpr int ours = 32;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const auto needed = static_cast<rlim_t>(settings.connections_max + Settings::connections_above_max) +
                        static_cast<rlim_t>(settings.workers) + rlim_t{ours};
    if (limit.rlim_cur < needed) {
        limit.rlim_cur = std::min(needed, limit.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= needed) return;
    settings.connections_max =
        std::max(1, static_cast<int>(limit.rlim_cur) - Settings::connections_above_max - settings.workers - ours);
    log::event("warning", "few-descriptors", "connections: " + std::to_string(settings.connections_max));
}

/// Stops accepting, lets busy connections finish and idle ones go; cuts what is left after the deadline.
void drain(Shared& shared, tcp::acceptor& acceptor, net::steady_timer& deadline) {
    if (shared.draining) return;
    shared.draining = true;
    log::event("info", "draining");
    boost::system::error_code ignored;
    acceptor.close(ignored);
    for (const auto& open : shared.open) {
        if (!open.busy) open.stream->cancel();
    }
    deadline.expires_after(std::chrono::seconds{Settings::drain_seconds_max});
    deadline.async_wait([&shared](const boost::system::error_code& error) {
        if (error) return;
        for (const auto& open : shared.open) open.stream->cancel();
    });
}

}  // namespace

int run_server(Settings settings, const Application& application) {
    fit_to_descriptors(settings);
    net::io_context io{1};
    tcp::acceptor acceptor{io};
    boost::system::error_code error;
    const auto address = net::ip::make_address(settings.bind, error);
    if (!error) {
        const tcp::endpoint endpoint{address, settings.port};
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(net::socket_base::reuse_address{true}, error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
    }
    if (error) {
        std::cerr << "cannot listen on " << settings.bind << " port " << settings.port << ": " << error.message()
                  << "\n";
        return 4;
    }
    Workers workers{settings.workers, settings.queue_max};
    Workers public_lane{settings.public_workers, settings.queue_max, settings.public_per_second};
    Workers file_lane{settings.file_workers, Settings::file_queue_max};
    Workers upload_lane{settings.upload_workers, Settings::file_queue_max};
    net::steady_timer room{io};
    const TrustedProxies proxies{settings.trusted_proxies};
    std::optional<net::ssl::context> tls;
    if (!settings.tls_certificate.empty()) tls = tls_context(settings.tls_certificate, settings.tls_key);
    ConnectionLimits connection_limits{settings, proxies, [&room] { room.cancel(); }};
    RateLimit rate_limit{settings.requests_per_second_max};
    Shared shared{settings,    application,       workers,    public_lane, file_lane,
                  upload_lane, connection_limits, rate_limit, proxies,     tls ? &*tls : nullptr};
    net::steady_timer deadline{io};
    net::signal_set signals{io, SIGTERM, SIGINT};
    signals.async_wait([&](const boost::system::error_code& e, int) {
        if (!e) drain(shared, acceptor, deadline);
    });
    auto accepting = accept_all(acceptor, room, shared);
    auto finished = [](const std::exception_ptr&) {};
    net::co_spawn(io, std::move(accepting), finished);
    std::cout << "ready " << (tls ? "https://" : "http://") << settings.bind << ":" << acceptor.local_endpoint().port()
              << std::endl;
    log::event("info", "ready");
    // The deadline's timer alone must not keep a drained server up: run until no session is left.
    while (!(shared.draining && shared.open.empty()) && io.run_one() > 0) {
    }
    workers.finish();
    public_lane.finish();
    file_lane.finish();
    upload_lane.finish();
    io.poll();
    log::event("info", "stopped");
    return 0;
}

}  // namespace tideover
