// A refusal about another record names it, for those who may see it.
#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::related_test {
namespace {

using nlohmann::json;

/// The references of the records that an answer names, after the problem's name.
std::string named(World& world, Role role, const Answer& answer) {
    auto out = outcome(answer);
    const auto problem = answer.json();
    if (!problem.contains("related")) return out;
    for (const auto& one : problem.at("related")) {
        out += " " + one.at("kind").get<std::string>() + " " + one.at("reference").get<std::string>();
        CHECK(world.get(role, one.at("href").get<std::string>()).json().at("id") == one.at("id"));
    }
    return out;
}

std::string text(const json& record, const char* field = "reference") {
    return record.at(field).get<std::string>();
}

}  // namespace

TEST_CASE("who records something twice is led to the record that is there") {
    auto& world = shared_world();
    const auto role = Role::helpline;
    const auto again = [&](const char* path, const json& body) {
        return named(world, role, world.post(role, path, body.dump()));
    };
    const auto group = world.fresh(nouns::organisation, {{"code", "named-in-the-way"}});
    CHECK(again("/v1/organisations", {{"name", "Another"}, {"kind", "other"}, {"code", "Named in the way"}}) ==
          "409 already-recorded organisation " + text(group));
    const json company{{{"kind", "company_number"}, {"value", "0712 3456"}}};
    const auto business = world.fresh(nouns::business, {{"identifiers", company}});
    CHECK(again("/v1/businesses", {{"name", "Another"},
                                   {"legal_form", "company"},
                                   {"identifiers", {{{"kind", "company_number"}, {"value", "7123456"}}}}}) ==
          "409 duplicate-identifier business " + text(business));
    auto body = world.lawful(*creating(nouns::device));
    const auto device = world.fresh(nouns::device, {{"asset_tag", "IN-THE-WAY-1"}});
    body.body["asset_tag"] = "in the way 1";
    CHECK(named(world, body.role, world.send(body)) == "409 already-recorded device " + text(device));
    const auto other = world.fresh(nouns::business);
    CHECK(named(world, Role::grants_officer,
                world.post(Role::grants_officer, "/v1/businesses/" + text(other, "id") + "/corrections",
                           json{{"reason", "as on the register"}, {"changes", {{"identifiers", company}}}}.dump(),
                           etag_of(other))) == "409 duplicate-identifier business " + text(business));
}

TEST_CASE("who would award, pay, cancel, reverse or merge twice is led to what stands") {
    auto& world = shared_world();
    const auto approved = world.fresh_in(nouns::application, "approved");
    const auto award = world.get(Role::grants_officer, "/v1/awards/" + text(approved, "award_id")).json();
    auto twin = world.fresh_in(nouns::application, "assessed",
                               {{"scheme", approved.at("scheme")},
                                {"business_id", approved.at("business_id")},
                                {"premises_id", approved.at("premises_id")}});
    CHECK(named(world, Role::grants_officer, world.attempt(nouns::application, twin, "approve")) ==
          "409 already-awarded award " + text(award));
    const auto payment = world.fresh(nouns::payment, {{"award_id", award.at("id")}});
    auto twice = world.lawful(*creating(nouns::payment));
    twice.body["award_id"] = award.at("id");
    CHECK(named(world, twice.role, world.send(twice)) == "409 already-paid payment " + text(payment));
    CHECK(named(world, Role::grants_officer, world.attempt(nouns::award, award, "cancel")) ==
          "409 already-paid payment " + text(payment));
    auto credit = world.lawful(*creating(nouns::council_tax_posting));
    const auto posting = world.send(credit).json();
    const auto reversal = [&] {
        auto out = credit.body;
        out.erase("basis");
        out.update(
            {{"kind", "reversal"}, {"reverses_id", posting.at("id")}, {"effective_on", posting.at("effective_on")}});
        return world.post(Role::finance, "/v1/council-tax-postings", out.dump());
    };
    const auto first = reversal();
    INFO(first.body);
    REQUIRE(outcome(first) == "201");
    CHECK(named(world, Role::finance, reversal()) == "409 already-reversed council_tax_posting " + text(first.json()));
    const auto from = world.fresh(nouns::household), into = world.fresh(nouns::household);
    const json merge{
        {"kind", "household"}, {"from_id", from.at("id")}, {"into_id", into.at("id")}, {"reason", "one door"}};
    REQUIRE(outcome(world.post(Role::helpline, "/v1/merges", merge.dump())) == "201");
    CHECK(named(world, Role::helpline, world.post(Role::helpline, "/v1/merges", merge.dump())) ==
          "409 already-merged household " + text(into));
}

TEST_CASE("work that leans on a record is named to those alone who may see it") {
    auto& world = shared_world();
    const auto household = world.fresh(nouns::household);
    const auto recorded = world.post(
        Role::helpline, "/v1/persons",
        json{{"name", "Not For Everyone"}, {"restricted", true}, {"household_id", household.at("id")}}.dump());
    REQUIRE(outcome(recorded) == "201");
    const auto parcel = world.fresh(nouns::parcel, {{"household_id", household.at("id")}});
    const auto path = "/v1/households/" + text(household, "id") + "/corrections";
    const auto body = json{{"reason", "recorded twice"}, {"void", true}}.dump();
    CHECK(named(world, Role::helpline, world.post(Role::helpline, path, body, etag_of(household))) ==
          "409 in-use parcel " + text(parcel) + " person " + text(recorded.json()));
    const Headers stranger{{"Authorization", "Bearer " + world.service().token("helpline", "a stranger here")}};
    CHECK(named(world, Role::helpline, world.post(Role::helpline, path, body, etag_of(household), stranger)) ==
          "409 in-use parcel " + text(parcel));
    // Grants officers read neither persons nor parcels.
    CHECK(named(world, Role::grants_officer, world.post(Role::grants_officer, path, body, etag_of(household))) ==
          "409 in-use");
}

}  // namespace tideover::testing::related_test
