// Schemes are rows: terms drafted by one administrator, published by another, never changed from then on, and kept by
// every decision that was made by them.
#include <doctest/doctest.h>

#include "domain/grants/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::scheme_version_test {
namespace {

using nlohmann::json;

std::string quoted(const json& id) {
    return "'" + id.get<std::string>() + "'";
}

json version_of(World& world, const std::string& scheme, const json& more = json::object()) {
    json body{{"scheme", scheme}};
    body.update(more);
    return world.fresh(nouns::scheme_version, body);
}

Answer publish_as(World& world, const json& version, const Headers& who) {
    return world.post(Role::everyone, "/v1/scheme-versions/" + version.at("id").get<std::string>() + "/publications",
                      json{{"published_on", World::past_day}}.dump(), etag_of(version), who);
}

Answer apply(World& world, const std::string& scheme, const json& more = json::object()) {
    auto body = world.body(nouns::application);
    body["scheme"] = scheme;
    body.merge_patch(more);
    return world.post(Role::grants_officer, "/v1/applications", body.dump());
}

}  // namespace

TEST_CASE(
    "a new scheme with bands, periods and declarations of its own takes no code: it is recorded, published, paid") {
    auto& world = shared_world();
    const auto code = world.fresh(nouns::scheme).at("code").get<std::string>();
    const json terms{
        {"opens_on", "2020-04-01"},
        {"uniqueness_key", "premises"},
        {"bands",
         {{{"band", "kiosk"}, {"bound", "below"}, {"rateable_value_pence", 300'000}},
          {{"band", "shop"}, {"bound", "unbounded"}}}},
        {"periods", {{{"period", "spring"}, {"from_on", "2020-04-01"}, {"to_on", "2020-05-31"}}}},
        {"amounts",
         {{{"period", "spring"}, {"band", "kiosk"}, {"least_pence", 12'345}, {"most_pence", 12'345}},
          {{"period", "spring"}, {"band", "shop"}, {"least_pence", 54'321}, {"most_pence", 54'321}}}},
        {"declarations", {{{"declaration", "keeps_the_lights_on"}, {"wording_version", 3}, {"wording", "We do."}}}}};
    auto version = version_of(world, code, terms);
    CHECK(version.at("number") == 1);
    CHECK(version.at("state") == "draft");
    CHECK(outcome(apply(world, code, {{"period", "spring"}})) == "422 outside-window");
    version = world.take(nouns::scheme_version, version, "publish");
    for (const auto& [name, value] : terms.items()) {
        if (!value.is_array()) CHECK(version.at(name) == value);
    }
    CHECK(version.at("amounts") == terms.at("amounts"));
    CHECK(version.at("declarations") == terms.at("declarations"));
    const auto answer = apply(world, code, {{"period", "spring"}, {"declarations", {"keeps_the_lights_on"}}});
    REQUIRE(outcome(answer) == "201");
    CHECK(answer.json().at("scheme_version_id") == version.at("id"));
    auto application =
        world.take(nouns::application, answer.json(), "assess", {{"band", "shop"}, {"amount_pence", 54'321}});
    application = world.take(nouns::application, application, "approve");
    const auto award = world.get(Role::finance, "/v1/awards/" + application.at("award_id").get<std::string>()).json();
    CHECK(award.at("scheme_version_id") == version.at("id"));
    CHECK(award.at("band") == "shop");
    CHECK(award.at("amount_pence") == 54'321);
}

TEST_CASE("terms are published by an administrator who neither recorded them nor corrected them last") {
    auto& world = shared_world();
    const auto code = world.fresh(nouns::scheme).at("code").get<std::string>();
    const auto admin = [&](const std::string& who) {
        return Headers{{"Authorization", "Bearer " + world.service().token("admin", who)}};
    };
    auto version = version_of(world, code);
    CHECK(outcome(publish_as(world, version, world.drafting())) == "422 own-draft");
    const auto corrected =
        world.post(Role::everyone, "/v1/scheme-versions/" + version.at("id").get<std::string>() + "/corrections",
                   json{{"reason", "The guidance was misread."}, {"changes", {{"closes_on", "2020-08-28"}}}}.dump(),
                   etag_of(version), admin("second-reader"));
    REQUIRE(outcome(corrected) == "200");
    version = corrected.json();
    const auto before = world.stored();
    CHECK(outcome(publish_as(world, version, admin("second-reader"))) == "422 own-draft");
    CHECK(world.stored() == before);
    CHECK(outcome(publish_as(world, version, world.drafting())) == "200");
    CHECK(world.sql("SELECT published_by <> drafted_by FROM scheme_version WHERE id = " + quoted(version.at("id"))) ==
          "t");
}

TEST_CASE("published terms never change: no correction, no voiding, and no statement of ours in the database") {
    auto& world = shared_world();
    const auto code = world.open_scheme().at("code").get<std::string>();
    const auto version = world.get(Role::admin, "/v1/scheme-versions?scheme=" + code).json().at("items").at(0);
    const auto before = world.stored();
    CHECK(outcome(world.correct(nouns::scheme_version, version, {{"closes_on", "2020-08-28"}})) == "409 wrong-state");
    CHECK(outcome(world.correct(nouns::scheme_version, version, {{"amounts", json::array()}})) == "409 wrong-state");
    CHECK(outcome(world.make_void(nouns::scheme_version, version)) == "409 wrong-state");
    CHECK(world.stored() == before);
    const auto id = quoted(version.at("id"));
    for (const std::string& statement :
         {"UPDATE scheme_version SET opens_on = '2019-01-01', version = version + 1 WHERE id = " + id,
          "UPDATE scheme_version SET voided = true, version = version + 1 WHERE id = " + id,
          "UPDATE scheme_version_amount SET most_pence = 1000001 WHERE scheme_version_id = " + id,
          "UPDATE scheme_version_amount SET to_version = 2 WHERE scheme_version_id = " + id,
          "INSERT INTO scheme_version_period (authority_id, scheme_version_id, position, period) SELECT authority_id, "
          "id, "
          "9, 'for ever' FROM scheme_version WHERE id = " +
              id}) {
        INFO(statement);
        CHECK_THROWS_WITH(world.sql(statement), doctest::Contains("published terms never change"));
    }
    const auto closed = world.take(nouns::scheme_version, version, "close", {{"closed_on", "2020-06-30"}});
    CHECK(closed.at("closed_on") == "2020-06-30");
    CHECK(closed.at("amounts") == version.at("amounts"));
}

TEST_CASE("a draft is corrected, lists included, and what it said before is kept") {
    auto& world = shared_world();
    const auto version = version_of(world, world.fresh(nouns::scheme).at("code"));
    const auto answer =
        world.correct(nouns::scheme_version, version,
                      {{"amounts", {{{"period", "once"}, {"band", "any"}, {"least_pence", 7}, {"most_pence", 9}}}}});
    REQUIRE(outcome(answer) == "200");
    CHECK(answer.json().at("amounts").at(0).at("most_pence") == 9);
    CHECK(
        world.sql("SELECT string_agg(least_pence || ' ' || from_version || '-' || coalesce(to_version::text, ''), ', ' "
                  "ORDER BY position) FROM scheme_version_amount WHERE scheme_version_id = " +
                  quoted(version.at("id"))) == "1 1-1, 7 2-");
    const auto wrong = world.correct(nouns::scheme_version, answer.json(), {{"periods", json::array()}});
    CHECK(fault_at(wrong, "/changes/amounts/0/period") == "unknown_period");
}

TEST_CASE("terms that contradict themselves are refused, every contradiction at once") {
    auto& world = shared_world();
    auto body = world.body(nouns::scheme_version);
    body["amounts"].push_back({{"period", "twice"}, {"band", "any"}, {"least_pence", 2}, {"most_pence", 1}});
    body["amounts"].push_back(body["amounts"][0]);
    body["tranches"] = {{{"tranche", "first"}, {"amount_pence", 5}}};
    const auto before = world.stored();
    const auto answer = world.post(Role::admin, "/v1/scheme-versions", body.dump());
    CHECK(outcome(answer) == "422 invalid-fields");
    CHECK(fault_at(answer, "/amounts/1/most_pence") == "below_least");
    CHECK(fault_at(answer, "/amounts/1/period") == "unknown_period");
    CHECK(fault_at(answer, "/amounts/2") == "repeated");
    CHECK(fault_at(answer, "/allocation_pence") == "not_the_sum");
    CHECK(world.stored() == before);
}

TEST_CASE("versions are numbered within their scheme, also when many are drafted at the same moment") {
    auto& world = shared_world();
    const auto code = world.fresh(nouns::scheme).at("code").get<std::string>();
    auto body = world.body(nouns::scheme_version);
    body["scheme"] = code;
    const auto token = world.service().token("admin");
    const auto answers = at_once(world.service(), 12, [&](Client& client, std::size_t) {
        return client.send("POST", "/v1/scheme-versions", post_headers(token), body.dump());
    });
    CHECK(how_many(answers, "201") == 12);
    CHECK(world.sql("SELECT string_agg(number::text, ' ' ORDER BY number) FROM scheme_version WHERE scheme = '" + code +
                    "'") == "1 2 3 4 5 6 7 8 9 10 11 12");
}

TEST_CASE("an application goes by the version in force on the day it was received, and keeps it") {
    auto& world = shared_world();
    const auto code = world.open_scheme().at("code").get<std::string>();
    const auto first = apply(world, code).json();
    const auto second =
        world.fresh_in(nouns::scheme_version, "published",
                       {{"scheme", code},
                        {"opens_on", "2020-06-15"},
                        {"amounts", {{{"period", "once"}, {"band", "any"}, {"least_pence", 5}, {"most_pence", 5}}}}});
    CHECK(second.at("number") == 2);
    const auto number_of = [&](const json& application) {
        return world.sql(
            "SELECT v.number FROM application a JOIN scheme_version v ON v.id = a.scheme_version_id WHERE a.id = " +
            quoted(application.at("id")));
    };
    CHECK(number_of(first) == "1");
    CHECK(number_of(apply(world, code, {{"received_on", "2020-06-14"}}).json()) == "1");
    const auto later = apply(world, code, {{"received_on", "2020-06-15"}}).json();
    CHECK(number_of(later) == "2");
    CHECK(outcome(world.attempt(nouns::application, first, "assess", {{"amount_pence", 10'000}})) == "200");
    CHECK(outcome(world.attempt(nouns::application, later, "assess", {{"amount_pence", 10'000}})) ==
          "422 amount-outside-scheme");
    CHECK(outcome(world.attempt(nouns::application, later, "assess", {{"amount_pence", 5}})) == "200");
    const auto moved = world.correct(nouns::application, apply(world, code).json(), {{"received_on", "2020-06-15"}});
    CHECK(number_of(moved.json()) == "2");
}

TEST_CASE("a closed version takes what was received up to its closing day, and nothing after it") {
    auto& world = shared_world();
    const auto code = world.fresh(nouns::scheme).at("code").get<std::string>();
    world.fresh_in(nouns::scheme_version, "closed", {{"scheme", code}});
    CHECK(outcome(apply(world, code, {{"received_on", World::past_day}})) == "201");
    CHECK(outcome(apply(world, code, {{"received_on", "2020-06-02"}})) == "422 outside-window");
}

TEST_CASE("only what a version asks can be declared, and only its periods applied for") {
    auto& world = shared_world();
    const auto code = world.open_scheme().at("code").get<std::string>();
    const auto before = world.sql("SELECT count(*) FROM application");
    const auto answer = apply(world, code, {{"declarations", {"meets_criteria", "owns_a_boat"}}});
    CHECK(outcome(answer) == "422 invalid-fields");
    CHECK(fault_at(answer, "/declarations/1") == "unknown_declaration");
    CHECK(outcome(apply(world, code, {{"period", "some-other"}})) == "422 amount-outside-scheme");
    CHECK(world.sql("SELECT count(*) FROM application") == before);
}

TEST_CASE("publishing gives the scheme its allocation, and never less than it has committed") {
    auto& world = shared_world();
    const auto scheme = world.open_scheme({}, {{"allocation_pence", 25'000}});
    const auto code = scheme.at("code").get<std::string>();
    const auto allocation = [&] {
        return world.sql("SELECT allocation_pence FROM scheme WHERE code = '" + code + "'");
    };
    CHECK(allocation() == "25000");
    auto application = world.take(nouns::application, apply(world, code).json(), "assess");
    world.take(nouns::application, application, "approve");
    const auto less = version_of(world, code, {{"allocation_pence", 9'999}});
    CHECK(outcome(world.attempt(nouns::scheme_version, less, "publish")) == "422 over-allocation");
    world.fresh_in(nouns::scheme_version, "published", {{"scheme", code}, {"allocation_pence", 10'000}});
    CHECK(allocation() == "10000");
    CHECK(world.sql("SELECT action || ' from ' || (before ->> 'allocation_pence') FROM audit WHERE record_id = " +
                    quoted(scheme.at("id")) + " ORDER BY version DESC LIMIT 1") == "allocate from 25000");
}

TEST_CASE("a scheme pays by one key in all its versions") {
    auto& world = shared_world();
    const auto code = world.open_scheme().at("code").get<std::string>();
    const auto other = version_of(world, code, {{"uniqueness_key", "business"}});
    CHECK(outcome(world.attempt(nouns::scheme_version, other, "publish")) == "422 other-key");
}

}  // namespace tideover::testing::scheme_version_test
