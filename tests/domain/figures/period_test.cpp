// The periods that figures are shown by.
#include "domain/figures/period.hpp"

#include <doctest/doctest.h>

namespace period_test {

using namespace tideover;

namespace {

std::string told(std::string_view kind, const char* first, const char* last) {
    std::string out;
    for (const auto& period : periods(kind, *parse_day(first), *parse_day(last))) {
        out += (out.empty() ? "" : "; ") + period.name + ": " + format(period.first) + " to " + format(period.last);
    }
    return out;
}

}  // namespace

TEST_CASE("months, quarters and years of a council begin where they begin, and end where the span does") {
    CHECK(told("month", "2020-03-11", "2020-05-02") ==
          "2020-03: 2020-03-11 to 2020-03-31; 2020-04: 2020-04-01 to 2020-04-30; 2020-05: 2020-05-01 to 2020-05-02");
    CHECK(told("quarter", "2020-03-11", "2020-10-01") ==
          "2019/20 Q4: 2020-03-11 to 2020-03-31; 2020/21 Q1: 2020-04-01 to 2020-06-30; 2020/21 Q2: 2020-07-01 to "
          "2020-09-30; 2020/21 Q3: 2020-10-01 to 2020-10-01");
    CHECK(told("financial_year", "2020-03-31", "2021-04-01") ==
          "2019/20: 2020-03-31 to 2020-03-31; 2020/21: 2020-04-01 to 2021-03-31; 2021/22: 2021-04-01 to 2021-04-01");
    CHECK(told("financial_year", "2099-04-01", "2099-04-01") == "2099/00: 2099-04-01 to 2099-04-01");
    CHECK(told("month", "2020-02-29", "2020-02-29") == "2020-02: 2020-02-29 to 2020-02-29");
    CHECK(told("month", "2020-02-02", "2020-02-01").empty());
}

TEST_CASE("periods follow each other from the first day to the last") {
    const auto first = *parse_day("2019-11-05"), last = *parse_day("2023-02-17");
    for (const auto kind : period_kinds) {
        const auto all = periods(kind, first, last);
        REQUIRE(!all.empty());
        CHECK(all.front().first == first);
        CHECK(all.back().last == last);
        for (std::size_t i = 1; i < all.size(); ++i) {
            CHECK(all[i].first == all[i - 1].last + std::chrono::days{1});
            CHECK(all[i].name != all[i - 1].name);
        }
    }
}

}  // namespace period_test
