// Eligibility: amounts at the edges of bands, each refusal by itself, their order, and what holds for any facts.
#include "domain/grants/eligibility.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace eligibility_test {

using namespace tideover;

namespace {

SchemeTerms rhlgf() {
    SchemeTerms terms;
    terms.pays = "business";
    terms.opens_on = "2020-03-11";
    terms.closes_on = "2020-08-28";
    terms.reference_on = "2020-03-11";
    terms.uniqueness_key = "premises";
    terms.exclusion_group = "first-cohort";
    terms.required_checks = {"ratepayer", "company_status"};
    terms.exclusions = {"personal_use", "in_liquidation"};
    terms.bands = {{"small", "up_to", 1'500'000}, {"medium", "below", 5'100'000}, {"large", "unbounded"}};
    terms.periods = {{"once"}};
    terms.amounts = {{"once", "small", 1'000'000, 1'000'000}, {"once", "medium", 2'500'000, 2'500'000}};
    terms.declarations = {{"meets_criteria", 1}, {"repay_if_error", 1}};
    return terms;
}

/// A shop that RHLGF pays.
EligibilityFacts shop(std::int64_t rateable_value_pence = 1'500'000) {
    EligibilityFacts facts;
    facts.scheme = "rhlgf";
    facts.period = "once";
    facts.received_on = "2020-04-02";
    facts.party = "business";
    facts.party_id = "shopkeeper";
    facts.premises = PremisesFacts{"shop", "shopkeeper", rateable_value_pence};
    facts.declarations = {"meets_criteria", "repay_if_error"};
    facts.checks = {{"ratepayer", true}, {"company_status", true}};
    return facts;
}

/// The codes of the refusals, in their order.
std::string refusals(const Eligibility& found) {
    std::string out;
    for (const auto& refusal : found.refusals) {
        CHECK_FALSE(refusal.sentence.empty());
        CHECK(refusal.code == code_of(refusal.why));
        out += (out.empty() ? "" : " ") + std::string{refusal.code};
    }
    return out;
}

std::string refusals(const EligibilityFacts& facts) {
    return refusals(eligibility(rhlgf(), facts));
}

/// What stands in the way, one thing for each reason; each leaves the others' ways open.
struct Obstacle {
    const char* code;
    void (*put)(EligibilityFacts&);
};
const std::vector<Obstacle> obstacles{
    {"wrong_party", [](EligibilityFacts& f) { f.party = "community"; }},
    {"outside_window", [](EligibilityFacts& f) { f.received_on = "2020-08-29"; }},
    {"no_premises", [](EligibilityFacts& f) { f.premises.reset(); }},
    {"not_ratepayer",
     [](EligibilityFacts& f) {
         if (f.premises) f.premises->ratepayer_id = "landlord";
     }},
    {"not_trading", [](EligibilityFacts& f) { f.trading = false; }},
    {"excluded", [](EligibilityFacts& f) { f.circumstances.push_back("in_liquidation"); }},
    {"declaration_missing", [](EligibilityFacts& f) { f.declarations = {"meets_criteria"}; }},
    {"check_failed",
     [](EligibilityFacts& f) {
         f.checks.push_back({"company_status", false});
     }},
    {"check_outstanding",
     [](EligibilityFacts& f) {
         std::erase_if(f.checks, [](const CheckFact& check) { return check.check == "ratepayer"; });
     }},
    {"no_rateable_value",
     [](EligibilityFacts& f) {
         if (f.premises) f.premises->rateable_value_pence.reset();
     }},
    {"not_paid",
     [](EligibilityFacts& f) {
         if (f.premises && f.premises->rateable_value_pence) f.premises->rateable_value_pence = 5'100'000;
     }},
    {"already_awarded",
     [](EligibilityFacts& f) {
         f.awards.push_back({"rhlgf", "once", "first-cohort", "shop", "shopkeeper"});
     }},
    {"excluded_by_award",
     [](EligibilityFacts& f) {
         f.awards.push_back({"sbgf", "once", "first-cohort", "shop", "shopkeeper"});
     }},
};

}  // namespace

TEST_CASE("RHLGF pays £10,000 up to £15,000, £25,000 below £51,000, and nothing from £51,000 on") {
    const auto paid = [](std::int64_t rateable_value_pence) -> std::int64_t {
        const auto found = eligibility(rhlgf(), shop(rateable_value_pence));
        return found.eligible() ? found.amount->most : 0;
    };
    CHECK(paid(0) == 1'000'000);
    CHECK(paid(1'500'000) == 1'000'000);
    CHECK(paid(1'500'001) == 2'500'000);
    CHECK(paid(5'099'999) == 2'500'000);
    CHECK(paid(5'100'000) == 0);
    const auto nil = eligibility(rhlgf(), shop(5'100'000));
    CHECK(refusals(nil) == "not_paid");
    CHECK(nil.refusals[0].sentence == "For once and band large the scheme pays nothing.");
}

TEST_CASE("each reason refuses by itself, and says so in a sentence") {
    CHECK(refusals(shop()).empty());
    for (const auto& obstacle : obstacles) {
        INFO(obstacle.code);
        auto facts = shop();
        obstacle.put(facts);
        CHECK(refusals(facts) == obstacle.code);
    }
}

TEST_CASE("refusals come in one order, whatever the order in which things went wrong") {
    auto facts = shop();
    for (auto obstacle = obstacles.rbegin(); obstacle != obstacles.rend(); ++obstacle) obstacle->put(facts);
    // Without premises there is neither a ratepayer nor a rateable value, nor an award for the same premises.
    CHECK(refusals(facts) ==
          "wrong_party outside_window no_premises not_trading excluded declaration_missing check_failed "
          "check_outstanding excluded_by_award");
}

TEST_CASE("the steps say how every question was answered, those that passed as well") {
    const auto found = eligibility(rhlgf(), shop(5'099'999));
    CHECK(found.steps.size() == obstacles.size());
    for (const auto& step : found.steps) {
        INFO(step.code);
        CHECK(step.passed);
        CHECK_FALSE(step.question.empty());
        CHECK(step.finding.back() == '.');
    }
    CHECK(found.steps[9].finding == "The rateable value on 2020-03-11 was £50,999.99.");
    CHECK(found.steps[10].finding == "For once and band medium the scheme pays £25,000.");
}

TEST_CASE("a scheme that asks for no premises pays a market trader, once for each period") {
    auto terms = rhlgf();
    terms.uniqueness_key = "business";
    terms.bands.clear();
    terms.periods = {{"phase-1"}, {"phase-2"}};
    terms.amounts = {{"phase-1", "discretionary", 250'000, 2'500'000}, {"phase-2", "discretionary", 250'000, 250'000}};
    auto trader = shop();
    trader.scheme = "ladgf", trader.period = "phase-1", trader.premises.reset();
    const auto found = eligibility(terms, trader);
    REQUIRE(found.eligible());
    CHECK(found.amount->least == 250'000);
    CHECK(found.amount->most == 2'500'000);
    trader.awards = {{"ladgf", "phase-2", "", "", "shopkeeper"}, {"ladgf", "phase-1", "", "stall", "somebody"}};
    CHECK(eligibility(terms, trader).eligible());
    trader.awards.push_back({"ladgf", "phase-1", "", "", "shopkeeper"});
    CHECK(refusals(eligibility(terms, trader)) == "already_awarded");
}

TEST_CASE("where an amount goes by something other than rateable value, the assessed band picks it") {
    auto terms = rhlgf();
    terms.pays = "household";
    terms.uniqueness_key = "person";
    terms.exclusion_group.clear();
    terms.bands.clear();
    terms.amounts = {{"once", "one or two", 1, 35'000}, {"once", "larger", 1, 60'000}};
    auto family = shop();
    family.party = "household", family.premises.reset(), family.trading = false;
    CHECK(refusals(eligibility(terms, family)) == "not_paid");
    family.band = "larger";
    CHECK(eligibility(terms, family).amount->most == 60'000);
    family.band = "enormous";
    CHECK(refusals(eligibility(terms, family)) == "not_paid");
}

TEST_CASE("the latest word on a check holds") {
    auto facts = shop();
    facts.checks = {{"ratepayer", false}, {"company_status", true}, {"ratepayer", true}};
    CHECK(refusals(facts).empty());
    facts.checks.push_back({"ratepayer", false});
    CHECK(refusals(facts) == "check_failed");
}

TEST_CASE(
    "for any facts: an amount as published or a refusal, refusals in order, and the same again when asked again") {
    CHECK(rc::check([] {
        const auto terms = rhlgf();
        auto facts = shop(*rc::gen::inRange<std::int64_t>(0, 10'000'000));
        const auto put =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, obstacles.size()));
        for (const auto i : put) obstacles[i].put(facts);
        const auto found = eligibility(terms, facts), again = eligibility(terms, facts);
        RC_ASSERT(found.eligible() == found.refusals.empty());
        RC_ASSERT(found.eligible() == again.eligible());
        RC_ASSERT(found.refusals.size() == again.refusals.size());
        for (std::size_t i = 1; i < found.refusals.size(); ++i) {
            RC_ASSERT(found.refusals[i - 1].why < found.refusals[i].why);
        }
        if (found.eligible()) {
            const auto same = [&](const SchemeAmount& row) {
                return row.band == found.amount->band && row.most == found.amount->most;
            };
            RC_ASSERT(std::any_of(terms.amounts.begin(), terms.amounts.end(), same));
            RC_ASSERT(*facts.premises->rateable_value_pence < 5'100'000);
        }
    }));
}

TEST_CASE("for any facts: one more thing in the way never makes anybody eligible") {
    CHECK(rc::check([] {
        auto facts = shop(*rc::gen::inRange<std::int64_t>(0, 10'000'000));
        const auto one = *rc::gen::inRange<std::size_t>(0, obstacles.size());
        const auto other = *rc::gen::inRange<std::size_t>(0, obstacles.size());
        obstacles[one].put(facts);
        RC_ASSERT(!eligibility(rhlgf(), facts).eligible());
        obstacles[other].put(facts);
        RC_ASSERT(!eligibility(rhlgf(), facts).eligible());
    }));
}

}  // namespace eligibility_test
