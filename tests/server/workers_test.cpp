// A lane's pace: so many a second, of which those of a second may come at once.
#include "server/http/workers.hpp"

#include <doctest/doctest.h>

namespace workers_test {

using namespace tideover;
using namespace std::chrono_literals;

TEST_CASE("those of a second may begin at once, and after them one a gap") {
    const Pace::Clock::time_point now{1h};
    Pace pace{10};
    for (int i = 0; i < 10; ++i) CHECK(pace.turn(now) <= now);
    CHECK(pace.turn(now) == now + 100ms);
    CHECK(pace.turn(now) == now + 200ms);
    CHECK(pace.turn(now + 150ms) == now + 300ms);
    // What was not used is not saved for longer than a second.
    for (int i = 0; i < 10; ++i) CHECK(pace.turn(now + 1h) <= now + 1h);
    CHECK(pace.turn(now + 1h) == now + 1h + 100ms);
}

TEST_CASE("where any number may begin, nobody waits") {
    const Pace::Clock::time_point now{1h};
    Pace pace{0};
    for (int i = 0; i < 1000; ++i) CHECK(pace.turn(now) <= now);
}

}  // namespace workers_test
