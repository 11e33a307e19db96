// One of the two files with coroutines. g++ 12 destroys temporaries twice in some co_await expressions
// (GCC 100611, 107288): here, whatever an expression with co_await needs is named before it.
#include "server/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "db/ids.hpp"
#include "server/metrics.hpp"
#include "server/router.hpp"

namespace tideover {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using Parser = http::request_parser<http::string_body>;

/// A work that a worker does; `done` says whether one took it.
template <class Work>
net::awaitable<void> on_worker(Workers& workers, Work& work) {
    auto start = [&](auto done) {
        auto home = net::get_associated_executor(done);
        // std::function wants something that can be copied; the completion cannot be.
        auto shared = std::make_shared<decltype(done)>(std::move(done));
        const bool taken = workers.post([&work, home, shared](db::Database& database) {
            work(&database);
            net::dispatch(home, [shared] { std::move (*shared)(); });
        });
        if (!taken) {
            work(nullptr);
            net::post(home, [shared] { std::move (*shared)(); });
        }
    };
    co_await net::async_initiate<net::use_awaitable_t<> const, void()>(start, net::use_awaitable);
}

std::string header(const Parser& parser, std::string_view name) {
    return std::string{parser.get()[beast::string_view{name.data(), name.size()}]};
}

/// A client's own request id where it is a plain short one, else a new one.
std::string request_id(const std::string& given) {
    const auto plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
    };
    if (!given.empty() && given.size() <= 100 && std::all_of(given.begin(), given.end(), plain)) return given;
    return db::ids::fresh();
}

/// The request as handlers see it; false where its target cannot be read.
bool read_request(Parser& parser, Request& request) {
    auto& message = parser.get();
    request.method = std::string{message.method_string()};
    request.authorization = header(parser, "Authorization");
    request.content_type = header(parser, "Content-Type");
    request.accept = header(parser, "Accept");
    request.idempotency_key = header(parser, "Idempotency-Key");
    request.if_match = header(parser, "If-Match");
    request.if_none_match = header(parser, "If-None-Match");
    request.request_id = request_id(header(parser, "X-Request-Id"));
    request.body = std::move(message.body());
    request.arrived = std::chrono::steady_clock::now();
    return read_target(std::string_view{message.target().data(), message.target().size()}, request);
}

http::response<http::string_body> wire(Response&& response, const std::string& request_id, bool keep_alive) {
    http::response<http::string_body> out{http::int_to_status(static_cast<unsigned>(response.status)), 11};
    out.set("X-Request-Id", request_id);
    out.set("X-Content-Type-Options", "nosniff");
    if (!response.body.empty() || response.status != 304) out.set(http::field::content_type, response.content_type);
    bool cached = false;
    for (const auto& [name, value] : response.headers) {
        out.set(name, value);
        cached = cached || name == "Cache-Control";
    }
    if (!cached) out.set(http::field::cache_control, "no-store");
    out.body() = std::move(response.body);
    out.keep_alive(keep_alive);
    out.prepare_payload();
    return out;
}

/// The problem that a failed read is told with; empty where there is nobody to tell.
std::string_view told(const beast::error_code& error) {
    if (error == http::error::body_limit) return "too-large";
    if (error == http::error::header_limit || error == http::error::buffer_overflow) return "header-too-large";
    if (error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message) {
        return "bad-request";
    }
    return {};
}

/// Keeps a connection on the list of open ones for as long as it lives.
class Listed {
public:
    Listed(Shared& shared, beast::tcp_stream& stream) : shared_(shared) {
        place_ = shared_.open.insert(shared_.open.end(), Open{&stream, false});
        metrics::connections(static_cast<std::int64_t>(shared_.open.size()));
    }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;
    ~Listed() {
        shared_.open.erase(place_);
        metrics::connections(static_cast<std::int64_t>(shared_.open.size()));
    }
    void busy(bool now) { place_->busy = now; }

private:
    Shared& shared_;
    std::list<Open>::iterator place_;
};

}  // namespace

net::awaitable<void> serve(beast::tcp_stream stream, Shared& shared) {
    Listed listed{shared, stream};
    beast::flat_buffer buffer;
    const auto token = net::as_tuple(net::use_awaitable);
    for (int served = 0; served < Config::requests_per_connection_max && !shared.draining; ++served) {
        Parser parser;
        parser.header_limit(Config::header_bytes_max);
        parser.body_limit(Config::body_bytes_max);
        stream.expires_after(std::chrono::seconds{Config::idle_seconds_max});
        auto [header_error, header_bytes] = co_await http::async_read_header(stream, buffer, parser, token);
        listed.busy(true);
        beast::error_code read_error = header_error;
        if (!read_error && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            const auto bytes = net::buffer(go_on.data(), go_on.size());
            auto [error, count] = co_await net::async_write(stream, bytes, token);
            read_error = error;
        }
        if (!read_error) {
            stream.expires_after(std::chrono::seconds{Config::idle_seconds_max});
            auto [error, count] = co_await http::async_read(stream, buffer, parser, token);
            read_error = error;
        }
        Request request;
        Response response;
        bool keep_alive = false;
        if (read_error) {
            const auto slug = told(read_error);
            if (slug.empty()) break;
            request.request_id = db::ids::fresh();
            response = refuse(request, slug);
        } else if (!read_request(parser, request)) {
            response = refuse(request, "bad-request");
        } else {
            const bool last = served + 1 == Config::requests_per_connection_max;
            keep_alive = parser.get().keep_alive() && !last;
            auto work = [&](db::Database* database) {
                const auto waited = std::chrono::steady_clock::now() - request.arrived;
                const bool late = waited > std::chrono::milliseconds{Config::queue_wait_ms_max};
                response = database == nullptr || late ? refuse(request, "busy")
                                                       : answer(request, shared.config, shared.doorkeeper, *database);
            };
            co_await on_worker(shared.workers, work);
        }
        keep_alive = keep_alive && !shared.draining;
        auto message = wire(std::move(response), request.request_id, keep_alive);
        stream.expires_after(std::chrono::seconds{Config::write_seconds_max});
        auto [write_error, written] = co_await http::async_write(stream, message, token);
        listed.busy(false);
        if (write_error || !keep_alive) break;
    }
    beast::error_code ignored;
    stream.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace tideover
