// One of the two files with coroutines. g++ 12 destroys temporaries twice in some co_await expressions
// (GCC 100611, 107288): here, whatever an expression with co_await needs is named before it.
#include "server/http/session.hpp"

#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "db/core/failpoint.hpp"
#include "server/http/framing.hpp"
#include "server/http/header_values.hpp"
#include "server/http/session_cookie.hpp"
#include "server/http/target.hpp"
#include "server/observe/metrics.hpp"

namespace tideover {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

/// A body as text that may be taken out while the rest of it comes: no room is made for it before. A body in Beast's
/// sense.
struct Text {
    using value_type = std::string;
    static std::uint64_t size(const value_type& text) { return text.size(); }

    class reader {
    public:
        template <bool IsRequest, class Fields>
        reader(const http::header<IsRequest, Fields>&, value_type& text) : text_(text) {}
        static void init(const boost::optional<std::uint64_t>&, beast::error_code& error) { error = {}; }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, beast::error_code& error) {
            const auto before = text_.size();
            for (const auto buffer : beast::buffers_range_ref(buffers)) {
                text_.append(static_cast<const char*>(buffer.data()), buffer.size());
            }
            error = {};
            return text_.size() - before;
        }
        static void finish(beast::error_code& error) { error = {}; }

    private:
        value_type& text_;
    };
};

using Parser = http::request_parser<Text>;

/// Has a worker do a work, which is told whether there was one.
template <class Work>
net::awaitable<void> on_worker(Workers& workers, Work& work) {
    auto start = [&](auto done) {
        auto home = net::get_associated_executor(done);
        // std::function wants something that can be copied; the completion cannot be.
        auto shared = std::make_shared<decltype(done)>(std::move(done));
        const bool taken = workers.post([&work, home, shared] {
            work(true);
            net::dispatch(home, [shared] { std::move (*shared)(); });
        });
        if (!taken) {
            work(false);
            net::post(home, [shared] { std::move (*shared)(); });
        }
    };
    co_await net::async_initiate<net::use_awaitable_t<> const, void()>(start, net::use_awaitable);
}

std::string header(const Parser& parser, std::string_view name) {
    return std::string{parser.get()[beast::string_view{name.data(), name.size()}]};
}

/// The request as handlers see it, but for its body; false where its target cannot be read. Called before the body is
/// read: Beast puts the trailers of a chunked body among the headers, where nobody may find a token.
bool read_request(Parser& parser, Request& request) {
    auto& message = parser.get();
    request.method = std::string{message.method_string()};
    request.authorization = header(parser, "Authorization");
    request.content_type = header(parser, "Content-Type");
    request.content_encoding = header(parser, "Content-Encoding");
    // Several lines of Accept are one list (RFC 9110, 5.2).
    const auto [first, last] = message.equal_range("Accept");
    for (auto field = first; field != last; ++field) {
        request.accept += (request.accept.empty() ? "" : ",") + std::string{field->value()};
    }
    if (const auto cookies = header(parser, "Cookie"); !cookies.empty()) {
        const auto site = header(parser, "Sec-Fetch-Site"), origin = header(parser, "Origin"),
                   host = header(parser, "Host");
        request.session = session_in({cookies, site, origin, host});
    }
    request.idempotency_key = header(parser, "Idempotency-Key");
    request.if_match = header(parser, "If-Match");
    request.if_none_match = header(parser, "If-None-Match");
    if (auto given = header(parser, "X-Request-Id"); is_plain_id(given)) request.request_id = std::move(given);
    return read_target(std::string_view{message.target().data(), message.target().size()}, request);
}

/// A body of bytes that other answers may be sending as well. A body in Beast's sense.
struct SharedText {
    using value_type = std::shared_ptr<const std::string>;
    static std::uint64_t size(const value_type& text) { return text->size(); }

    class writer {
    public:
        using const_buffers_type = net::const_buffer;
        template <bool IsRequest, class Fields>
        writer(const http::header<IsRequest, Fields>&, const value_type& text) : text_(*text) {}
        static void init(beast::error_code& error) { error = {}; }
        boost::optional<std::pair<const_buffers_type, bool>> get(beast::error_code& error) const {
            error = {};
            return {{net::const_buffer{text_.data(), text_.size()}, false}};
        }

    private:
        const std::string& text_;
    };
};

http::response<SharedText> wire(Response&& response, const Request& request, bool keep_alive) {
    http::response<SharedText> out{http::int_to_status(static_cast<unsigned>(response.status)), 11};
    out.set("X-Request-Id", request.request_id);
    out.set("X-Content-Type-Options", "nosniff");
    out.set(http::field::date, http_date());
    out.body() = response.fixed ? response.fixed : std::make_shared<const std::string>(std::move(response.body));
    if (!out.body()->empty() || (response.status != 304 && response.status != 204))
        out.set(http::field::content_type, response.content_type);
    bool cached = false;
    for (const auto& [name, value] : response.headers) {
        out.set(name, value);
        cached = cached || name == "Cache-Control";
    }
    if (!cached) out.set(http::field::cache_control, "no-store");
    out.keep_alive(keep_alive);
    out.prepare_payload();
    if (response.file.holder) out.content_length(response.file.bytes);  // which follows
    // The answer to a HEAD has the length of a body and no body: one would be taken for the next answer.
    if (request.method == "HEAD") out.body() = std::make_shared<const std::string>();
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

/// Names the client, and says whether a proxy that is believed had the request from it without TLS.
bool came_in_the_clear(const Parser& parser, const net::ip::address& peer, const TrustedProxies& proxies,
                       Request& request) {
    std::string chain;
    const auto [first, last] = parser.get().equal_range("X-Forwarded-For");
    for (auto field = first; field != last; ++field) {
        chain += (chain.empty() ? "" : ",") + std::string{field->value()};
    }
    request.client = proxies.client(peer, chain).to_string();
    const auto scheme = header(parser, "X-Forwarded-Proto");
    return proxies.trusts(peer) && !scheme.empty() && scheme != "https";
}

/// Whose connection it is; the address of nobody once they have gone.
net::ip::address address_of(beast::tcp_stream& stream) {
    beast::error_code gone;
    return stream.socket().remote_endpoint(gone).address();
}

/// Keeps a connection on the list of open ones for as long as it lives.
class Listed {
public:
    Listed(Shared& shared, beast::tcp_stream& stream) : shared_(shared), address_(address_of(stream)) {
        shared_.connection_limits.enter(address_);
        place_ = shared_.open.insert(shared_.open.end(), Open{&stream, false});
        metrics::connections(static_cast<std::int64_t>(shared_.open.size()));
    }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;
    ~Listed() {
        shared_.open.erase(place_);
        shared_.connection_limits.leave(address_);
        metrics::connections(static_cast<std::int64_t>(shared_.open.size()));
    }
    void busy(bool now) {
        place_->busy = now;
        if (!now) shared_.open.splice(shared_.open.end(), shared_.open, place_);
    }
    [[nodiscard]] const net::ip::address& address() const { return address_; }

private:
    Shared& shared_;
    net::ip::address address_;
    std::list<Open>::iterator place_;
};

const auto token = net::as_tuple(net::use_awaitable);

std::chrono::steady_clock::time_point after(std::chrono::steady_clock::time_point moment, std::int64_t ms) {
    return moment + std::chrono::milliseconds{ms};
}

/// How reading a part of a request ended: well, with a fault to tell, or with nobody there to be told.
struct Reading {
    bool whole = false;
    FramingFault fault{};
    bool keep_alive = false;  // as the header has it
};

/// Checks a whole head and has the parser take it.
Reading parse_head(std::string_view head, Parser& parser) {
    if (const auto fault = framing_fault(head)) return {.whole = false, .fault = fault};
    beast::error_code error;
    parser.put(net::buffer(head.data(), head.size()), error);
    if (error) return {.whole = false, .fault = {told(error), {}}};
    if (!parser.is_header_done()) return {.whole = false, .fault = {"bad-request", {}}};
    return {.whole = true, .fault = {}};
}

/// Reads until the buffer begins with a whole and sound head, and has the parser take that off it.
template <class Stream>
net::awaitable<Reading> read_head(Stream& stream, beast::flat_buffer& buffer, Parser& parser,
                                  const Settings& settings) {
    const auto text = [&] {
        return std::string_view{static_cast<const char*>(buffer.cdata().data()), buffer.cdata().size()};
    };
    beast::get_lowest_layer(stream).expires_after(
        std::chrono::milliseconds{buffer.size() == 0 ? settings.idle_ms_max : settings.header_ms_max});
    for (bool begun = buffer.size() > 0;;) {
        const auto end = find_head(text(), Settings::header_bytes_max);
        if (end.size > 0) {
            const auto reading = parse_head(text().substr(0, end.size), parser);
            buffer.consume(end.size);
            co_return reading;
        }
        Reading unfinished{.whole = false, .fault = end.fault};
        if (unfinished.fault) co_return unfinished;
        const auto room = buffer.prepare(Settings::header_bytes_max - buffer.size());
        auto [error, count] = co_await stream.async_read_some(room, token);
        if (error) co_return unfinished;
        buffer.commit(count);
        if (!begun) beast::get_lowest_layer(stream).expires_after(std::chrono::milliseconds{settings.header_ms_max});
        begun = true;
    }
}

/// Beast takes an extension's quoted text with anything in it; others end the line at a bare LF.
void check_chunk_header(std::uint64_t, beast::string_view extensions, beast::error_code& error) {
    if (std::any_of(extensions.begin(), extensions.end(), [](char c) { return c < ' ' || c == 127; })) {
        error = http::error::bad_chunk_extension;
    }
}

/// Reads the body until it ends or so much of it is there. It has to come at a least rate after a moment of grace, and
/// within a time in all.
template <class Stream>
net::awaitable<Reading> read_body(Stream& stream, beast::flat_buffer& buffer, Parser& parser, std::size_t wanted,
                                  const Settings& settings) {
    const auto began = std::chrono::steady_clock::now();
    std::int64_t bytes = 0;
    while (!parser.is_done() && parser.get().body().size() < wanted) {
        const auto earned_ms = settings.body_grace_ms + bytes * 1000 / settings.body_bytes_per_second_min;
        beast::get_lowest_layer(stream).expires_at(
            after(began, std::min<std::int64_t>(earned_ms, settings.body_ms_max)));
        auto [error, count] = co_await http::async_read_some(stream, buffer, parser, token);
        Reading broken{.whole = false, .fault = {told(error), {}}};
        if (error) co_return broken;
        bytes += static_cast<std::int64_t>(count);
    }
    Reading whole{.whole = true, .fault = {}};
    co_return whole;
}

/// Reads a body that is kept as it comes, part by part: there is never more of it in memory. Whoever keeps it may
/// refuse to go on.
template <class Stream>
net::awaitable<Reading> read_upload(Stream& stream, beast::flat_buffer& buffer, Parser& parser, Shared& shared,
                                    Request& request, std::optional<Response>& refusal) {
    Reading part;
    // Before anything of it is kept.
    const auto demand = shared.application.demand(request);
    if (!shared.rate_limit.take(demand.taken_from, std::chrono::steady_clock::now(), demand.count)) {
        refusal = shared.application.refuse(request, "too-many-requests", {});
        co_return part;
    }
    do {
        part = co_await read_body(stream, buffer, parser, Settings::upload_part_bytes, shared.settings);
        if (!part.whole) break;
        request.arrived = std::chrono::steady_clock::now();
        auto keep = [&](bool there) {
            const auto bytes = std::exchange(parser.get().body(), {});
            if (there) {
                refusal = shared.application.take_part(request, bytes);
            } else {
                refusal = shared.application.refuse(request, "busy", {});
            }
        };
        co_await on_worker(shared.upload_lane, keep);
        part.whole = !refusal;
    } while (part.whole && !parser.is_done());
    co_return part;
}

/// Sends a body that lies in a file, part by part. Each has its time, and the whole has to be taken at a least rate.
template <class Stream>
net::awaitable<bool> send_file(Stream& stream, const FileBody& file, const Settings& settings) {
    using Clock = std::chrono::steady_clock;
    std::vector<char> part(Settings::file_part_bytes);
    const auto began = Clock::now();
    for (std::int64_t sent = 0; sent < static_cast<std::int64_t>(file.bytes);) {
        const auto count = ::pread(file.descriptor, part.data(), part.size(), sent);
        if (count <= 0) co_return false;
        const auto earned_ms = settings.write_ms_max + sent * 1000 / Settings::file_bytes_per_second_min;
        beast::get_lowest_layer(stream).expires_at(
            std::min(after(Clock::now(), settings.write_ms_max), after(began, earned_ms)));
        const auto bytes = net::buffer(part.data(), static_cast<std::size_t>(count));
        auto [error, written] = co_await net::async_write(stream, bytes, token);
        if (error) co_return false;
        sent += count;
    }
    co_return true;
}

/// Whose threads a lane has, and for how long its requests may wait for one.
struct LaneOf {
    Workers& workers;
    int wait_ms_max;
};
LaneOf lane_of(Shared& shared, Lane lane) {
    switch (lane) {
        case Lane::public_counts:
            return {shared.public_lane, Settings::public_wait_ms_max};
        case Lane::files:
            return {shared.file_lane, Settings::file_wait_ms_max};
        case Lane::uploads:
            return {shared.upload_lane, Settings::file_wait_ms_max};
        default:
            return {shared.workers, Settings::queue_wait_ms_max};
    }
}

/// Takes what a refused client still sends: closing over unread bytes would make its system drop our answer.
template <class Stream>
net::awaitable<void> linger(Stream& stream, beast::flat_buffer& buffer, const Settings& settings) {
    beast::error_code ignored;
    auto& socket = beast::get_lowest_layer(stream);
    socket.expires_after(std::chrono::milliseconds{settings.linger_ms_max});
    socket.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    for (std::size_t bytes = 0; bytes < Settings::linger_bytes_max;) {
        buffer.clear();
        const auto room = buffer.prepare(Settings::header_bytes_max);
        auto [error, count] = co_await socket.async_read_some(room, token);
        if (error) break;
        bytes += count;
    }
}

/// What a whole head asks for; not whole where it asks what nobody here answers.
Reading accept_head(Parser& parser, const net::ip::address& peer, const TrustedProxies& proxies, Request& request) {
    if (!read_request(parser, request))
        return {false, {"bad-request", "The target cannot be read: look at what it encodes."}};
    if (came_in_the_clear(parser, peer, proxies, request)) return {false, {"https-needed", {}}};
    return {.whole = true, .fault = {}, .keep_alive = parser.keep_alive()};
}

/// Reads a request, head and body, and gives leave to send the body where the client waits for it (RFC 9110, 10.1.1).
template <class Stream>
net::awaitable<Reading> read_whole(Stream& stream, beast::flat_buffer& buffer, Listed& listed, Shared& shared,
                                   Request& request, std::optional<Response>& refusal) {
    Parser parser;
    parser.header_limit(Settings::header_bytes_max);
    parser.body_limit(Settings::upload_bytes_max);
    parser.on_chunk_header(check_chunk_header);
    parser.eager(true);
    Reading head = co_await read_head(stream, buffer, parser, shared.settings);
    listed.busy(true);
    if (head.whole) head = accept_head(parser, listed.address(), shared.proxies, request);
    if (!head.whole) co_return head;
    const bool uploads = shared.application.is_upload(request);
    if (!uploads) {
        parser.body_limit(Settings::body_bytes_max);
        const auto length = parser.content_length();
        Reading too_large{.whole = false, .fault = {"too-large", {}}};
        if (length && *length > Settings::body_bytes_max) co_return too_large;
    } else if (request.request_id.empty()) {
        request.request_id = shared.application.new_request_id();
    }
    if (!parser.is_done() && parser.get().version() == 11 && parser.get().count(http::field::expect) > 0) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto bytes = net::buffer(go_on.data(), go_on.size());
        beast::get_lowest_layer(stream).expires_after(std::chrono::milliseconds{shared.settings.write_ms_max});
        auto [error, count] = co_await net::async_write(stream, bytes, token);
        Reading gone;
        if (error) co_return gone;
    }
    Reading body;
    if (uploads) {
        body = co_await read_upload(stream, buffer, parser, shared, request, refusal);
    } else {
        body = co_await read_body(stream, buffer, parser, Settings::body_bytes_max + 1, shared.settings);
    }
    body.keep_alive = head.keep_alive;
    request.body = std::move(parser.get().body());
    request.arrived = std::chrono::steady_clock::now();
    co_return body;
}

/// Answers request after request on a stream that is ready for them.
template <class Stream>
net::awaitable<void> converse(Stream& stream, Listed& listed, Shared& shared) {
    const auto& settings = shared.settings;
    const auto& application = shared.application;
    beast::flat_buffer buffer{Settings::buffer_bytes_max};
    for (int left = settings.requests_per_connection_max; left > 0 && !shared.draining; --left) {
        Request request;
        std::optional<Response> refusal;
        const Reading reading = co_await read_whole(stream, buffer, listed, shared, request, refusal);
        if (!reading.whole && !reading.fault && !refusal) break;
        if (request.request_id.empty()) request.request_id = application.new_request_id();
        Response response;
        Demand demand;
        if (refusal) {
            response = std::move(*refusal);
        } else if (!reading.whole) {
            response = application.refuse(request, reading.fault.slug, reading.fault.detail);
        } else if (demand = application.demand(request);
                   !request.upload && !shared.rate_limit.take(demand.taken_from, request.arrived, demand.count)) {
            response = application.refuse(request, "too-many-requests", {});
        } else {
            const auto lane = lane_of(shared, demand.lane);
            auto work = [&](bool there) {
                const auto waited = std::chrono::steady_clock::now() - request.arrived;
                const bool late = waited > std::chrono::milliseconds{lane.wait_ms_max};
                response =
                    there && !late ? application.answer(request, demand.lane) : application.refuse(request, "busy", {});
            };
            co_await on_worker(lane.workers, work);
        }
        const bool keep_alive = reading.whole && reading.keep_alive && left > 1 && !shared.draining;
        const FileBody file = response.file;
        auto message = wire(std::move(response), request, keep_alive);
        beast::get_lowest_layer(stream).expires_after(std::chrono::milliseconds{settings.write_ms_max});
        auto [write_error, written] = co_await http::async_write(stream, message, token);
        if (write_error) break;
        if (file.holder && request.method != "HEAD") {
            const bool sent = co_await send_file(stream, file, settings);
            if (!sent) break;
        }
        db::failpoint("after_reply");
        listed.busy(false);
        if (!keep_alive) {
            if (!reading.whole || buffer.size() > 0) co_await linger(stream, buffer, settings);
            break;
        }
    }
}

}  // namespace

bool send_longest_idle_away(Shared& shared) {
    for (auto& open : shared.open) {
        if (open.busy || open.going) continue;
        open.going = true;
        open.stream->cancel();
        return true;
    }
    return false;
}

net::awaitable<void> serve(beast::tcp_stream stream, Shared& shared) {
    beast::error_code ignored;
    if (shared.tls == nullptr) {
        Listed listed{shared, stream};
        co_await converse(stream, listed, shared);
        stream.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
        co_return;
    }
    beast::ssl_stream<beast::tcp_stream> secure{std::move(stream), *shared.tls};
    auto& socket = beast::get_lowest_layer(secure);
    Listed listed{shared, socket};
    socket.expires_after(std::chrono::milliseconds{shared.settings.handshake_ms_max});
    auto [refused] = co_await secure.async_handshake(net::ssl::stream_base::server, token);
    if (refused) co_return;
    co_await converse(secure, listed, shared);
    // Without this end a client cannot tell a whole answer from one that somebody cut.
    socket.expires_after(std::chrono::milliseconds{shared.settings.linger_ms_max});
    [[maybe_unused]] auto [unended] = co_await secure.async_shutdown(token);
    socket.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace tideover
