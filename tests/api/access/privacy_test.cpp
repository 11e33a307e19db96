// Bank details and the basis of vulnerability are for the roles that need them: in no answer of anybody else's.
#include <doctest/doctest.h>

#include <initializer_list>

#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::privacy_test {
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
        if (route.noun == nullptr || counts(route)) continue;
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
        if (changes(route)) {
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
    // But for which record stands in the way, to who may see that.
    REQUIRE(twin.json().at("related").size() == 1);
    CHECK(twin.json().at("related")[0].at("id") == business.at("id"));
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

namespace {

/// A restricted person whom one colleague recorded, with a call, a volunteering and a merge about them; and another
/// colleague.
struct Hidden {
    Service service;
    World world{service};
    Headers recorder{{"Authorization", "Bearer " + service.token("helpline", "hidden-recorder")}},
        other{{"Authorization", "Bearer " + service.token("helpline", "hidden-other")}},
        auditor{{"Authorization", "Bearer " + service.token("auditor", "hidden-auditor")}},
        admin{{"Authorization", "Bearer " + service.token("admin", "hidden-admin")}};
    json person = made("/v1/persons", {{"name", "Alma Canaryhidden"},
                                       {"restricted", true},
                                       {"phone", "01614960777"},
                                       {"identifiers", {{{"kind", "nhs_number"}, {"value", "9434765919"}}}}});
    json call = made("/v1/calls", {{"direction", "inbound"},
                                   {"started_at", "2020-05-01T10:00:00Z"},
                                   {"outcome", "resolved"},
                                   {"person_id", person.at("id")},
                                   {"caller", {{"name", "Alma Canaryhidden"}, {"phone", "01614960777"}}},
                                   {"note", "Canaryhidden lives at the refuge"}});
    json volunteer =
        made("/v1/volunteers",
             {{"person_id", person.at("id")}, {"registered_on", "2020-05-01"}, {"skills", "Canaryhidden cooks"}});
    json merge = made("/v1/merges", {{"kind", "person"},
                                     {"from_id", made("/v1/persons", {{"name", "Al Second"}}).at("id")},
                                     {"into_id", person.at("id")},
                                     {"reason", "Alma Canaryhidden, before she moved"}});

    json made(const std::string& path, const json& body) {
        const auto answer = world.post(Role::everyone, path, body.dump(), {}, recorder);
        REQUIRE(outcome(answer) == "201");
        return answer.json();
    }
    [[nodiscard]] std::string id() const { return person.at("id").get<std::string>(); }
};

bool tells(const Answer& answer) {
    return answer.body.find("Canaryhidden") != std::string::npos ||
           answer.body.find("01614960777") != std::string::npos;
}

}  // namespace

TEST_CASE("no address that is read shows a restricted person, or what tells of them, to who may not see them") {
    Hidden hidden;
    auto& world = hidden.world;
    const auto corrected =
        world.post(Role::everyone, "/v1/persons/" + hidden.id() + "/corrections",
                   json{{"reason", "moved"}, {"changes", {{"address", "2 Canaryhidden Row"}}}}.dump(),
                   etag_of(hidden.person), hidden.recorder);
    REQUIRE(outcome(corrected) == "200");
    hidden.service.seal();
    int asked = 0;
    for (const auto& route : routes()) {
        if (route.verb != Verb::get) continue;
        for (const std::string& query : std::initializer_list<std::string>{
                 "", "?limit=200", "?limit=200&person_id=" + hidden.id(), "?record=" + hidden.id(),
                 "?subject=" + hidden.id(), "?phone=01614960777"}) {
            for (const auto* record : {&hidden.person, &hidden.call, &hidden.volunteer, &hidden.merge}) {
                auto target = target_of(route, record->at("id"));
                if (target.find("{code}") != std::string::npos) continue;
                for (const auto& who : {hidden.other, hidden.auditor}) {
                    for (const std::string accept : {"application/json", "text/csv"}) {
                        auto headers = who;
                        headers.emplace_back("Accept", accept);
                        const auto answer = world.get(Role::everyone, target + query, headers);
                        INFO(target << query << ": " << answer.body.substr(0, 300));
                        CHECK_FALSE(tells(answer));
                        ++asked;
                    }
                }
            }
        }
    }
    CHECK(asked > 1000);
    // They are there for who may see them.
    CHECK(tells(world.get(Role::everyone, "/v1/calls?limit=200&person_id=" + hidden.id(), hidden.recorder)));
    CHECK(tells(world.get(Role::everyone, "/v1/audit?record=" + hidden.id(), hidden.admin)));
    CHECK(tells(world.get(Role::everyone, "/v1/volunteers?limit=200", hidden.recorder)));
    CHECK(tells(world.get(Role::everyone, "/v1/merges?limit=200", hidden.recorder)));
    CHECK(tells(world.get(Role::everyone, "/v1/merges?limit=200", hidden.admin)));
}

TEST_CASE(
    "what somebody does not see they cannot name, in any field of any record, new or corrected, nor merge or void") {
    Hidden hidden;
    auto& world = hidden.world;
    const auto fields = naming(nouns::person, Role::helpline);
    CHECK(fields.size() >= 2);
    for (const auto& [noun, route, field] : fields) {
        INFO(noun->name << "." << field->name);
        auto request = world.lawful(*route);
        request.body[std::string{field->name}] = hidden.person.at("id");
        const auto answer = world.post(Role::everyone, request.target, request.body.dump(), {}, hidden.other);
        CHECK(fault_at(answer, "/" + std::string{field->name}) == "unknown_reference");
        CHECK(world.post(Role::everyone, request.target, request.body.dump(), {}, hidden.recorder).status == 201);
    }
    const auto call = world.fresh(nouns::call);
    const json change{{"reason", "the caller was her"}, {"changes", {{"person_id", hidden.person.at("id")}}}};
    const auto target = "/v1/calls/" + call.at("id").get<std::string>() + "/corrections";
    CHECK(fault_at(world.post(Role::everyone, target, change.dump(), etag_of(call), hidden.other),
                   "/changes/person_id") == "unknown_reference");
    const auto somebody = world.fresh(nouns::person);
    for (const bool from : {true, false}) {
        const json merge{{"kind", "person"},
                         {"from_id", (from ? hidden.person : somebody).at("id")},
                         {"into_id", (from ? somebody : hidden.person).at("id")},
                         {"reason", "the same birthday"}};
        CHECK(fault_at(world.post(Role::everyone, "/v1/merges", merge.dump(), {}, hidden.other),
                       from ? "/from_id" : "/into_id") == "unknown_reference");
    }
    const json made_void{{"reason", "by mistake"}, {"void", true}};
    CHECK(outcome(world.post(Role::everyone, "/v1/calls/" + hidden.call.at("id").get<std::string>() + "/corrections",
                             made_void.dump(), etag_of(hidden.call), hidden.other)) == "404 not-found");
}

TEST_CASE("an NHS number tells nobody of a hidden person: whoever else has it is recorded, and contested") {
    Hidden hidden;
    auto& world = hidden.world;
    const json twin{{"name", "Alma Twin"}, {"identifiers", {{{"kind", "nhs_number"}, {"value", "943 476 5919"}}}}};
    const auto answer = world.post(Role::everyone, "/v1/persons", twin.dump(), {}, hidden.other);
    CHECK(outcome(answer) == "201");
    CHECK(world.sql("SELECT string_agg(contested::text, ' ' ORDER BY contested) FROM person_identifier") ==
          "false true");
    // Of somebody whom everybody sees the number belongs to one record as before.
    const json open{{"name", "Open Person"}, {"identifiers", {{{"kind", "nhs_number"}, {"value", "4010232137"}}}}};
    REQUIRE(outcome(world.post(Role::everyone, "/v1/persons", open.dump(), {}, hidden.other)) == "201");
    CHECK(outcome(world.post(Role::everyone, "/v1/persons", open.dump(), {}, hidden.recorder)) ==
          "409 duplicate-identifier");
}

TEST_CASE("who may write a record may read it, so that nobody reads by correcting") {
    for (const auto& route : routes()) {
        if (!changes(route) || creates(route)) continue;
        for (const auto& other : routes()) {
            if (!reads(other) || other.noun != route.noun) continue;
            for (const auto role : every_role()) {
                INFO(route.path << " by " << name_of(role));
                CHECK((!route.roles.has(role) || other.roles.has(role)));
            }
        }
    }
}

}  // namespace tideover::testing::privacy_test
