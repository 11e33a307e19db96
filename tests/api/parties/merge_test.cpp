// Merges: two records of one party, counted once from then on, and apart again when the merge is undone.
#include "domain/parties/merge.hpp"

#include <doctest/doctest.h>

#include <set>

#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "tests/api/at_once.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::merge_test {
namespace {

using nlohmann::json;

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

TEST_CASE("a record says what it is merged into, under another ETag, until the merge is undone; lists ask for either") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        if (!noun->mergeable) continue;
        INFO(noun->name);
        const auto from = world.fresh(*noun), into = world.fresh(*noun);
        const auto reader = noun == &nouns::council_tax_account ? Role::finance : Role::admin;
        const auto path = "/v1/" + std::string{noun->path};
        const auto shown = [&] { return world.get(reader, path + "/" + id_of(from)); };
        const auto ids = [&](const std::string& query) {
            std::set<std::string> out;
            const auto page = world.get(reader, path + "?limit=200&" + query).json();
            for (const auto& one : page.at("items")) out.insert(one.at("id"));
            return out;
        };
        const auto before = shown();
        CHECK(before.json().at("merged_into").is_null());
        CHECK(before.header("etag") == "\"1\"");
        CHECK(ids("merged=false").contains(id_of(from)));
        CHECK_FALSE(ids("merged=true").contains(id_of(from)));

        const auto made = merge(world, from.at("id"), into.at("id"), std::string{noun->name});
        REQUIRE(outcome(made) == "201");
        const auto after = shown();
        CHECK(after.json().at("merged_into") == into.at("id"));
        CHECK(after.header("etag") == "\"1." + id_of(into) + "\"");
        CHECK(world.get(reader, path + "/" + id_of(from), {{"If-None-Match", before.header("etag")}}).status == 200);
        CHECK(world.get(reader, path + "/" + id_of(from), {{"If-None-Match", after.header("etag")}}).status == 304);
        CHECK(world.get(reader, path + "/" + id_of(into)).json().at("merged_into").is_null());
        CHECK(ids("merged_into=" + id_of(into)) == std::set<std::string>{id_of(from)});
        CHECK(ids("merged=true").contains(id_of(from)));
        CHECK_FALSE(ids("merged=false").contains(id_of(from)));
        CHECK(ids("merged=false").contains(id_of(into)));
        CHECK(ids("merged=true,false&recorded_by=" + from.at("recorded_by").get<std::string>()).contains(id_of(into)));

        world.take(nouns::merge, made.json(), "reverse");
        CHECK(shown().header("etag") == before.header("etag"));
        CHECK(ids("merged_into=" + id_of(into)).empty());
    }
}

TEST_CASE("a record is corrected under the ETag that says what it is merged into, and under no invented one") {
    auto& world = shared_world();
    const auto from = world.fresh(nouns::person), into = world.fresh(nouns::person);
    REQUIRE(outcome(merge(world, from.at("id"), into.at("id"))) == "201");
    const auto path = "/v1/persons/" + id_of(from);
    const auto correct = [&](const std::string& etag) {
        const json body{{"reason", "It was heard wrongly."}, {"changes", {{"address", "1 Other Street"}}}};
        return world.post(Role::helpline, path + "/corrections", body.dump(), etag);
    };
    CHECK(outcome(correct("\"1.somewhere\"")) == "428 precondition-required");
    CHECK(outcome(correct("\"1.\"")) == "428 precondition-required");
    const auto corrected = correct(world.get(Role::helpline, path).header("etag"));
    CHECK(outcome(corrected) == "200");
    CHECK(corrected.header("etag") == "\"2." + id_of(into) + "\"");
    CHECK(corrected.json().at("merged_into") == into.at("id"));
}

TEST_CASE("what a record is merged into is not told where it is restricted, nor to a partner") {
    auto& world = shared_world();
    const auto from = world.fresh(nouns::person), into = world.fresh(nouns::person, {{"restricted", true}});
    REQUIRE(outcome(merge(world, from.at("id"), into.at("id"), "person", Role::admin)) == "201");
    const auto path = "/v1/persons/" + id_of(from);
    CHECK(world.get(Role::admin, path).json().at("merged_into") == into.at("id"));
    const auto told = world.get(Role::helpline, path);
    CHECK(told.json().at("merged_into").is_null());
    CHECK(told.header("etag") == "\"1\"");
    CHECK(told.body.find(id_of(into)) == std::string::npos);
    CHECK(world.get(Role::helpline, "/v1/persons?merged_into=" + id_of(into)).json().at("items").empty());
    const auto merged = world.get(Role::helpline, "/v1/persons?merged=true&limit=200").json();
    for (const auto& one : merged.at("items")) CHECK(one.at("id") != from.at("id"));
}

TEST_CASE("what may be merged are the kinds that a merge takes") {
    std::set<std::string> mergeable, taken{nouns::merge_table::kinds.begin(), nouns::merge_table::kinds.end()};
    for (const auto* noun : nouns::all()) {
        if (noun->mergeable) mergeable.emplace(noun->name);
    }
    CHECK(mergeable == taken);
}

}  // namespace tideover::testing::merge_test
