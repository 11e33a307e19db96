// Terms of schemes: what contradicts itself, where bands end, and which version takes an application.
#include "domain/grants/scheme_terms.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace scheme_terms_test {

using namespace tideover;

namespace {

std::vector<SchemeBand> national_bands() {
    return {{"small", "up_to", 1'500'000}, {"medium", "below", 5'100'000}, {"large", "unbounded"}};
}

SchemeTerms rhlgf() {
    SchemeTerms terms;
    terms.opens_on = "2020-03-11";
    terms.closes_on = "2020-08-28";
    terms.bands = national_bands();
    terms.periods = {{"once"}};
    terms.amounts = {{"once", "small", 1'000'000, 1'000'000}, {"once", "medium", 2'500'000, 2'500'000}};
    return terms;
}

/// What is wrong, as "pointer code", joined by commas.
std::string wrong(const SchemeTerms& terms) {
    std::string out;
    for (const auto& fault : faults_of(terms)) {
        CHECK_FALSE(fault.detail.empty());
        out += (out.empty() ? "" : ", ") + fault.pointer + " " + fault.code;
    }
    return out;
}

}  // namespace

TEST_CASE("exactly £15,000 is small and a penny more is not; exactly £51,000 is large and a penny less is not") {
    const auto bands = national_bands();
    CHECK(band_of(bands, 0) == "small");
    CHECK(band_of(bands, 1'500'000) == "small");
    CHECK(band_of(bands, 1'500'001) == "medium");
    CHECK(band_of(bands, 5'099'999) == "medium");
    CHECK(band_of(bands, 5'100'000) == "large");
    CHECK(band_of(bands, 100'000'000) == "large");
    CHECK_FALSE(band_of({}, 1'500'000));
}

TEST_CASE("every rateable value falls into exactly one band, and a greater one never into an earlier band") {
    CHECK(rc::check([] {
        const auto bands = national_bands();
        const auto place = [&](std::int64_t value) {
            const auto band = band_of(bands, value);
            RC_ASSERT(band.has_value());
            const auto found = std::find_if(bands.begin(), bands.end(), [&](const auto& b) { return b.band == *band; });
            return found - bands.begin();
        };
        const auto low = *rc::gen::inRange<std::int64_t>(0, 10'000'000);
        const auto high = low + *rc::gen::inRange<std::int64_t>(0, 10'000'000);
        RC_ASSERT(place(low) <= place(high));
    }));
}

TEST_CASE("terms that say one thing can be published") {
    CHECK(wrong(rhlgf()).empty());
    auto terms = rhlgf();
    terms.bands.clear();
    terms.amounts = {{"once", "discretionary", 250'000, 2'500'000}};
    terms.allocation_pence = 300;
    terms.tranches = {{"first", 100}, {"top-up", 200}};
    CHECK(wrong(terms).empty());
}

TEST_CASE("periods, bands, amounts and declarations are named once, and each amount's are there") {
    auto terms = rhlgf();
    terms.periods.push_back({"once"});
    terms.bands.insert(terms.bands.begin(), {"small", "up_to", 100});
    terms.declarations = {{"meets_criteria", 1}, {"meets_criteria", 2}};
    terms.amounts.push_back({"once", "small", 1, 1});
    terms.amounts.push_back({"november", "huge", 2, 1});
    CHECK(wrong(terms) ==
          "/bands/1/band repeated, /periods/1/period repeated, /amounts/2 repeated, /amounts/3/most_pence below_least, "
          "/amounts/3/period unknown_period, /amounts/3/band unknown_band, /declarations/1/declaration repeated");
}

TEST_CASE("bands follow each other, and only the last has no end") {
    auto terms = rhlgf();
    std::swap(terms.bands[0], terms.bands[1]);
    CHECK(wrong(terms) == "/bands/1/rateable_value_pence not_in_order");
    terms = rhlgf();
    terms.bands.pop_back();
    CHECK(wrong(terms) == "/bands/1/bound not_in_order");
    terms = rhlgf();
    terms.bands[1].rateable_value_pence.reset();
    terms.bands[2].rateable_value_pence = 1;
    CHECK(wrong(terms) == "/bands/1/rateable_value_pence required, /bands/2/rateable_value_pence not_taken");
}

TEST_CASE("a period ends after it begins, closes after the scheme opens, and has an amount") {
    auto terms = rhlgf();
    terms.periods.push_back({"later", "2020-11-05", "2020-11-04", "2020-03-10"});
    CHECK(wrong(terms) == "/periods/1/to_on too_early, /periods/1/closes_on before_opening, /periods/1 no_amount");
}

TEST_CASE("where rateable values do not matter, amounts may have names of their own") {
    auto terms = rhlgf();
    terms.bands.clear();
    terms.amounts = {{"once", "one or two people", 1, 35'000}, {"once", "larger household", 1, 60'000}};
    CHECK(wrong(terms).empty());
}

TEST_CASE("the tranches come to the allocation") {
    auto terms = rhlgf();
    terms.tranches = {{"first", 100}, {"first", 200}};
    CHECK(wrong(terms) == "/tranches/1/tranche repeated, /allocation_pence not_the_sum");
    terms.tranches[1].tranche = "second";
    terms.allocation_pence = 300;
    CHECK(wrong(terms).empty());
}

TEST_CASE("an amount is awarded only as it is published for the period and band") {
    const auto amounts = rhlgf().amounts;
    CHECK_FALSE(outside_scheme(amounts, "once", "small", 1'000'000));
    CHECK(outside_scheme(amounts, "once", "small", 2'500'000)->why == Refusal::amount_outside_scheme);
    CHECK(outside_scheme(amounts, "once", "small", 1'000'001));
    CHECK(outside_scheme(amounts, "once", "large", 1'000'000));
    CHECK(outside_scheme(amounts, "november", "small", 1'000'000));
}

TEST_CASE("a discretionary amount may lie anywhere from the least to the greatest") {
    const std::vector<SchemeAmount> ladgf{{"once", "discretionary", 250'000, 2'500'000}};
    CHECK_FALSE(outside_scheme(ladgf, "once", "discretionary", 250'000));
    CHECK_FALSE(outside_scheme(ladgf, "once", "discretionary", 2'500'000));
    CHECK(outside_scheme(ladgf, "once", "discretionary", 249'999));
    CHECK(outside_scheme(ladgf, "once", "discretionary", 2'500'001));
}

TEST_CASE("an application is taken from the day a scheme opens to the day it closes, both included") {
    const auto terms = rhlgf();
    CHECK(outside_window(terms, "once", "2020-03-10")->why == Refusal::scheme_window);
    CHECK_FALSE(outside_window(terms, "once", "2020-03-11"));
    CHECK_FALSE(outside_window(terms, "once", "2020-08-28"));
    CHECK(outside_window(terms, "once", "2020-08-29")->why == Refusal::scheme_window);
    CHECK(outside_window(terms, "twice", "2020-08-28")->why == Refusal::amount_outside_scheme);
}

TEST_CASE("a period may have a last day of its own, and a closure comes before both") {
    auto terms = rhlgf();
    terms.periods = {{"once"}, {"again", {}, {}, "2020-10-31"}};
    CHECK_FALSE(outside_window(terms, "again", "2020-10-31"));
    CHECK(outside_window(terms, "again", "2020-11-01"));
    CHECK(outside_window(terms, "once", "2020-10-31"));
    terms.closed_on = "2020-06-30";
    CHECK_FALSE(outside_window(terms, "again", "2020-06-30"));
    CHECK(outside_window(terms, "again", "2020-07-01"));
}

TEST_CASE("an application goes by the latest version that takes its day and period") {
    auto first = rhlgf(), second = rhlgf();
    first.number = 1, second.number = 2;
    second.opens_on = "2020-05-01";
    const std::vector<SchemeTerms> versions{second, first};
    CHECK(in_force(versions, "once", "2020-04-30").terms->number == 1);
    CHECK(in_force(versions, "once", "2020-05-01").terms->number == 2);
    CHECK(in_force(versions, "once", "2020-03-10").refused->detail == "The scheme opened on 2020-05-01.");
    CHECK(in_force({}, "once", "2020-05-01").refused->why == Refusal::scheme_window);
}

}  // namespace scheme_terms_test
