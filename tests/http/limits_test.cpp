// Slow and greedy clients: what they may take, and that the others get their answers meanwhile. The limits are set so
// small that no test waits for them.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

#include "tests/http/corpus.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/service.hpp"

namespace tideover::testing::limits_test {
namespace {

const std::string health = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
const std::string answered = "{\"status\":\"up\"}";

/// A request that the server has answered, on a connection that stays.
std::unique_ptr<RawConnection> guest(unsigned short port, const char* from = "127.0.0.1") {
    auto line = std::make_unique<RawConnection>(port, from);
    line->send(health);
    if (line->until(answered).empty()) return nullptr;
    return line;
}

/// The value of a metric, as text.
std::string metric(Service& service, const std::string& name) {
    const auto text = service.get("", "/metrics").body;
    const auto at = text.find("\n" + name + " ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 2;
    return text.substr(begin, text.find('\n', begin) - begin);
}

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// Sends a byte, and another whenever nothing came back for a moment, until the other side ends.
std::string trickle(const RawConnection& line) {
    while (!line.stirs(5) && line.send("x")) {
    }
    return line.rest();
}

}  // namespace

TEST_CASE("a header has to be whole in its time, however busily its bytes come") {
    Service service{{"--header-ms", "150"}};
    const RawConnection line{service.port()};
    REQUIRE(line.send("GET /healthz HTTP/1.1\r\nX-Slow: "));
    CHECK(trickle(line).empty());
    CHECK(service.get("", "/healthz").status == 200);
}

TEST_CASE("a connection may be idle for a while between requests, and then it is closed") {
    Service service{{"--idle-ms", "100"}};
    const RawConnection line{service.port()};
    REQUIRE(line.send(health));
    const auto answers = read_answers(line.rest());
    REQUIRE(answers.size() == 1);
    CHECK(answers.front().status == 200);
}

TEST_CASE("a body that comes more slowly than 1 KiB a second is not waited for") {
    Service service{{"--body-grace-ms", "100"}};
    const RawConnection line{service.port()};
    REQUIRE(line.send("POST /v1/calls HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n"));
    CHECK(trickle(line).empty());
    const RawConnection quick{service.port()};
    REQUIRE(quick.send("POST /v1/calls HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n" +
                       std::string(60'000, 'x')));
    CHECK(quick.until("HTTP/1.1 401 ").starts_with("HTTP/1.1 401 "));
}

TEST_CASE("a hundred who read a long page slowly are sent the same one, not a hundred copies") {
    Service service{{"--requests-per-second", "1000"}};
    const auto page = service.get("", "/openapi.json").body.size();
    REQUIRE(page > 300'000);
    const auto before = service.resident();
    std::vector<std::unique_ptr<RawConnection>> readers;
    for (int i = 0; i < 100; ++i) {
        readers.push_back(std::make_unique<RawConnection>(service.port(), "127.0.0.1", 2048));
        REQUIRE(readers.back()->send("GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        REQUIRE(readers.back()->until("HTTP/1.1 200 OK\r\n").starts_with("HTTP/1.1 200 OK"));
    }
    CHECK(service.resident() < before + 50 * page);
}

TEST_CASE("chunks that come more slowly than 1 KiB a second are not waited for either") {
    Service service{{"--body-grace-ms", "100"}};
    const RawConnection line{service.port()};
    REQUIRE(line.send("POST /v1/calls HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n8000\r\n"));
    CHECK(trickle(line).empty());
}

TEST_CASE("a body has to be whole in its time, even at a good rate") {
    Service service{{"--body-ms", "150", "--body-grace-ms", "60000"}};
    const RawConnection line{service.port()};
    REQUIRE(line.send("POST /v1/calls HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n" +
                      std::string(30'000, 'x')));
    CHECK(trickle(line).empty());
}

TEST_CASE("who does not read their answers is cut, and the others are served") {
    Service service{{"--write-ms", "150"}};
    const RawConnection line{service.port(), "127.0.0.1", 4096};
    std::string greed;
    for (int i = 0; i < 60; ++i) greed += "GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    REQUIRE(line.send(greed));
    // One connection is left: the one that asks.
    int asked = 0;
    while (metric(service, "tideover_connections") != "1" && asked < 100'000) ++asked;
    CHECK(metric(service, "tideover_connections") == "1");
    CHECK(times(line.rest(), "HTTP/1.1 200 OK") < 60);
}

TEST_CASE("a connection takes so many requests, and the last answer says that it is the last") {
    Service service{{"--requests-per-connection", "3"}};
    const RawConnection line{service.port()};
    REQUIRE(line.send(health + health + health + health));
    const auto answers = read_answers(line.rest());
    REQUIRE(answers.size() == 3);
    CHECK_FALSE(answers[1].closes);
    CHECK(answers[2].closes);
}

TEST_CASE("where all places are taken, whoever idles for the longest time makes room") {
    Service service{{"--connections", "3"}};
    std::vector<std::unique_ptr<RawConnection>> guests;
    for (int i = 0; i < 3; ++i) {
        guests.push_back(guest(service.port()));
        REQUIRE(guests.back());
    }
    // The first has idled longest, until it asks again.
    REQUIRE(guests[0]->send(health));
    REQUIRE_FALSE(guests[0]->until(answered).empty());
    CHECK(guest(service.port()));
    CHECK(guests[1]->rest().empty());
    for (const int kept : {0, 2}) {
        REQUIRE(guests[static_cast<std::size_t>(kept)]->send(health));
        CHECK_FALSE(guests[static_cast<std::size_t>(kept)]->until(answered).empty());
    }
}

TEST_CASE(
    "one connection too many is closed unanswered while all others are at work, and there is room again when somebody "
    "leaves") {
    Service service{{"--connections", "3"}};
    const std::string half =
        "POST /v1/calls HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n";
    std::vector<std::unique_ptr<RawConnection>> guests;
    for (int i = 0; i < 3; ++i) {
        guests.push_back(std::make_unique<RawConnection>(service.port(), "127.0.0.1"));
        REQUIRE(guests.back()->send(half));
        REQUIRE_FALSE(guests.back()->until("100 Continue\r\n\r\n").empty());
    }
    CHECK_FALSE(guest(service.port()));
    guests.pop_back();
    std::unique_ptr<RawConnection> next;
    for (int tries = 0; !next && tries < 100'000; ++tries) next = guest(service.port());
    CHECK(next);
    guests.clear();
}

TEST_CASE("one address may not take every connection: another one finds room") {
    Service service{{"--connections-per-address", "2"}};
    const auto first = guest(service.port()), second = guest(service.port());
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(guest(service.port()));
    CHECK(guest(service.port(), "127.0.0.2"));
}

TEST_CASE("without a free descriptor nobody is let in, those inside are served, and whoever waits gets in later") {
    Service service;
    // UBSan's check of virtual tables opens a pipe: in a process without a free descriptor it sees errors that are not
    // there.
    if (service.is_sanitised()) return;
    auto inside = guest(service.port());
    REQUIRE(inside);
    const auto open = "/proc/" + std::to_string(service.pid()) + "/fd/";
    int first_free = 0;
    while (std::filesystem::exists(std::filesystem::symlink_status(open + std::to_string(first_free)))) ++first_free;
    rlimit limit{};
    REQUIRE(::prlimit(service.pid(), RLIMIT_NOFILE, nullptr, &limit) == 0);
    limit.rlim_cur = static_cast<rlim_t>(first_free);
    REQUIRE(::prlimit(service.pid(), RLIMIT_NOFILE, &limit, nullptr) == 0);
    const RawConnection waiting{service.port()};
    REQUIRE(waiting.send(health));
    while (times(service.log(), "accept-failed") == 0) {
        REQUIRE(inside->send(health));
        REQUIRE_FALSE(inside->until(answered).empty());
    }
    for (int i = 0; i < 200; ++i) {
        REQUIRE(inside->send(health));
        REQUIRE_FALSE(inside->until(answered).empty());
    }
    CHECK(times(service.log(), "accept-failed") == 1);
    inside.reset();
    CHECK(waiting.until(answered).starts_with("HTTP/1.1 200 "));
}

TEST_CASE("a token may send so many requests a second, then it is told when to come again; others are served") {
    Service service{{"--requests-per-second", "1", "--dear-request", "1"}};
    const auto mine = "Bearer " + service.token("helpline"), theirs = "Bearer " + service.token("auditor");
    Client client{service.port()};
    Answer told;
    int sent = 0;
    while (told.status != 429 && ++sent < 1000) told = client.send("GET", "/v1/calls", {{"Authorization", mine}});
    REQUIRE(told.status == 429);
    CHECK(sent > 10);
    CHECK(told.problem() == "too-many-requests");
    CHECK(told.header("retry-after") == "1");
    CHECK(client.send("GET", "/v1/calls", {{"Authorization", theirs}}).status == 200);
    const auto metrics = client.send("GET", "/metrics").body;
    CHECK(metrics.find("tideover_refused_total{problem=\"too-many-requests\"}") != std::string::npos);
}

TEST_CASE("what was refused for haste was not done, and its repeat is done once") {
    Service service{{"--requests-per-second", "1", "--dear-request", "1"}};
    Client client{service.port()};
    const Headers headers{{"Authorization", "Bearer " + service.token("helpline")},
                          {"Content-Type", "application/json"},
                          {"Idempotency-Key", "hasty"}};
    const std::string call = R"({"direction":"inbound","line":"coronavirus","counterparty":"resident",)"
                             R"("started_at":"2020-04-01T09:00:00Z","duration_s":60,"reasons":["food"],)"
                             R"("outcome":"resolved"})";
    std::vector<int> statuses;
    for (int i = 0; i < 30; ++i) statuses.push_back(client.send("POST", "/v1/calls", headers, call).status);
    CHECK(statuses.front() == 201);
    CHECK(std::count(statuses.begin(), statuses.end(), 429) > 0);
    CHECK(service.database().value("SELECT count(*) FROM call") == "1");
}

TEST_CASE("tokens that nobody has are counted by address, so that making them up passes no limit") {
    Service service{{"--requests-per-second", "1"}};
    Client client{service.port()};
    const auto made_up = [](int i) {
        auto text = std::to_string(i);
        return Headers{{"Authorization", "Bearer tdo_" + std::string(43 - text.size(), 'A') + text}};
    };
    std::vector<int> statuses;
    for (int i = 0; i < 20; ++i) statuses.push_back(client.send("GET", "/v1/calls", made_up(i)).status);
    CHECK(statuses.front() == 401);
    CHECK(std::count(statuses.begin(), statuses.end(), 401) <= 3);
    CHECK(statuses.back() == 429);
}

TEST_CASE("a flood of refusals is logged as some lines and a number") {
    Service service{{"--requests-per-second", "1", "--refusal-lines", "3"}};
    Client client{service.port()};
    constexpr int flood = 3000;
    for (int i = 0; i < flood; ++i) client.send("GET", "/v1/calls");
    service.signal(SIGTERM);
    service.wait();
    const auto log = service.log();
    const auto lines = times(log, "\"problem\":\"too-many-requests\",\"status\"");
    std::size_t more = 0;
    for (auto at = log.find("\"more\":"); at != std::string::npos; at = log.find("\"more\":", at + 1)) {
        more += std::stoul(log.substr(at + 7));
    }
    CHECK(lines + more + times(log, "\"status\":401") == flood);
    CHECK(more > 0);
}

TEST_CASE("a log in a file is put aside when it is full, while the service runs, and three are kept") {
    const auto folder = std::filesystem::temp_directory_path() / ("tideover-log-" + Service::fresh_key());
    std::filesystem::create_directory(folder);
    const auto file = (folder / "server.log").string();
    {
        Service service{{"--log", file, "--log-bytes", "4096"}};
        for (int i = 0; i < 200; ++i) CHECK(service.get("", "/healthz").status == 200);
        CHECK(service.get("", "/v1/nowhere").status == 404);
    }
    std::size_t files = 0, bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        ++files;
        bytes += entry.file_size();
        CHECK(entry.file_size() <= 4096);
    }
    CHECK(files == 4);
    CHECK(bytes > 8192);
    std::ostringstream newest;
    newest << std::ifstream{file}.rdbuf() << std::ifstream{file + ".1"}.rdbuf();
    CHECK(newest.str().find("\"problem\":\"not-found\"") != std::string::npos);
    std::filesystem::remove_all(folder);
}

}  // namespace tideover::testing::limits_test
