// Timelines: everything that names a party, whatever it was merged with, as far as the asker sees it.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::timeline_test {
namespace {

using nlohmann::json;

std::string path_of(const Noun& noun, const json& record) {
    return "/v1/" + std::string{noun.path} + "/" + id_of(record) + "/timeline";
}

json items(World& world, Role role, const std::string& target, Headers headers = {}) {
    const auto answer = world.get(role, target, std::move(headers));
    INFO(target << "\n" << answer.body);
    REQUIRE(outcome(answer) == "200");
    return answer.json().at("items");
}

/// "kind field, kind field", the newest first.
std::string told(const json& list) {
    std::string out;
    for (const auto& one : list) {
        out += (out.empty() ? "" : ", ") + one.at("kind").get<std::string>();
        for (const auto& name : one.at("named_in")) out += " " + name.get<std::string>();
    }
    return out;
}

Role reader_of(const Noun& noun) {
    return noun.name == nouns::council_tax_account.name ? Role::finance : Role::auditor;
}

}  // namespace

TEST_CASE("whatever names a party is on its timeline, under the field that names it") {
    auto& world = shared_world();
    int named = 0;
    for (const auto* party : nouns::all()) {
        if (!party->mergeable) continue;
        for (const auto* other : nouns::all()) {
            if (creating(*other) == nullptr) continue;
            for (const auto& field : other->fields) {
                if (field.kind != Kind::id || field.refers != party->name || field.derived || !field.via.empty() ||
                    other->name == nouns::application.name)  // whose premises are the business's: below
                    continue;
                INFO(party->name << " in " << other->name << "." << field.name);
                const auto record = world.fresh(*party);
                const auto about = world.fresh(*other, {{field.name, record.at("id")}});
                auto reader = reader_of(*party);
                if (!may_read(reader, *other)) reader = one_of(reading(*other)->roles);
                const auto list = items(world, reader, path_of(*party, record));
                const auto found = std::find_if(list.begin(), list.end(),
                                                [&](const json& one) { return one.at("id") == about.at("id"); });
                REQUIRE(found != list.end());
                CHECK(found->at("named_in") == json::array({field.name}));
                CHECK(found->at("reference") == about.at("reference"));
                CHECK(found->at("href") == address_of(*other, id_of(about)));
                CHECK(found->at("recorded_at") == about.at("recorded_at"));
                CHECK(list.back().at("id") == record.at("id"));
                ++named;
            }
        }
    }
    CHECK(named >= 8);
    const auto application = world.fresh_in(nouns::application, "approved");
    CHECK(told(items(world, Role::auditor,
                     "/v1/businesses/" + application.at("business_id").get<std::string>() + "/timeline"))
              .find("award business_id, application business_id") != std::string::npos);
}

TEST_CASE("a party's timeline goes through its merges, newest first, page by page; undone merges part it again") {
    auto& world = shared_world();
    const auto first = world.fresh(nouns::person), second = world.fresh(nouns::person);
    const auto call = world.fresh(nouns::call, {{"person_id", first.at("id")}});
    const auto volunteer = world.fresh(nouns::volunteer, {{"person_id", second.at("id")}});
    const auto merged = merge(world, first.at("id"), second.at("id"));
    REQUIRE(outcome(merged) == "201");
    const std::string all = "merge from_id into_id, volunteer person_id, call person_id, person, person";
    for (const auto& person : {first, second}) {
        CHECK(told(items(world, Role::helpline, path_of(nouns::person, person))) == all);
        json paged = json::array();
        for (std::string next = path_of(nouns::person, person) + "?limit=2"; !next.empty();) {
            const auto page = world.get(Role::helpline, next).json();
            CHECK(page.at("items").size() <= 2);
            for (const auto& one : page.at("items")) paged.push_back(one);
            next = page.at("next").is_null()
                       ? ""
                       : path_of(nouns::person, person) + "?limit=2&cursor=" + page.at("next").get<std::string>();
        }
        CHECK(told(paged) == all);
    }
    CHECK(told(items(world, Role::helpline, "/v1/persons/" + first.at("reference").get<std::string>() + "/timeline")) ==
          all);
    world.take(nouns::merge, merged.json(), "reverse");
    CHECK(told(items(world, Role::helpline, path_of(nouns::person, first))) == "merge from_id, call person_id, person");
}

TEST_CASE("a timeline shows what its reader may read, and nothing of whom they may not see") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person), hidden = world.fresh(nouns::person);
    world.fresh(nouns::call, {{"person_id", person.at("id")}});
    world.fresh(nouns::call, {{"person_id", hidden.at("id")}});
    const auto aid = world.open_scheme({{"kind", "household"}}, {{"uniqueness_key", "person"}}).at("code");
    world.fresh(nouns::application,
                {{"business_id", nullptr}, {"premises_id", nullptr}, {"person_id", hidden.at("id")}, {"scheme", aid}});
    REQUIRE(outcome(merge(world, hidden.at("id"), person.at("id"))) == "201");
    const auto read = world.get(Role::admin, "/v1/persons/" + id_of(hidden));
    REQUIRE(outcome(world.post(Role::admin, "/v1/persons/" + id_of(hidden) + "/corrections",
                               json{{"reason", "She is in danger."}, {"changes", {{"restricted", true}}}}.dump(),
                               read.header("etag"))) == "200");
    const Headers other{{"Authorization", "Bearer " + world.service().token("helpline", "timeline-elsewhere")}};
    const auto list = items(world, Role::everyone, path_of(nouns::person, person), other);
    CHECK(told(list) == "call person_id, person");
    CHECK(list.dump().find(id_of(hidden)) == std::string::npos);
    CHECK(outcome(world.get(Role::everyone, path_of(nouns::person, hidden), other)) == "404 not-found");
    // Their applications are on the lists of who reads those; that they are this person's is not told.
    CHECK(told(items(world, Role::auditor, path_of(nouns::person, person))) == "call person_id, person");
    // An administrator reads no calls; a partner's members do not see a person whom they never served.
    for (const auto& one : items(world, Role::admin, path_of(nouns::person, person))) {
        INFO(one.dump());
        CHECK(may_read(Role::admin, nouns::named(one.at("kind").get<std::string>())));
    }
    const auto partner = world.fresh(nouns::organisation, {{"code", "timeline-partner"}, {"kind", "partner"}});
    const Headers theirs{
        {"Authorization", "Bearer " + world.service().token("partner", {}, partner.at("code").get<std::string>())}};
    CHECK(outcome(world.get(Role::everyone, path_of(nouns::person, person), theirs)) == "404 not-found");
    CHECK(outcome(world.get(Role::everyone, path_of(nouns::person, person))) == "401 unauthenticated");
}

TEST_CASE("a timeline takes its own cursors only, and is nothing of what is no party") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person), other = world.fresh(nouns::person);
    world.fresh(nouns::call, {{"person_id", person.at("id")}});
    world.fresh(nouns::call, {{"person_id", other.at("id")}});
    const auto next = [&](const std::string& target) {
        return world.get(Role::helpline, target).json().at("next").get<std::string>();
    };
    const auto theirs = next(path_of(nouns::person, other) + "?limit=1"), lists = next("/v1/persons?limit=1");
    const auto own = next(path_of(nouns::person, person) + "?limit=1");
    const auto digest = own.substr(0, own.find('~') + 1), place = own.substr(0, own.rfind('~'));
    for (const auto& cursor :
         {theirs, lists, std::string{"x"}, std::string{}, digest, digest + "~", place, place + "~", own + "x"}) {
        INFO(cursor);
        CHECK(outcome(world.get(Role::helpline, path_of(nouns::person, person) + "?cursor=" + cursor)) ==
              "400 invalid-parameter");
    }
    CHECK(outcome(world.get(Role::helpline, "/v1/persons/PE-0000000-0/timeline")) == "404 not-found");
    CHECK(outcome(world.get(Role::helpline, "/v1/calls/" + id_of(world.one("call")) + "/timeline")) == "404 not-found");
}

}  // namespace tideover::testing::timeline_test
