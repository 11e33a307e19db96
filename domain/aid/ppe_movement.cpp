// PPE: a published list of items, and movements of them counted in single items.
#include "domain/aid/ppe_movement.hpp"

#include <array>

#include "domain/aid/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

using namespace ppe_movement_table;

constexpr Fields its{fields};

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
    const auto items = movement.number(its["units"]) * movement.number(its["items_per_unit"]);
    movement.set(its["items"], std::to_string(movement.text(its["kind"]) == "issue" ? items : -items));
}

std::vector<Conflict> check(const Record& movement) {
    if ((movement.text(its["kind"]) == "issue") != movement.has(its["issue_id"])) return {};
    return {{"issue_id", "return_only", "A return or a recall names the issue it takes from; an issue does not."}};
}

}  // namespace

constexpr Noun ppe_movement_{.name = "ppe_movement",
                             .path = "ppe-movements",
                             .prefix = "PM",
                             .title = "a PPE movement",
                             .recording = "Record PPE issued, returned or recalled",
                             .fields = fields,
                             .counting = counting,
                             .agreements = agreements,
                             .owner = "hub",
                             .derive = derive,
                             .check = check};
static_assert(sound(ppe_movement_));
const Noun ppe_movement = ppe_movement_;

}  // namespace tideover::nouns
