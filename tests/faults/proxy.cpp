// Two pumps a connection, on one thread.
#include "tests/faults/proxy.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <future>
#include <string_view>

namespace tideover::faults {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using Socket = net::generic::stream_protocol::socket;

namespace {

constexpr std::size_t trickled_bytes = 40;
constexpr std::chrono::milliseconds trickle_pause{1};

/// Resets rather than closes: the peer learns at once, and what was on its way is lost.
void reset(Socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(net::socket_base::linger{true, 0}, ignored);
    socket.close(ignored);
}

}  // namespace

struct Proxy::Pair : std::enable_shared_from_this<Proxy::Pair> {
    Proxy& proxy;
    struct Way {
        Socket &from, &to;
        bool up;
        std::array<char, 16384> bytes{};
        net::steady_timer timer;
        bool closed = false;
    };
    Socket caller, callee;
    Way up, down;
    bool deaf = false;
    bool orphaned = false;

    Pair(Proxy& p, Socket accepted)
        : proxy(p),
          caller(std::move(accepted)),
          callee(p.io_),
          up{caller, callee, true, {}, net::steady_timer{p.io_}},
          down{callee, caller, false, {}, net::steady_timer{p.io_}} {}

    void pump(Way& way) {
        way.from.async_read_some(net::buffer(way.bytes), [self = shared_from_this(), &way](auto error, auto count) {
            if (error) return self->ended(way, error == net::error::eof);
            self->pass(way, 0, count);
        });
    }

    void pass(Way& way, std::size_t from, std::size_t count) {
        const auto weather = proxy.weather_.load();
        const std::string_view bytes{way.bytes.data() + from, count};
        if (weather == Weather::black_hole || orphaned) return pump(way);
        if (weather == Weather::deaf_after_commit && way.up && !deaf &&
            (bytes.find("COMMIT") != bytes.npos || bytes.find("create_at_once") != bytes.npos)) {
            deaf = true;
            ++proxy.deafened_;
        }
        if (deaf && !way.up) return pump(way);
        const auto now = weather == Weather::trickle ? std::min(count, trickled_bytes) : count;
        net::async_write(way.to, net::buffer(bytes.data(), now),
                         [self = shared_from_this(), &way, from, count, now](auto error, auto) {
                             if (error) return self->ended(way, false);
                             if (now == count) return self->pump(way);
                             way.timer.expires_after(trickle_pause);
                             way.timer.async_wait(
                                 [self, &way, from, count, now](auto) { self->pass(way, from + now, count - now); });
                         });
    }

    void ended(Way& way, bool quietly) {
        way.closed = true;
        if (orphaned) return;
        boost::system::error_code ignored;
        if (quietly && !(up.closed && down.closed)) {
            way.to.shutdown(net::socket_base::shutdown_send, ignored);
        } else {
            caller.close(ignored);
            callee.close(ignored);
        }
    }
};

Proxy::Proxy()
    : acceptor_(io_, tcp::endpoint{net::ip::address_v4::loopback(), 0}), port_(acceptor_.local_endpoint().port()) {
    accept();
    thread_ = std::thread{[this] { io_.run(); }};
}

Proxy::~Proxy() {
    cut();
    forget();
    io_.stop();
    thread_.join();
}

template <class Work>
void Proxy::on_thread(Work work) {
    std::promise<void> done;
    net::dispatch(io_, [&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

void Proxy::lead_to(unsigned short port) {
    on_thread([&] { upstream_ = tcp::endpoint{net::ip::address_v4::loopback(), port}; });
}

void Proxy::lead_to(const std::string& socket_file) {
    on_thread([&] { upstream_ = net::local::stream_protocol::endpoint{socket_file}; });
}

void Proxy::accept() {
    acceptor_.async_accept([this](auto error, tcp::socket socket) {
        if (error) return;
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        auto pair = std::make_shared<Pair>(*this, Socket{std::move(socket)});
        pairs_.remove_if([](const auto& weak) { return weak.expired(); });
        pairs_.push_back(pair);
        pair->callee.async_connect(upstream_, [this, pair](auto failed) {
            if (failed) return reset(pair->caller);
            if (upstream_.protocol().family() == AF_INET) {
                boost::system::error_code unset;
                pair->callee.set_option(tcp::no_delay{true}, unset);
            }
            pair->pump(pair->up);
            pair->pump(pair->down);
        });
        accept();
    });
}

void Proxy::cut() {
    on_thread([&] {
        for (const auto& weak : pairs_) {
            if (const auto pair = weak.lock()) reset(pair->caller), reset(pair->callee);
        }
    });
}

void Proxy::half_close() {
    on_thread([&] {
        for (const auto& weak : pairs_) {
            boost::system::error_code ignored;
            if (const auto pair = weak.lock()) pair->callee.shutdown(net::socket_base::shutdown_send, ignored);
        }
    });
}

void Proxy::half_open() {
    on_thread([&] {
        for (const auto& weak : pairs_) {
            const auto pair = weak.lock();
            if (!pair || pair->orphaned) continue;
            pair->orphaned = true;
            orphans_.push_back(pair);
            reset(pair->caller);
        }
    });
}

void Proxy::forget() {
    on_thread([&] {
        for (const auto& pair : orphans_) reset(pair->callee);
        orphans_.clear();
    });
}

}  // namespace tideover::faults
