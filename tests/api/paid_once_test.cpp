// What a scheme pays once, and which schemes exclude each other: held by the database, under any number of approvers.
#include <doctest/doctest.h>

#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing {
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
    struct Way {
        std::string key, kind;
        json first, second;
    };
    const auto group = world.fresh(nouns::organisation).at("id"), person = world.fresh(nouns::person).at("id");
    const std::vector<Way> ways{
        {"premises", "business", {{"premises_id", premises.at("id")}}, {{"premises_id", premises.at("id")}}},
        // A business is paid once whatever its premises, and also where one application names none.
        {"business", "business", {{"business_id", business}}, {{"business_id", business}, {"premises_id", nullptr}}},
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
    const auto first = assessed(world, scheme, {{"business_id", one}});
    const auto second = assessed(world, scheme, {{"business_id", twin}});
    CHECK(approve(world, first) == "200");
    world.fresh(nouns::merge, {{"kind", "business"}, {"from_id", twin}, {"into_id", one}});
    CHECK(approve(world, second) == "409 already-awarded");
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
    for (int i = 0; i < many; ++i) same.push_back(assessed(world, scheme, {{"business_id", business}}));
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

}  // namespace tideover::testing
