// The list of rules against the tables of the nouns.
#include "server/casework/rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "domain/aid/nouns.hpp"
#include "domain/helpline/nouns.hpp"

namespace tideover::rules_test {
namespace {

/// How many stand before the first that is none; another after that would never be asked.
template <class Rows, class Is>
std::size_t filled(const Rows& rows, const Is& is) {
    const auto end = std::find_if_not(std::begin(rows), std::end(rows), is);
    CHECK(std::none_of(end, std::end(rows), is));
    return static_cast<std::size_t>(end - std::begin(rows));
}

bool is_rule(casework::Rule rule) {
    return rule != nullptr;
}

}  // namespace

TEST_CASE("each event that rules are for is one of its noun's moves, and has them once") {
    for (const auto* rules : casework::all_rules()) {
        CAPTURE(rules->noun->name);
        std::set<std::string_view> seen;
        for (const auto& step : rules->steps) {
            if (step.event.empty()) continue;
            CAPTURE(step.event);
            const auto& moves = rules->noun->moves;
            CHECK(std::any_of(moves.begin(), moves.end(), [&](const Move& move) { return move.event == step.event; }));
            CHECK(seen.insert(step.event).second);
            CHECK(filled(step.rules, is_rule) > 0);
        }
        const auto steps = filled(rules->steps, [](const auto& step) { return !step.event.empty(); });
        CHECK(filled(rules->record, is_rule) + filled(rules->correct, is_rule) + steps > 0);
    }
}

TEST_CASE("a noun's rules stand in one place") {
    std::set<const Noun*> seen;
    for (const auto* rules : casework::all_rules()) {
        CHECK(seen.insert(rules->noun).second);
        CHECK(&casework::rules_of(*rules->noun) == rules);
    }
    CHECK(casework::rules_of(nouns::call).noun == nullptr);
    CHECK(casework::rules_of_event(nouns::voucher, "send").empty());
}

}  // namespace tideover::rules_test
