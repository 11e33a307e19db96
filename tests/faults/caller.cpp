// Beast with a deadline: each step is started, and the loop runs until it is done or late.
#include "tests/faults/caller.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace tideover::faults {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

struct Caller::Connection {
    net::io_context io{1};
    beast::tcp_stream stream{io};
    beast::flat_buffer buffer;

    /// Runs what was started; whether it succeeded.
    bool done(const beast::error_code& error) {
        io.restart();
        io.run();
        return !error;
    }
};

Caller::Caller(unsigned short port, std::chrono::milliseconds patience) : port_(port), patience_(patience) {}
Caller::~Caller() = default;

std::optional<Answer> Caller::send(const std::string& method, const std::string& target, const Headers& headers,
                                   const std::string& body) {
    cut_ = false;
    beast::error_code error;
    const auto note = [&](const beast::error_code& e, auto&&...) { error = e; };
    if (!connection_) {
        connection_ = std::make_unique<Connection>();
        connection_->stream.expires_after(patience_);
        connection_->stream.async_connect(net::ip::tcp::endpoint{net::ip::address_v4::loopback(), port_}, note);
        if (!connection_->done(error)) return connection_.reset(), std::nullopt;
        beast::error_code ignored;
        connection_->stream.socket().set_option(net::ip::tcp::no_delay{true}, ignored);
    }
    http::request<http::string_body> request;
    request.version(11);
    request.method_string(method);
    request.target(target);
    request.set(http::field::host, "127.0.0.1");
    for (const auto& [name, value] : headers) request.set(name, value);
    request.body() = body;
    request.prepare_payload();
    auto& stream = connection_->stream;
    stream.expires_after(patience_);
    http::async_write(stream, request, note);
    if (!connection_->done(error)) return connection_.reset(), std::nullopt;
    http::response_parser<http::string_body> parser;
    parser.body_limit(64UL << 20U);
    http::async_read(stream, connection_->buffer, parser, note);
    if (!connection_->done(error)) {
        cut_ = parser.got_some();
        connection_.reset();
        return std::nullopt;
    }
    Answer answer;
    answer.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get()) {
        auto name = std::string{field.name_string()};
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        answer.headers[name] = std::string{field.value()};
    }
    answer.body = parser.get().body();
    if (!parser.get().keep_alive()) connection_.reset();
    return answer;
}

}  // namespace tideover::faults
