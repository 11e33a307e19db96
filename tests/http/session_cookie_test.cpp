// The cookie of a session: what it counts for, and how browsers are told to keep it.
#include "server/http/session_cookie.hpp"

#include <doctest/doctest.h>

namespace tideover::session_cookie_test {

TEST_CASE("a cookie counts where the browser says that our own page asks, and nowhere else") {
    const auto of = [](std::string_view site, std::string_view origin = {}) {
        return session_in({"__Host-tideover=secret", site, origin, "council.example:8080"});
    };
    CHECK(of("same-origin") == "secret");
    for (const auto* site : {"cross-site", "same-site", "none", "same-origin, cross-site", "SAME-ORIGIN "})
        CHECK(of(site).empty());
    // What the browser says of the site stands above the origin.
    CHECK(of("cross-site", "https://council.example:8080").empty());
    // Of one that says nothing of the site, the origin.
    CHECK(of("", "https://council.example:8080") == "secret");
    for (const auto* origin : {"", "null", "https://council.example", "https://council.example:8080.evil.example",
                               "https://evil.example", "council.example:8080"})
        CHECK(of("", origin).empty());
    CHECK(session_in({"__Host-tideover=secret", "", "http://", ""}).empty());
}

TEST_CASE("the cookie is found among others, and none that is called alike") {
    const auto in = [](std::string_view cookies) { return session_in({cookies, "same-origin", "", "host"}); };
    CHECK(in("a=b; __Host-tideover=secret; c=d") == "secret");
    CHECK(in("a=b;__Host-tideover=secret") == "secret");
    CHECK(in("tideover=other; x__Host-tideover=other").empty());
    CHECK(in("__Host-tideover2=other").empty());
    CHECK(in("__Host-tideover").empty());
    CHECK(in("").empty());
    CHECK(in("  ;; ; ").empty());
    CHECK(in("__Host-tideover=" + std::string(101, 'x')).empty());
}

TEST_CASE("no script reads the cookie, no other site has it sent, and it goes to this host alone") {
    CHECK(session_cookie("secret") == "__Host-tideover=secret; Path=/; Secure; HttpOnly; SameSite=Strict");
    CHECK(no_session_cookie() == "__Host-tideover=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

}  // namespace tideover::session_cookie_test
