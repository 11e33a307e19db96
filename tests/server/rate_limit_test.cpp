// Buckets, at moments that the tests choose.
#include "server/http/rate_limit.hpp"

#include <doctest/doctest.h>

namespace rate_limit_test {

using namespace tideover;
using namespace std::chrono_literals;

namespace {

int taken(RateLimit& limit, const std::string& whom, RateLimit::Moment now) {
    int count = 0;
    while (limit.take(whom, now)) ++count;
    return count;
}

}  // namespace

TEST_CASE("ten seconds' worth can be taken at once, and then as much as comes back") {
    RateLimit limit{10};
    const RateLimit::Moment start{1h};
    CHECK(taken(limit, "a", start) == 100);
    CHECK(taken(limit, "a", start + 99ms) == 0);
    CHECK(taken(limit, "a", start + 1150ms) == 11);
    CHECK(taken(limit, "a", start + 1h) == 100);
}

TEST_CASE("a dear request takes as much as it counts for, or nothing") {
    RateLimit limit{1};
    const RateLimit::Moment start{1h};
    CHECK(limit.take("a", start, 6));
    CHECK_FALSE(limit.take("a", start, 6));
    CHECK(taken(limit, "a", start) == 4);
}

TEST_CASE("one taker's bucket is not another's") {
    RateLimit limit{1};
    const RateLimit::Moment start{1h};
    CHECK(taken(limit, "a", start) == 10);
    CHECK(taken(limit, "b", start) == 10);
}

TEST_CASE("after a refusal a second is always long enough to wait") {
    RateLimit limit{1};
    RateLimit::Moment now{1h};
    for (int i = 0; i < 100; ++i) {
        while (limit.take("a", now)) {
        }
        now += 1s;
        CHECK(limit.take("a", now));
    }
}

TEST_CASE("however many takers there are, the buckets kept are bounded, and a flood of names empties no bucket early") {
    RateLimit limit{1};
    RateLimit::Moment now{1h};
    for (std::size_t i = 0; i < 3 * RateLimit::known_max; ++i) {
        now += 1ms;
        CHECK(limit.take(std::to_string(i), now));
    }
    CHECK(limit.known() <= RateLimit::known_max);
    CHECK(taken(limit, "a", now) == 10);
    for (std::size_t i = 0; i < RateLimit::known_max / 2; ++i) CHECK(limit.take("x" + std::to_string(i), now + 1us));
    CHECK(taken(limit, "a", now + 2us) == 0);
}

}  // namespace rate_limit_test
