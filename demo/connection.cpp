// HTTP over a plain socket with time limits, framed by Beast.
#include "demo/connection.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <thread>

#include "demo/stopped.hpp"

namespace tideover::year {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr int silence_s_max = 30;
constexpr std::chrono::seconds patience{60};

/// Throws Lost unless a call on a socket went well.
void demand(bool well, const char* what) {
    if (!well) throw Lost(std::string{what} + ": " + std::strerror(errno));
}

int connected_socket(const Address& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found) != 0) throw Lost("no such host");
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list{found, &::freeaddrinfo};
    for (const auto* one = found; one != nullptr; one = one->ai_next) {
        const int socket = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
        demand(socket >= 0, "no socket");
        const timeval limit{.tv_sec = silence_s_max, .tv_usec = 0};
        const int at_once = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        if (::connect(socket, one->ai_addr, one->ai_addrlen) == 0) return socket;
        const int why = errno;
        ::close(socket);
        errno = why;
    }
    demand(false, "connecting");
    return -1;
}

http::request<http::string_body> message(const Address& address, const Request& request) {
    http::request<http::string_body> out;
    out.method_string(request.method);
    out.target(request.path);
    out.version(11);
    out.set(http::field::host, address.host + ":" + address.port);
    out.set(http::field::accept, "application/json");
    if (!request.token.empty()) out.set(http::field::authorization, "Bearer " + std::string{request.token});
    if (!request.key.empty()) out.set("Idempotency-Key", request.key);
    if (!request.body.empty()) out.set(http::field::content_type, request.media);
    if (request.version > 0) out.set(http::field::if_match, "\"" + std::to_string(request.version) + "\"");
    out.body() = request.body;
    out.prepare_payload();
    return out;
}

bool asks_to_wait(unsigned status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
}

std::chrono::milliseconds wait_asked(const Reply& reply) {
    int seconds = 1;
    std::from_chars(reply.retry_after.data(), reply.retry_after.data() + reply.retry_after.size(), seconds);
    return std::chrono::seconds{std::clamp(seconds, 0, 30)} + std::chrono::milliseconds{seconds <= 0 ? 50 : 0};
}

}  // namespace

/// What Beast reads from and writes to. Its own sockets know no time limit for blocking calls.
struct Connection::Wire {
    explicit Wire(const Address& address) : socket(connected_socket(address)) {}
    ~Wire() { ::close(socket); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, error_code& error) {
        const asio::mutable_buffer into = *asio::buffer_sequence_begin(buffers);
        const auto got = ::recv(socket, into.data(), into.size(), 0);
        if (got > 0) return static_cast<std::size_t>(got);
        error = got == 0 ? http::make_error_code(http::error::end_of_stream)
                         : error_code{errno, boost::system::system_category()};
        return 0;
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {
        error_code error;
        const auto got = read_some(buffers, error);
        if (error) throw Lost(error.message());
        return got;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, error_code& error) {
        std::array<iovec, 16> parts{};
        msghdr out{};
        out.msg_iov = parts.data();
        for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers); ++at) {
            const asio::const_buffer part = *at;
            if (part.size() == 0 || out.msg_iovlen == parts.size()) continue;
            parts[out.msg_iovlen++] = {const_cast<void*>(part.data()), part.size()};
        }
        const auto sent = ::sendmsg(socket, &out, MSG_NOSIGNAL);
        if (sent >= 0) return static_cast<std::size_t>(sent);
        error = error_code{errno, boost::system::system_category()};
        return 0;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers) {
        error_code error;
        const auto sent = write_some(buffers, error);
        if (error) throw Lost(error.message());
        return sent;
    }

    int socket;
    boost::beast::flat_buffer unread{};
};

Address address_of(std::string_view url) {
    const Stopped wrong("the address is to be http://HOST:PORT, not " + std::string{url});
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) throw wrong;
    url.remove_prefix(scheme.size());
    if (url.ends_with('/')) url.remove_suffix(1);
    const auto after_host = url.starts_with('[') ? url.find(']') : 0;  // IPv6 stands in brackets
    if (after_host == std::string_view::npos) throw wrong;
    const auto colon = url.find(':', after_host);
    Address address{std::string{url.substr(0, colon)},
                    colon == std::string_view::npos ? "80" : std::string{url.substr(colon + 1)}};
    if (after_host > 0) address.host = address.host.substr(1, after_host - 1);
    if (address.host.empty() || address.port.empty() ||
        address.port.find_first_not_of("0123456789") != std::string::npos) {
        throw wrong;
    }
    return address;
}

Connection::Connection(Address address) : address_(std::move(address)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

Reply Connection::send(const Request& request) {
    try {
        if (!wire_) wire_ = std::make_unique<Wire>(address_);
        http::write(*wire_, message(address_, request));
        http::response_parser<http::string_body> answer;
        answer.body_limit(std::uint64_t{64} * 1024 * 1024);
        http::read(*wire_, wire_->unread, answer);
        auto& got = answer.get();
        if (!got.keep_alive()) wire_.reset();
        return {got.result_int(), std::string{got[http::field::location]}, std::string{got[http::field::retry_after]},
                std::move(got.body())};
    } catch (const boost::system::system_error& broken) {
        wire_.reset();
        throw Lost(broken.code().message());
    } catch (const Lost&) {
        wire_.reset();
        throw;
    }
}

Reply send_until_answered(Connection& connection, const Request& request, const std::atomic<bool>& stopping) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::chrono::milliseconds pause{20};
    for (std::string why;;) {
        try {
            auto reply = connection.send(request);
            if (!asks_to_wait(reply.status)) return reply;
            why = "it answers " + std::to_string(reply.status);
            pause = wait_asked(reply);
        } catch (const Lost& lost) {
            why = lost.what();
            pause = std::min(pause * 2, std::chrono::milliseconds{1000});
        }
        if (stopping) throw Stopped("stopped");
        if (std::chrono::steady_clock::now() + pause > until) {
            throw Stopped("the service did not answer " + std::string{request.method} + " " +
                          std::string{request.path} + " for a minute: " + why);
        }
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace tideover::year
