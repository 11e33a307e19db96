// Bank details and the basis of vulnerability are for the roles that need them: in no answer of anybody else's.
#include <doctest/doctest.h>

#include "tests/api/world.hpp"

namespace tideover::testing {
namespace {

using nlohmann::json;

/// Whether an answer's text shows the field of that record, in JSON or as a column of CSV.
bool shows(const json& record, std::string_view dotted) {
    const auto dot = dotted.find('.');
    const std::string head{dotted.substr(0, dot)};
    if (!record.contains(head)) return false;
    return dot == std::string_view::npos || shows(record.at(head), dotted.substr(dot + 1));
}

template <class Test>
void for_every_private_field(World& world, const Test& test) {
    int tried = 0;
    for (const auto& route : routes()) {
        if (route.noun == nullptr) continue;
        for (const auto& field : route.noun->fields) {
            if (field.privacy == Privacy::open) continue;
            for (const auto role : every_role()) {
                if (!route.roles.has(role)) continue;
                INFO(name_of(route.verb) << " " << route.path << " shows " << field.name << " to " << name_of(role));
                test(route, field, role);
                ++tried;
            }
        }
    }
    CHECK(tried > 50);
    CHECK(!world.authority().empty());
}

}  // namespace

TEST_CASE("a private field is in an answer exactly for the roles that may see it") {
    auto& world = shared_world();
    for_every_private_field(world, [&](const Route& route, const Field& field, Role role) {
        const bool seen = who_sees(field.privacy).has(role);
        if (route.verb == Verb::post) {
            const auto answer = world.send(world.lawful(route), world.signed_in(role));
            REQUIRE(answer.status < 300);
            CHECK(shows(answer.json(), field.name) == seen);
            return;
        }
        if (reads(route)) {
            const auto id = world.one(route.noun->name).at("id").get<std::string>();
            CHECK(shows(world.get(role, target_of(route, id)).json(), field.name) == seen);
            return;
        }
        const auto path = std::string{route.path} + "?limit=200";
        const auto items = world.get(role, path).json().at("items");
        REQUIRE(!items.empty());
        for (const auto& item : items) CHECK(shows(item, field.name) == seen);
        const auto csv = world.get(role, path, {{"Accept", "text/csv"}}).body;
        const auto header = "," + csv.substr(3, csv.find("\r\n") - 3) + ",";
        CHECK((header.find("," + std::string{field.name} + ",") != std::string::npos) == seen);
    });
}

TEST_CASE("nobody outside grants and finance finds a bank detail anywhere") {
    auto& world = shared_world();
    const json payee{{"name", "Needle & Haystack Ltd"}, {"sort_code", "070093"}, {"account_number", "33333334"}};
    const auto application = world.fresh_in(nouns::application, "approved", {{"payee", payee}});
    world.fresh_in(nouns::payment, "settled", {{"award_id", application.at("award_id")}});
    for (const auto& route : routes()) {
        if (!lists(route)) continue;
        for (const auto role : every_role()) {
            if (!route.roles.has(role) || who_sees(Privacy::bank).has(role)) continue;
            for (const std::string accept : {"application/json", "text/csv"}) {
                INFO(route.path << " as " << name_of(role));
                const auto body = world.get(role, std::string{route.path} + "?limit=200", {{"Accept", accept}}).body;
                CHECK(body.find("Needle & Haystack") == std::string::npos);
                CHECK(body.find("33333334") == std::string::npos);
            }
        }
    }
    CHECK(world.get(Role::finance, "/v1/payments?limit=1").body.find("33333334") != std::string::npos);
}

TEST_CASE("a refusal never says what is in the database, and never what the body said") {
    auto& world = shared_world();
    const auto business =
        world.fresh(nouns::business, {{"identifiers", {{{"kind", "company_number"}, {"value", "SC765412"}}}}});
    auto body = world.body(nouns::business);
    body["identifiers"] = {{{"kind", "company_number"}, {"value", "SC765412"}}};
    const auto twin = world.post(Role::helpline, "/v1/businesses", body.dump());
    CHECK(outcome(twin) == "409 duplicate-identifier");
    CHECK(twin.body.find("SC765412") == std::string::npos);
    CHECK(twin.body.find("constraint") == std::string::npos);
    CHECK(twin.body.find(business.at("id").get<std::string>()) == std::string::npos);
    auto call = world.body(nouns::call);
    call["caller"] = {{"phone", "Jo Bloggs of Bramhall"}};
    const auto refused = world.post(Role::helpline, "/v1/calls", call.dump());
    CHECK(outcome(refused) == "422 invalid-fields");
    CHECK(refused.body.find("Bloggs") == std::string::npos);
}

TEST_CASE(
    "a restricted person is there for administrators, whoever recorded them and their case worker, and for nobody "
    "else") {
    auto& world = shared_world();
    const auto as = [&](const std::string& role, const std::string& staff) -> Headers {
        return {{"Authorization", "Bearer " + world.service().token(role, staff)}};
    };
    const auto recorder = as("helpline", "restricted-recorder"), worker = as("helpline", "restricted-worker"),
               other = as("helpline", "restricted-other"), admin = as("admin", "restricted-admin");
    const auto worker_id = world.sql("SELECT id FROM staff WHERE key = 'restricted-worker'");
    const json body{{"name", "Alma Hidden"}, {"restricted", true}, {"case_worker_id", worker_id}};
    const auto made = world.post(Role::everyone, "/v1/persons", body.dump(), {}, recorder);
    REQUIRE(outcome(made) == "201");
    const auto person = made.json();
    const auto target = "/v1/persons/" + person.at("id").get<std::string>();
    const json correction{{"reason", "She moved."}, {"changes", {{"address", "2 Safe Street"}}}};
    for (const auto& [who, sees] : {std::pair{recorder, true}, {worker, true}, {admin, true}, {other, false}}) {
        CHECK(outcome(world.get(Role::everyone, target, who)) == (sees ? "200" : "404 not-found"));
        const auto listed = world.get(Role::everyone, "/v1/persons?limit=200", who).body.find("Alma Hidden");
        CHECK((listed != std::string::npos) == sees);
    }
    CHECK(outcome(world.post(Role::everyone, target + "/corrections", correction.dump(), etag_of(person), other)) ==
          "404 not-found");
    CHECK(outcome(world.get(Role::auditor, target)) == "404 not-found");
    CHECK(outcome(world.post(Role::everyone, target + "/corrections", correction.dump(), etag_of(person), worker)) ==
          "200");
}

}  // namespace tideover::testing
