// POSIX sockets with time limits.
#include "tests/support/raw_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace tideover::testing {
namespace {

sockaddr_in at(const char* address, unsigned short port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &out.sin_addr);
    return out;
}

}  // namespace

RawConnection::RawConnection(unsigned short port, const char* from, int room)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (room > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    const auto here = at(from, 0), there = at("127.0.0.1", port);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0) {
        ::close(socket_);
        throw std::runtime_error("nobody listens on port " + std::to_string(port));
    }
}

RawConnection::~RawConnection() {
    ::close(socket_);
}

bool RawConnection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawConnection::end() const {
    ::shutdown(socket_, SHUT_WR);
}

std::string RawConnection::rest() const {
    return until({});
}

std::string RawConnection::until(std::string_view end) const {
    std::string out;
    std::array<char, 16384> part{};
    while (end.empty() || out.find(end) == std::string::npos) {
        const auto count = ::recv(socket_, part.data(), part.size(), 0);
        if (count <= 0) break;
        out.append(part.data(), static_cast<std::size_t>(count));
    }
    return out;
}

bool RawConnection::stirs(int ms) const {
    pollfd asked{.fd = socket_, .events = POLLIN, .revents = 0};
    return ::poll(&asked, 1, ms) > 0;
}

}  // namespace tideover::testing
