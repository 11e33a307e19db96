// Where the service may stand: TLS of its own, a proxy that is named, or loopback.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "db/access/tokens.hpp"
#include "tests/http/corpus.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/service.hpp"

namespace tideover::testing::tls_test {
namespace {

/// What a command prints; `code` is how it ended.
std::string run(const std::string& command, int& code) {
    auto* out = ::popen((command + " 2>&1").c_str(), "r");
    std::string text;
    std::array<char, 4096> part{};
    while (const auto count = std::fread(part.data(), 1, part.size(), out)) text.append(part.data(), count);
    code = WEXITSTATUS(::pclose(out));
    return text;
}

/// A certificate for localhost, signed by itself, with its key.
class Certificate {
public:
    Certificate() {
        std::string made = "/tmp/tideover-tls-XXXXXX";
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        folder_ = made;
        int code = 0;
        const auto said =
            run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
                "-addext subjectAltName=DNS:localhost -keyout " +
                    key() + " -out " + file(),
                code);
        INFO(said);
        REQUIRE(code == 0);
    }
    ~Certificate() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    [[nodiscard]] std::string file() const { return folder_ + "/cert.pem"; }
    [[nodiscard]] std::string key() const { return folder_ + "/key.pem"; }

private:
    std::string folder_;
};

/// What the service says when it will not start.
std::string refusal(const std::vector<std::string>& flags) {
    try {
        const Service service{flags};
    } catch (const std::runtime_error& e) {
        return e.what();
    }
    return {};
}

const std::string health = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

}  // namespace

TEST_CASE("plain HTTP beyond loopback is refused, in one line that says what to do") {
    const auto said = refusal({"--bind", "0.0.0.0"});
    CHECK(said.find("plain HTTP is served on loopback only: give --tls-cert FILE and --tls-key FILE") !=
          std::string::npos);
    CHECK(refusal({"--bind", "0.0.0.0", "--behind-proxy", "10.0.0.7"}).empty());
}

TEST_CASE("certificates and keys that cannot be used are named") {
    const Certificate first, second;
    CHECK(refusal({"--tls-cert", first.file()}).find("--tls-cert and --tls-key go together") != std::string::npos);
    CHECK(refusal({"--tls-cert", "/nowhere", "--tls-key", first.key()}).find("the certificate in /nowhere") !=
          std::string::npos);
    CHECK(refusal({"--tls-cert", first.file(), "--tls-key", "/nowhere"}).find("the key in /nowhere") !=
          std::string::npos);
    CHECK(refusal({"--tls-cert", first.file(), "--tls-key", second.key()}).find("the key in ") != std::string::npos);
    CHECK(refusal({"--behind-proxy", "proxy.example"}).find("'proxy.example' is no address") != std::string::npos);
}

TEST_CASE("with a certificate the service speaks TLS 1.2 and newer, beyond loopback too, and nothing else") {
    const Certificate certificate;
    Service service{{"--bind", "0.0.0.0", "--tls-cert", certificate.file(), "--tls-key", certificate.key()}};
    const auto url = "https://localhost:" + std::to_string(service.port());
    const auto curl = "curl -s -4 -m 20 --cacert " + certificate.file() + " ";
    int code = 0;
    CHECK(run(curl + url + "/healthz " + url + "/healthz", code) == R"({"status":"up"}{"status":"up"})");
    CHECK(code == 0);
    CHECK(run(curl + "--tls-max 1.2 " + url + "/healthz", code) == R"({"status":"up"})");
    run(curl + "--tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 " + url + "/healthz", code);
    CHECK(code != 0);
    // A refusal, however large what was sent, arrives; so does a body, and an answer of many records.
    CHECK(run("head -c 200000 /dev/zero | " + curl + "-o /dev/null -w '%{http_code}' --data-binary @- " + url +
                  "/v1/calls",
              code) == "413");
    CHECK(run(curl + "-o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -d '{}' " + url + "/v1/calls",
              code) == "401");
    CHECK(run(curl + url + "/openapi.json", code).ends_with("}\n"));
    const RawConnection plain{service.port()};
    plain.send(health);
    CHECK(plain.rest().find("HTTP/1.1") == std::string::npos);
    service.signal(SIGTERM);
    CHECK(service.wait() == 0);
}

TEST_CASE("who does not finish the handshake is cut") {
    const Certificate certificate;
    Service service{{"--handshake-ms", "100", "--tls-cert", certificate.file(), "--tls-key", certificate.key()}};
    const RawConnection line{service.port()};
    CHECK(line.rest().empty());
}

TEST_CASE("behind a proxy demo tokens hold nowhere, and what came in the clear is refused") {
    Service service{{"--behind-proxy", "127.0.0.1"}};
    auto owner = service.database().connect();
    const auto demo = db::tokens::create(owner, {.authority = "E08000007",
                                                 .staff_key = "demo:x",
                                                 .staff_name = "Demo",
                                                 .role = Role::helpline,
                                                 .partner = {},
                                                 .demo = true});
    Client client{service.port()};
    CHECK(client.send("GET", "/v1/calls", {{"Authorization", "Bearer " + demo}}).problem() == "demo-token");
    const auto ours = "Bearer " + service.token("helpline");
    CHECK(client.send("GET", "/v1/calls", {{"Authorization", ours}}).status == 200);
    CHECK(client.send("GET", "/v1/calls", {{"Authorization", ours}, {"X-Forwarded-Proto", "https"}}).status == 200);
    const auto clear = client.send("GET", "/v1/calls", {{"Authorization", ours}, {"X-Forwarded-Proto", "http"}});
    CHECK(clear.status == 403);
    CHECK(clear.problem() == "https-needed");
}

TEST_CASE("a proxy's word for the client counts, a client's own does not, and nobody's where no proxy is named") {
    const auto asked = [](Service& service, const std::string& from) {
        Client client{service.port()};
        return client.send("GET", "/healthz", {{"X-Forwarded-For", from}}).status;
    };
    const auto exhausted = [&](Service& service, const std::string& from) {
        for (int i = 0; i < 1000; ++i) {
            if (asked(service, from) == 429) return true;
        }
        return false;
    };
    {
        Service service{{"--requests-per-second", "1", "--behind-proxy", "127.0.0.1"}};
        CHECK(exhausted(service, "192.0.2.1"));
        CHECK(asked(service, "192.0.2.2") == 200);
        CHECK(exhausted(service, "192.0.2.77, 192.0.2.3"));
        CHECK(asked(service, "192.0.2.77") == 200);
    }
    Service service{{"--requests-per-second", "1"}};
    int refused = 0;
    for (int i = 1; i < 100; ++i) refused += asked(service, "192.0.2." + std::to_string(i)) == 429 ? 1 : 0;
    CHECK(refused > 0);
}

}  // namespace tideover::testing::tls_test
