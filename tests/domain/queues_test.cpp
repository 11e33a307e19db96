// The queues of the teams: each is of records that there are, in a state from which its step leads on.
#include "domain/queues.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace tideover::queues_test {
namespace {

const Step* step_of(const Noun& noun, std::string_view path) {
    const auto is_it = [&](const Step& step) { return step.path == path; };
    const auto found = std::find_if(noun.steps.begin(), noun.steps.end(), is_it);
    return found == noun.steps.end() ? nullptr : &*found;
}

/// Whether the step can lead on from there.
bool leads_on(const Noun& noun, const Step& step, std::string_view state) {
    if (!step.event.empty()) return next(noun.moves, state, step.event).has_value();
    const auto is_chooser = [&](const Field& field) { return field.name == step.chooser; };
    const auto& events = std::find_if(step.fields.begin(), step.fields.end(), is_chooser)->choices;
    return std::any_of(events.begin(), events.end(),
                       [&](std::string_view event) { return next(noun.moves, state, event).has_value(); });
}

}  // namespace

TEST_CASE("each queue is of a kind, a state, a step that leads on from it, and fields that there are") {
    std::set<std::string_view> codes;
    for (const auto& queue : queues()) {
        INFO(queue.code);
        CHECK(codes.insert(queue.code).second);
        const auto& noun = nouns::named(queue.noun);
        const auto* step = step_of(noun, queue.step);
        REQUIRE(step != nullptr);
        CHECK(leads_on(noun, *step, queue.state));
        for (const auto name : {queue.since, queue.value, queue.not_by})
            CHECK((name.empty() || noun.field(name) != nullptr));
        if (!queue.value.empty()) CHECK(noun.field(queue.value)->kind == Kind::pence);
        CHECK(queue.title.find('\'') == std::string_view::npos);
    }
}

}  // namespace tideover::queues_test
