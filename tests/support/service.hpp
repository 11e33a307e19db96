// The real server on a random port, over a database of its own, and a client that speaks HTTP to it.
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/database.hpp"

namespace tideover::testing {

struct Answer {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body); }
    /// The last part of the problem's type; empty where it is no problem.
    [[nodiscard]] std::string problem() const;
    [[nodiscard]] std::string header(const std::string& name) const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One keep-alive connection.
class Client {
public:
    /// Sees every answer with what was asked, by the thread that asked; null: nobody does.
    using Observer = void (*)(const std::string& method, const std::string& target, const Answer& answer);
    static inline Observer observer = nullptr;

    explicit Client(unsigned short port);
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    Answer send(const std::string& method, const std::string& target, const Headers& headers = {},
                const std::string& body = {});
    /// Bytes as they are; the whole answer as text until the server closes or `quiet_ms` pass without a byte.
    std::string send_raw(const std::string& bytes, int quiet_ms = 500);

private:
    struct Connection;
    unsigned short port_;
    std::unique_ptr<Connection> connection_;
};

class Service {
public:
    /// `flags` go to `tideoverd serve`.
    explicit Service(const std::vector<std::string>& flags = {});
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    [[nodiscard]] const ScratchDatabase& database() const { return database_; }
    [[nodiscard]] unsigned short port() const { return port_; }
    [[nodiscard]] pid_t pid() const { return pid_; }
    /// Whether it is of a build with sanitisers.
    [[nodiscard]] bool is_sanitised() const;
    /// What it holds in memory, in bytes.
    [[nodiscard]] std::size_t resident() const;
    /// The file of the key that it signs checkpoints with.
    [[nodiscard]] std::string audit_key() const;

    /// A token of a new member of staff (or of `staff`), made once per set of arguments.
    const std::string& token(const std::string& role, const std::string& staff = {}, const std::string& partner = {},
                             const std::string& authority = "E08000007");

    /// A GET as `role`; an empty role is the public.
    Answer get(const std::string& role, const std::string& target, Headers headers = {});
    /// A POST as `role` with a fresh key, unless `headers` have one. `etag` becomes If-Match.
    Answer post(const std::string& role, const std::string& target, const nlohmann::json& body,
                const std::string& etag = {}, Headers headers = {});
    Answer send(const std::string& method, const std::string& target, const Headers& headers, const std::string& body);

    [[nodiscard]] static std::string fresh_key();
    /// The path of the program under test.
    [[nodiscard]] static std::string program();

    /// Learns the words of all that is recorded, as the sealer does a moment later.
    void learn();
    /// Seals until nothing is unsealed; returns known_at.
    std::string seal();

    void signal(int number) const;
    /// Waits for the process to end; its exit code, or -signal.
    int wait();
    void start(const std::vector<std::string>& flags);
    /// What the process wrote to standard error so far.
    [[nodiscard]] std::string log() const;

private:
    ScratchDatabase database_;
    pid_t pid_ = -1;
    unsigned short port_ = 0;
    std::string log_file_;
    std::unique_ptr<Client> client_;
    std::map<std::string, std::string> tokens_;
};

}  // namespace tideover::testing
