// Days, instants and the London calendar.
#include "domain/core/day.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace day_test {

using namespace tideover;

TEST_CASE("a day is read only when it exists and is written in full") {
    CHECK(parse_day("2020-02-29"));
    for (const auto* wrong : {"2021-02-29", "2020-2-29", "2020-02-30", "20-02-01", "2020-02-01 ", "1899-12-31",
                              "2200-01-01", "", "2020/02/01"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_day(wrong));
    }
}

TEST_CASE("every day that is printed reads back as itself") {
    CHECK(rc::check([] {
        const Day day{std::chrono::days{*rc::gen::inRange(-25'000, 84'000)}};
        RC_ASSERT(parse_day(format(day)) == day);
    }));
}

TEST_CASE("an instant is RFC 3339 whole: any fraction, either case, any offset") {
    CHECK(parse_instant("2020-04-02T10:15:00Z"));
    CHECK(parse_instant("2020-04-02t10:15:00z") == parse_instant("2020-04-02T10:15:00Z"));
    CHECK(parse_instant("2020-04-02T11:15:00+01:00") == parse_instant("2020-04-02T10:15:00Z"));
    CHECK(parse_instant("2020-04-02T00:15:00-23:59") == parse_instant("2020-04-03T00:14:00Z"));
    CHECK(parse_instant("2020-04-02T10:15:00-00:00") == parse_instant("2020-04-02T10:15:00Z"));
    CHECK(parse_instant("2020-04-02T10:15:00.1234567891Z") == parse_instant("2020-04-02T10:15:00.123456Z"));
    CHECK(parse_instant("2016-12-31T23:59:60Z") == parse_instant("2016-12-31T23:59:59.999999Z"));
    CHECK(parse_instant("2017-01-01T00:59:60.5+01:00") == parse_instant("2016-12-31T23:59:59.999999Z"));
    CHECK(parse_instant("2020-04-02T10:15:00.5Z") == parse_instant("2020-04-02T10:15:00.500000Z"));
    for (const auto* wrong :
         {"2020-04-02T10:15:00", "2020-04-02 10:15:00Z", "2020-04-02T24:00:00Z", "2020-04-02T10:15:60Z",
          "2020-04-02T10:15:61Z", "2020-04-02T10:15:00.Z", "2020-04-02T10:15:00.1", "2020-04-02T10:15:00+0100",
          "2020-04-02T10:15:00+24:00", "2020-04-02T10:15:00+01:60", "2020-04-02T10:15:00ZZ"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_instant(wrong));
    }
}

TEST_CASE("an instant that is printed reads back as itself") {
    CHECK(rc::check([] {
        const Instant instant{std::chrono::microseconds{*rc::gen::inRange<std::int64_t>(0, 7'000'000'000'000'000)}};
        RC_ASSERT(parse_instant(format(instant)) == instant);
    }));
}

TEST_CASE("half past eleven at night in summer is already tomorrow in London") {
    CHECK(format(london_day(*parse_instant("2020-07-01T23:30:00Z"))) == "2020-07-02");
    CHECK(format(london_day(*parse_instant("2020-12-01T23:30:00Z"))) == "2020-12-01");
}

TEST_CASE("summer time begins and ends at one in the morning UTC on the last Sundays of March and October") {
    CHECK(format(london_day(*parse_instant("2020-03-29T00:59:59Z"))) == "2020-03-29");
    CHECK(format(london_day(*parse_instant("2020-10-24T23:00:00Z"))) == "2020-10-25");
    CHECK(format(london_day(*parse_instant("2020-10-25T23:30:00Z"))) == "2020-10-25");
}

}  // namespace day_test
