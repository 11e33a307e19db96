// Recording answers which records it may be one with, and why; nothing is refused, nothing merged.
#include <doctest/doctest.h>

#include "domain/aid/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::likeness_test {
namespace {

using nlohmann::json;

/// "code reference", of each.
std::string alike(const json& list) {
    std::string out;
    for (const auto& one : list)
        out += (out.empty() ? "" : ", ") + one.at("code").get<std::string>() + " " +
               one.at("reference").get<std::string>();
    return out;
}

std::string text(const json& record, const char* field = "reference") {
    return record.at(field).get<std::string>();
}

json recorded(World& world, const char* path, const json& body, Role role = Role::helpline, Headers headers = {}) {
    const auto answer = world.post(role, path, body.dump(), {}, std::move(headers));
    INFO(answer.body);
    REQUIRE(outcome(answer) == "201");
    return answer.json();
}

std::string asked_again(World& world, Role role, const char* path, const json& record) {
    return alike(world.get(role, path + ("/" + text(record)) + "/likenesses").json().at("items"));
}

}  // namespace

TEST_CASE(
    "a person of the same name with the same birth date, number or postcode is named; one of the name alone is not") {
    auto& world = shared_world();
    const auto first = recorded(world, "/v1/persons",
                                {{"name", "Ottoline Farthingale"},
                                 {"born_on", "1950-03-12"},
                                 {"phone", "0161 496 8801"},
                                 {"postcode", "SK1 1AA"}});
    CHECK(!first.contains("warnings"));
    const auto same = [&](const json& body) {
        return alike(recorded(world, "/v1/persons", body).value("warnings", json::array()));
    };
    CHECK(same({{"name", "OTTOLINE FARTHINGALE"}, {"born_on", "1950-03-12"}}) ==
          "same_name_and_birth_date " + text(first));
    CHECK(same({{"name", "Ottoline Farthingale"}, {"born_on", "1950-03-13"}}).empty());
    CHECK(same({{"name", "Ottoline Farthingale"}}).empty());
    CHECK(same({{"name", "Ottilie Farthingale"}, {"born_on", "1950-03-12"}}).empty());
    CHECK(same({{"name", "Ottoline Farthingale"}, {"phone", "+44 161 496 8801"}}).find("same_name_and_phone") == 0);
    CHECK(asked_again(world, Role::helpline, "/v1/persons", first).find("same_name_and_birth_date") == 0);
    CHECK(outcome(world.get(Role::helpline, "/v1/persons/PE-0000000-0/likenesses")) == "404 not-found");
}

TEST_CASE("a repeat is told the same as the first time, whatever came in between") {
    auto& world = shared_world();
    const json body{{"name", "Barnaby Rudgeworth"}, {"born_on", "1961-01-01"}};
    const auto key = Service::fresh_key();
    const auto first = world.post(Role::helpline, "/v1/persons", body.dump(), {}, {{"Idempotency-Key", key}});
    recorded(world, "/v1/persons", body);
    const auto again = world.post(Role::helpline, "/v1/persons", body.dump(), {}, {{"Idempotency-Key", key}});
    CHECK(again.header("idempotency-replayed") == "true");
    CHECK(again.body == first.body);
}

TEST_CASE(
    "the same call within ten minutes, the same parcel or voucher for a household, a second application, are named") {
    auto& world = shared_world();
    const auto call = [&](const char* at, const char* phone) {
        return recorded(
            world, "/v1/calls",
            {{"direction", "inbound"}, {"started_at", at}, {"outcome", "referred"}, {"caller", {{"phone", phone}}}});
    };
    const auto first = call("2020-04-02T10:15:00Z", "0161 496 8811");
    CHECK(!first.contains("warnings"));
    CHECK(alike(call("2020-04-02T10:24:59Z", "01614968811").at("warnings")) ==
          "same_number_at_that_time " + text(first));
    CHECK(!call("2020-04-02T10:04:59Z", "0161 496 8811").contains("warnings"));
    CHECK(!call("2020-04-02T10:16:00Z", "0161 496 8812").contains("warnings"));
    for (const auto* noun : {&nouns::parcel, &nouns::voucher, &nouns::food_shop}) {
        INFO(noun->name);
        const auto twice = world.lawful(*creating(*noun));
        const auto one = world.send(twice), other = world.send(twice);
        REQUIRE(outcome(other) == "201");
        const auto warned = alike(other.json().at("warnings"));
        CHECK(warned.find(text(one.json())) != std::string::npos);
        CHECK(asked_again(world, twice.role, ("/v1/" + std::string{noun->path}).c_str(), other.json()) == warned);
    }
    auto applied = world.lawful(*creating(nouns::application));
    const auto one = world.send(applied).json(), other = world.send(applied).json();
    CHECK(alike(other.at("warnings")).find("same_business_and_scheme " + text(one)) != std::string::npos);
    const auto business = world.fresh(nouns::business).at("id");
    auto stranger = applied;
    stranger.body["business_id"] = business;
    stranger.body["premises_id"] = world.fresh(nouns::premises, {{"business_id", business}}).at("id");
    const auto rival = world.send(stranger);
    INFO(rival.body);
    REQUIRE(outcome(rival) == "201");
    CHECK(alike(rival.json().at("warnings")).find("same_bank_account " + text(other)) != std::string::npos);
}

TEST_CASE("nobody is warned of a record that they may not see") {
    auto& world = shared_world();
    const json body{{"name", "Sybil Vane-Hidden"}, {"born_on", "1970-01-01"}, {"restricted", true}};
    const auto closed = recorded(world, "/v1/persons", body);
    const Headers stranger{{"Authorization", "Bearer " + world.service().token("helpline", "no friend of hers")}};
    CHECK(alike(recorded(world, "/v1/persons", {{"name", "Sybil Vane-Hidden"}, {"born_on", "1970-01-01"}})
                    .at("warnings")) == "same_name_and_birth_date " + text(closed));
    const auto seen = recorded(world, "/v1/persons", {{"name", "Sybil Vane-Hidden"}, {"born_on", "1970-01-01"}},
                               Role::helpline, stranger);
    CHECK(alike(seen.value("warnings", json::array())).find(text(closed)) == std::string::npos);
    CHECK(outcome(world.get(Role::helpline, "/v1/persons/" + text(closed) + "/likenesses", stranger)) ==
          "404 not-found");
    // Grants officers record people for applicants, and read none.
    CHECK(!recorded(world, "/v1/persons", {{"name", "Sybil Vane-Hidden"}, {"born_on", "1970-01-01"}},
                    Role::grants_officer)
               .contains("warnings"));
}

}  // namespace tideover::testing::likeness_test
