// Plain sockets: the answers that count are the ones that come while nothing can be done.
#include "tests/faults/burst.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <vector>

namespace tideover::faults {
namespace {

constexpr std::string_view request = "GET /v1/headlines HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

int ask(unsigned short port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        [[maybe_unused]] const auto sent = ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
    }
    return socket;
}

bool refused(int socket) {
    std::array<char, 64> begin{};
    const auto count = ::recv(socket, begin.data(), begin.size(), 0);
    return count > 0 && std::string_view{begin.data(), static_cast<std::size_t>(count)}.starts_with("HTTP/1.1 503");
}

}  // namespace

int burst(unsigned short port, int count, int enough, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::vector<pollfd> waiting;
    for (int i = 0; i < count; ++i) waiting.push_back({ask(port), POLLIN, 0});
    int out = 0;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (out >= enough || left.count() <= 0 || waiting.empty()) break;
        ::poll(waiting.data(), waiting.size(), static_cast<int>(left.count()));
        std::erase_if(waiting, [&](const pollfd& one) {
            if (one.revents == 0) return false;
            out += refused(one.fd) ? 1 : 0;
            ::close(one.fd);
            return true;
        });
    }
    for (const auto& one : waiting) ::close(one.fd);
    return out;
}

}  // namespace tideover::faults
