// Claims, and figures as people read them.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "domain/core/money.hpp"
#include "domain/core/reference.hpp"
#include "domain/figures/claim.hpp"

namespace figures_test {

using namespace tideover;

namespace {

Verdict verdict(std::string_view comparator, std::int64_t claimed, std::int64_t precision, std::int64_t value) {
    return judge(comparator_named(comparator), claimed, precision, value, "pence").verdict;
}

}  // namespace

TEST_CASE("an exact claim holds for its value alone") {
    CHECK(verdict("exact", 8562, 1, 8562) == Verdict::matches);
    CHECK(verdict("exact", 8562, 1, 8561) == Verdict::differs);
    CHECK(verdict("exact", 8562, 1, 8563) == Verdict::differs);
}

TEST_CASE("a rounded claim holds from half a step below, up to but not including half a step above, in pence") {
    constexpr std::int64_t million = 100'000'000;
    CHECK(verdict("rounded", 62 * million, million, 61'50'000'000 * 1) == Verdict::matches);
    CHECK(verdict("rounded", 62 * million, million, 61'50'000'000 - 1) == Verdict::differs);
    CHECK(verdict("rounded", 62 * million, million, 62'50'000'000 - 1) == Verdict::matches);
    CHECK(verdict("rounded", 62 * million, million, 62'50'000'000) == Verdict::differs);
}

TEST_CASE("an odd precision loses nothing to halving") {
    CHECK(verdict("rounded", 10, 5, 8) == Verdict::matches);
    CHECK(verdict("rounded", 10, 5, 7) == Verdict::differs);
    CHECK(verdict("rounded", 10, 5, 12) == Verdict::matches);
    CHECK(verdict("rounded", 10, 5, 13) == Verdict::differs);
}

TEST_CASE("'over' means more than, and warns where the next step could have been claimed") {
    CHECK(verdict("over", 7000, 1000, 7000) == Verdict::differs);
    CHECK(verdict("over", 7000, 1000, 7001) == Verdict::matches);
    CHECK(verdict("over", 7000, 1000, 7999) == Verdict::matches);
    CHECK(verdict("over", 7000, 1000, 8000) == Verdict::warns);
}

TEST_CASE("'nearly' means less than, and warns when well short") {
    CHECK(verdict("nearly", 7000, 1000, 7000) == Verdict::differs);
    CHECK(verdict("nearly", 7000, 1000, 6000) == Verdict::matches);
    CHECK(verdict("nearly", 7000, 1000, 5999) == Verdict::warns);
}

TEST_CASE("a verdict that is not 'matches' says why") {
    CHECK(judge(Comparator::exact, 10, 1, 11, "calls").reason == "The records show 11.");
    CHECK(judge(Comparator::exact, 10, 1, 10, "calls").reason.empty());
}

TEST_CASE("money is shown in pounds, with pence only where there are some") {
    CHECK(display(6'200'431'000, "pence") == "£62,004,310");
    CHECK(display(133'450, "pence") == "£1,334.50");
    CHECK(display(5, "pence") == "£0.05");
    CHECK(display(-133'405, "pence") == "-£1,334.05");
    CHECK(display(0, "pence") == "£0");
    CHECK(display(8562, "calls") == "8,562");
    CHECK(display(-1'000'000, "items") == "-1,000,000");
}

TEST_CASE("a reference that was read out wrongly is noticed: one wrong character, or two swapped") {
    CHECK(rc::check([] {
        const auto reference = make_reference("CL", *rc::gen::arbitrary<std::uint64_t>());
        RC_ASSERT(reference.size() <= 18U);
        RC_ASSERT(reference_holds(reference));
        for (std::size_t i = 3; i < reference.size(); ++i) {
            if (reference[i] == '-') continue;
            auto wrong = reference;
            wrong[i] = wrong[i] == 'Z' ? 'Y' : 'Z';
            RC_ASSERT(!reference_holds(wrong));
            if (i + 1 < 10 && reference[i] != reference[i + 1]) {
                auto swapped = reference;
                std::swap(swapped[i], swapped[i + 1]);
                RC_ASSERT(!reference_holds(swapped));
            }
        }
    }));
}

}  // namespace figures_test
