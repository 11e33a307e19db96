// Dated facts: what holds from a day on, and when the council learned of it.
#include <doctest/doctest.h>

#include "domain/parties/nouns.hpp"
#include "tests/api/imported.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::dated_facts_test {
namespace {

using nlohmann::json;

Answer say(World& world, const Noun& noun, const json& record, const json& body) {
    const auto role = noun.name == nouns::premises.name ? Role::grants_officer : Role::helpline;
    const auto id = record.at("id").get<std::string>(), path = "/v1/" + std::string{noun.path} + "/" + id;
    const auto etag = world.get(role, path).header("etag");
    return world.post(role, path + "/corrections", body.dump(), etag);
}

json facts(World& world, const Noun& noun, const json& record, const std::string& query = {}) {
    const auto role = noun.name == nouns::premises.name ? Role::grants_officer : Role::helpline;
    const auto answer =
        world.get(role, "/v1/" + std::string{noun.path} + "/" + record.at("id").get<std::string>() + "/facts" + query);
    CHECK(answer.status == 200);
    return answer.json().at("items");
}

/// "2020-04-01 100; 2020-10-01 200": the days and values of a field.
std::string periods(const json& facts, const std::string& field) {
    std::string out;
    for (const auto& fact : facts) {
        if (fact.at("field") != field) continue;
        out += (out.empty() ? "" : "; ") + (fact.at("from").is_null() ? "ever" : fact.at("from").get<std::string>()) +
               " " + fact.at("value").dump();
    }
    return out;
}

/// The database's clock, as a parameter.
std::string now(World& world) {
    return world.sql("SELECT wire(clock_timestamp())");
}

}  // namespace

TEST_CASE("a field that was never changed is what its record says, from the beginning, known since it was recorded") {
    auto& world = shared_world();
    const auto premises = world.fresh(nouns::premises, {{"rateable_value_pence", 1'200'000}, {"reliefs", {"rural"}}});
    const auto all = facts(world, nouns::premises, premises);
    CHECK(periods(all, "rateable_value_pence") == "ever 1200000");
    CHECK(periods(all, "reliefs") == "ever [\"rural\"]");
    CHECK(periods(all, "occupied") == "ever null");
    CHECK(all[0].at("known_from") == premises.at("recorded_at"));
    CHECK(world.sql("SELECT count(*) FROM dated_fact WHERE record_id = '" + premises.at("id").get<std::string>() +
                    "'") == "0");
    CHECK(facts(world, nouns::premises, premises, "?known_at=2020-01-01T00:00:00Z").empty());
}

TEST_CASE(
    "a shop was sold: the ratepayer is another from that day on, was the first one before, and that is no mistake") {
    auto& world = shared_world();
    const auto premises = world.fresh(nouns::premises, {{"rateable_value_pence", 1'000'000}});
    const auto buyer = world.fresh(nouns::named("business"));
    const auto before = now(world);
    const auto sold =
        say(world, nouns::premises, premises,
            {{"reason", "Sold."}, {"from", "2020-06-15"}, {"changes", {{"business_id", buyer.at("id")}}}});
    CHECK(sold.status == 200);
    CHECK(sold.json().at("business_id") == buyer.at("id"));
    const auto on = [&](const std::string& query) {
        return periods(facts(world, nouns::premises, premises, query), "business_id");
    };
    const auto seller = "ever " + premises.at("business_id").dump(), bought = "2020-06-15 " + buyer.at("id").dump();
    CHECK(on("?on=2020-06-14") == seller);
    CHECK(on("?on=2020-06-15") == bought);
    CHECK(on("") == seller + "; " + bought);
    CHECK(on("?on=2020-06-15&known_at=" + before) == seller);
    CHECK(facts(world, nouns::premises, premises)[0].at("until") == "2020-06-15");
    CHECK(world.sql("SELECT action || ' ' || reason FROM audit WHERE record_id = '" +
                    premises.at("id").get<std::string>() + "' AND version = 2") == "change Sold.");
}

TEST_CASE(
    "a mistake is corrected for the days that it was about, and what was known before is still known to have been") {
    auto& world = shared_world();
    const auto premises = world.fresh(nouns::premises, {{"rateable_value_pence", 1'000'000}});
    CHECK(say(world, nouns::premises, premises,
              {{"reason", "Revalued."}, {"from", "2020-06-01"}, {"changes", {{"rateable_value_pence", 2'000'000}}}})
              .status == 200);
    const auto wrong = now(world);
    CHECK(say(world, nouns::premises, premises,
              {{"reason", "Mistyped."}, {"changes", {{"rateable_value_pence", 2'500'000}}}})
              .status == 200);
    const auto of = [&](const std::string& query) {
        return periods(facts(world, nouns::premises, premises, query), "rateable_value_pence");
    };
    CHECK(of("") == "ever 1000000; 2020-06-01 2500000");
    CHECK(of("?known_at=" + wrong) == "ever 1000000; 2020-06-01 2000000");
    // What was so before that is learned later, and leaves the record as it is.
    const auto earlier =
        say(world, nouns::premises, premises,
            {{"reason", "Learned late."}, {"from", "2020-03-01"}, {"changes", {{"rateable_value_pence", 1'500'000}}}});
    CHECK(earlier.status == 200);
    CHECK(earlier.json().at("rateable_value_pence") == 2'500'000);
    CHECK(of("") == "ever 1000000; 2020-03-01 1500000; 2020-06-01 2500000");
    // The same day again takes the place of what was said of it.
    CHECK(
        say(world, nouns::premises, premises,
            {{"reason", "Learned better."}, {"from", "2020-03-01"}, {"changes", {{"rateable_value_pence", 1'600'000}}}})
            .status == 200);
    CHECK(of("") == "ever 1000000; 2020-03-01 1600000; 2020-06-01 2500000");
    CHECK(of("?on=2020-05-31") == "2020-03-01 1600000");
    CHECK(of("?on=2020-05-31&known_at=" + wrong) == "ever 1000000");
    // It is so already.
    CHECK(outcome(say(
              world, nouns::premises, premises,
              {{"reason", "Again."}, {"from", "2020-04-01"}, {"changes", {{"rateable_value_pence", 1'600'000}}}})) ==
          "422 nothing-changed");
}

TEST_CASE("a correction of what was never dated changes what was so from the beginning") {
    auto& world = shared_world();
    const auto household = world.fresh(nouns::household, {{"people", 3}});
    const auto wrong = now(world);
    CHECK(
        say(world, nouns::household, household, {{"reason", "Heard wrongly."}, {"changes", {{"people", 4}}}}).status ==
        200);
    CHECK(periods(facts(world, nouns::household, household), "people") == "ever 4");
    CHECK(periods(facts(world, nouns::household, household, "?known_at=" + wrong), "people") == "ever 3");
}

TEST_CASE("one request says what is so from a day on, and what was a mistake") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person, {{"name", "Ann Moves"}, {"address", "1 Old Street"}});
    const auto moved = say(world, nouns::person, person,
                           {{"reason", "Moved, and spelt Anne."},
                            {"from", "2020-07-01"},
                            {"changes", {{"address", "2 New Street"}, {"name", "Anne Moves"}}}});
    CHECK(moved.status == 200);
    CHECK(moved.json().at("name") == "Anne Moves");
    CHECK(periods(facts(world, nouns::person, person), "address") ==
          "ever \"1 Old Street\"; 2020-07-01 \"2 New Street\"");
}

TEST_CASE(
    "a day without a dated field, of a record without any, in the future or of void records is refused, each with "
    "why") {
    auto& world = shared_world();
    const auto person = world.fresh(nouns::person, {{"name", "Bo Moves"}});
    const auto refused = [&](const json& body) {
        const auto answer = say(world, nouns::person, person, body);
        CHECK(answer.status == 422);
        const auto fault = answer.json().at("errors").at(0);
        return fault.at("pointer").get<std::string>() + " " + fault.at("code").get<std::string>();
    };
    CHECK(refused({{"reason", "No such day."}, {"from", "2020-07-01"}, {"changes", {{"name", "Bob Moves"}}}}) ==
          "/from not_dated");
    CHECK(refused({{"reason", "Not yet."}, {"from", "2199-07-01"}, {"changes", {{"address", "x"}}}}) ==
          "/from in_future");
    CHECK(refused({{"reason", "Void from a day on."}, {"from", "2020-07-01"}, {"void", true}}) == "/from not_dated");
    const auto call = world.fresh(nouns::named("call"));
    CHECK(say(world, nouns::named("call"), call,
              {{"reason", "A call has none."}, {"from", "2020-07-01"}, {"changes", {{"note", "x"}}}})
              .json()
              .at("errors")
              .at(0)
              .at("code") == "unknown_field");
    CHECK(world.get(Role::helpline, "/v1/calls/" + call.at("id").get<std::string>() + "/facts").status == 404);
    CHECK(world.get(Role::helpline, "/v1/persons/01a2220b-92ea-78a1-a810-f2162c64143e/facts").status == 404);
}

TEST_CASE("who lived in a household on a day, and whose premises a shop was, as known then or now") {
    auto& world = shared_world();
    const auto one = world.fresh(nouns::household), other = world.fresh(nouns::household);
    const auto stays = world.fresh(nouns::person, {{"name", "Ann Stays"}, {"household_id", one.at("id")}});
    const auto moves = world.fresh(nouns::person, {{"name", "Bo Leaves"}, {"household_id", one.at("id")}});
    const auto before = now(world);
    CHECK(say(world, nouns::person, moves,
              {{"reason", "Moved."}, {"from", "2020-07-01"}, {"changes", {{"household_id", other.at("id")}}}})
              .status == 200);
    const auto people = [&](const json& household, const std::string& query) {
        const auto answer =
            world.get(Role::helpline, "/v1/households/" + household.at("id").get<std::string>() + "/persons" + query);
        CHECK(answer.status == 200);
        std::string out;
        const auto items = answer.json().at("items");
        for (const auto& item : items) {
            const bool is_one = item.at("id") == stays.at("id");
            out += (out.empty() ? "" : ", ") + std::string{is_one ? "stays" : "moves"} + " " +
                   (item.at("from").is_null() ? "ever" : item.at("from").get<std::string>()) + " " +
                   (item.at("until").is_null() ? "on" : item.at("until").get<std::string>());
        }
        return out;
    };
    CHECK(people(one, "") == "stays ever on, moves ever 2020-07-01");
    CHECK(people(one, "?on=2020-06-30") == "stays ever on, moves ever 2020-07-01");
    CHECK(people(one, "?on=2020-07-01") == "stays ever on");
    CHECK(people(other, "?on=2020-06-30").empty());
    CHECK(people(other, "") == "moves 2020-07-01 on");
    CHECK(people(one, "?on=2020-07-01&known_at=" + before) == "stays ever on, moves ever on");
    CHECK(people(other, "?known_at=" + before).empty());
    CHECK(people(one, "?known_at=2020-01-01T00:00:00Z").empty());
    // Who is restricted is not told of.
    CHECK(world.correct(nouns::person, stays, {{"restricted", true}}).status == 200);
    const auto clerk = Headers{{"Authorization", "Bearer " + world.service().token("helpline", "sees-no-restricted")}};
    CHECK(
        world.get(Role::everyone, "/v1/households/" + one.at("id").get<std::string>() + "/persons?on=2020-07-01", clerk)
            .json()
            .at("items")
            .empty());
}

TEST_CASE("a clock that was set back learns nothing before what is known already") {
    auto& world = shared_world();
    const auto household = world.fresh(nouns::household, {{"people", 2}});
    const auto id = household.at("id").get<std::string>();
    CHECK(say(world, nouns::household, household,
              {{"reason", "More."}, {"from", "2020-03-01"}, {"changes", {{"people", 3}}}})
              .status == 200);
    // As if that had been said with a clock that was an hour forward.
    world.sql("UPDATE dated_fact SET known_from = known_from + interval '1 hour' WHERE record_id = '" + id +
              "' RETURNING 1");
    CHECK(say(world, nouns::household, household,
              {{"reason", "Less."}, {"from", "2020-03-01"}, {"changes", {{"people", 4}}}})
              .status == 200);
    CHECK(say(world, nouns::household, household, {{"reason", "Mistyped."}, {"changes", {{"people", 5}}}}).status ==
          200);
    CHECK(periods(facts(world, nouns::household, household, "?known_at=2199-01-01T00:00:00Z"), "people") ==
          "ever 2; 2020-03-01 5");
}

TEST_CASE("a register that holds from a day on changes what is kept by day from then on, and corrects the rest") {
    auto& world = shared_world();
    const auto owner = world.fresh(nouns::named("business")).at("reference").get<std::string>();
    const auto list = [&](const std::string& address, const std::string& value, const std::string& query) {
        return world.import_file(Role::grants_officer, "premises?name=list.csv" + query,
                                 "UPRN,Business,Address,Postcode,Use,Rateable value pence\r\n100077123456," + owner +
                                     "," + address + ",SK1 3XE,retail," + value + "\r\n");
    };
    CHECK(list("1 High Street", "£12000", "").at("rows").at("recorded") == 1);
    CHECK(list("1 High Street (corner)", "£15000", "&from=2020-10-01").at("rows").at("changed") == 1);
    CHECK(list("1 High Street (corner)", "£15000", "&from=2020-11-01").at("rows").at("same") == 1);
    const auto id = world.sql("SELECT premises_id FROM premises_identifier WHERE value = '100077123456'");
    CHECK(periods(facts(world, nouns::premises, {{"id", id}}), "rateable_value_pence") ==
          "ever 1200000; 2020-10-01 1500000");
    CHECK(world.sql("SELECT version || ' ' || address FROM premises WHERE id = '" + id + "'") ==
          "2 1 High Street (corner)");
    CHECK(world.sql("SELECT reason FROM audit WHERE record_id = '" + id + "' AND action = 'change'") ==
          "Import of list.csv, row 2");
    // Each row may say its own day.
    const auto dated =
        world.import_file(Role::grants_officer, "premises",
                          "UPRN,Business,Address,Postcode,Use,Rateable value pence,From\r\n100077123456," + owner +
                              ",1 High Street (corner),SK1 3XE,retail,£16000,01/12/2020\r\n" + "100077123456," + owner +
                              ",1 High Street,SK1 3XE,retail,£16000,\r\n" + "100077123456," + owner +
                              ",1,SK1 3XE,retail,£17000,2199-01-01\r\n");
    CHECK(dated.at("rows").at("changed") == 2);
    CHECK(faults_of(dated) == "4 from in_future");
    CHECK(periods(facts(world, nouns::premises, {{"id", id}}), "rateable_value_pence") ==
          "ever 1200000; 2020-10-01 1500000; 2020-12-01 1600000");
    CHECK(world.sql("SELECT address FROM premises WHERE id = '" + id + "'") == "1 High Street");
}

TEST_CASE("what a record says is the newest of what is known of it, whatever was said in whatever order") {
    auto& world = shared_world();
    const auto household = world.fresh(nouns::household, {{"people", 1}});
    const std::string days[]{"2020-05-01", "2020-03-01", "", "2020-09-01", "2020-05-01", "", "2020-01-01"};
    int people = 2;
    for (const auto& day : days) {
        json body{{"reason", "Said so."}, {"changes", {{"people", people++}}}};
        if (!day.empty()) body["from"] = day;
        CHECK(say(world, nouns::household, household, body).status == 200);
    }
    const auto id = household.at("id").get<std::string>();
    CHECK(world.sql(
              "SELECT h.people = (f.value)::int FROM household h JOIN LATERAL (SELECT value FROM dated_fact f WHERE "
              "f.record_id = h.id AND f.field = 'people' AND f.known_until IS NULL ORDER BY from_on DESC LIMIT 1) f ON "
              "true WHERE h.id = '" +
              id + "'") == "t");
    CHECK(periods(facts(world, nouns::household, household), "people") ==
          "ever 1; 2020-01-01 8; 2020-03-01 3; 2020-05-01 6; 2020-09-01 7");
}

}  // namespace tideover::testing::dated_facts_test
