// Void means void: nothing new names a void record, no record is made void while live work leans on it, and a void
// record can be reinstated.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/formats/record_json.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::void_test {
namespace {

using nlohmann::json;

std::string quoted(const json& text) {
    return "'" + text.get<std::string>() + "'";
}

Answer reinstate(World& world, const Noun& noun, const json& record, const json& changes = json::object()) {
    const auto* route = correcting(noun);
    json body{{"reason", "It was right after all."}, {"void", false}};
    if (!changes.empty()) body["changes"] = changes;
    return world.post(one_of(route->roles), target_of(*route, record.at("id")), body.dump(), etag_of(record));
}

/// The record as it was made void.
json voided(World& world, const Noun& noun, const json& record) {
    const auto answer = world.make_void(noun, record);
    REQUIRE(outcome(answer) == "200");
    return answer.json();
}

bool refers(const Field& field) {
    return (field.kind == Kind::id || field.kind == Kind::code) && !field.refers.empty() && !field.derived;
}

/// A fresh record that a field can name, with a code where it goes by that.
json nameable(World& world, const Field& field) {
    const auto& noun = nouns::named(field.refers);
    if (noun.name == nouns::award.name) return world.fresh_in(noun, "cancelled");  // live ones hold money
    if (field.kind == Kind::id || !noun.key.empty()) return world.fresh(noun);
    return world.fresh(noun, {{std::string{noun.code()}, "void-" + Service::fresh_key().substr(0, 30)}});
}

json name_in(const Field& field, const json& record) {
    if (field.kind == Kind::id) return record.at("id");
    return record.at(std::string{nouns::named(field.refers).code()});
}

}  // namespace

TEST_CASE("no field of any new record, and none of a corrected one, takes a void record") {
    auto& world = shared_world();
    int tried = 0;
    for (const auto* noun : nouns::all()) {
        if (creating(*noun) == nullptr || noun->name == nouns::publication.name) continue;
        for (const auto& field : noun->fields) {
            if (!refers(field) || correcting(nouns::named(field.refers)) == nullptr) continue;
            INFO(noun->name << " " << field.name);
            const auto gone = voided(world, nouns::named(field.refers), nameable(world, field));
            auto body = world.body(*noun);
            set_at(body, field.name, name_in(field, gone));
            const auto before = world.stored();
            const auto target = std::string{creating(*noun)->path};
            const auto answer = world.post(one_of(creating(*noun)->roles), target, body.dump());
            CHECK(answer.status >= 400);
            CHECK(answer.status < 500);
            CHECK(world.stored() == before);
            const auto fault = fault_at(answer, "/" + std::string{field.name});
            tried += fault == "void_reference" ? 1 : 0;  // another rule may refuse the bare body first
            if (correcting(*noun) == nullptr || !may_be_corrected(field)) continue;
            const auto corrected =
                world.correct(*noun, world.fresh(*noun), {{std::string{field.name}, name_in(field, gone)}});
            CHECK(corrected.status >= 400);
            CHECK(corrected.status < 500);
        }
    }
    CHECK(tried > 20);
}

TEST_CASE("nobody gets a token for an organisation, or for a person, that is void") {
    auto& world = shared_world();
    const auto hub = world.fresh(nouns::organisation, {{"code", "void-" + Service::fresh_key().substr(0, 20)}});
    const auto member = world.fresh(nouns::staff);
    json body{{"staff_id", member.at("id")}, {"role", "partner"}, {"partner", hub.at("code")}};
    voided(world, nouns::organisation, hub);
    CHECK(outcome(world.post(Role::admin, "/v1/tokens", body.dump())) == "422 invalid-fields");
    body["role"] = "helpline", body["partner"] = nullptr;
    voided(world, nouns::staff, member);
    CHECK(outcome(world.post(Role::admin, "/v1/tokens", body.dump())) == "409 has-left");
}

TEST_CASE("no record is made void while live work leans on it: the refusal names that work, and leaves all as it was") {
    auto& world = shared_world();
    int refused = 0;
    for (const auto* noun : nouns::all()) {
        if (creating(*noun) == nullptr || noun->about_access || correcting(*noun) == nullptr) continue;
        for (const auto& field : noun->fields) {
            if (!refers(field) || field.refers == "staff" || correcting(nouns::named(field.refers)) == nullptr)
                continue;
            if (noun->name == "scheme_version" || field.aside) continue;
            const auto& other = nouns::named(field.refers);
            const auto leant_on = nameable(world, field);
            auto body = world.body(*noun);
            set_at(body, field.name, name_in(field, leant_on));
            const auto made =
                world.post(one_of(creating(*noun)->roles), std::string{creating(*noun)->path}, body.dump());
            if (made.status != 201) continue;  // another rule wants more of what it names
            INFO(noun->name << " " << field.name);
            const auto before = world.stored();
            const auto answer = world.make_void(other, leant_on);
            CHECK((outcome(answer) == "409 in-use" || outcome(answer) == "409 already-reversed"));
            CHECK(world.stored() == before);
            ++refused;
            REQUIRE(outcome(world.make_void(*noun, made.json())) == "200");
            CHECK(outcome(world.make_void(other, leant_on)) == "200");
        }
    }
    CHECK(refused > 15);
    const auto household = world.fresh(nouns::household);
    const auto voucher = world.fresh(nouns::voucher, {{"household_id", household.at("id")}});
    const auto detail = world.make_void(nouns::household, household).json().at("detail").get<std::string>();
    CHECK(detail == "a voucher " + voucher.at("reference").get<std::string>() + " leans on it.");
}

TEST_CASE("what leans on a record is named only to those who may see it") {
    auto& world = shared_world();
    const auto household = world.fresh(nouns::household);
    const auto route = std::string{creating(nouns::person)->path};
    auto hidden = world.body(nouns::person);
    hidden["household_id"] = household.at("id"), hidden["restricted"] = true;
    const json person = world.post(Role::grants_officer, route, hidden.dump()).json();
    const auto detail = world.make_void(nouns::household, household).json().at("detail").get<std::string>();
    CHECK(detail == "Work that you do not see leans on it.");
    CHECK(detail.find(person.at("reference").get<std::string>()) == std::string::npos);
}

TEST_CASE("a party that was merged is not made void, nor the one it was merged into, until the merge is undone") {
    auto& world = shared_world();
    for (const auto* noun : {&nouns::person, &nouns::household, &nouns::business, &nouns::organisation}) {
        INFO(noun->name);
        const auto from = world.fresh(*noun), into = world.fresh(*noun);
        const auto merge = world.fresh(
            nouns::merge, {{"kind", std::string{noun->name}}, {"from_id", from.at("id")}, {"into_id", into.at("id")}});
        CHECK(outcome(world.make_void(*noun, from)) == "409 in-use");
        CHECK(outcome(world.make_void(*noun, into)) == "409 in-use");
        world.take(nouns::merge, merge, "reverse");
        const auto gone = voided(world, *noun, from);
        const auto answer = world.post(Role::helpline, "/v1/merges",
                                       json{{"kind", noun->name},
                                            {"from_id", gone.at("id")},
                                            {"into_id", into.at("id")},
                                            {"reason", "the same after all"}}
                                           .dump());
        CHECK(outcome(answer) == "422 invalid-fields");
    }
}

TEST_CASE("work that is over leans on nothing") {
    auto& world = shared_world();
    const auto business = world.fresh(nouns::business);
    const auto premises = world.fresh(nouns::premises, {{"business_id", business.at("id")}});
    world.fresh_in(nouns::application, "withdrawn",
                   {{"business_id", business.at("id")}, {"premises_id", premises.at("id")}});
    CHECK(outcome(world.make_void(nouns::premises, premises)) == "200");
    CHECK(outcome(world.make_void(nouns::business, business)) == "200");
}

TEST_CASE("every kind of void record can be reinstated, and then counts and is named as before") {
    auto& world = shared_world();
    int reinstated = 0;
    for (const auto* noun : nouns::all()) {
        if (correcting(*noun) == nullptr || creating(*noun) == nullptr) continue;
        INFO(noun->name);
        const auto record = world.fresh(*noun);
        const auto net = [&] {
            return world.sql(
                "SELECT string_agg(measure || ' ' || happened_on || ' ' || q, ', ' ORDER BY measure, happened_on) "
                "FROM (SELECT measure, happened_on, sum(quantity) AS q FROM entry WHERE record_id = " +
                quoted(record.at("id")) + " GROUP BY 1, 2 HAVING sum(quantity) <> 0) e");
        };
        const auto counted = net();
        CHECK(outcome(reinstate(world, *noun, record)) == "422 nothing-changed");
        const auto gone = voided(world, *noun, record);
        CHECK(net().empty());
        CHECK(outcome(world.correct(*noun, gone, world.correction(*noun).at("changes"))) == "409 wrong-state");
        const auto answer = reinstate(world, *noun, gone);
        REQUIRE(outcome(answer) == "200");
        auto back = answer.json(), expected = record;
        CHECK(back.at("version") == 3);
        back["version"] = expected["version"] = 0;
        if (back.contains("drafted_by")) back["drafted_by"] = expected["drafted_by"];  // whoever said it last
        CHECK(back == expected);
        CHECK(net() == counted);
        CHECK(world.sql("SELECT action FROM audit WHERE version = 3 AND record_id = " + quoted(record.at("id"))) ==
              "reinstate");
        ++reinstated;
    }
    CHECK(reinstated > 18);
}

TEST_CASE(
    "a code that was used by mistake is not lost: the advice leads to the record that has it, and that comes back "
    "right") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        if (noun->code().empty() || correcting(*noun) == nullptr) continue;
        INFO(noun->name);
        const std::string code{noun->code()};
        const bool any_text = noun->field(code)->kind == Kind::text;
        const auto wrong =
            world.fresh(*noun, any_text ? json{{code, "again-" + Service::fresh_key().substr(0, 12)}} : json::object());
        auto body = world.body(*noun);
        body[code] = wrong.at(code);
        const auto again = [&] {
            return world.post(one_of(creating(*noun)->roles), std::string{creating(*noun)->path}, body.dump());
        };
        const auto reference = wrong.at("reference").get<std::string>();
        CHECK(outcome(again()) == "409 already-recorded");
        CHECK(again().json().at("detail") == "It is " + reference + ".");
        const auto gone = voided(world, *noun, wrong);
        CHECK(again().json().at("detail") ==
              "It is " + reference + ", which is void: reinstate it by a correction with \"void\": false.");
        CHECK(outcome(reinstate(world, *noun, gone)) == "200");
    }
    // Also what makes the record what it is can be put right on the way.
    const auto item = world.fresh(nouns::ppe_item, {{"items_per_unit", 100}});
    CHECK(fault_at(world.correct(nouns::ppe_item, item, {{"items_per_unit", 200}}), "/changes/items_per_unit") ==
          "not_correctable");
    const auto gone = voided(world, nouns::ppe_item, item);
    CHECK(fault_at(reinstate(world, nouns::ppe_item, gone, {{"code", "another"}}), "/changes/code") ==
          "not_correctable");
    const auto back = reinstate(world, nouns::ppe_item, gone, {{"items_per_unit", 200}});
    REQUIRE(outcome(back) == "200");
    CHECK(back.json().at("items_per_unit") == 200);
    CHECK(back.json().at("code") == item.at("code"));
}

TEST_CASE("a reinstated record has its identifiers again, unless another has them by now") {
    auto& world = shared_world();
    const json list{{"identifiers", {{{"kind", "company_number"}, {"value", "08880001"}, {"source", nullptr}}}}};
    const auto first = voided(world, nouns::business, world.fresh(nouns::business, list));
    const auto back = reinstate(world, nouns::business, first);
    REQUIRE(outcome(back) == "200");
    CHECK(back.json().at("identifiers") == list.at("identifiers"));
    const auto gone = voided(world, nouns::business, back.json());
    world.fresh(nouns::business, list);
    CHECK(outcome(reinstate(world, nouns::business, gone)) == "409 duplicate-identifier");
    CHECK(outcome(reinstate(world, nouns::business, gone, {{"identifiers", json::array()}})) == "200");
}

TEST_CASE("of those who make a record void and those who name it at the same moment, only one side has its way") {
    auto& world = shared_world();
    const auto token = world.service().token("helpline");
    for (int round = 0; round < 20; ++round) {
        const auto person = world.fresh(nouns::person);
        const auto id = person.at("id").get<std::string>();
        const auto answers = at_once(world.service(), 6, [&](Client& client, std::size_t i) {
            if (i == 0) {
                return client.send("POST", "/v1/persons/" + id + "/corrections",
                                   post_headers(token, Service::fresh_key(), "\"1\""),
                                   R"({"reason": "never was", "void": true})");
            }
            const json call{{"direction", "inbound"},
                            {"started_at", "2020-06-01T09:00:00Z"},
                            {"outcome", "referred"},
                            {"person_id", id}};
            return client.send("POST", "/v1/calls", post_headers(token), call.dump());
        });
        const auto calls = how_many(answers, "201");
        CHECK(how_many(answers, "200") == (calls == 0 ? 1 : 0));
        CHECK(how_many(answers, "409 in-use") == (calls == 0 ? 0 : 1));
        CHECK(how_many(answers, "422 invalid-fields") == 5 - calls);
    }
}

TEST_CASE("the references that the database holds are those of the field tables") {
    auto& world = shared_world();
    std::set<std::string> listed;
    const std::function<void(const Noun&, std::string_view, std::span<const Field>)> add =
        [&](const Noun& noun, std::string_view table, std::span<const Field> fields) {
            for (const auto& field : fields) {
                if (field.kind == Kind::rows) add(noun, field.rows->table, field.rows->fields);
                if ((field.kind != Kind::id && field.kind != Kind::code) || field.refers.empty() || field.aside)
                    continue;
                if (noun.name == nouns::api_token.name && field.kind == Kind::code) continue;  // no foreign key
                auto column = std::string{field.name};
                std::replace(column.begin(), column.end(), '.', '_');
                listed.insert(std::string{table} + "." + column + " " + std::string{field.refers});
            }
        };
    for (const auto* noun : nouns::all()) add(*noun, noun->name, noun->fields);
    std::string expected;
    for (const auto& line : listed) expected += line + "\n";
    CHECK(world.sql("SELECT string_agg(source || '.' || source_column || ' ' || target || E'\\n', '' ORDER BY "
                    "(source || '.' || source_column || ' ' || target) COLLATE \"C\") FROM record_reference") ==
          expected);
    std::string ended;
    for (const auto* noun : nouns::all()) {
        for (const auto state : noun->ended) ended += std::string{noun->name} + " " + std::string{state} + "\n";
    }
    CHECK(world.sql("SELECT count(*) FROM ended_state") ==
          std::to_string(std::count(ended.begin(), ended.end(), '\n')));
    CHECK(world.sql("SELECT count(*) FROM ended_state WHERE position(noun || ' ' || state || E'\\n' IN '" + ended +
                    "') = 0") == "0");
}

}  // namespace tideover::testing::void_test
