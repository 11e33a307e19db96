// Stands between two of us and does to their bytes what a bad network does.
#pragma once

#include <atomic>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <list>
#include <memory>
#include <string>
#include <thread>

namespace tideover::faults {

enum class Weather {
    fair,
    trickle,            // a few bytes at a time
    black_hole,         // bytes are taken and go nowhere, either way
    deaf_after_commit,  // what PostgreSQL says after a statement that commits is lost
};

class Proxy {
public:
    Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;
    ~Proxy();

    [[nodiscard]] unsigned short port() const { return port_; }
    /// Where new connections lead from now on.
    void lead_to(unsigned short port);
    void lead_to(const std::string& socket_file);

    void weather(Weather weather) { weather_ = weather; }
    /// How many answers were lost after a COMMIT so far.
    [[nodiscard]] int deafened() const { return deafened_; }

    /// Resets every connection on both sides.
    void cut();
    /// Ends what callers say and goes on passing what they are told.
    void half_close();
    /// Callers are reset; the other side is not told, until `forget`.
    void half_open();
    void forget();

private:
    struct Pair;
    using Endpoint = boost::asio::generic::stream_protocol::endpoint;

    void accept();
    template <class Work>
    void on_thread(Work work);

    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::acceptor acceptor_;
    unsigned short port_;
    Endpoint upstream_;
    std::list<std::weak_ptr<Pair>> pairs_;
    std::list<std::shared_ptr<Pair>> orphans_;
    std::atomic<Weather> weather_{Weather::fair};
    std::atomic<int> deafened_{0};
    std::thread thread_;
};

}  // namespace tideover::faults
