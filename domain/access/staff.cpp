// Staff. One person is one member of staff however many tokens they hold, so that rules for two people hold across
// logins. Who leaves is shut out at once, with everything that is under way.
#include <array>

#include "domain/access/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from      event     to
    {"employed", "leave",  "left"},
    {"left",     "rejoin", "employed"},
});
// clang-format on

constexpr std::array fields{
    text("key", 1, 120)
        .called("Key of the member of staff")
        .needed()
        .filter()
        .search()
        .never_corrected()
        .says("What tells this person from all others, for good: a payroll number or a work address."),
    text("name", 1, 120).needed().search().tells(),
    day("left_on").set_by_us().correctable(),
    day("rejoined_on").set_by_us().correctable(),
};

constexpr auto in_order = std::to_array<InOrder>({
    {"rejoined_on", "left_on", "Nobody comes back before they left."},
});

constexpr std::array leave_fields{day("left_on").needed()};
constexpr std::array rejoin_fields{day("rejoined_on").needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "departures",
     .event = "leave",
     .fields = leave_fields,
     .summary = "Record that they left: every token of theirs ends at once"},
    {.path = "returns",
     .event = "rejoin",
     .fields = rejoin_fields,
     .summary = "Record that they came back: they need new tokens"},
});

}  // namespace

constexpr Noun staff_{.name = "staff",
                      .path = "staff",
                      .prefix = "ST",
                      .title = "a member of staff",
                      .fields = fields,
                      .moves = moves,
                      .steps = steps,
                      .in_order = in_order,
                      .coded = "key",
                      .about_access = true};
static_assert(sound(staff_));
const Noun staff = staff_;

}  // namespace tideover::nouns
