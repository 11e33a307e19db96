// Deciding on applications: windows, amounts, and two different people.
#include "domain/application.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "domain/nouns.hpp"

using namespace tideover;

namespace {

const Step& step(const Noun& noun, std::string_view path) {
    for (const auto& s : noun.steps) {
        if (s.path == path) return s;
    }
    throw std::logic_error("no such step");
}

Record assessed_by(std::string staff, std::string recommendation) {
    Record application{nouns::application.fields};
    application.state = "assessed";
    application.set("assessed_by", std::move(staff));
    application.set("recommendation", std::move(recommendation));
    return application;
}

Decision decide(const Record& before, std::string verdict, std::string_view staff) {
    const auto& s = step(nouns::application, "decisions");
    Record body{s.fields};
    body.set("decision", std::move(verdict));
    return s.decide(before, before, body, {staff, "2020-05-01"});
}

}  // namespace

TEST_CASE("whoever assessed an application may not decide it, neither way") {
    for (const auto* verdict : {"approve", "refuse"}) {
        const auto decision = decide(assessed_by("ann", "award"), verdict, "ann");
        REQUIRE_FALSE(decision.ok());
        CHECK(decision.reason().why == Refusal::own_assessment);
    }
    CHECK(decide(assessed_by("ann", "award"), "approve", "ben").ok());
}

TEST_CASE("own assessment goes before a missing recommendation, so that the reason is always the same") {
    const auto decision = decide(assessed_by("ann", "refuse"), "approve", "ann");
    CHECK(decision.reason().why == Refusal::own_assessment);
}

TEST_CASE("what was assessed as a refusal cannot be approved, only refused or assessed again") {
    CHECK(decide(assessed_by("ann", "refuse"), "approve", "ben").reason().why == Refusal::not_recommended);
    CHECK(decide(assessed_by("ann", "refuse"), "refuse", "ben").ok());
}

TEST_CASE("the decision keeps who decided") {
    CHECK(decide(assessed_by("ann", "award"), "approve", "ben").value().text("decided_by") == "ben");
}

TEST_CASE("an amount is awarded only as the scheme publishes it for the period and band") {
    const std::vector<SchemeAmount> rhlgf{{"once", "small", 1'000'000, 1'000'000},
                                          {"once", "medium", 2'500'000, 2'500'000}};
    CHECK_FALSE(outside_scheme(rhlgf, "once", "small", 1'000'000));
    CHECK(outside_scheme(rhlgf, "once", "small", 2'500'000)->why == Refusal::amount_outside_scheme);
    CHECK(outside_scheme(rhlgf, "once", "small", 1'000'001));
    CHECK(outside_scheme(rhlgf, "once", "large", 1'000'000));
    CHECK(outside_scheme(rhlgf, "november", "small", 1'000'000));
}

TEST_CASE("a discretionary amount may lie anywhere from the least to the greatest") {
    const std::vector<SchemeAmount> ladgf{{"once", "discretionary", 250'000, 2'500'000}};
    CHECK_FALSE(outside_scheme(ladgf, "once", "discretionary", 250'000));
    CHECK_FALSE(outside_scheme(ladgf, "once", "discretionary", 2'500'000));
    CHECK(outside_scheme(ladgf, "once", "discretionary", 249'999));
    CHECK(outside_scheme(ladgf, "once", "discretionary", 2'500'001));
}

TEST_CASE("an application is taken from the day a scheme opens to the day it closes, both included") {
    Record scheme{nouns::scheme.fields};
    scheme.set("kind", "business");
    scheme.set("opens_on", "2020-03-11");
    scheme.set("closes_on", "2020-08-28");
    Record application{nouns::application.fields};
    application.set("business_id", "x");
    const auto refused_on = [&](const char* day) {
        application.set("received_on", day);
        return outside_window(scheme, application).has_value();
    };
    CHECK(refused_on("2020-03-10"));
    CHECK_FALSE(refused_on("2020-03-11"));
    CHECK_FALSE(refused_on("2020-08-28"));
    CHECK(refused_on("2020-08-29"));
    scheme.set("kind", "community");
    application.set("received_on", "2020-04-01");
    CHECK(outside_window(scheme, application)->why == Refusal::scheme_kind);
}
