// Merges: two records of one party, counted once from then on, and apart again when the merge is undone.
#include <doctest/doctest.h>

#include "domain/community/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::merge_test {
namespace {

using nlohmann::json;

Answer merge(World& world, const json& from, const json& into, const std::string& kind = "person") {
    const json body{{"kind", kind}, {"from_id", from}, {"into_id", into}, {"reason", "same birthday, same door"}};
    return world.post(Role::helpline, "/v1/merges", body.dump());
}

std::int64_t figure(World& world, const std::string& code) {
    const auto answer = world.get(Role::everyone, "/v1/headlines").json();
    for (const auto& headline : answer.at("headlines")) {
        if (headline.at("code") == code) return headline.at("value").get<std::int64_t>();
    }
    return -1;
}

std::string root(World& world, const json& party) {
    return world.sql("SELECT root_of('" + world.authority() + "', '" + party.get<std::string>() +
                     "', 9223372036854775807)");
}

}  // namespace

TEST_CASE("two volunteers who are one person count once, and twice again when the merge is undone") {
    auto& world = shared_world();
    const auto before = figure(world, "new-volunteers");
    std::vector<json> persons;
    for (int i = 0; i < 3; ++i) persons.push_back(world.fresh(nouns::person).at("id"));
    for (const auto& person : persons) world.fresh(nouns::volunteer, {{"person_id", person}});
    CHECK(figure(world, "new-volunteers") == before + 3);
    const auto entries = world.sql("SELECT count(*) FROM entry");
    const auto first = merge(world, persons[0], persons[1]);
    REQUIRE(outcome(first) == "201");
    CHECK(figure(world, "new-volunteers") == before + 2);
    CHECK(outcome(merge(world, persons[1], persons[2])) == "201");
    CHECK(figure(world, "new-volunteers") == before + 1);
    CHECK(root(world, persons[0]) == persons[2]);
    const auto reversed = world.take(nouns::merge, first.json(), "reverse");
    CHECK(reversed.at("state") == "reversed");
    CHECK(figure(world, "new-volunteers") == before + 2);
    CHECK(root(world, persons[0]) == persons[0]);
    CHECK(world.sql("SELECT count(*) FROM entry") == entries);
    CHECK(world.sql("SELECT string_agg(linked::text, ' ' ORDER BY seq) FROM merge_link WHERE from_id = '" +
                    persons[0].get<std::string>() + "'") == "true false");
    CHECK(outcome(merge(world, persons[0], persons[2])) == "201");
    CHECK(figure(world, "new-volunteers") == before + 1);
}

TEST_CASE("what counts as one already is not merged again, in either direction") {
    auto& world = shared_world();
    const auto a = world.fresh(nouns::person).at("id"), b = world.fresh(nouns::person).at("id"),
               c = world.fresh(nouns::person).at("id");
    REQUIRE(outcome(merge(world, a, b)) == "201");
    REQUIRE(outcome(merge(world, b, c)) == "201");
    const auto before = world.stored();
    CHECK(outcome(merge(world, a, b)) == "409 already-merged");
    CHECK(outcome(merge(world, b, a)) == "409 already-merged");
    CHECK(outcome(merge(world, c, a)) == "409 already-merged");
    CHECK(outcome(merge(world, a, world.fresh(nouns::person).at("id"))) == "409 already-merged");
    CHECK(before != "");
    CHECK(world.sql("SELECT count(*) FROM merge_link WHERE from_id IN ('" + a.get<std::string>() + "', '" +
                    b.get<std::string>() + "')") == "2");
}

TEST_CASE("a merge names two different records of its kind") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person).at("id"), household = world.fresh(nouns::household).at("id");
    const auto fault = [&](const Answer& answer, const std::string& pointer) {
        return outcome(answer) + " " + fault_at(answer, pointer);
    };
    const auto before = world.stored();
    CHECK(fault(merge(world, person, person), "/into_id") == "422 invalid-fields same_record");
    CHECK(fault(merge(world, person, household), "/into_id") == "422 invalid-fields unknown_reference");
    CHECK(fault(merge(world, household, person), "/from_id") == "422 invalid-fields unknown_reference");
    CHECK(world.stored() == before);
    for (const auto& [kind, noun] : {std::pair<std::string, const Noun*>{"household", &nouns::household},
                                     {"business", &nouns::business},
                                     {"organisation", &nouns::organisation}}) {
        INFO(kind);
        CHECK(outcome(merge(world, world.fresh(*noun).at("id"), world.fresh(*noun).at("id"), kind)) == "201");
    }
}

TEST_CASE("merges that would close a circle at one moment do not") {
    auto& world = shared_world();
    constexpr std::size_t many = 6;
    std::vector<json> ring;
    for (std::size_t i = 0; i < many; ++i) ring.push_back(world.fresh(nouns::person).at("id"));
    const auto token = world.service().token("helpline");
    const auto answers = at_once(world.service(), many, [&](Client& client, std::size_t i) {
        const json body{
            {"kind", "person"}, {"from_id", ring[i]}, {"into_id", ring[(i + 1) % many]}, {"reason", "a ring"}};
        return client.send("POST", "/v1/merges", post_headers(token), body.dump());
    });
    CHECK(how_many(answers, "201") == many - 1);
    CHECK(how_many(answers, "409 already-merged") == 1);
    for (const auto& party : ring) CHECK(root(world, party) == root(world, ring.front()));
}

TEST_CASE("a chain of sixty merges is one party, in the figure and in the proof of it") {
    Service service;
    World world{service};
    const auto before = figure(world, "new-volunteers");
    std::vector<json> persons;
    for (int i = 0; i < 61; ++i) persons.push_back(world.fresh(nouns::person).at("id"));
    for (const auto& person : persons) world.fresh(nouns::volunteer, {{"person_id", person}});
    for (std::size_t i = 0; i + 1 < persons.size(); ++i) {
        REQUIRE(outcome(merge(world, persons[i], persons[i + 1])) == "201");
    }
    CHECK(root(world, persons.front()) == persons.back());
    CHECK(figure(world, "new-volunteers") == before + 1);
    service.seal();
    CHECK(figure(world, "new-volunteers") == before + 1);
    CHECK(world.get(Role::auditor, "/v1/verify").json().at("differences") == 0);
}

TEST_CASE("a merge into a record that is counted as another one goes to that one") {
    auto& world = shared_world();
    const auto a = world.fresh(nouns::person).at("id"), b = world.fresh(nouns::person).at("id"),
               c = world.fresh(nouns::person).at("id");
    REQUIRE(outcome(merge(world, a, b)) == "201");
    CHECK(merge(world, c, a).json().at("into_id") == b);
    CHECK(root(world, c) == b);
}

TEST_CASE("beyond a hundred merges in a row nothing is merged, and nothing is counted as less than it is") {
    Service service;
    World world{service};
    const auto first = world.fresh(nouns::person).at("id"), last = world.fresh(nouns::person).at("id");
    world.sql("ALTER TABLE merge_link DISABLE TRIGGER within_bound");
    const auto link = [&](int from, int to) {
        return "INSERT INTO merge_link (authority_id, from_id, into_id, linked) SELECT '" + world.authority() +
               "', CASE n WHEN 0 THEN '" + first.get<std::string>() +
               "'::uuid ELSE lpad(n::text, 32, '0')::uuid END, " + "CASE n WHEN 99 THEN '" + last.get<std::string>() +
               "'::uuid ELSE lpad((n + 1)::text, 32, '0')::uuid END, " + "true FROM generate_series(" +
               std::to_string(from) + ", " + std::to_string(to) + ") n";
    };
    world.sql(link(0, 99));
    world.sql("ALTER TABLE merge_link ENABLE TRIGGER within_bound");
    CHECK(root(world, first) == last);
    const auto more = merge(world, last, world.fresh(nouns::person).at("id"));
    CHECK(outcome(more) == "409 already-merged");
    CHECK(more.body.find("Too many merges in a row") != std::string::npos);
    CHECK_THROWS(world.sql("INSERT INTO merge_link (authority_id, from_id, into_id, linked) VALUES ('" +
                           world.authority() + "', '" + last.get<std::string>() + "', '" +
                           world.fresh(nouns::person).at("id").get<std::string>() + "', true)"));
}

}  // namespace tideover::testing::merge_test
