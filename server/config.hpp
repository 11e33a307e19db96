// What the service is told when it starts.
#pragma once

#include <string>

namespace tideover {

struct Config {
    std::string database;
    std::string bind = "127.0.0.1";
    unsigned short port = 8080;
    std::string authority = "E08000007";  // whom requests without a token are answered for
    int workers = 64;
    int database_connections = 12;
    std::size_t queue_max = 512;  // requests waiting for a worker; more are told to come again
    std::size_t connections_max = 2000;
    bool loopback = true;  // demo tokens hold only then

    static constexpr std::size_t header_bytes_max = 8192;
    static constexpr std::size_t body_bytes_max = 65536;
    static constexpr int idle_seconds_max = 60;
    static constexpr int write_seconds_max = 30;
    static constexpr int requests_per_connection_max = 10'000;
    static constexpr int queue_wait_ms_max = 4000;
    static constexpr int drain_seconds_max = 15;
};

}  // namespace tideover
