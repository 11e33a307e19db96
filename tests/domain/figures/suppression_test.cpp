// Small counts: what is withheld cannot be worked out from what is shown, not even by somebody who knows the rule.
#include "domain/figures/suppression.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

namespace suppression_test {

using namespace tideover;

namespace {

using Table = std::vector<std::int64_t>;

using Places = std::vector<std::size_t>;

/// Where the withheld cells stand; nothing where no cell may be shown.
std::optional<Places> withheld(const Table& people) {
    const auto hide = withheld_cells(people);
    if (!hide) return std::nullopt;
    Places out;
    for (std::size_t i = 0; i < people.size(); ++i) {
        if ((*hide)[i]) out.push_back(i);
    }
    return out;
}

/// Every table that shows the same: the same total, the same shown cells, and by the rule the same cells withheld.
/// Collects the values that each withheld cell has in them.
void guess(Table& table, const Places& hidden, std::size_t next, std::int64_t left,
           std::vector<std::set<std::int64_t>>& values) {
    if (next + 1 == hidden.size()) {
        table[hidden[next]] = left;
        if (withheld(table) != hidden) return;
        for (std::size_t i = 0; i < hidden.size(); ++i) values[i].insert(table[hidden[i]]);
        return;
    }
    for (std::int64_t count = 0; count <= left; ++count) {
        table[hidden[next]] = count;
        guess(table, hidden, next + 1, left - count, values);
    }
}

/// The fewest values that a withheld cell may have, as far as a reader can tell.
std::size_t least_doubt(const Table& people) {
    const auto hidden = withheld(people).value();
    if (hidden.empty()) return 2;
    std::int64_t sum = 0;
    for (const auto at : hidden) sum += people[at];
    auto table = people;
    std::vector<std::set<std::int64_t>> values(hidden.size());
    guess(table, hidden, 0, sum, values);
    std::size_t least = values.front().size();
    for (const auto& some : values) least = std::min(least, some.size());
    return least;
}

/// Tables with many small counts, nils and counts that are the same.
rc::Gen<Table> tables() {
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(2, 6), [](std::size_t cells) {
        return rc::gen::container<Table>(cells, rc::gen::inRange<std::int64_t>(0, 10));
    });
}

}  // namespace

TEST_CASE("one to four are withheld, nil and five are not") {
    CHECK(withheld({0, 5, 6, 7}) == Places{});
    CHECK(withheld({1, 2, 8, 0}) == Places{0, 1});
    CHECK(withheld({4, 3, 5, 0}) == Places{0, 1});
}

TEST_CASE("a single small count takes the next smallest with it, and all that equal that") {
    CHECK(withheld({3, 9, 6, 0}) == Places{0, 2});
    CHECK(withheld({3, 9, 6, 6}) == Places{0, 2, 3});
}

TEST_CASE("small counts that must all be one, or all four, take the next smallest with them") {
    CHECK(withheld({1, 1, 9, 6}) == Places{0, 1, 3});
    CHECK(withheld({4, 4, 9, 6}) == Places{0, 1, 3});
    CHECK(withheld({4, 4, 4, 6, 12}) == Places{0, 1, 2, 3});
}

TEST_CASE("where nothing else is left, the cells about nobody are withheld") {
    CHECK(withheld({3, 0, 0}) == Places{0, 1, 2});
    CHECK(withheld({}) == Places{});
}

TEST_CASE("where small counts are all there is and the total tells them, nothing can be shown") {
    CHECK_FALSE(withheld({2}));
    CHECK_FALSE(withheld({1, 1, 1}));
    CHECK_FALSE(withheld({4, 4}));
    CHECK(withheld({2, 2}) == Places{0, 1});
}

TEST_CASE("no withheld count can be worked out from the shown ones and the total by somebody who knows the rule") {
    CHECK(rc::check("each may have two values", [] {
        const auto people = *tables();
        const bool only_small = std::all_of(people.begin(), people.end(), [](auto n) { return n > 0 && n < 5; });
        if (!withheld(people)) {
            RC_ASSERT(only_small);
            return;
        }
        RC_ASSERT(least_doubt(people) >= 2);
    }));
}

TEST_CASE("every small count is withheld, and nothing is where there is none") {
    CHECK(rc::check("no small count is shown", [] {
        const auto people = *tables();
        RC_PRE(withheld_cells(people).has_value());
        const auto hide = *withheld_cells(people);
        bool any = false;
        for (std::size_t i = 0; i < people.size(); ++i) {
            const bool small = people[i] > 0 && people[i] < small_count_below;
            any = any || small;
            if (small) RC_ASSERT(hide[i]);
        }
        if (!any) RC_ASSERT(std::none_of(hide.begin(), hide.end(), [](bool h) { return h; }));
    }));
}

}  // namespace suppression_test
