// Volunteers: people who came forward to help.
#include <array>

#include "domain/community/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from        event   to
    {"registered", "leave", "left"},
});
// clang-format on

constexpr std::array fields{
    id("person_id", "person").needed().filter().tells(),
    day("registered_on").needed().filter().tells(),
    text("ward", 0, 60).copied("person_id", "ward").filter().in_form(Form::ward),
    text("skills", 0, 500).of_lines(),
    code("list", "organisation").filter().says("The partner on whose list they registered."),
    day("left_on").set_by_us().correctable(),
};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure                 sign  on               subject
    {"volunteer_registered",   +1,   "registered_on", "person_id"},
});
// clang-format on

constexpr auto in_order = std::to_array<InOrder>({
    {"left_on", "registered_on", "A volunteer cannot leave before they registered."},
});

constexpr std::array leave_fields{day("left_on").needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "departures", .event = "leave", .fields = leave_fields, .summary = "Record that a volunteer left"},
});

}  // namespace

constexpr Noun volunteer_{.name = "volunteer",
                          .path = "volunteers",
                          .prefix = "VL",
                          .title = "a volunteer",
                          .recording = "Record that a person registered as a volunteer",
                          .fields = fields,
                          .moves = moves,
                          .steps = steps,
                          .counting = counting,
                          .in_order = in_order,
                          .owner = "list",
                          .tells_of = "person_id"};
static_assert(sound(volunteer_));
const Noun volunteer = volunteer_;

}  // namespace tideover::nouns
