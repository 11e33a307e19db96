// Where the service listens, and what one client may take of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tideover {

struct Settings {
    std::string bind = "127.0.0.1";
    unsigned short port = 8080;
    int workers = 64;
    int public_workers = 4;                      // for those without a token, where a route may count everything, …
    int public_per_second = 200;                 // … so many of them a second, from all together
    int file_workers = 2;                        // for whole lists
    int upload_workers = 2;                      // for files that come
    std::size_t queue_max = 512;                 // requests waiting for a worker; more are told to come again
    std::string tls_certificate{}, tls_key{};    // PEM files; empty: plain HTTP
    std::vector<std::string> trusted_proxies{};  // proxies before us: addresses or networks

    // What one client may take of the service, so that it is there for the others.
    int connections_max = 2000;
    int connections_per_address_max = 256;  // a council's staff often share one address
    int requests_per_connection_max = 10'000;
    int requests_per_second_max = 1000;  // with one token, or without one from one address; ten times that at once
    int handshake_ms_max = 5'000;
    int idle_ms_max = 60'000;    // from one request to the first byte of the next
    int header_ms_max = 10'000;  // from that byte to the header's last
    int body_ms_max = 30'000;    // from the header to the body's last byte
    int body_grace_ms = 5'000;   // after it a body must have come at this rate all the time
    int body_bytes_per_second_min = 1024;
    int write_ms_max = 30'000;
    int linger_ms_max = 2'000;  // a refused client may go on sending for so long before it is cut

    static constexpr int connections_above_max = 16;  // who come while others are on their way out for them
    static constexpr std::size_t header_bytes_max = 8192;
    static constexpr std::size_t body_bytes_max = 65536;
    static constexpr std::uint64_t upload_bytes_max = 512ULL << 20;
    static constexpr std::size_t upload_part_bytes = 262'144;  // are kept at a time
    static constexpr std::size_t buffer_bytes_max = 16384;     // of a connection; must hold a header
    static constexpr int sent_bytes_max = 65'536;  // on their way to a client that reads slowly, in the kernel
    static constexpr std::size_t linger_bytes_max = 1'048'576;
    static constexpr int queue_wait_ms_max = 4000;
    static constexpr int public_wait_ms_max = 15'000;  // for what may count everything: rather late than refused
    static constexpr int file_wait_ms_max = 60'000;    // likewise for whole lists
    static constexpr std::size_t file_queue_max = 32;
    static constexpr std::size_t file_part_bytes = 65'536;  // is read at a time, and sent within `write_ms_max`, …
    static constexpr std::int64_t file_bytes_per_second_min = 16'384;  // … and the whole at this rate after that time
    static constexpr int drain_seconds_max = 15;
};

}  // namespace tideover
