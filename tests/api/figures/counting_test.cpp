// What each kind of record puts into the ledger, and when: one scenario a measure, read back from the entries.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/figures/measures.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::counting_test {
namespace {

using nlohmann::json;
using Lines = std::vector<std::string>;

/// A record's entries in their order: measure, quantity, day, cause, dimensions; `subject` is checked for each.
Lines lines_of(World& world, const json& record, const json& subject) {
    const auto id = record.at("id").get<std::string>();
    const auto of_another =
        world.sql("SELECT count(*) FROM entry WHERE record_id = '" + id + "' AND subject_id IS DISTINCT FROM " +
                  (subject.is_null() ? "NULL" : "'" + subject.get<std::string>() + "'"));
    CHECK(of_another == "0");
    const auto found =
        json::parse(world.sql("SELECT coalesce(json_agg(measure || ' ' || quantity || ' ' || happened_on || ' ' || "
                              "cause || ' ' || dims ORDER BY seq), '[]') FROM entry WHERE record_id = '" +
                              id + "'"));
    return found.get<Lines>();
}

json household(World& world) {
    return world.fresh(nouns::household, {{"ward", "Brinnington"}});
}

/// An application for a grant of that scheme, approved.
json award(World& world, const std::string& scheme, const json& who) {
    auto application = world.fresh(
        nouns::application, who.is_null() ? json{{"scheme", scheme}} : [&] {
            auto body = who;
            body["scheme"] = scheme;
            return body;
        }());
    application = world.take(nouns::application, application, "assess", {{"amount_pence", 250'000}});
    return world.take(nouns::application, application, "approve");
}

void business_grants(World& world) {
    const auto scheme = world.open_scheme().at("code").get<std::string>();
    const auto premises = world.fresh(nouns::premises, {{"ward", "Reddish North"}});
    const auto business = premises.at("business_id");
    const auto application = award(world, scheme, {{"business_id", business}, {"premises_id", premises.at("id")}});
    auto payment = world.fresh(nouns::payment, {{"award_id", application.at("award_id")}});
    const auto dims = R"({"ward": "Reddish North", "scheme": ")" + scheme + "\"}";
    CHECK(lines_of(world, application, {}) == Lines{});
    CHECK(lines_of(world, payment, business) == Lines{});
    payment = world.take(nouns::payment, payment, "settle", {{"entry_day", "2020-06-04"}});
    Lines expected{"business_grant_paid 250000 2020-06-04 event " + dims};
    CHECK(lines_of(world, payment, business) == expected);
    payment = world.take(nouns::payment, payment, "return", {{"returned_on", "2020-06-09"}});
    expected.push_back("business_grant_paid -250000 2020-06-09 event " + dims);
    CHECK(lines_of(world, payment, business) == expected);
    const auto second = world.fresh_in(nouns::payment, "settled", {{"award_id", application.at("award_id")}});
    CHECK(lines_of(world, second, business) == Lines{"business_grant_paid 250000 2020-06-01 event " + dims});
    const auto rejected = world.fresh_in(nouns::payment, "rejected");
    CHECK(lines_of(world, rejected, {}) == Lines{});
}

void community_grants(World& world) {
    const auto scheme =
        world.open_scheme({{"kind", "community"}}, {{"uniqueness_key", "business"}}).at("code").get<std::string>();
    const auto group =
        world.fresh(nouns::organisation, {{"kind", "voluntary_group"}, {"ward", "Heatons South"}}).at("id");
    const auto application =
        award(world, scheme, {{"business_id", nullptr}, {"premises_id", nullptr}, {"organisation_id", group}});
    const auto payment = world.fresh_in(nouns::payment, "returned", {{"award_id", application.at("award_id")}});
    const auto dims = R"({"ward": "Heatons South", "scheme": ")" + scheme + "\"}";
    CHECK(lines_of(world, payment, group) == Lines{"community_grant_paid 250000 2020-06-01 event " + dims,
                                                   "community_grant_paid -250000 2020-06-01 event " + dims});
}

void household_grants(World& world) {
    const auto scheme = world.open_scheme({{"kind", "household"}}, {{"uniqueness_key", "person"}}).at("code");
    const auto person = world.fresh(nouns::person, {{"ward", "Offerton"}}).at("id");
    const auto application =
        award(world, scheme, {{"business_id", nullptr}, {"premises_id", nullptr}, {"person_id", person}});
    const auto payment = world.fresh_in(nouns::payment, "returned", {{"award_id", application.at("award_id")}});
    const auto dims = R"({"ward": "Offerton", "scheme": ")" + scheme.get<std::string>() + "\"}";
    CHECK(lines_of(world, payment, person) == Lines{"household_grant_paid 250000 2020-06-01 event " + dims,
                                                    "household_grant_paid -250000 2020-06-01 event " + dims});
}

void council_tax(World& world) {
    const auto account = world.fresh(nouns::council_tax_account, {{"ward", "Edgeley"}});
    const auto fund = world.fresh(nouns::council_tax_fund, {{"financial_year", "2022/23"}});
    const auto post = [&](const std::string& kind, int pence, const std::string& day, const json& reverses = nullptr) {
        return world.fresh(nouns::council_tax_posting, {{"account_reference", account.at("account_reference")},
                                                        {"fund", fund.at("code")},
                                                        {"kind", kind},
                                                        {"basis", kind == "award" ? json("automatic") : json()},
                                                        {"amount_pence", pence},
                                                        {"effective_on", day},
                                                        {"reverses_id", reverses}});
    };
    const std::string dims =
        R"({"fund": ")" + fund.at("code").get<std::string>() + R"(", "ward": "Edgeley", "financial_year": "2022/23"})";
    const auto first = post("award", 15'000, "2020-06-01");
    const auto check = [&](const json& posting, const std::string& quantity_and_day) {
        CHECK(lines_of(world, posting, account.at("id")) ==
              Lines{"council_tax_credited " + quantity_and_day + " record " + dims});
    };
    check(first, "15000 2020-06-01");
    check(post("increase", 2'500, "2020-07-01"), "2500 2020-07-01");
    check(post("decrease", 700, "2020-08-01"), "-700 2020-08-01");
    check(post("reversal", 15'000, "2020-09-01", first.at("id")), "-15000 2020-09-01");
}

void external_funding(World& world) {
    const auto lead = world.fresh(nouns::organisation).at("id"), partner = world.fresh(nouns::organisation).at("id");
    const auto bid = world.fresh(nouns::external_funding, {{"organisation_id", lead},
                                                           {"amount_pence", 1'000'000},
                                                           {"funder", "A \"Big\" Fund"},
                                                           {"partners", {{{"organisation_id", partner}}}}});
    CHECK(lines_of(world, bid, lead) ==
          Lines{R"(external_funding_secured 1000000 2020-06-01 record {"funder": "A \"Big\" Fund"})"});
}

void ppe(World& world) {
    const auto item = world.fresh(nouns::ppe_item, {{"items_per_unit", 100}}).at("code").get<std::string>();
    const auto home = world.one("organisation").at("id");
    const auto move = [&](const std::string& kind, int units, const std::string& day, const json& issue = nullptr) {
        return world.fresh(nouns::ppe_movement,
                           {{"item", item}, {"kind", kind}, {"units", units}, {"moved_on", day}, {"issue_id", issue}});
    };
    const auto check = [&](const json& movement, const std::string& quantity_and_day) {
        CHECK(lines_of(world, movement, home) ==
              Lines{"ppe_issued " + quantity_and_day + " record {\"item\": \"" + item + "\"}"});
    };
    const auto issue = move("issue", 30, "2020-06-01");
    check(issue, "3000 2020-06-01");
    check(move("return", 4, "2020-06-20", issue.at("id")), "-400 2020-06-20");
    check(move("recall", 6, "2020-07-01", issue.at("id")), "-600 2020-07-01");
}

const std::string voucher_dims =
    R"( {"ward": "Brinnington", "channel": "email", "purpose": "holiday_food", "holiday_period": "summer-2020"})";

json voucher(World& world, const json& family) {
    return world.fresh(nouns::voucher,
                       {{"household_id", family.at("id")}, {"children", 3}, {"holiday_period", "summer-2020"}});
}

void vouchers(World& world) {
    const auto family = household(world);
    auto paper = voucher(world, family);
    CHECK(lines_of(world, paper, family.at("id")) == Lines{});
    paper = world.take(nouns::voucher, paper, "send", {{"sent_on", "2020-07-20"}});
    Lines expected{"voucher_children 3 2020-07-20 event" + voucher_dims,
                   "voucher_sent 1 2020-07-20 event" + voucher_dims};
    CHECK(lines_of(world, paper, family.at("id")) == expected);
    paper = world.take(nouns::voucher, paper, "bounce", {{"bounced_on", "2020-07-21"}});
    paper = world.take(nouns::voucher, paper, "send", {{"sent_on", "2020-07-22"}});
    CHECK(paper.at("sent_on") == "2020-07-20");
    CHECK(lines_of(world, paper, family.at("id")) == expected);
    paper = world.take(nouns::voucher, paper, "fail", {{"happened_on", "2020-07-25"}});
    expected.push_back("voucher_children -3 2020-07-25 event" + voucher_dims);
    expected.push_back("voucher_sent -1 2020-07-25 event" + voucher_dims);
    CHECK(lines_of(world, paper, family.at("id")) == expected);
}

void vouchers_not_sent(World& world) {
    const auto family = household(world);
    CHECK(lines_of(world, world.take(nouns::voucher, voucher(world, family), "cancel"), family.at("id")) == Lines{});
    auto expired = world.take(nouns::voucher, voucher(world, family), "send");
    expired = world.take(nouns::voucher, expired, "expire", {{"expired_on", "2020-09-30"}});
    CHECK(lines_of(world, expired, family.at("id")).size() == 2);
}

void vouchers_redeemed(World& world) {
    const auto family = household(world);
    auto paper = world.take(nouns::voucher, voucher(world, family), "send");
    paper = world.take(nouns::voucher, paper, "redeem", {{"redeemed_on", "2020-08-02"}});
    CHECK(lines_of(world, paper, family.at("id")).back() == "voucher_redeemed 1 2020-08-02 event" + voucher_dims);
}

void parcels(World& world) {
    const auto family = household(world);
    auto parcel = world.fresh(nouns::parcel, {{"household_id", family.at("id")}});
    parcel = world.take(nouns::parcel, parcel, "no_answer", {{"attempted_on", "2020-06-02"}});
    CHECK(lines_of(world, parcel, family.at("id")) == Lines{});
    parcel = world.take(nouns::parcel, parcel, "left_safe", {{"attempted_on", "2020-06-03"}});
    const Lines expected{
        R"(parcel_delivered 1 2020-06-03 event {"kind": "emergency", "ward": "Brinnington", "delivered_by": "world-partner"})"};
    CHECK(lines_of(world, parcel, family.at("id")) == expected);
    CHECK(lines_of(world, world.take(nouns::parcel, parcel, "replace"), family.at("id")) == expected);
    CHECK(lines_of(world, world.fresh_in(nouns::parcel, "failed"), {}) == Lines{});
}

void food_shops(World& world) {
    const auto family = household(world);
    auto shop =
        world.fresh(nouns::food_shop, {{"household_id", family.at("id")}, {"vulnerability_basis", "shielding"}});
    CHECK(lines_of(world, shop, family.at("id")) == Lines{});
    shop = world.take(nouns::food_shop, shop, "complete", {{"completed_on", "2020-06-05"}});
    CHECK(
        lines_of(world, shop, family.at("id")) ==
        Lines{R"(food_shop_provided 1 2020-06-05 event {"ward": "Brinnington", "vulnerability_basis": "shielding"})"});
    CHECK(lines_of(world, world.fresh_in(nouns::food_shop, "failed"), {}) == Lines{});
}

void calls_received(World& world) {
    const auto person = world.fresh(nouns::person).at("id");
    const auto call = world.fresh(
        nouns::call, {{"person_id", person}, {"purpose", "help_request"}, {"started_at", "2020-06-30T23:30:00Z"}});
    CHECK(
        lines_of(world, call, person) ==
        Lines{
            R"(call_received 1 2020-07-01 record {"line": "coronavirus", "purpose": "help_request", "answered": true, "counterparty": "resident"})"});
    const auto abandoned = world.fresh(nouns::call, {{"outcome", "abandoned"}, {"started_at", "2020-12-31T23:30:00Z"}});
    CHECK(
        lines_of(world, abandoned, {}) ==
        Lines{
            R"(call_received 1 2020-12-31 record {"line": "coronavirus", "answered": false, "counterparty": "resident"})"});
}

void calls_made(World& world) {
    const auto call = world.fresh(nouns::call, {{"direction", "outbound"},
                                                {"purpose", "welfare"},
                                                {"vulnerability_basis", "vulnerable"},
                                                {"outcome", "voicemail"}});
    CHECK(
        lines_of(world, call, {}) ==
        Lines{
            R"(call_made 1 2020-06-01 record {"line": "coronavirus", "purpose": "welfare", "answered": false, "counterparty": "resident", "vulnerability_basis": "vulnerable"})"});
}

void devices(World& world) {
    const auto school = world.fresh(nouns::organisation).at("id");
    auto device = world.fresh(nouns::device, {{"kind", "laptop"}, {"organisation_id", school}});
    const std::string dims = R"({"kind": "laptop", "source": "dfe", "holder_kind": "school_pupil"})";
    Lines expected{"device_distributed 1 2020-06-01 record " + dims};
    CHECK(lines_of(world, device, school) == expected);
    device = world.take(nouns::device, device, "hand_on", {{"handed_on_on", "2020-06-08"}});
    expected.push_back("device_handed_on 1 2020-06-08 event " + dims);
    CHECK(lines_of(world, device, school) == expected);
    device = world.take(nouns::device, device, "return", {{"returned_on", "2020-12-18"}});
    CHECK(lines_of(world, device, school) == expected);
}

void mutual_aid(World& world) {
    auto group = world.fresh(nouns::mutual_aid_group, {{"established_on", "2020-03-20"}, {"ward", "Marple North"}});
    CHECK(lines_of(world, group, group.at("id")) == Lines{});
    group = world.take(nouns::mutual_aid_group, group, "confirm", {{"confirmed_on", "2020-05-01"}});
    const Lines expected{R"(mutual_aid_group_established 1 2020-03-20 event {"ward": "Marple North"})"};
    CHECK(lines_of(world, group, group.at("id")) == expected);
    CHECK(lines_of(world, world.take(nouns::mutual_aid_group, group, "close"), group.at("id")) == expected);
}

void volunteers(World& world) {
    const auto person = world.fresh(nouns::person, {{"ward", "Offerton"}}).at("id");
    auto volunteer = world.fresh(nouns::volunteer, {{"person_id", person}});
    const Lines expected{R"(volunteer_registered 1 2020-06-01 record {"ward": "Offerton"})"};
    CHECK(lines_of(world, volunteer, person) == expected);
    CHECK(lines_of(world, world.take(nouns::volunteer, volunteer, "leave"), person) == expected);
}

struct Scenario {
    std::string_view measure;
    void (*tell)(World&);
};
constexpr auto scenarios = std::to_array<Scenario>({
    {"business_grant_paid", business_grants},
    {"community_grant_paid", community_grants},
    {"household_grant_paid", household_grants},
    {"council_tax_credited", council_tax},
    {"external_funding_secured", external_funding},
    {"ppe_issued", ppe},
    {"voucher_sent", vouchers},
    {"voucher_sent", vouchers_not_sent},
    {"voucher_children", vouchers},
    {"voucher_redeemed", vouchers_redeemed},
    {"parcel_delivered", parcels},
    {"food_shop_provided", food_shops},
    {"call_received", calls_received},
    {"call_made", calls_made},
    {"device_distributed", devices},
    {"device_handed_on", devices},
    {"mutual_aid_group_established", mutual_aid},
    {"volunteer_registered", volunteers},
});

}  // namespace

TEST_CASE("each record counts as its measure says, on the day it says, once") {
    auto& world = shared_world();
    for (const auto& measure : measures) {
        INFO(measure.code << ": " << measure.rule);
        const auto told = std::count_if(scenarios.begin(), scenarios.end(),
                                        [&](const Scenario& s) { return s.measure == measure.code; });
        CHECK_MESSAGE(told > 0, "No scenario of tests/api/figures/counting_test.cpp tells of this measure.");
    }
    for (const auto& scenario : scenarios) {
        INFO(scenario.measure);
        scenario.tell(world);
    }
}

TEST_CASE("an entry has the dimensions of its measure and no others, and names who recorded it in which request") {
    auto& world = shared_world();
    for (const auto& scenario : scenarios) scenario.tell(world);
    for (const auto& measure : measures) {
        INFO(measure.code);
        std::string known = "''";
        for (const auto name : measure.dimensions) known += ", '" + std::string{name} + "'";
        CHECK(world.sql("SELECT string_agg(DISTINCT k, ' ') FROM entry, jsonb_object_keys(dims) k WHERE measure = '" +
                        std::string{measure.code} + "' AND k NOT IN (" + known + ")") == "");
        CHECK(world.sql("SELECT count(*) > 0 FROM entry WHERE measure = '" + std::string{measure.code} + "'") == "t");
    }
    CHECK(
        world.sql(
            "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT FROM audit a WHERE a.authority_id = e.authority_id "
            "AND a.request_id = e.request_id AND a.record_id = e.record_id AND a.actor = e.actor)") == "0");
}

TEST_CASE("a joint bid has the funder's reference, and so counts once") {
    auto& world = shared_world();
    auto body = world.body(nouns::external_funding);
    body["partners"] = {{{"organisation_id", world.one("organisation").at("id")}}};
    body.erase("bid_reference");
    auto answer = world.post(Role::grants_officer, "/v1/external-funding", body.dump());
    CHECK(fault_at(answer, "/bid_reference") == "required");
    body["bid_reference"] = "JOINT-1";
    CHECK(outcome(world.post(Role::grants_officer, "/v1/external-funding", body.dump())) == "201");
    body["organisation_id"] = world.fresh(nouns::organisation).at("id");
    CHECK(outcome(world.post(Role::grants_officer, "/v1/external-funding", body.dump())).starts_with("409"));
}

}  // namespace tideover::testing::counting_test
