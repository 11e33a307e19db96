// What records that name each other have in common holds when they are recorded and when either is corrected.
#include <doctest/doctest.h>

#include <functional>

#include "domain/aid/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::agreement_test {
namespace {

using nlohmann::json;

json read(World& world, Role role, const std::string& path, const json& id) {
    return world.get(role, "/v1/" + path + "/" + id.get<std::string>()).json();
}

/// Nothing is stored, and the fault stands at the field.
void refused_at(World& world, const std::string& pointer, const std::string& code,
                const std::function<Answer()>& attempt) {
    const auto before = world.stored();
    const auto answer = attempt();
    INFO(answer.body);
    CHECK(outcome(answer) == "422 invalid-fields");
    CHECK(fault_at(answer, pointer) == code);
    CHECK(world.stored() == before);
}

json moved(const std::string& kind, const json& more) {
    json out{{"kind", kind}, {"moved_on", "2020-06-10"}};
    out.update(more);
    return out;
}

}  // namespace

TEST_CASE("a payment follows its award and an award its application, whichever of the days is corrected") {
    auto& world = shared_world();
    auto award = world.fresh(nouns::award);
    award = world.correct(nouns::award, award, {{"awarded_on", "2020-06-03"}}).json();
    CHECK(award.at("awarded_on") == "2020-06-03");
    const auto payment = world.fresh(nouns::payment, {{"award_id", award.at("id")}, {"instructed_on", "2020-06-05"}});
    refused_at(world, "/changes/instructed_on", "too_early", [&] {
        return world.correct(nouns::payment, payment, {{"instructed_on", "2020-06-02"}});
    });
    refused_at(world, "/changes/awarded_on", "too_late", [&] {
        return world.correct(nouns::award, award, {{"awarded_on", "2020-06-06"}});
    });
    refused_at(world, "/changes/awarded_on", "too_early", [&] {
        return world.correct(nouns::award, award, {{"awarded_on", "2020-05-30"}});
    });
    const auto detail = world.correct(nouns::award, award, {{"awarded_on", "2020-06-06"}}).body;
    CHECK(detail.find(payment.at("reference").get<std::string>()) != std::string::npos);
    CHECK(outcome(world.correct(nouns::award, award, {{"awarded_on", "2020-06-05"}})) == "200");
}

TEST_CASE("an award is not cancelled before it was made, and is made void only when it is cancelled") {
    auto& world = shared_world();
    auto award = world.fresh(nouns::award);
    CHECK(outcome(world.attempt(nouns::award, award, "cancel", {{"cancelled_on", "2020-05-30"}})) == "422 too-early");
    CHECK(outcome(world.make_void(nouns::award, award)) == "409 wrong-state");
    award = world.take(nouns::award, award, "cancel", {{"cancelled_on", "2020-06-20"}});
    refused_at(world, "/changes/cancelled_on", "too_early", [&] {
        return world.correct(nouns::award, award, {{"cancelled_on", "2020-05-30"}});
    });
    award = world.correct(nouns::award, award, {{"cancelled_on", "2020-06-19"}}).json();
    CHECK(award.at("cancelled_on") == "2020-06-19");
    CHECK(outcome(world.make_void(nouns::award, award)) == "200");
}

TEST_CASE("a posting and its reversal stay of one account, fund and amount, and in order") {
    auto& world = shared_world();
    const auto award =
        world.fresh(nouns::council_tax_posting, {{"amount_pence", 15'000}, {"effective_on", "2020-06-10"}});
    const json wanted{{"kind", "reversal"},
                      {"basis", nullptr},
                      {"amount_pence", 15'000},
                      {"reverses_id", award.at("id")},
                      {"effective_on", "2020-06-15"}};
    const auto record = [&](const json& more) {
        auto body = world.body(nouns::council_tax_posting);
        body.update(wanted), body.update(more);
        return world.post(Role::finance, "/v1/council-tax-postings", body.dump());
    };
    world.fresh(nouns::council_tax_account, {{"account_reference", "agree-1"}});
    refused_at(world, "/account_reference", "not_the_same", [&] { return record({{"account_reference", "agree-1"}}); });
    const auto other = world.fresh(nouns::council_tax_fund).at("code");
    refused_at(world, "/fund", "not_the_same", [&] { return record({{"fund", other}}); });
    refused_at(world, "/amount_pence", "not_the_same", [&] { return record({{"amount_pence", 14'999}}); });
    refused_at(world, "/effective_on", "too_early", [&] { return record({{"effective_on", "2020-06-09"}}); });
    const auto reversal = record(json::object());
    REQUIRE(outcome(reversal) == "201");
    refused_at(world, "/changes/effective_on", "too_late", [&] {
        return world.correct(nouns::council_tax_posting, award, {{"effective_on", "2020-06-16"}});
    });
    refused_at(world, "/changes/effective_on", "too_early", [&] {
        return world.correct(nouns::council_tax_posting, reversal.json(), {{"effective_on", "2020-06-09"}});
    });
    refused_at(world, "/changes/fund", "not_the_same", [&] {
        return world.correct(nouns::council_tax_posting, award, {{"fund", other}});
    });
}

TEST_CASE("a return follows its issue, is of the same item, and by whom it was issued to") {
    auto& world = shared_world();
    const auto issue = world.fresh(nouns::ppe_movement, moved("issue", {{"units", 5}}));
    const auto other = world.fresh(nouns::organisation).at("id");
    const auto record = [&](const json& more) {
        auto body = world.body(nouns::ppe_movement);
        body.update(moved("return", {{"units", 1}, {"issue_id", issue.at("id")}})), body.update(more);
        return world.post(Role::partner, "/v1/ppe-movements", body.dump());
    };
    refused_at(world, "/moved_on", "too_early", [&] { return record({{"moved_on", "2020-06-09"}}); });
    refused_at(world, "/organisation_id", "not_the_same", [&] { return record({{"organisation_id", other}}); });
    const auto back = record(json::object());
    REQUIRE(outcome(back) == "201");
    const auto now = read(world, Role::helpline, "ppe-movements", issue.at("id"));
    refused_at(world, "/changes/moved_on", "too_late", [&] {
        return world.correct(nouns::ppe_movement, now, {{"moved_on", "2020-06-11"}});
    });
    refused_at(world, "/changes/organisation_id", "not_the_same", [&] {
        return world.correct(nouns::ppe_movement, now, {{"organisation_id", other}});
    });
    refused_at(world, "/changes/moved_on", "too_early", [&] {
        return world.correct(nouns::ppe_movement, back.json(), {{"moved_on", "2020-06-09"}});
    });
}

TEST_CASE("a version is not closed before an application that it took") {
    auto& world = shared_world();
    const auto scheme = world.open_scheme();
    const auto application =
        world.fresh(nouns::application, {{"scheme", scheme.at("code")}, {"received_on", "2020-06-20"}});
    const auto version = read(world, Role::admin, "scheme-versions", application.at("scheme_version_id"));
    const auto before = world.stored();
    const auto answer = world.attempt(nouns::scheme_version, version, "close", {{"closed_on", "2020-06-19"}});
    CHECK(outcome(answer) == "422 too-early");
    CHECK(answer.body.find(application.at("reference").get<std::string>()) != std::string::npos);
    CHECK(world.stored() == before);
    CHECK(outcome(world.attempt(nouns::scheme_version, version, "close", {{"closed_on", "2020-06-20"}})) == "200");
}

TEST_CASE("a correction of one field moves no other: what was copied when it was recorded stays") {
    auto& world = shared_world();
    const auto household = world.fresh(nouns::household, {{"ward", "Edgeley"}});
    world.fresh(nouns::organisation, {{"code", "copied-school"}});
    for (const auto* noun : {&nouns::voucher, &nouns::parcel, &nouns::food_shop}) {
        INFO(noun->name);
        const auto record = world.fresh(*noun, {{"household_id", household.at("id")}});
        CHECK(record.at("ward") == "Edgeley");
        const auto here = read(world, Role::helpline, "households", household.at("id"));
        REQUIRE(outcome(world.correct(nouns::household, here, {{"ward", "Marple South"}})) == "200");
        const auto field = noun->name == "voucher" ? "school" : noun->name == "parcel" ? "delivered_by" : "done_by";
        const auto* route = correcting(*noun);
        const json body{{"reason", "another school"}, {"changes", {{field, "copied-school"}}}};
        const auto answer = world.post(one_of(route->roles), target_of(*route, record.at("id")), body.dump(), "\"1\"");
        REQUIRE(outcome(answer) == "200");
        CHECK(answer.json().at(field) == "copied-school");
        CHECK(answer.json().at("ward") == "Edgeley");
        const auto there = read(world, Role::helpline, "households", household.at("id"));
        REQUIRE(outcome(world.correct(nouns::household, there, {{"ward", "Edgeley"}})) == "200");
    }
    // A reversal counts where the posting counted, whatever the account's ward is today.
    const auto account =
        world.fresh(nouns::council_tax_account, {{"account_reference", "copied-1"}, {"ward", "Edgeley"}});
    const auto posting = world.fresh(nouns::council_tax_posting, {{"account_reference", "copied-1"}});
    REQUIRE(outcome(world.correct(nouns::council_tax_account, account, {{"ward", "Marple South"}})) == "200");
    const auto reversal = world.fresh(nouns::council_tax_posting, {{"account_reference", "copied-1"},
                                                                   {"kind", "reversal"},
                                                                   {"basis", nullptr},
                                                                   {"reverses_id", posting.at("id")}});
    CHECK(reversal.at("ward") == "Edgeley");
}

TEST_CASE("whoever last said each part of the bank details is kept beside it") {
    auto& world = shared_world();
    auto application = world.fresh(nouns::application);
    const auto as = [&](const std::string& staff, const json& payee) {
        const auto answer = world.post(
            Role::everyone, "/v1/applications/" + application.at("id").get<std::string>() + "/corrections",
            json{{"reason", "as on the letter"}, {"changes", {{"payee", payee}}}}.dump(), etag_of(application),
            {{"Authorization", "Bearer " + world.service().token("grants_officer", staff)}});
        REQUIRE(outcome(answer) == "200");
        application = answer.json();
    };
    const auto who = [&](const std::string& part) {
        return world.sql("SELECT s.key FROM application a JOIN staff s ON s.id = a.payee_" + part +
                         "_by WHERE a.id = '" + application.at("id").get<std::string>() + "'");
    };
    const auto recorder = who("name");
    CHECK(who("sort_code") == recorder);
    as("giver-f", {{"account_number", "66374958"}});
    as("giver-g", {{"name", "Bramhall Bakes Limited"}, {"account_number", "66374958"}});
    CHECK(who("account_number") == "giver-f");
    CHECK(who("name") == "giver-g");
    CHECK(who("sort_code") == recorder);
}

}  // namespace tideover::testing::agreement_test
