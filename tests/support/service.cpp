// Starting, stopping and talking to the server.
#include "tests/support/service.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "db/access/tokens.hpp"
#include "db/core/ids.hpp"
#include "db/ledger/ledger.hpp"
#include "db/records/search.hpp"
#include "tests/support/root.hpp"

namespace tideover::testing {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

}  // namespace

std::string Answer::problem() const {
    if (header("content-type") != "application/problem+json") return {};
    const auto type = json().at("type").get<std::string>();
    return type.substr(type.rfind('/') + 1);
}

std::string Answer::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
}

struct Client::Connection {
    net::io_context io;
    beast::tcp_stream stream{io};
    beast::flat_buffer buffer;

    explicit Connection(unsigned short port) {
        stream.expires_after(std::chrono::seconds{60});
        stream.connect(net::ip::tcp::endpoint{net::ip::address_v4::loopback(), port});
    }
    /// Whether the server has let go of it while nothing was asked: it keeps an idle connection for a minute.
    [[nodiscard]] bool closed() {
        char next = 0;
        const auto count = ::recv(stream.socket().native_handle(), &next, 1, MSG_PEEK | MSG_DONTWAIT);
        return count == 0 || (count < 0 && errno != EAGAIN);
    }
};

Client::Client(unsigned short port) : port_(port) {}
Client::~Client() = default;

Answer Client::send(const std::string& method, const std::string& target, const Headers& headers,
                    const std::string& body) {
    if (!connection_ || connection_->closed()) connection_ = std::make_unique<Connection>(port_);
    http::request<http::string_body> request;
    request.version(11);
    request.method_string(method);
    request.target(target);
    request.set(http::field::host, "127.0.0.1");
    for (const auto& [name, value] : headers) request.set(name, value);
    request.body() = body;
    request.prepare_payload();
    http::response_parser<http::string_body> parser;
    parser.body_limit(64UL << 20U);
    try {
        http::write(connection_->stream, request);
        http::read(connection_->stream, connection_->buffer, parser);
    } catch (...) {
        connection_.reset();
        throw;
    }
    Answer answer;
    answer.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get())
        answer.headers[lower(std::string{field.name_string()})] = std::string{field.value()};
    answer.body = parser.get().body();
    if (!parser.get().keep_alive()) connection_.reset();
    if (observer != nullptr) observer(method, target, answer);
    return answer;
}

std::string Client::send_raw(const std::string& bytes, int quiet_ms) {
    Connection connection{port_};
    auto& socket = connection.stream.socket();
    boost::system::error_code error;
    net::write(socket, net::buffer(bytes), error);
    timeval quiet{quiet_ms / 1000, (quiet_ms % 1000) * 1000};
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &quiet, sizeof quiet);
    std::string out;
    std::array<char, 4096> chunk{};
    for (;;) {
        const auto count = ::recv(socket.native_handle(), chunk.data(), chunk.size(), 0);
        if (count <= 0) return out;
        out.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

Service::Service(const std::vector<std::string>& flags) : log_file_("/tmp/tideover-test-" + database_.name() + ".log") {
    // A run that was killed may have left files, and its process number may be ours by now.
    ::unlink(log_file_.c_str());
    ::unlink(audit_key().c_str());
    start(flags);
}

void Service::start(const std::vector<std::string>& flags) {
    std::array<int, 2> out{};
    if (::pipe(out.data()) != 0) throw std::runtime_error("no pipe");
    std::vector<std::string> words{program(),     "serve",      "--port",
                                   "0",           "--database", database_.app(),
                                   "--audit-key", audit_key(),  "--public-per-second",
                                   "100000"};
    words.insert(words.end(), flags.begin(), flags.end());
    // Every route is asked with several bad tokens, from this one address.
    const std::string limit = "--requests-per-second";
    if (std::find(flags.begin(), flags.end(), limit) == flags.end()) words.insert(words.end(), {limit, "10000"});
    pid_ = ::fork();
    if (pid_ == 0) {
        const int log = ::open(log_file_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(out[1]);
    std::string line;
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(out[0]);
    const auto colon = line.rfind(':');
    if (!line.starts_with("ready ") || colon == std::string::npos) {
        const auto why = "the server did not start: " + line + "\n" + log();
        ::unlink(log_file_.c_str());
        throw std::runtime_error(why);
    }
    port_ = static_cast<unsigned short>(std::stoi(line.substr(colon + 1)));
    client_ = std::make_unique<Client>(port_);
}

Service::~Service() {
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        wait();
    }
    ::unlink(log_file_.c_str());
    ::unlink(audit_key().c_str());
}

bool Service::is_sanitised() const {
    std::ifstream maps{"/proc/" + std::to_string(pid_) + "/maps"};
    for (std::string line; std::getline(maps, line);) {
        if (line.find("libubsan") != std::string::npos || line.find("libasan") != std::string::npos) return true;
    }
    return false;
}

std::size_t Service::resident() const {
    std::ifstream status{"/proc/" + std::to_string(pid_) + "/status"};
    std::string word;
    while (status >> word && word != "VmRSS:") {
    }
    std::size_t kib = 0;
    status >> kib;
    return kib * 1024;
}

std::string Service::audit_key() const {
    return "/tmp/tideover-test-" + database_.name() + ".key";
}

const std::string& Service::token(const std::string& role, const std::string& staff, const std::string& partner,
                                  const std::string& authority) {
    auto& known = tokens_[role + "|" + staff + "|" + partner + "|" + authority];
    if (known.empty()) {
        auto owner = database_.connect();
        const auto key = staff.empty() ? role + partner : staff;
        known = db::tokens::create(owner, {.authority = authority,
                                           .staff_key = key,
                                           .staff_name = key,
                                           .role = *role_named(role),
                                           .partner = partner});
    }
    return known;
}

std::string Service::program() {
    const char* given = std::getenv("TIDEOVER_BINARY");
    return given != nullptr ? given : root() + "/build/release/tideoverd";
}

std::string Service::fresh_key() {
    return "test-" + db::ids::fresh();
}

Answer Service::send(const std::string& method, const std::string& target, const Headers& headers,
                     const std::string& body) {
    return client_->send(method, target, headers, body);
}

Answer Service::get(const std::string& role, const std::string& target, Headers headers) {
    if (!role.empty()) headers.emplace_back("Authorization", "Bearer " + token(role));
    return client_->send("GET", target, headers);
}

Answer Service::post(const std::string& role, const std::string& target, const nlohmann::json& body,
                     const std::string& etag, Headers headers) {
    const auto has = [&](const std::string& name) {
        return std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return header.first == name; });
    };
    if (!role.empty() && !has("Authorization")) headers.emplace_back("Authorization", "Bearer " + token(role));
    if (!has("Idempotency-Key")) headers.emplace_back("Idempotency-Key", fresh_key());
    if (!has("Content-Type")) headers.emplace_back("Content-Type", "application/json");
    if (!etag.empty()) headers.emplace_back("If-Match", etag);
    return client_->send("POST", target, headers, body.dump());
}

std::string Service::seal() {
    auto owner = database_.connect();
    for (const auto& authority : db::ledger::authorities(owner)) {
        db::ledger::seal(owner, authority);
        db::ledger::fold(owner, authority);
    }
    return database_.value("SELECT wire(max(at)) FROM seal WHERE authority_id = 'E08000007'");
}

void Service::learn() {
    auto owner = database_.connect();
    for (const auto& authority : db::ledger::authorities(owner)) {
        db::audit_chain::Ends ends;
        db::ledger::seal(owner, authority, &ends);
        db::audit_chain::extend(owner, authority, ends);
        db::records::learn_words(owner, authority, 1'000'000);
    }
}

void Service::signal(int number) const {
    ::kill(pid_, number);
}

int Service::wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string Service::log() const {
    std::ifstream in{log_file_};
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace tideover::testing
