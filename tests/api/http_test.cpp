// HTTP itself: sizes, framing, order on one connection, and headers that every answer has.
#include <doctest/doctest.h>

#include <algorithm>

#include "domain/helpline/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::http_test {
namespace {

std::string raw(World& world, const std::string& bytes) {
    Client client{world.service().port()};
    return client.send_raw(bytes);
}

std::string request(const std::string& line, const std::string& headers = "Connection: close\r\n",
                    const std::string& body = "") {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n" + body;
}

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("a body that is too large is refused before it is read") {
    auto& world = shared_world();
    const auto before = world.stored();
    const auto told =
        raw(world, request("POST /v1/calls", "Content-Length: 100000\r\nContent-Type: application/json\r\n"));
    CHECK(told.starts_with("HTTP/1.1 413 "));
    CHECK(told.find("/problems/too-large") != std::string::npos);
    CHECK(world.stored() == before);
}

TEST_CASE("who sends a body that is too large hears so, however much they send") {
    auto& world = shared_world();
    const auto body = "{\"note\":\"" + std::string(80'000, 'x') + "\"}";
    for (int i = 0; i < 20; ++i) {
        Client client{world.service().port()};
        const auto answer = client.send("POST", "/v1/calls", post_headers(world.service().token("helpline")), body);
        CHECK(outcome(answer) == "413 too-large");
        CHECK(answer.header("connection") == "close");
    }
    auto fits = world.body(nouns::call);
    fits["note"] = std::string(4000, 'x');
    auto text = fits.dump();
    text.insert(1, 65'536 - text.size(), ' ');
    CHECK(world.post(Role::helpline, "/v1/calls", text).status == 201);
}

TEST_CASE("a note of 4,000 characters fits, whatever they take in UTF-8") {
    auto& world = shared_world();
    std::string note;
    for (int i = 0; i < 4000; ++i) note += "\xe2\x82\xac";
    const auto call = world.fresh(nouns::call, {{"note", note}});
    CHECK(call.at("note") == note);
    auto body = world.body(nouns::call);
    body["note"] = note + "x";
    CHECK(fault_at(world.post(Role::helpline, "/v1/calls", body.dump()), "/note") == "too_long");
}

TEST_CASE("headers that are too large are refused") {
    auto& world = shared_world();
    const auto told = raw(world, request("GET /healthz", "X-Padding: " + std::string(9000, 'x') + "\r\n"));
    CHECK(told.starts_with("HTTP/1.1 431 "));
    CHECK(told.find("/problems/header-too-large") != std::string::npos);
}

TEST_CASE("what is not HTTP is refused as such, and the connection is closed") {
    auto& world = shared_world();
    for (const std::string bytes :
         {"HELO example.org\r\n\r\n", "GET /healthz HTTP/9.9\r\n\r\n", "GET  /healthz HTTP/1.1\r\n\r\n",
          "GET /healthz HTTP/1.1\r\nno colon\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
          "POST /v1/calls HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
        INFO(bytes);
        const auto told = raw(world, bytes);
        CHECK(told.starts_with("HTTP/1.1 400 "));
        CHECK(told.find("/problems/bad-request") != std::string::npos);
    }
    CHECK(world.get(Role::everyone, "/healthz").status == 200);
}

TEST_CASE("requests on one connection are answered in their order") {
    auto& world = shared_world();
    const auto told = raw(world, request("GET /healthz", "X-Request-Id: first\r\n") +
                                     request("GET /nowhere", "X-Request-Id: second\r\n") +
                                     request("GET /healthz", "X-Request-Id: third\r\nConnection: close\r\n"));
    CHECK(times(told, "HTTP/1.1 ") == 3);
    const auto first = told.find("X-Request-Id: first"), second = told.find("X-Request-Id: second"),
               third = told.find("X-Request-Id: third");
    CHECK(first < second);
    CHECK(second < third);
    CHECK(third != std::string::npos);
}

TEST_CASE("a client that waits for leave to send its body gets it, and a chunked body is read") {
    auto& world = shared_world();
    const auto body = world.body(nouns::call).dump();
    const auto headers = "Authorization: Bearer " + world.service().token("helpline") +
                         "\r\nContent-Type: application/json\r\nConnection: close\r\n";
    const auto told =
        raw(world, request("POST /v1/calls",
                           headers + "Idempotency-Key: " + Service::fresh_key() +
                               "\r\nExpect: 100-continue\r\nContent-Length: " + std::to_string(body.size()) + "\r\n",
                           body));
    CHECK(told.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "));
    std::string size = "0";
    char hex[32];
    std::snprintf(hex, sizeof hex, "%zx", body.size());
    const auto chunked =
        raw(world, request("POST /v1/calls",
                           headers + "Idempotency-Key: " + Service::fresh_key() + "\r\nTransfer-Encoding: chunked\r\n",
                           std::string{hex} + "\r\n" + body + "\r\n0\r\n\r\n"));
    CHECK(chunked.starts_with("HTTP/1.1 201 "));
}

TEST_CASE("the last request that a connection takes is answered with its end") {
    auto& world = shared_world();
    Client client{world.service().port()};
    int served = 0;
    while (client.send("GET", "/healthz").header("connection") != "close" && served < 20'000) ++served;
    CHECK(served == 9'999);
    CHECK(client.send("GET", "/healthz").status == 200);
}

TEST_CASE("no answer is kept by anybody on the way, unless it is the same for all, and none is read as another type") {
    auto& world = shared_world();
    const auto call = world.fresh(nouns::call).at("id").get<std::string>();
    for (const std::string target : {"/v1/calls", "/v1/headlines", "/v1/nowhere", "/healthz", "/metrics"}) {
        const auto answer = world.get(Role::helpline, target);
        CHECK(answer.header("cache-control") == "no-store");
        CHECK(answer.header("x-content-type-options") == "nosniff");
    }
    CHECK(world.get(Role::helpline, "/v1/calls/" + call).header("cache-control") == "no-store");
}

TEST_CASE("whatever is read is headed too: the same answer without its body") {
    auto& world = shared_world();
    world.service().seal();
    Client client{world.service().port()};
    for (const std::string path : {"/healthz", "/v1/headlines", "/openapi.json", "/docs", "/style.css", "/"}) {
        INFO(path);
        // Figures say as known at which moment: what is headed is what was read where no other moment came in between.
        Answer before, after;
        std::string raw;
        do {
            before = client.send("GET", path);
            raw = client.send_raw("HEAD " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            after = client.send("GET", path);
        } while (before.body != after.body);
        CHECK(raw.starts_with("HTTP/1.1 200 "));
        CHECK(raw.ends_with("\r\n\r\n"));
        CHECK(raw.find("Content-Length: " + std::to_string(after.body.size()) + "\r\n") != std::string::npos);
    }
}

TEST_CASE("schemes, media types and weights are read by the book") {
    auto& world = shared_world();
    const auto token = world.service().token("helpline");
    for (const std::string scheme : {"Bearer ", "bearer ", "BEARER ", "Bearer  "}) {
        CHECK(world.get(Role::everyone, "/v1/calls?limit=1", {{"Authorization", scheme + token}}).status == 200);
    }
    const auto type = [&](const std::string& accept) {
        const auto answer = world.get(Role::helpline, "/v1/calls?limit=1", {{"Accept", accept}});
        return answer.status == 200 ? answer.header("content-type") : outcome(answer);
    };
    CHECK(type("text/csv;q=0, application/json") == "application/json");
    CHECK(type("Text/CSV") == "text/csv; charset=utf-8");
    CHECK(type("text/csv;q=0.4, application/json;q=0.3") == "text/csv; charset=utf-8");
    CHECK(type("text/*;q=0.1") == "text/csv; charset=utf-8");
    CHECK(type("image/png") == "406 not-acceptable");
    const auto call = world.lawful(*creating(nouns::call));
    CHECK(world
              .post(Role::helpline, "/v1/calls", call.body.dump(), {},
                    {{"Content-Type", "Application/JSON; charset=utf-8"}})
              .status == 201);
    const auto packed = world.post(Role::helpline, "/v1/calls", call.body.dump(), {}, {{"Content-Encoding", "gzip"}});
    CHECK(outcome(packed) == "415 unsupported-media-type");
    CHECK(packed.json().at("detail").get<std::string>().find("Content-Encoding") != std::string::npos);
    CHECK(world.post(Role::helpline, "/v1/calls", call.body.dump(), {}, {{"Content-Encoding", "identity"}}).status ==
          201);
}

TEST_CASE("a refusal says what would do: the ETag's form, the roles, the parameters and fields that there are") {
    auto& world = shared_world();
    const auto call = world.fresh(nouns::call);
    const auto target = "/v1/calls/" + call.at("id").get<std::string>() + "/corrections";
    using nlohmann::json;
    const auto body = json{{"reason", "as told"}, {"changes", {{"note", "x"}}}}.dump();
    const auto detail = [&](const Answer& answer) { return answer.json().value("detail", ""); };
    const auto with_etag = [&](const std::string& etag) {
        return world.post(Role::helpline, target, body, {}, {{"If-Match", etag}});
    };
    CHECK(outcome(with_etag("W/\"1\"")) == "428 precondition-required");
    CHECK(detail(with_etag("W/\"1\"")).find("weak") != std::string::npos);
    for (const std::string etag : {"1", "\"one\"", "\"\"", "*", "\"1\", \"2\""}) {
        INFO(etag);
        CHECK(detail(with_etag(etag)).find("no ETag of ours") != std::string::npos);
    }
    CHECK(detail(world.get(Role::helpline, "/v1/payments")) ==
          "It takes one of these roles: grants_officer, grants_approver, finance, auditor.");
    CHECK(
        detail(world.get(Role::helpline, "/v1/calls?colour=red"))
            .find(
                "There are: limit, cursor, q, sort, direction, line, started_at.from, started_at.to, duration_s.from, "
                "duration_s.to, caller.phone, person_id, reasons, outcome, happened_on, happened_on.from, "
                "happened_on.to, recorded_at.from, recorded_at.to, recorded_by, voided.") != std::string::npos);
    auto wrong = world.lawful(*creating(nouns::call)).body;
    wrong["caller"] = {{"nane", "Jo"}};
    const auto answer = world.post(Role::helpline, "/v1/calls", wrong.dump());
    CHECK(answer.body.find("There are: name, phone, postcode.") != std::string::npos);
}

}  // namespace tideover::testing::http_test
