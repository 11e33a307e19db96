// A noun's table is checked when it is compiled. Here are tables that are wrong in one thing each.
#include "domain/core/sound.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "domain/figures/measures.hpp"
#include "domain/nouns.hpp"

namespace tideover::sound_test {
namespace {

constexpr std::array<std::string_view, 2> kinds{"large", "small"};
constexpr std::array<std::string_view, 2> events{"send", "lose"};
constexpr std::array fields{
    id("household_id", "household"),
    text("ward", 0, 60).copied("household_id", "ward"),
    choice("kind", kinds),
    count("people", 1, 20),
    day("asked_on"),
    day("sent_on").set_by_us(),
    flag("restricted"),
    id("case_worker_id", "staff"),
    text("code", 2, 20),
};
constexpr std::array moves{Move{"asked", "send", "sent"}, Move{"asked", "lose", "lost"}};
constexpr std::array send_fields{choice("outcome", events).needed(), day("sent_on")};
constexpr std::array steps{
    Step{.path = "sends", .fields = send_fields, .chooser = "outcome", .verb = "send", .summary = "Send it"}};
constexpr std::array counting{Counting{.measure = "sent",
                                       .on = "sent_on",
                                       .subject = "household_id",
                                       .quantity = "people",
                                       .field = "kind",
                                       .equals = "large",
                                       .requires_ = "asked_on"}};
constexpr std::array in_order{InOrder{"sent_on", "asked_on", "Not before it was asked for."}};
constexpr std::array agreements{Agreement{.field = "asked_on",
                                          .via = "household_id",
                                          .of = "known_on",
                                          .must = Must::not_before,
                                          .detail = "",
                                          .where = "kind",
                                          .is = "small"}};
constexpr std::array<std::string_view, 1> ended{"lost"};

constexpr Noun good{.name = "box",
                    .path = "boxes",
                    .prefix = "BX",
                    .title = "a box",
                    .fields = fields,
                    .moves = moves,
                    .steps = steps,
                    .counting = counting,
                    .in_order = in_order,
                    .agreements = agreements,
                    .ended = ended,
                    .owner = "code",
                    .key = "code",
                    .tells_of = "household_id",
                    .corrected_in = "asked",
                    .restricted = "restricted",
                    .case_worker = "case_worker_id"};
static_assert(sound(good));

bool sound_with(const std::function<void(Noun&)>& change) {
    auto noun = good;
    change(noun);
    return sound(noun);
}

template <class Row, class Change>
bool sound_with_row(std::span<const Row> Noun::*rows, const Change& change) {
    std::vector<Row> changed{(good.*rows).begin(), (good.*rows).end()};
    change(changed.front());
    auto noun = good;
    noun.*rows = changed;
    return sound(noun);
}

}  // namespace

TEST_CASE("a name of a field that the noun does not have is noticed wherever it stands") {
    for (auto name : {&Noun::owner, &Noun::key, &Noun::secret, &Noun::recorded_for, &Noun::tells_of, &Noun::kind_field,
                      &Noun::restricted, &Noun::case_worker}) {
        CHECK_FALSE(sound_with([&](Noun& noun) { noun.*name = "no_such_field"; }));
    }
    CHECK_FALSE(sound_with([](Noun& noun) { noun.key = "", noun.coded = "no_such_field"; }));
    for (auto name : {&Counting::on, &Counting::subject, &Counting::quantity, &Counting::field, &Counting::requires_}) {
        CHECK_FALSE(sound_with_row(&Noun::counting, [&](Counting& row) { row.*name = "no_such_field"; }));
    }
    for (auto name : {&InOrder::later, &InOrder::earlier}) {
        CHECK_FALSE(sound_with_row(&Noun::in_order, [&](InOrder& row) { row.*name = "no_such_field"; }));
    }
    for (auto name : {&Agreement::field, &Agreement::via, &Agreement::where}) {
        CHECK_FALSE(sound_with_row(&Noun::agreements, [&](Agreement& row) { row.*name = "no_such_field"; }));
    }
    for (auto name : {&Field::via, &Field::giver_of, &Field::form_by}) {
        CHECK_FALSE(sound_with_row(&Noun::fields, [&](Field& field) { field.*name = "no_such_field"; }));
    }
}

TEST_CASE("a value, state or event that cannot be is noticed") {
    CHECK_FALSE(sound_with_row(&Noun::counting, [](Counting& row) { row.equals = "middling"; }));
    CHECK_FALSE(sound_with_row(&Noun::counting, [](Counting& row) { row.on = "people"; }));
    CHECK_FALSE(sound_with_row(&Noun::counting, [](Counting& row) { row.quantity = "kind"; }));
    CHECK_FALSE(sound_with_row(&Noun::in_order, [](InOrder& row) { row.later = "kind"; }));
    CHECK_FALSE(sound_with_row(&Noun::agreements, [](Agreement& row) { row.is = "middling"; }));
    CHECK_FALSE(sound_with_row(&Noun::agreements, [](Agreement& row) { row.via = "kind"; }));
    CHECK_FALSE(sound_with_row(&Noun::ended, [](std::string_view& state) { state = "gone"; }));
    CHECK_FALSE(sound_with([](Noun& noun) { noun.corrected_in = "gone"; }));
    CHECK_FALSE(sound_with_row(&Noun::steps, [](Step& step) { step.chooser = "sent_on"; }));
    CHECK_FALSE(
        sound_with_row(&Noun::steps, [](Step& step) { step.chooser = "", step.verb = "", step.event = "burn"; }));
    CHECK_FALSE(sound_with_row(&Noun::steps, [](Step& step) { step.verb = ""; }));
    CHECK_FALSE(sound_with_row(&Noun::steps, [](Step& step) { step.creates_replacement = true; }));
    CHECK_FALSE(sound_with_row(&Noun::fields, [](Field& field) { field.name = "kind"; }));
}

TEST_CASE("states that only lead to one another are an island") {
    constexpr std::array island{Move{"a", "go", "b"}, Move{"c", "go", "d"}, Move{"d", "back", "c"}};
    static_assert(!reachable(island));
    constexpr std::array ring{Move{"a", "go", "b"}, Move{"b", "go", "c"}, Move{"c", "back", "a"}};
    static_assert(reachable(ring));
    // Rows may stand in any order.
    constexpr std::array out_of_turn{Move{"a", "go", "b"}, Move{"c", "end", "d"}, Move{"b", "go", "c"}};
    static_assert(reachable(out_of_turn));
    CHECK_FALSE(sound_with([&](Noun& noun) { noun.moves = island; }));
}

TEST_CASE("names of other nouns, of their fields, and of measures are names that there are") {
    const auto is_noun = [](std::string_view name) {
        return std::any_of(nouns::all().begin(), nouns::all().end(),
                           [&](const Noun* one) { return one->name == name; });
    };
    for (const auto* noun : nouns::all()) {
        CAPTURE(noun->name);
        for (const auto& field : noun->fields) {
            CAPTURE(field.name);
            if (!field.refers.empty()) CHECK(is_noun(field.refers));
            if (field.via.empty()) continue;
            CHECK(nouns::named(noun->field(field.via)->refers).field(field.of) != nullptr);
        }
        for (const auto& rule : noun->agreements) {
            CHECK(nouns::named(noun->field(rule.via)->refers).field(rule.of) != nullptr);
        }
        for (const auto& rule : noun->counting) CHECK(measure_of(rule.measure) != nullptr);
    }
}

TEST_CASE("references of two nouns do not begin alike, nor are two nouns at one address") {
    std::set<std::string_view> prefixes, paths, names;
    for (const auto* noun : nouns::all()) {
        CAPTURE(noun->name);
        CHECK(prefixes.insert(noun->prefix).second);
        CHECK(paths.insert(noun->path).second);
        CHECK(names.insert(noun->name).second);
    }
}

}  // namespace tideover::sound_test
