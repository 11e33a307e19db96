// A report is a table: here is one of a test's own, over the calls of a council.
#include "db/reports/report.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tests/support/council.hpp"

namespace tideover::report_test {
namespace {

using testing::Council;

constexpr std::array parameters{
    text("outcome", 0, 40),
    day("from"),
};
constexpr std::array columns{
    text("reference", 0, 12).needed(), day("happened_on").needed(),
    instant("started_at").needed(),    text("caller.name", 0, 120).seen_as(Privacy::vulnerability),
    id("caller.person_id", "person"),
};
constexpr db::Report calls{
    .name = "test_calls", .parameters = parameters, .columns = columns, .order = {.by = "c.id"}, .sql = R"(
SELECT c.reference, c.happened_on, c.started_at, c.caller_name, c.person_id AS caller_person_id, c.id AS its_order
FROM call c
WHERE c.authority_id = $1 AND c.outcome = coalesce({outcome}, c.outcome)
  AND c.happened_on >= coalesce({from}, '-infinity'){after}
{order})"};

struct Pages {
    std::vector<std::string> items{};
    int pages = 0;
};

Pages all(Council& council, const testing::Values& said, int limit) {
    Pages out;
    council.officer().change([&](db::Tx& tx) {
        std::string after;
        do {
            const auto page = db::rows_of(tx, calls, testing::record_of(parameters, said), after, limit);
            out.items.insert(out.items.end(), page.items.begin(), page.items.end());
            after = page.next;
            ++out.pages;
        } while (!after.empty());
    });
    return out;
}

}  // namespace

TEST_CASE("a report's pages hold each row once, in its order, whatever their size") {
    Council council;
    for (int i = 0; i < 7; ++i) council.make_another_entry();
    const auto whole = all(council, {}, 200);
    CHECK(whole.items.size() == 10);
    CHECK(whole.pages == 1);
    const auto paged = all(council, {}, 3);
    CHECK(paged.pages == 4);
    CHECK(paged.items == whole.items);
    CHECK(all(council, {}, 5).pages == 2);
}

TEST_CASE("a report counts by its parameters, and one that is not said leaves nothing out") {
    Council council;
    CHECK(all(council, {{"outcome", "no_answer"}}, 200).items.size() == 1);
    CHECK(all(council, {{"from", "2020-04-30"}}, 200).items.size() == 2);
    CHECK(all(council, {{"from", "2020-04-30"}, {"outcome", "referred"}}, 200).items.size() == 1);
}

TEST_CASE("a row holds its columns in their order, nested by their dots, without what the role does not see") {
    Council council;
    const auto row = all(council, {{"outcome", "no_answer"}}, 200).items.at(0);
    const auto reference =
        council.ask("SELECT reference FROM call WHERE outcome = 'no_answer'")[0][0].as<std::string>();
    CHECK(row ==
          R"({"reference" : ")" + reference +
              R"(", "happened_on" : "2020-04-30", "started_at" : "2020-04-30T09:00:00Z", "caller" : {"person_id" : ")" +
              council.id("person Mill") + R"("}})");
}

}  // namespace tideover::report_test
