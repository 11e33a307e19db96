// Deciding on applications: two different people.
#include <doctest/doctest.h>

#include <stdexcept>

#include "domain/grants/nouns.hpp"

namespace application_test {

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
    application.set(by_name("assessed_by"), std::move(staff));
    application.set(by_name("recommendation"), std::move(recommendation));
    return application;
}

Decision decide(const Record& before, std::string verdict, std::string_view staff) {
    const auto& s = step(nouns::application, "decisions");
    Record body{s.fields};
    body.set(by_name("decision"), std::move(verdict));
    return s.decide(before, before, body, {staff});
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
    CHECK(decide(assessed_by("ann", "award"), "approve", "ben").value().text(by_name("decided_by")) == "ben");
}

}  // namespace application_test
