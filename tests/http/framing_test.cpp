// Where each request ends: alike for the server, for HAProxy before it and for nginx, or refused and the connection
// closed. The bytes are in corpus.txt.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "tests/http/corpus.hpp"
#include "tests/http/proxy.hpp"
#include "tests/support/service.hpp"

namespace tideover::testing::framing_test {
namespace {

std::string shown(const std::vector<int>& statuses) {
    std::string out;
    for (const int status : statuses) out += (out.empty() ? "" : " ") + std::to_string(status);
    return out.empty() ? "-" : out;
}
std::vector<int> statuses_of(const std::vector<RawAnswer>& answers) {
    std::vector<int> out;
    for (const auto& answer : answers) out.push_back(answer.status);
    return out;
}

/// What the server logged of requests: id and status.
std::vector<std::pair<std::string, int>> requests_in(const std::string& log) {
    std::vector<std::pair<std::string, int>> out;
    std::istringstream lines{log};
    for (std::string line; std::getline(lines, line);) {
        const auto json = nlohmann::json::parse(line);
        if (json.contains("request_id")) out.emplace_back(json.at("request_id"), json.at("status"));
    }
    return out;
}

bool came_through(const std::string& id) {
    return id.starts_with(proxied_id);
}

/// Whether the answers are the expected ones, as far as the proxy lets them come: it may refuse on its own account what
/// the server would take, and then it is the last that it says.
bool as_expected(const std::vector<RawAnswer>& answers, const std::vector<int>& expected) {
    std::size_t next = 0;
    auto from_server = expected;
    std::erase(from_server, 100);  // a proxy gives leave to go on when it likes
    for (const auto& answer : answers) {
        if (answer.status == 100) continue;
        if (!came_through(answer.request_id)) return answer.status >= 400 && &answer == &answers.back();
        if (next == from_server.size() || from_server[next++] != answer.status) return false;
    }
    return next == from_server.size();
}

/// Every vector through a proxy. What the proxy passed on, the server saw as just that many requests; and whoever
/// comes next over the same connections gets the answer to their own.
void check_through(Proxy::Kind kind) {
    Service service;
    const Proxy proxy{kind, service.port()};
    std::multiset<std::string> answered;
    for (const auto& vector : read_corpus(service.token("helpline"))) {
        CAPTURE(vector.name);
        // A proxy that hears the end of all sending need not answer what came before it.
        const auto answers = call(proxy.port(), vector.bytes, !vector.asks_to_close());
        const auto statuses = statuses_of(answers);
        CAPTURE(shown(statuses));
        CHECK(std::find(statuses.begin(), statuses.end(), 504) == statuses.end());
        if (vector.sound()) CHECK(as_expected(answers, vector.statuses));
        for (const auto& answer : answers) {
            if (came_through(answer.request_id)) answered.insert(answer.request_id);
        }
        const auto next = call(proxy.port(), "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        REQUIRE(next.size() == 1);
        CHECK(next.front().status == 200);
        CHECK(came_through(next.front().request_id));
        answered.insert(next.front().request_id);
    }
    std::multiset<std::string> seen;
    for (const auto& [id, status] : requests_in(service.log())) {
        CAPTURE(status);
        CAPTURE(id);
        CHECK((came_through(id) || is_framing_refusal(status)));
        if (came_through(id)) seen.insert(id);
    }
    for (const auto& id : answered) CHECK(answered.count(id) == 1);
    CHECK(std::includes(seen.begin(), seen.end(), answered.begin(), answered.end()));
}

}  // namespace

TEST_CASE("the corpus has at least 300 requests, each with a name of its own") {
    std::set<std::string> names;
    for (const auto& vector : read_corpus("x")) {
        CAPTURE(vector.name);
        CHECK(names.insert(vector.name).second);
    }
    CHECK(names.size() >= 300);
}

TEST_CASE("every request of the corpus is answered as it says, and after a refusal the connection ends") {
    Service service;
    for (const auto& vector : read_corpus(service.token("helpline"))) {
        CAPTURE(vector.name);
        const auto answers = call(service.port(), vector.bytes);
        CHECK(shown(statuses_of(answers)) == shown(vector.statuses));
        for (const auto& answer : answers) {
            if (is_framing_refusal(answer.status)) CHECK(answer.closes);
            if (answer.closes) CHECK(&answer == &answers.back());
        }
    }
    // Not one of them was taken for a member of staff.
    CHECK(service.database().value("SELECT count(*) FROM call") == "0");
}

TEST_CASE("HAProxy and the server agree on where every request ends") {
    check_through(Proxy::Kind::haproxy);
}

TEST_CASE("nginx and the server agree on where every request ends") {
    check_through(Proxy::Kind::nginx);
}

}  // namespace tideover::testing::framing_test
