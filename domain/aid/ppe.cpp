// PPE: a published list of items, and movements of them counted in single items.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array item_fields{
    text("code", 2, 60).needed().filter().never_corrected().in_form(Form::code),
    text("title", 2, 120).needed(),
    count("items_per_unit", 1, 100'000)
        .needed()
        .never_corrected()
        .says("Single items in a unit of issue; a pair of gloves is two."),
};

constexpr std::array<std::string_view, 3> kinds{"issue", "return", "recall"};

constexpr std::array movement_fields{
    choice("kind", kinds).needed().filter().never_corrected(),
    code("item", "ppe_item").needed().filter().never_corrected(),
    count("units", 1, 1'000'000).needed(),
    id("organisation_id", "organisation").needed().filter(),
    day("moved_on").needed().filter(),
    code("hub", "organisation").needed().filter().never_corrected(),
    id("issue_id", "ppe_movement").filter().never_corrected().says("The issue that a return or recall takes from."),
    id("item_id", "ppe_item").set_by_us(),
    count("items_per_unit", 1, 100'000).copied("item_id", "items_per_unit"),
    count("items", -100'000'000'000, 100'000'000'000).set_by_us().says("Single items, with sign."),
    count("taken_back_units", 0, 1'000'000)
        .set_by_us()
        .otherwise("0")
        .says("Units of this issue that came back; never more than were issued."),
};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure       sign  on          subject            quantity
    {"ppe_issued",   +1,   "moved_on", "organisation_id", "items"},
});
// clang-format on

constexpr auto agreements = std::to_array<Agreement>({
    {"item", "issue_id", "item", Must::same, "What comes back is what was issued."},
    {"organisation_id", "issue_id", "organisation_id", Must::same, "What comes back comes from whom it was issued to."},
    {"moved_on", "issue_id", "moved_on", Must::not_before, "Nothing comes back before it was issued."},
});

void derive(Record& movement) {
    const auto items = movement.number("units") * movement.number("items_per_unit");
    movement.set("items", std::to_string(movement.text("kind") == "issue" ? items : -items));
}

std::vector<Conflict> check(const Record& movement) {
    if ((movement.text("kind") == "issue") != movement.has("issue_id")) return {};
    return {{"issue_id", "return_only", "A return or a recall names the issue it takes from; an issue does not."}};
}

}  // namespace

constexpr Noun ppe_item_{.name = "ppe_item",
                         .path = "ppe-items",
                         .prefix = "PI",
                         .title = "a PPE item",
                         .recording = "Record an item of the PPE list",
                         .fields = item_fields,
                         .key = "code"};
constexpr Noun ppe_movement_{.name = "ppe_movement",
                             .path = "ppe-movements",
                             .prefix = "PM",
                             .title = "a PPE movement",
                             .recording = "Record PPE issued, returned or recalled",
                             .fields = movement_fields,
                             .counting = counting,
                             .agreements = agreements,
                             .owner = "hub",
                             .derive = derive,
                             .check = check};
static_assert(sound(ppe_item_) && sound(ppe_movement_));
const Noun ppe_item = ppe_item_;
const Noun ppe_movement = ppe_movement_;

}  // namespace tideover::nouns
