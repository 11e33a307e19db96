// Every state × every step of every kind of record, read off the lifecycle tables.
#include <doctest/doctest.h>

#include <algorithm>

#include "domain/grants/nouns.hpp"
#include "tests/api/world.hpp"

namespace tideover::testing::lifecycle_test {
namespace {

using nlohmann::json;

std::string column_of(World& world, const Noun& noun, const json& record, const std::string& column) {
    return world.sql("SELECT " + column + " FROM " + std::string{noun.name} + " WHERE id = '" +
                     record.at("id").get<std::string>() + "'");
}

std::string last_line(World& world, const json& record) {
    return world.sql(
        "SELECT action || ' ' || version || ' from ' || coalesce(before ->> 'state', '-') FROM audit WHERE record_id = "
        "'" +
        record.at("id").get<std::string>() + "' ORDER BY version DESC LIMIT 1");
}

template <class Test>
void for_every_event(const Noun& noun, const Test& test) {
    for (const auto& step : noun.steps) {
        for (const auto event : events(step)) test(event);
    }
}

}  // namespace

TEST_CASE("a record begins in the first state of its table") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        if (noun->moves.empty()) continue;
        INFO(noun->name);
        const auto record = world.fresh(*noun);
        CHECK(record.at("state") == noun->initial());
        CHECK(column_of(world, *noun, record, "state") == noun->initial());
        CHECK(last_line(world, record) == "record 1 from -");
    }
}

TEST_CASE("every move of the tables can be made, is stored, and is audited with the state before it") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        for (const auto& move : noun->moves) {
            INFO(noun->name << ": " << move.from << " -" << move.event << "-> " << move.to);
            const auto record = world.fresh_in(*noun, move.from);
            const auto version = record.at("version").get<int>();
            const auto answer = world.attempt(*noun, record, move.event);
            INFO(answer.body);
            REQUIRE(outcome(answer) == "200");
            CHECK(answer.json().at("state") == move.to);
            CHECK(answer.json().at("version") == version + 1);
            CHECK(answer.header("etag") == etag_of(answer.json()));
            CHECK(column_of(world, *noun, record, "state") == move.to);
            CHECK(column_of(world, *noun, record, "version") == std::to_string(version + 1));
            CHECK(last_line(world, record) ==
                  std::string{move.event} + " " + std::to_string(version + 1) + " from " + std::string{move.from});
        }
    }
}

TEST_CASE("a move that is in no table is refused from every state, with the state named, and nothing is stored") {
    auto& world = shared_world();
    int refused = 0;
    for (const auto* noun : nouns::all()) {
        for (const auto state : states(*noun)) {
            const auto record = world.fresh_in(*noun, state);
            const auto before = world.stored();
            for_every_event(*noun, [&](std::string_view event) {
                if (next(noun->moves, state, event)) return;
                INFO(noun->name << ": " << state << " -" << event << "->");
                const auto answer = world.attempt(*noun, record, event);
                CHECK(outcome(answer) == "409 wrong-state");
                CHECK(answer.json().value("detail", "").find(state) != std::string::npos);
                ++refused;
            });
            CHECK(world.stored() == before);
        }
    }
    CHECK(refused > 50);
}

TEST_CASE("a void record is kept as it was, and neither moves nor is corrected again") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        if (correcting(*noun) == nullptr) continue;
        INFO(noun->name);
        // An award that holds money is cancelled first.
        const auto record = noun->name == nouns::award.name ? world.fresh_in(*noun, "cancelled") : world.fresh(*noun);
        const auto answer = world.make_void(*noun, record);
        REQUIRE(outcome(answer) == "200");
        auto voided = answer.json();
        CHECK(voided.at("voided") == true);
        CHECK(column_of(world, *noun, record, "voided") == "t");
        CHECK(last_line(world, record).starts_with("void " + voided.at("version").dump() + " from"));
        CHECK(voided.at("version") == record.at("version").get<int>() + 1);
        CHECK(world.sql("SELECT reason FROM audit WHERE action = 'void' AND record_id = '" +
                        record.at("id").get<std::string>() + "'") == "It never happened.");
        const auto before = world.stored();
        for_every_event(*noun, [&](std::string_view event) {
            INFO(event);
            CHECK(outcome(world.attempt(*noun, voided, event)) == "409 wrong-state");
        });
        CHECK(outcome(world.make_void(*noun, voided)) == "409 wrong-state");
        CHECK(outcome(world.correct(*noun, voided, world.correction(*noun).at("changes"))) == "409 wrong-state");
        CHECK(world.stored() == before);
        voided["voided"] = false, voided["version"] = record.at("version");
        auto kept = record;
        for (const auto& field : noun->fields) {
            // What such a list named is free for another record; its rows stay, with the versions they held for.
            if (is_correctable_list(field)) voided.erase(std::string{field.name}), kept.erase(std::string{field.name});
        }
        CHECK(voided == kept);
    }
}

TEST_CASE("the database refuses a state that no move leads to, whoever asks") {
    auto& world = shared_world();
    for (const auto* noun : nouns::all()) {
        for (const auto from : states(*noun)) {
            const auto id = world.fresh_in(*noun, from).at("id").get<std::string>();
            for (const auto to : states(*noun)) {
                const bool lawful = std::any_of(noun->moves.begin(), noun->moves.end(),
                                                [&](const Move& m) { return m.from == from && m.to == to; });
                if (lawful || from == to) continue;
                INFO(noun->name << ": " << from << " to " << to);
                CHECK_THROWS(world.sql("UPDATE " + std::string{noun->name} + " SET version = version + 1, state = '" +
                                       std::string{to} + "' WHERE id = '" + id + "'"));
            }
        }
    }
}

}  // namespace tideover::testing::lifecycle_test
