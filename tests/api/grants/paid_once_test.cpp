// What a scheme pays once, and which schemes exclude each other: held by the database, under any number of approvers.
#include <doctest/doctest.h>

#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::paid_once_test {
namespace {

using nlohmann::json;

const json two_periods{{"periods", {{{"period", "once"}}, {{"period", "again"}}}},
                       {"amounts",
                        {{{"period", "once"}, {"band", "any"}, {"least_pence", 1}, {"most_pence", 50'000}},
                         {{"period", "again"}, {"band", "any"}, {"least_pence", 1}, {"most_pence", 50'000}}}}};

/// A scheme that pays `kind` once for each `key` and period; its code.
std::string scheme_by(World& world, const std::string& key, const std::string& kind = "business",
                      const json& more = json::object()) {
    auto terms = two_periods;
    terms["uniqueness_key"] = key;
    terms.update(more);
    return world.open_scheme({{"kind", kind}}, terms).at("code");
}

json assessed(World& world, const std::string& scheme, const json& who) {
    auto body = who;
    body["scheme"] = scheme;
    return world.fresh_in(nouns::application, "assessed", body);
}

std::string approve(World& world, const json& application) {
    return outcome(world.attempt(nouns::application, application, "approve"));
}

void cancel_award_of(World& world, const json& application) {
    const auto id = world.get(Role::finance, "/v1/applications/" + application.at("id").get<std::string>())
                        .json()
                        .at("award_id")
                        .get<std::string>();
    world.take(nouns::award, world.get(Role::finance, "/v1/awards/" + id).json(), "cancel");
}

/// The party of an application that is not a business with premises.
json party(const std::string& field, const json& id) {
    json out{{"business_id", nullptr}, {"premises_id", nullptr}};
    out[field] = id;
    return out;
}

json of_business(const json& id) {
    return {{"business_id", id}, {"premises_id", nullptr}};
}

/// The award of an application that was approved.
json award_of(World& world, const json& application) {
    const auto id =
        world.sql("SELECT award_id FROM application WHERE id = '" + application.at("id").get<std::string>() + "'");
    return world.get(Role::finance, "/v1/awards/" + id).json();
}

/// How many decide in what way when all applications are approved at the same moment.
std::vector<Answer> all_at_once(World& world, const std::vector<json>& applications) {
    const auto token = world.service().token("grants_approver");
    const json approval{{"decision", "approve"}, {"decided_on", World::past_day}, {"reason", "eligible"}};
    return at_once(world.service(), applications.size(), [&](Client& client, std::size_t i) {
        const auto target = "/v1/applications/" + applications[i].at("id").get<std::string>() + "/decisions";
        return client.send("POST", target, post_headers(token, Service::fresh_key(), etag_of(applications[i])),
                           approval.dump());
    });
}

}  // namespace

TEST_CASE(
    "a scheme pays once for its key and period: another period is another grant, and a cancelled award frees the key") {
    auto& world = shared_world();
    const auto premises = world.fresh(nouns::premises);
    const auto business = world.fresh(nouns::business).at("id");
    const auto shop = world.fresh(nouns::premises, {{"business_id", business}}).at("id");
    struct Way {
        std::string key, kind;
        json first, second;
    };
    const auto group = world.fresh(nouns::organisation).at("id"), person = world.fresh(nouns::person).at("id");
    const std::vector<Way> ways{
        {"premises", "business", {{"premises_id", premises.at("id")}}, {{"premises_id", premises.at("id")}}},
        // A business is paid once whatever its premises, and also where one application names none.
        {"business", "business", {{"business_id", business}, {"premises_id", shop}}, of_business(business)},
        {"business", "community", party("organisation_id", group), party("organisation_id", group)},
        {"person", "household", party("person_id", person), party("person_id", person)}};
    for (const auto& way : ways) {
        INFO(way.key << " " << way.kind);
        const auto scheme = scheme_by(world, way.key, way.kind);
        const auto first = assessed(world, scheme, way.first), second = assessed(world, scheme, way.second);
        CHECK(approve(world, first) == "200");
        const auto before = world.stored();
        CHECK(approve(world, second) == "409 already-awarded");
        CHECK(world.stored() == before);
        auto other_period = way.second;
        other_period["period"] = "again";
        CHECK(approve(world, assessed(world, scheme, other_period)) == "200");
        cancel_award_of(world, first);
        CHECK(approve(world, second) == "200");
    }
}

TEST_CASE("where premises are what is paid once, a business with three shops gets three grants") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "premises");
    const auto business = world.fresh(nouns::business).at("id");
    for (int shop = 0; shop < 3; ++shop) {
        const auto premises = world.fresh(nouns::premises, {{"business_id", business}}).at("id");
        CHECK(approve(world, assessed(world, scheme, {{"business_id", business}, {"premises_id", premises}})) == "200");
    }
    auto body = world.body(nouns::application);
    body["scheme"] = scheme, body["premises_id"] = nullptr;
    const auto answer = world.post(Role::grants_officer, "/v1/applications", body.dump());
    CHECK(fault_at(answer, "/premises_id") == "required");
}

TEST_CASE("a business that was merged into another is paid as that one") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "business");
    const auto one = world.fresh(nouns::business).at("id"), twin = world.fresh(nouns::business).at("id");
    const auto first = assessed(world, scheme, of_business(one));
    const auto second = assessed(world, scheme, of_business(twin));
    CHECK(approve(world, first) == "200");
    world.fresh(nouns::merge, {{"kind", "business"}, {"from_id", twin}, {"into_id", one}});
    CHECK(approve(world, second) == "409 already-awarded");
}

TEST_CASE("whichever of two that are one was awarded first, the other is not, and a merge undone frees it") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "business");
    const auto one = world.fresh(nouns::business).at("id"), twin = world.fresh(nouns::business).at("id");
    const auto first = assessed(world, scheme, of_business(twin)), second = assessed(world, scheme, of_business(one));
    CHECK(approve(world, first) == "200");
    const auto merge = world.fresh(nouns::merge, {{"kind", "business"}, {"from_id", twin}, {"into_id", one}});
    const auto before = world.stored();
    const auto refused = world.attempt(nouns::application, second, "approve");
    CHECK(outcome(refused) == "409 already-awarded");
    CHECK(refused.json().at("detail") == "Award " + award_of(world, first).at("reference").get<std::string>() +
                                             " stands. A wrong one has to be cancelled first.");
    CHECK(world.stored() == before);
    world.take(nouns::merge, merge, "reverse");
    CHECK(approve(world, second) == "200");
}

TEST_CASE("two awards that a later merge shows to be of one business are not both paid") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "business");
    const auto one = world.fresh(nouns::business).at("id"), twin = world.fresh(nouns::business).at("id");
    const auto first = assessed(world, scheme, of_business(one)), second = assessed(world, scheme, of_business(twin));
    CHECK(approve(world, first) == "200");
    CHECK(approve(world, second) == "200");
    world.fresh(nouns::merge, {{"kind", "business"}, {"from_id", twin}, {"into_id", one}});
    auto payment = world.fresh(nouns::payment, {{"award_id", award_of(world, first).at("id")}});
    const json other{{"award_id", award_of(world, second).at("id")}, {"instructed_on", World::past_day}};
    const auto before = world.stored();
    const auto refused = world.post(Role::finance, "/v1/payments", other.dump());
    CHECK(outcome(refused) == "409 already-paid");
    CHECK(refused.json().at("detail").get<std::string>().find(
              award_of(world, first).at("reference").get<std::string>()) != std::string::npos);
    CHECK(world.stored() == before);
    // The database holds it too, and a void payment does not come back beside a live one.
    CHECK_THROWS_WITH(
        world.sql("INSERT INTO payment (authority_id, id, reference, award_id, instructed_on, kind, "
                  "business_id, amount_pence, recorded_at, recorded_by) SELECT authority_id, "
                  "gen_random_uuid(), 'PY-second', '" +
                  award_of(world, second).at("id").get<std::string>() +
                  "', '2020-06-01', 'business', business_id, amount_pence, now(), recorded_by FROM payment "
                  "WHERE id = '" +
                  payment.at("id").get<std::string>() + "'"),
        doctest::Contains("payment_once"));
    payment = world.make_void(nouns::payment, payment).json();
    CHECK(outcome(world.post(Role::finance, "/v1/payments", other.dump())) == "201");
    const json back{{"reason", "it was right"}, {"void", false}};
    CHECK(outcome(world.post(Role::finance, "/v1/payments/" + payment.at("id").get<std::string>() + "/corrections",
                             back.dump(), etag_of(payment))) == "409 already-paid");
}

TEST_CASE("a property is the same in every spelling of its number, and when it was recorded again") {
    World world{shared_world().service(), "E08000021"};
    const auto scheme = scheme_by(world, "premises");
    const auto uprn = [](const std::string& value) {
        return json{{"identifiers", {{{"kind", "uprn"}, {"value", value}, {"source", nullptr}}}}};
    };
    const auto premises = world.fresh(nouns::premises, uprn("40001234"));
    for (const std::string spelling : {"40001234", "040001234", "0000 4000 1234"}) {
        INFO(spelling);
        auto body = world.body(nouns::premises);
        body.update(uprn(spelling));
        CHECK(outcome(world.post(Role::grants_officer, "/v1/premises", body.dump())) == "409 duplicate-identifier");
    }
    CHECK(approve(world, assessed(world, scheme, {{"premises_id", premises.at("id")}})) == "200");
    CHECK(outcome(world.make_void(nouns::premises, premises)) == "409 in-use");
    // As councils have them from before: void while the award stands, and recorded again in another spelling.
    world.sql(
        "SET session_replication_role = replica; UPDATE premises SET voided = true, version = version + 1 WHERE id = "
        "'" +
        premises.at("id").get<std::string>() +
        "'; UPDATE premises_identifier SET to_version = 1 WHERE premises_id = '" +
        premises.at("id").get<std::string>() + "'; SET session_replication_role = origin");
    const auto again = world.fresh(nouns::premises, uprn("0040001234"));
    CHECK(again.at("identifiers")[0].at("value") == "0040001234");
    CHECK(approve(world, assessed(world, scheme, {{"premises_id", again.at("id")}})) == "409 already-awarded");
}

TEST_CASE(
    "an application for premises of another business is refused, also when they change hands before the decision") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "premises");
    const auto theirs = world.fresh(nouns::premises, {{"business_id", world.fresh(nouns::business).at("id")}});
    auto body = world.body(nouns::application);
    body["scheme"] = scheme, body["premises_id"] = theirs.at("id");
    const auto refused = world.post(Role::grants_officer, "/v1/applications", body.dump());
    CHECK(outcome(refused) == "422 invalid-fields");
    CHECK(fault_at(refused, "/premises_id") == "not_theirs");
    const auto application = world.fresh(nouns::application, {{"scheme", scheme}});
    CHECK(outcome(world.correct(nouns::application, application, {{"premises_id", theirs.at("id")}})) ==
          "422 invalid-fields");
    const auto own = world.fresh(nouns::premises);
    const auto waiting = assessed(world, scheme, {{"premises_id", own.at("id")}});
    REQUIRE(outcome(world.correct(nouns::premises, own, {{"business_id", theirs.at("business_id")}})) == "200");
    CHECK(approve(world, waiting) == "422 invalid-fields");
    // Merged businesses are one.
    world.fresh(nouns::merge,
                {{"kind", "business"}, {"from_id", theirs.at("business_id")}, {"into_id", waiting.at("business_id")}});
    CHECK(approve(world, waiting) == "200");
}

TEST_CASE("merges, twins and spellings race for one grant, and one is made") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "business");
    const auto one = world.fresh(nouns::business).at("id");
    std::vector<json> applications{assessed(world, scheme, of_business(one))};
    for (int i = 0; i < 7; ++i) {
        const auto twin = world.fresh(nouns::business).at("id");
        world.fresh(nouns::merge, {{"kind", "business"}, {"from_id", twin}, {"into_id", one}});
        applications.push_back(assessed(world, scheme, of_business(twin)));
    }
    const auto answers = all_at_once(world, applications);
    CHECK(how_many(answers, "200") == 1);
    CHECK(how_many(answers, "409 already-awarded") == 7);
    CHECK(world.sql("SELECT count(*) FROM award WHERE scheme = '" + scheme + "'") == "1");
}

TEST_CASE("of schemes that exclude each other, the same premises or payee get one award") {
    auto& world = shared_world();
    const json group{{"exclusion_group", "first-cohort-" + Service::fresh_key()}};
    const auto small = scheme_by(world, "premises", "business", group);
    const auto retail = scheme_by(world, "premises", "business", group);
    const auto discretionary = scheme_by(world, "business", "business", group);
    const auto elsewhere = scheme_by(world, "premises");
    const auto premises = world.fresh(nouns::premises).at("id"), trader = world.fresh(nouns::business).at("id");
    const auto first = assessed(world, small, {{"premises_id", premises}});
    CHECK(approve(world, first) == "200");
    const auto second = assessed(world, retail, {{"premises_id", premises}});
    CHECK(approve(world, second) == "409 excluded-by-award");
    CHECK(approve(world, assessed(world, discretionary, {{"premises_id", premises}})) == "409 excluded-by-award");
    CHECK(approve(world, assessed(world, elsewhere, {{"premises_id", premises}})) == "200");
    const json without{{"business_id", trader}, {"premises_id", nullptr}};
    CHECK(approve(world, assessed(world, discretionary, without)) == "200");
    cancel_award_of(world, first);
    CHECK(approve(world, second) == "200");
}

TEST_CASE("64 approvals of the same key at the same moment come to one award, and of one group to one") {
    auto& world = shared_world();
    constexpr int many = 64;
    const auto business = world.fresh(nouns::business).at("id");
    const auto scheme = scheme_by(world, "business");
    std::vector<json> same;
    for (int i = 0; i < many; ++i) same.push_back(assessed(world, scheme, of_business(business)));
    auto answers = all_at_once(world, same);
    CHECK(how_many(answers, "200") == 1);
    CHECK(how_many(answers, "409 already-awarded") == many - 1);
    CHECK(world.sql("SELECT count(*) FROM award WHERE scheme = '" + scheme + "'") == "1");

    const json group{{"exclusion_group", "one-of-many-" + Service::fresh_key()}};
    const auto premises = world.fresh(nouns::premises).at("id");
    const std::vector<std::string> schemes{scheme_by(world, "premises", "business", group),
                                           scheme_by(world, "premises", "business", group)};
    std::vector<json> either;
    for (std::size_t i = 0; i < many; ++i)
        either.push_back(assessed(world, schemes[i % 2], {{"premises_id", premises}}));
    answers = all_at_once(world, either);
    CHECK(how_many(answers, "200") == 1);
    CHECK(how_many(answers, "409 excluded-by-award") + how_many(answers, "409 already-awarded") == many - 1);
    CHECK(world.sql("SELECT count(*) FROM award WHERE excluded_id = '" + premises.get<std::string>() + "'") == "1");
}

TEST_CASE("64 approvals race for the last pound of an allocation, and the sum is exact") {
    auto& world = shared_world();
    constexpr int many = 64;
    const auto scheme = scheme_by(world, "premises", "business", {{"allocation_pence", 100'050}});
    std::vector<json> applications;
    for (int i = 0; i < many; ++i) applications.push_back(assessed(world, scheme, json::object()));
    const auto answers = all_at_once(world, applications);
    CHECK(how_many(answers, "200") == 10);
    CHECK(how_many(answers, "422 over-allocation") == many - 10);
    CHECK(world.sql("SELECT committed_pence FROM scheme WHERE code = '" + scheme + "'") == "100000");
    CHECK(world.sql("SELECT sum(amount_pence) FROM award WHERE scheme = '" + scheme + "' AND state = 'awarded'") ==
          "100000");
}

TEST_CASE("an award stays with what it was made for, whoever asks") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "premises");
    CHECK(approve(world, assessed(world, scheme, json::object())) == "200");
    for (const std::string what : {"premises_id = NULL", "holder_id = gen_random_uuid()", "period = 'again'"}) {
        CHECK_THROWS_WITH(
            world.sql("UPDATE award SET version = version + 1, " + what + " WHERE scheme = '" + scheme + "'"),
            doctest::Contains("an award stays with what it was made for"));
    }
}

TEST_CASE("a grant is paid up to the scheme's last day for payments, also when it is paid again after a return") {
    auto& world = shared_world();
    const auto scheme = scheme_by(world, "premises", "business", {{"last_payment_on", "2020-06-03"}});
    const auto application = world.take(nouns::application, assessed(world, scheme, json::object()), "approve");
    const auto pay_on = [&](const std::string& day) {
        return outcome(world.post(Role::finance, "/v1/payments",
                                  json{{"award_id", application.at("award_id")}, {"instructed_on", day}}.dump()));
    };
    CHECK(pay_on("2020-06-04") == "422 after-last-payment");
    world.fresh_in(nouns::payment, "returned", {{"award_id", application.at("award_id")}});
    CHECK(pay_on("2020-06-04") == "422 after-last-payment");
    CHECK(pay_on("2020-06-03") == "201");
}

}  // namespace tideover::testing::paid_once_test
