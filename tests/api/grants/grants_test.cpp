// From an application to money at the bank: two people, an allocation that is never overspent, one live award and one
// live payment.
#include <doctest/doctest.h>

#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::grants_test {
namespace {

using nlohmann::json;

struct Scheme {
    World& world;
    json row;

    explicit Scheme(World& w, const json& terms = json::object()) : world(w), row(w.open_scheme({}, terms)) {}

    [[nodiscard]] std::string committed() const {
        return world.sql("SELECT committed_pence FROM scheme WHERE id = '" + row.at("id").get<std::string>() + "'");
    }
    [[nodiscard]] json application(const json& more = json::object()) const {
        json body{{"scheme", row.at("code")}};
        body.update(more);
        return world.fresh(nouns::application, body);
    }
    [[nodiscard]] json assessed(int pence, const json& more = json::object()) const {
        return world.take(nouns::application, application(more), "assess", {{"amount_pence", pence}});
    }
    [[nodiscard]] json approved(int pence, const json& more = json::object()) const {
        return world.take(nouns::application, assessed(pence, more), "approve");
    }
    [[nodiscard]] json award(int pence) const {
        const auto id = approved(pence).at("award_id").get<std::string>();
        return world.get(Role::finance, "/v1/awards/" + id).json();
    }
};

std::string state_of(World& world, std::string_view table, const json& record) {
    return world.sql("SELECT state FROM " + std::string{table} + " WHERE id = '" + record.at("id").get<std::string>() +
                     "'");
}

Answer pay(World& world, const json& award_id, const json& more = json::object()) {
    auto body = json{{"award_id", award_id}, {"instructed_on", World::past_day}};
    body.merge_patch(more);
    return world.post(Role::finance, "/v1/payments", body.dump());
}

Answer as(World& world, const std::string& role, const std::string& staff, const json& application,
          const std::string& step, const json& body) {
    const auto target = "/v1/applications/" + application.at("id").get<std::string>() + "/" + step;
    return world.post(Role::everyone, target, body.dump(), etag_of(application),
                      {{"Authorization", "Bearer " + world.service().token(role, staff)}});
}

const json assessment{{"recommendation", "award"}, {"band", "any"}, {"amount_pence", 10'000}, {"reason", "eligible"}};
const json approval{{"decision", "approve"}, {"decided_on", World::past_day}, {"reason", "eligible"}};
const json refusal{{"decision", "refuse"}, {"decided_on", World::past_day}, {"reason", "not_trading"}};

}  // namespace

TEST_CASE("an application is assessed by one person and decided by another, and the approval makes the award") {
    auto& world = shared_world();
    const Scheme scheme{world, {{"allocation_pence", 100'000}}};
    auto application = scheme.application({{"requested_pence", 12'000}});
    application = as(world, "grants_officer", "olive", application, "assessments", assessment).json();
    CHECK(application.at("state") == "assessed");
    CHECK(application.at("amount_pence") == 10'000);
    CHECK(scheme.committed() == "0");
    const auto answer = as(world, "grants_approver", "anna", application, "decisions", approval);
    REQUIRE(outcome(answer) == "200");
    const auto decided = answer.json();
    CHECK(decided.at("state") == "approved");
    CHECK(decided.at("assessed_by") != decided.at("decided_by"));
    CHECK(scheme.committed() == "10000");
    const auto award =
        world.get(Role::grants_officer, "/v1/awards/" + decided.at("award_id").get<std::string>()).json();
    for (const auto* same : {"business_id", "premises_id", "period", "band", "scheme", "amount_pence"}) {
        INFO(std::string{same});
        CHECK(award.at(same) == decided.at(same));
    }
    CHECK(award.at("state") == "awarded");
    CHECK(award.at("awarded_on") == World::past_day);
    CHECK(award.at("application_id") == decided.at("id"));
    CHECK(world.sql("SELECT count(*) FROM award WHERE application_id = '" + decided.at("id").get<std::string>() +
                    "'") == "1");
    CHECK(world.sql("SELECT count(*) FROM application_assessment WHERE application_id = '" +
                    decided.at("id").get<std::string>() + "'") == "1");
    CHECK(world.sql("SELECT decision FROM application_decision WHERE application_id = '" +
                    decided.at("id").get<std::string>() + "'") == "approve");
}

TEST_CASE("whoever assessed an application may not decide it, also not through another login of theirs") {
    auto& world = shared_world();
    const Scheme scheme{world};
    for (const auto& [assessor, decider] : {std::pair<std::string, std::string>{"grants_officer", "grants_approver"},
                                            {"grants_approver", "grants_approver"}}) {
        auto application = scheme.application();
        application = as(world, assessor, "one-and-the-same", application, "assessments", assessment).json();
        static_cast<void>(world.service().token(decider, "one-and-the-same"));
        const auto before = world.stored();
        for (const auto& decision : {approval, refusal}) {
            const auto answer = as(world, decider, "one-and-the-same", application, "decisions", decision);
            CHECK(outcome(answer) == "422 own-assessment");
        }
        CHECK(world.stored() == before);
        CHECK(state_of(world, "application", application) == "assessed");
        CHECK(outcome(as(world, decider, "somebody-else", application, "decisions", approval)) == "200");
    }
    CHECK(world.sql("SELECT count(DISTINCT t.id) FROM api_token t JOIN staff s ON s.authority_id = t.authority_id AND "
                    "s.id = t.staff_id "
                    "WHERE s.key = 'one-and-the-same'") == "2");
}

TEST_CASE("whoever said last where the money goes neither approves nor pays, whatever login they use") {
    auto& world = shared_world();
    const Scheme scheme{world};
    const json payee{{"name", "Bramhall Bakes Ltd"}, {"sort_code", "089999"}, {"account_number", "66374958"}};
    const auto correct = [&](const json& application, const std::string& staff, const json& changes) {
        const auto answer = as(world, "grants_officer", staff, application, "corrections",
                               {{"reason", "As on the bank's letter."}, {"changes", changes}});
        REQUIRE(outcome(answer) == "200");
        return answer.json();
    };
    auto application = correct(scheme.assessed(10'000), "payee-editor", {{"payee", payee}});
    static_cast<void>(world.service().token("grants_approver", "payee-editor"));
    auto before = world.stored();
    CHECK(outcome(as(world, "grants_approver", "payee-editor", application, "decisions", approval)) ==
          "422 own-bank-details");
    CHECK(world.stored() == before);

    // A correction of something else does not make somebody their editor, and does not clear who is.
    application = correct(application, "note-editor", {{"note", "rang back"}});
    CHECK(outcome(as(world, "grants_approver", "payee-editor", application, "decisions", approval)) ==
          "422 own-bank-details");
    application = as(world, "grants_approver", "note-editor", application, "decisions", approval).json();
    REQUIRE(application.at("state") == "approved");

    application = correct(application, "late-editor", {{"payee", {{"account_number", "66374959"}}}});
    const json payment{{"award_id", application.at("award_id")}, {"instructed_on", World::past_day}};
    const auto pay_as = [&](const std::string& staff) {
        return world.post(Role::everyone, "/v1/payments", payment.dump(), {},
                          {{"Authorization", "Bearer " + world.service().token("finance", staff)}});
    };
    before = world.sql("SELECT count(*) FROM payment");
    CHECK(outcome(pay_as("late-editor")) == "422 own-bank-details");
    CHECK(world.sql("SELECT count(*) FROM payment") == before);
    // Of name, sort code and account number each has its own last giver: the colleague who mends one digit clears
    // nobody.
    CHECK(outcome(pay_as("payee-editor")) == "422 own-bank-details");
    CHECK(world.sql("SELECT count(*) FROM payment") == before);
    CHECK(outcome(pay_as("note-editor")) == "201");
}

TEST_CASE("an application whose award stands is not voided, and stays the one that was decided") {
    auto& world = shared_world();
    const Scheme scheme{world};
    const auto approved = scheme.approved(10'000);
    const auto other = world.fresh(nouns::business).at("id");
    const auto before = world.stored();
    CHECK(outcome(world.make_void(nouns::application, approved)) == "409 in-use");
    CHECK(outcome(world.correct(nouns::application, approved, {{"received_on", "2020-05-30"}})) == "409 wrong-state");
    CHECK(outcome(world.correct(nouns::application, approved, {{"business_id", other}})) == "409 wrong-state");
    CHECK(world.stored() == before);
    const auto award = world.get(Role::finance, "/v1/awards/" + approved.at("award_id").get<std::string>()).json();
    REQUIRE(outcome(world.attempt(nouns::award, award, "cancel")) == "200");
    CHECK(outcome(world.make_void(nouns::application, approved)) == "200");
}

TEST_CASE("a corrected application still has to fit its scheme's window") {
    auto& world = shared_world();
    const Scheme scheme{world, {{"opens_on", "2020-05-01"}, {"closes_on", "2020-06-30"}}};
    const auto application = scheme.application();
    CHECK(outcome(world.correct(nouns::application, application, {{"received_on", "2020-07-01"}})) ==
          "422 outside-window");
    CHECK(outcome(world.correct(nouns::application, application, {{"received_on", "2020-06-02"}})) == "200");
}

TEST_CASE("an application can be assessed again, and each assessment is kept") {
    auto& world = shared_world();
    const Scheme scheme{world};
    auto application = scheme.application();
    auto against = assessment;
    against["recommendation"] = "refuse", against["reason"] = "no_evidence";
    application = as(world, "grants_officer", "first", application, "assessments", against).json();
    CHECK(outcome(as(world, "grants_approver", "anna", application, "decisions", approval)) == "422 not-recommended");
    application = as(world, "grants_officer", "second", application, "assessments", assessment).json();
    CHECK(outcome(as(world, "grants_approver", "anna", application, "decisions", approval)) == "200");
    CHECK(world.sql("SELECT string_agg(recommendation, ' ' ORDER BY position) FROM application_assessment WHERE "
                    "application_id = '" +
                    application.at("id").get<std::string>() + "'") == "refuse award");
}

TEST_CASE("what the scheme does not pay is refused with the reason") {
    auto& world = shared_world();
    const Scheme scheme{world, {{"opens_on", "2020-04-01"}, {"closes_on", "2020-08-31"}}};
    const auto try_to_apply = [&](const json& more) {
        auto body = world.body(nouns::application);
        body["scheme"] = scheme.row.at("code");
        body.merge_patch(more);
        const auto before = world.stored();
        const auto answer = world.post(Role::grants_officer, "/v1/applications", body.dump());
        CHECK((answer.status == 201 || world.stored() == before));
        return outcome(answer);
    };
    CHECK(try_to_apply({{"received_on", "2020-03-31"}}) == "422 outside-window");
    CHECK(try_to_apply({{"received_on", "2020-04-01"}}) == "201");
    CHECK(try_to_apply({{"received_on", "2020-08-31"}}) == "201");
    CHECK(try_to_apply({{"received_on", "2020-09-01"}}) == "422 outside-window");
    const auto group = world.one("organisation").at("id");
    CHECK(try_to_apply({{"business_id", nullptr}, {"premises_id", nullptr}, {"organisation_id", group}}) ==
          "422 wrong-scheme-kind");
    CHECK(try_to_apply({{"organisation_id", group}}) == "422 invalid-fields");
    const auto application = scheme.application();
    for (const json& wrong : {json{{"amount_pence", 1'000'001}}, json{{"band", "large"}},
                              json{{"amount_pence", nullptr}}, json{{"band", nullptr}}}) {
        INFO(wrong.dump());
        auto body = assessment;
        body.merge_patch(wrong);
        CHECK(outcome(as(world, "grants_officer", "olive", application, "assessments", body)) ==
              "422 amount-outside-scheme");
    }
    const auto assessed = scheme.assessed(10'000);
    auto early = approval;
    early["decided_on"] = "2020-05-30";
    CHECK(outcome(as(world, "grants_approver", "anna", assessed, "decisions", early)) == "422 too-early");
}

TEST_CASE("a scheme pays out to its last penny and not one penny more") {
    auto& world = shared_world();
    const Scheme scheme{world, {{"allocation_pence", 25'000}}};
    const auto first = scheme.award(10'000);
    CHECK(scheme.award(10'000).at("state") == "awarded");
    const auto third = scheme.assessed(5'001);
    const auto before = world.stored();
    CHECK(outcome(world.attempt(nouns::application, third, "approve")) == "422 over-allocation");
    CHECK(world.stored() == before);
    CHECK(state_of(world, "application", third) == "assessed");
    CHECK(scheme.award(5'000).at("state") == "awarded");
    CHECK(scheme.committed() == "25000");
    CHECK(outcome(world.attempt(nouns::award, first, "cancel")) == "200");
    CHECK(scheme.committed() == "15000");
    CHECK(outcome(world.attempt(nouns::application, third, "approve")) == "200");
    CHECK(scheme.committed() == "20001");
}

TEST_CASE("each change of what a scheme committed is a version of it, audited with what stood there before") {
    auto& world = shared_world();
    const Scheme scheme{world};
    world.take(nouns::award, scheme.award(10'000), "cancel");
    CHECK(world.sql("SELECT string_agg(version || ' ' || action || ' from ' || coalesce(before ->> 'committed_pence', "
                    "'-') || ' of ' || coalesce(before ->> 'version', '-'), ', ' ORDER BY version) FROM audit "
                    "WHERE record_kind = 'scheme' AND record_id = '" +
                    scheme.row.at("id").get<std::string>() + "'") ==
          "1 record from - of -, 2 commit from 0 of 1, 3 release from 10000 of 2");
}

TEST_CASE("approvers who decide at the same moment never commit more than the allocation") {
    auto& world = shared_world();
    const Scheme scheme{world, {{"allocation_pence", 50'000}}};
    constexpr int many = 16;
    std::vector<json> applications;
    for (int i = 0; i < many; ++i) applications.push_back(scheme.assessed(10'000));
    const auto token = world.service().token("grants_approver");
    const auto answers = at_once(world.service(), many, [&](Client& client, std::size_t i) {
        const auto target = "/v1/applications/" + applications[i].at("id").get<std::string>() + "/decisions";
        return client.send("POST", target, post_headers(token, Service::fresh_key(), etag_of(applications[i])),
                           approval.dump());
    });
    CHECK(how_many(answers, "200") == 5);
    CHECK(how_many(answers, "422 over-allocation") == many - 5);
    CHECK(scheme.committed() == "50000");
    CHECK(world.sql("SELECT sum(amount_pence) FROM award WHERE scheme = '" + scheme.row.at("code").get<std::string>() +
                    "'") == "50000");
}

TEST_CASE("a payment takes payee, payer's purpose and amount from the award, and keeps them") {
    auto& world = shared_world();
    const Scheme scheme{world};
    const json payee{{"name", "Bramhall Bakes Ltd"}, {"sort_code", "089999"}, {"account_number", "66374958"}};
    const auto premises = world.fresh(nouns::premises, {{"ward", "Manor"}}).at("id");
    const auto application = scheme.approved(250'000, {{"payee", payee}, {"premises_id", premises}});
    const auto answer = pay(world, application.at("award_id"));
    REQUIRE(outcome(answer) == "201");
    const auto payment = answer.json();
    CHECK(payment.at("payee") == payee);
    CHECK(payment.at("amount_pence") == 250'000);
    CHECK(payment.at("business_id") == application.at("business_id"));
    CHECK(payment.at("organisation_id").is_null());
    CHECK(payment.at("scheme") == application.at("scheme"));
    CHECK(payment.at("kind") == "business");
    CHECK(payment.at("ward") == "Manor");
    CHECK(payment.at("reference").get<std::string>().size() <= 18);
    CHECK(outcome(world.correct(nouns::application, application, {{"payee", {{"name", "Somebody Else Ltd"}}}})) ==
          "200");
    CHECK(world.get(Role::finance, "/v1/payments/" + payment.at("id").get<std::string>()).json().at("payee") == payee);
}

TEST_CASE("an award has one live payment; a returned or rejected one is issued again under a reference of its own") {
    auto& world = shared_world();
    const Scheme scheme{world};
    for (const auto& way : {std::vector<std::string>{"reject"}, {"settle", "return"}}) {
        const auto award = scheme.award(10'000);
        auto payment = pay(world, award.at("id")).json();
        for (const auto& event : way) {
            const auto before = world.stored();
            CHECK(outcome(pay(world, award.at("id"))) == "409 already-paid");
            CHECK(outcome(world.attempt(nouns::award, award, "cancel")) == "409 already-paid");
            CHECK(world.stored() == before);
            payment = world.take(nouns::payment, payment, event);
        }
        const auto again = pay(world, award.at("id"));
        REQUIRE(outcome(again) == "201");
        CHECK(again.json().at("reference") != payment.at("reference"));
        CHECK(again.json().at("payee") == payment.at("payee"));
        CHECK(world.sql("SELECT count(*) FROM payment WHERE award_id = '" + award.at("id").get<std::string>() + "'") ==
              "2");
    }
}

TEST_CASE("twins of one payment, instructed at the same moment, come to one") {
    auto& world = shared_world();
    const auto award = Scheme{world}.award(10'000).at("id");
    const auto token = world.service().token("finance");
    const json body{{"award_id", award}, {"instructed_on", World::past_day}};
    const auto answers = at_once(world.service(), 12, [&](Client& client, std::size_t) {
        return client.send("POST", "/v1/payments", post_headers(token), body.dump());
    });
    CHECK(how_many(answers, "201") == 1);
    CHECK(how_many(answers, "409 already-paid") == 11);
    CHECK(world.sql("SELECT count(*) FROM payment WHERE award_id = '" + award.get<std::string>() + "'") == "1");
}

TEST_CASE("a payment happens in order: awarded, instructed, settled, returned") {
    auto& world = shared_world();
    const Scheme scheme{world};
    const auto award = scheme.award(10'000);
    const auto early = pay(world, award.at("id"), {{"instructed_on", "2020-05-30"}});
    CHECK(outcome(early) == "422 invalid-fields");
    CHECK(fault_at(early, "/instructed_on") == "too_early");
    auto payment = pay(world, award.at("id"), {{"instructed_on", "2020-06-03"}}).json();
    CHECK(outcome(world.attempt(nouns::payment, payment, "settle", {{"entry_day", "2020-06-02"}})) == "422 too-early");
    payment = world.take(nouns::payment, payment, "settle", {{"entry_day", "2020-06-05"}});
    CHECK(outcome(world.attempt(nouns::payment, payment, "return", {{"returned_on", "2020-06-04"}})) ==
          "422 too-early");
    CHECK(outcome(world.correct(nouns::payment, payment, {{"entry_day", "2020-06-02"}})) == "422 invalid-fields");
    CHECK(outcome(world.correct(nouns::payment, payment, {{"instructed_on", "2020-06-06"}})) == "422 invalid-fields");
    payment = world.take(nouns::payment, payment, "return", {{"returned_on", "2020-06-05"}});
    const auto late = world.correct(nouns::payment, payment, {{"returned_on", "2020-06-04"}});
    CHECK(outcome(late) == "422 invalid-fields");
    CHECK(fault_at(late, "/changes/returned_on") == "too_early");
}

TEST_CASE("an award that was cancelled, or that is none, cannot be paid") {
    auto& world = shared_world();
    const Scheme scheme{world};
    const auto award = scheme.award(10'000);
    world.take(nouns::award, award, "cancel");
    CHECK(outcome(pay(world, award.at("id"))) == "409 wrong-state");
    const auto answer = pay(world, scheme.row.at("id"));
    CHECK(outcome(answer) == "422 invalid-fields");
    CHECK(fault_at(answer, "/award_id") == "unknown_reference");
}

}  // namespace tideover::testing::grants_test
