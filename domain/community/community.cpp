// Mutual aid groups and volunteers: the help that came forward by itself.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

// clang-format off
constexpr auto group_moves = std::to_array<Move>({
    // from        event      to
    {"registered", "confirm", "active"},
    {"active",     "close",   "closed"},
    {"registered", "close",   "closed"},
});
// clang-format on

constexpr std::array group_fields{
    text("name", 2, 200).needed(),
    day("established_on").needed().filter().not_before("1900-01-01"),
    text("ward", 1, 60).needed().filter().in_form(Form::ward),
    text("area", 0, 200).says("The streets or estates it covers."),
    text("contact_name", 0, 200),
    phone("contact_phone"),
    email("contact_email"),
    code("list", "organisation").filter().says("The partner who registered it."),
    day("confirmed_on")
        .set_by_us()
        .correctable()
        .says("When it was confirmed active; unconfirmed groups do not count."),
    day("closed_on").set_by_us().correctable(),
};

// clang-format off
constexpr auto group_counting = std::to_array<Counting>({
    // measure                         sign  on                subject quantity field equals requires
    {"mutual_aid_group_established",   +1,   "established_on", "id",   "",      "",   "",    "confirmed_on"},
});
// clang-format on

constexpr auto group_order = std::to_array<InOrder>({
    {"confirmed_on", "established_on", "A group cannot be confirmed before it was established."},
    {"closed_on", "established_on", "A group cannot end before it was established."},
});

constexpr std::array confirm_fields{day("confirmed_on").needed()};
constexpr std::array close_fields{day("closed_on").needed()};
constexpr auto group_steps = std::to_array<Step>({
    {.path = "confirmations",
     .event = "confirm",
     .fields = confirm_fields,
     .summary = "Confirm that a group is active"},
    {.path = "closures", .event = "close", .fields = close_fields, .summary = "Record that a group has ended"},
});

// clang-format off
constexpr auto volunteer_moves = std::to_array<Move>({
    // from        event   to
    {"registered", "leave", "left"},
});
// clang-format on

constexpr std::array volunteer_fields{
    id("person_id", "person").needed().filter(),
    day("registered_on").needed().filter(),
    text("ward", 0, 60).copied("person_id", "ward"),
    text("skills", 0, 500).of_lines(),
    code("list", "organisation").filter().says("The partner on whose list they registered."),
    day("left_on").set_by_us().correctable(),
};

// clang-format off
constexpr auto volunteer_counting = std::to_array<Counting>({
    // measure                 sign  on               subject
    {"volunteer_registered",   +1,   "registered_on", "person_id"},
});
// clang-format on

constexpr auto volunteer_order = std::to_array<InOrder>({
    {"left_on", "registered_on", "A volunteer cannot leave before they registered."},
});

constexpr std::array leave_fields{day("left_on").needed()};
constexpr auto volunteer_steps = std::to_array<Step>({
    {.path = "departures", .event = "leave", .fields = leave_fields, .summary = "Record that a volunteer left"},
});

}  // namespace

constexpr Noun mutual_aid_group_{.name = "mutual_aid_group",
                                 .path = "mutual-aid-groups",
                                 .prefix = "MG",
                                 .title = "a mutual aid group",
                                 .fields = group_fields,
                                 .moves = group_moves,
                                 .steps = group_steps,
                                 .counting = group_counting,
                                 .in_order = group_order,
                                 .owner = "list"};
constexpr Noun volunteer_{.name = "volunteer",
                          .path = "volunteers",
                          .prefix = "VL",
                          .title = "a volunteer",
                          .recording = "Record that a person registered as a volunteer",
                          .fields = volunteer_fields,
                          .moves = volunteer_moves,
                          .steps = volunteer_steps,
                          .counting = volunteer_counting,
                          .in_order = volunteer_order,
                          .owner = "list",
                          .tells_of = "person_id"};
static_assert(sound(mutual_aid_group_) && sound(volunteer_));
const Noun mutual_aid_group = mutual_aid_group_;
const Noun volunteer = volunteer_;

}  // namespace tideover::nouns
