// Signing in, in a browser: a session does what its token may, from our own pages, until it ends.
#include <doctest/doctest.h>

#include <set>

#include "domain/access/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "server/api/api.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::session_test {
namespace {

using nlohmann::json;

const Headers from_our_page{{"Sec-Fetch-Site", "same-origin"}};

Answer sign_in(World& world, const std::string& token, Headers headers = from_our_page) {
    headers.emplace_back("Content-Type", "application/json");
    return world.service().send("POST", "/v1/sessions", headers, json{{"token", token}}.dump());
}

/// The cookie that an answer sets, as the browser sends it back.
std::string cookie_of(const Answer& answer) {
    const auto set = answer.header("set-cookie");
    return set.substr(0, set.find(';'));
}

/// A browser in which somebody signed in.
struct Browser {
    explicit Browser(World& its_world, const std::string& role, const std::string& staff = "at-a-browser")
        : world(its_world), cookie(cookie_of(sign_in(world, world.service().token(role, staff)))) {}

    [[nodiscard]] Headers headers(const Headers& site = from_our_page) const {
        auto out = site;
        out.emplace_back("Cookie", cookie);
        return out;
    }
    Answer ask(const std::string& method, const std::string& target, const Headers& site = from_our_page,
               const std::string& body = {}) const {
        auto all = headers(site);
        if (method == "POST") {
            all.emplace_back("Content-Type", "application/json");
            all.emplace_back("Idempotency-Key", Service::fresh_key());
        }
        return world.service().send(method, target, all, body);
    }

    World& world;
    std::string cookie;
};

}  // namespace

TEST_CASE("whoever signs in gets a cookie that does what the token may, and only its hash is kept") {
    auto& world = shared_world();
    const auto token = world.service().token("helpline", "signs-in");
    const auto begun = sign_in(world, token);
    REQUIRE(begun.status == 201);
    CHECK(begun.header("set-cookie").ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"));
    CHECK(begun.body.find(cookie_of(begun).substr(cookie_of(begun).find('=') + 1)) == std::string::npos);
    const Browser browser{world, "helpline", "signs-in"};
    const auto who = browser.ask("GET", "/v1/session").json();
    CHECK(who.at("role") == "helpline");
    CHECK(who.at("staff").at("name") == "signs-in");
    CHECK(who.at("authority").at("id") == "E08000007");
    CHECK(!who.at("session").is_null());
    const auto recorded = browser.ask("POST", "/v1/calls", from_our_page, world.body(nouns::call).dump());
    CHECK(outcome(recorded) == "201");
    CHECK(world.sql("SELECT s.name FROM call c JOIN staff s ON s.id = c.recorded_by WHERE c.id = '" +
                    recorded.json().at("id").get<std::string>() + "'") == "signs-in");
    CHECK(world.sql("SELECT count(*) FROM session WHERE hash = '" +
                    browser.cookie.substr(browser.cookie.find('=') + 1) + "'") == "0");
    // A token says who it is as well, and is no session.
    CHECK(world.get(Role::finance, "/v1/session").json().at("session").is_null());
    CHECK(outcome(world.get(Role::everyone, "/v1/session")) == "401 unauthenticated");
}

TEST_CASE("each write from a foreign page is refused, whatever it says, and each read is as of nobody") {
    auto& world = shared_world();
    const Browser browser{world, "admin"};
    const std::vector<Headers> foreign{{{"Sec-Fetch-Site", "cross-site"}},
                                       {{"Sec-Fetch-Site", "same-site"}},
                                       {{"Sec-Fetch-Site", "none"}},
                                       {{"Origin", "https://evil.example"}},
                                       {{"Origin", "null"}},
                                       {}};
    int refused = 0;
    for (const auto& route : routes()) {
        if (!changes(route)) continue;
        INFO(route.path);
        const auto request = world.unspent(route);
        const auto before = world.stored();
        for (const auto& site : foreign) {
            auto headers = browser.headers(site);
            headers.emplace_back("Content-Type", "application/json");
            headers.emplace_back("Idempotency-Key", Service::fresh_key());
            if (!request.etag.empty()) headers.emplace_back("If-Match", request.etag);
            CHECK(outcome(world.service().send("POST", request.target, headers, request.body.dump())) ==
                  "401 unauthenticated");
            ++refused;
        }
        CHECK(world.stored() == before);
    }
    CHECK(refused > 300);
    for (const auto& site : foreign) {
        CHECK(outcome(browser.ask("GET", "/v1/staff", site)) == "401 unauthenticated");
        CHECK(outcome(browser.ask("DELETE", "/v1/session", site)) == "401 unauthenticated");
    }
    CHECK(outcome(browser.ask("GET", "/v1/staff")) == "200");
    // A browser that says nothing of the site names its origin at each write.
    const Headers old{{"Origin", "http://127.0.0.1"}};
    CHECK(outcome(browser.ask("GET", "/v1/staff", old)) == "200");
}

TEST_CASE("from our own page a form or plain text is refused as from any, and so is a write without a key") {
    auto& world = shared_world();
    const Browser browser{world, "helpline"};
    const auto body = world.body(nouns::call).dump();
    const auto before = world.stored();
    for (const std::string type : {"text/plain", "application/x-www-form-urlencoded", ""}) {
        auto headers = browser.headers();
        headers.emplace_back("Idempotency-Key", Service::fresh_key());
        if (!type.empty()) headers.emplace_back("Content-Type", type);
        CHECK(outcome(world.service().send("POST", "/v1/calls", headers, body)) == "415 unsupported-media-type");
    }
    auto keyless = browser.headers();
    keyless.emplace_back("Content-Type", "application/json");
    CHECK(outcome(world.service().send("POST", "/v1/calls", keyless, body)) == "428 key-missing");
    CHECK(world.stored() == before);
}

TEST_CASE("a token and a session at once are two people, perhaps: neither is believed") {
    auto& world = shared_world();
    const Browser browser{world, "helpline"};
    auto headers = browser.headers();
    headers.emplace_back("Authorization", "Bearer " + world.service().token("admin"));
    CHECK(outcome(world.service().send("GET", "/v1/session", headers, {})) == "400 two-credentials");
}

TEST_CASE("a session ends when somebody signs out, was idle for thirty minutes, or ten hours after it began") {
    auto& world = shared_world();
    const auto age = [&](const Browser& browser, const std::string& what) {
        world.sql("UPDATE session SET " + what + " WHERE hash = encode(sha256('" +
                  browser.cookie.substr(browser.cookie.find('=') + 1) + "'), 'hex')");
        return outcome(browser.ask("GET", "/v1/session"));
    };
    const Browser out{world, "helpline"};
    const auto ended = out.ask("DELETE", "/v1/session");
    CHECK(ended.status == 204);
    CHECK(ended.header("set-cookie").ends_with("Max-Age=0"));
    CHECK(ended.header("clear-site-data") == "\"cache\", \"storage\"");
    CHECK(outcome(out.ask("GET", "/v1/session")) == "401 unauthenticated");
    const Browser idle{world, "helpline"};
    CHECK(age(idle, "seen_at = clock_timestamp() - interval '29 minutes'") == "200");
    CHECK(age(idle, "seen_at = clock_timestamp() - interval '31 minutes'") == "401 unauthenticated");
    const Browser old{world, "helpline"};
    CHECK(age(old, "made_at = clock_timestamp() - interval '10 hours' + interval '1 minute'") == "200");
    CHECK(age(old, "made_at = clock_timestamp() - interval '10 hours 1 minute'") == "401 unauthenticated");
    // A page for everybody is there all the same, and so is signing in, which ends the session before.
    CHECK(old.ask("GET", "/dashboard").status == 200);
    auto again = old.headers();
    CHECK(sign_in(world, world.service().token("helpline", "at-a-browser"), again).status == 201);
}

TEST_CASE("use keeps a session going, and signing in again ends the one before") {
    auto& world = shared_world();
    const Browser browser{world, "helpline"};
    world.sql("UPDATE session SET seen_at = clock_timestamp() - interval '29 minutes' WHERE ended_at IS NULL");
    CHECK(outcome(browser.ask("GET", "/v1/session")) == "200");
    CHECK(world.sql("SELECT count(*) FROM session WHERE ended_at IS NULL AND seen_at > clock_timestamp() - interval '1 "
                    "minute'") == "1");
    const auto next = cookie_of(sign_in(world, world.service().token("helpline", "at-a-browser"), browser.headers()));
    CHECK(next != browser.cookie);
    CHECK(outcome(browser.ask("GET", "/v1/session")) == "401 unauthenticated");
}

TEST_CASE("a session lives no longer than its token, and is in whatever role that is now") {
    auto& world = shared_world();
    const auto made = world.fresh(nouns::staff);
    const auto token =
        world.post(Role::admin, "/v1/tokens", json{{"staff_id", made.at("id")}, {"role", "finance"}}.dump());
    REQUIRE(outcome(token) == "201");
    Browser browser{world, "helpline"};
    browser.cookie = cookie_of(sign_in(world, token.json().at("token")));
    CHECK(browser.ask("GET", "/v1/session").json().at("role") == "finance");
    const auto at = "/v1/tokens/" + token.json().at("id").get<std::string>();
    CHECK(outcome(world.post(Role::admin, at + "/role-changes", R"({"role": "auditor", "reason": "Moved."})",
                             "\"1\"")) == "200");
    CHECK(browser.ask("GET", "/v1/session").json().at("role") == "auditor");
    CHECK(outcome(world.post(Role::admin, at + "/revocations", R"({"reason": "Left."})", "\"2\"")) == "200");
    CHECK(outcome(browser.ask("GET", "/v1/session")) == "401 unauthenticated");
    CHECK(outcome(sign_in(world, token.json().at("token"))) == "401 unauthenticated");
}

TEST_CASE("whatever is wrong with a token, one message says so; a body that is none says what it takes") {
    auto& world = shared_world();
    std::set<std::string> said;
    for (const std::string token : {"tdo_nobody", "x", "Bearer x"}) {
        const auto answer = sign_in(world, token);
        CHECK(outcome(answer) == "401 unauthenticated");
        said.insert(answer.json().at("detail").get<std::string>());
        CHECK(answer.header("set-cookie").empty());
    }
    CHECK(said.size() == 1);
    CHECK(outcome(sign_in(world, "")) == "422 invalid-fields");
    CHECK(outcome(sign_in(world, std::string(201, 'x'))) == "422 invalid-fields");
    CHECK(world.service().log().find("tdo_nobody") == std::string::npos);
}

TEST_CASE("a page for everybody that counts everything has the public's lane, whatever cookie comes with it") {
    auto& world = shared_world();
    Config config;
    config.database = world.service().database().app();
    Api api{config};
    int pages = 0;
    for (const auto& route : routes()) {
        if (!route.counts || route.path.find('{') != std::string::npos) continue;
        INFO(route.path);
        Request request{.method = "GET", .path = route.path};
        CHECK(api.demand(request).lane == Lane::public_counts);
        request.session = "nobody's";
        const bool heeded = route.action != Action::page && route.action != Action::probe;
        CHECK(api.demand(request).lane == (heeded ? Lane::work : Lane::public_counts));
        if (heeded)
            CHECK(outcome(world.service().send(
                      "GET", route.path, {{"Sec-Fetch-Site", "same-origin"}, {"Cookie", "__Host-tideover=nobody"}},
                      {})) == "401 unauthenticated");
        pages += heeded ? 0 : 1;
    }
    CHECK(pages > 0);
}

TEST_CASE("every answer says what time it is, so that a computer whose clock is wrong can put it right") {
    auto& world = shared_world();
    for (const std::string target : {"/v1/session", "/healthz", "/nowhere"}) {
        const auto date = world.get(Role::helpline, target).header("date");
        CHECK(date.size() == 29);
        CHECK(date.ends_with(" GMT"));
    }
}

}  // namespace tideover::testing::session_test
