// Lifecycles, exhausted: every state against every event.
#include "domain/core/lifecycle.hpp"

#include <doctest/doctest.h>

#include <set>

#include "domain/aid/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/nouns.hpp"

namespace lifecycle_test {

using namespace tideover;

TEST_CASE("a lifecycle with two answers to one event is not deterministic") {
    constexpr Move twice[] = {{"a", "go", "b"}, {"a", "go", "c"}};
    CHECK_FALSE(deterministic(twice));
    constexpr Move once[] = {{"a", "go", "b"}, {"b", "go", "c"}};
    CHECK(deterministic(once));
}

TEST_CASE("a state that nothing leads to is noticed") {
    constexpr Move lost[] = {{"a", "go", "b"}, {"c", "go", "b"}};
    CHECK_FALSE(reachable(lost));
}

TEST_CASE("an event leads somewhere exactly where the table says so") {
    for (const auto* noun : nouns::all()) {
        std::set<std::string_view> states, events;
        for (const auto& move : noun->moves) states.insert({move.from, move.to}), events.insert(move.event);
        for (const auto state : states) {
            for (const auto event : events) {
                std::string_view expected;
                for (const auto& move : noun->moves) {
                    if (move.from == state && move.event == event) expected = move.to;
                }
                CAPTURE(noun->name);
                CAPTURE(state);
                CAPTURE(event);
                CHECK(next(noun->moves, state, event).value_or("") == expected);
            }
        }
    }
}

TEST_CASE("every event of a lifecycle can be caused by a step, and every step by an event") {
    for (const auto* noun : nouns::all()) {
        std::set<std::string_view> events, caused;
        for (const auto& move : noun->moves) events.insert(move.event);
        for (const auto& step : noun->steps) {
            if (!step.event.empty()) caused.insert(step.event);
            for (const auto& field : step.fields) {
                if (field.name == step.chooser) caused.insert(field.choices.begin(), field.choices.end());
            }
        }
        CAPTURE(noun->name);
        CHECK(events == caused);
    }
}

TEST_CASE("a record that is paid, approved, reversed or left has nowhere to go but what the table says") {
    CHECK_FALSE(next(nouns::application.moves, "approved", "refuse"));
    CHECK_FALSE(next(nouns::application.moves, "submitted", "approve"));
    CHECK_FALSE(next(nouns::payment.moves, "returned", "settle"));
    CHECK_FALSE(next(nouns::voucher.moves, "redeemed", "cancel"));
    CHECK_FALSE(next(nouns::parcel.moves, "replaced", "delivered"));
}

}  // namespace lifecycle_test
