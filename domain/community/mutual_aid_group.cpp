// Mutual aid groups: neighbours who came forward by themselves.
#include <array>

#include "domain/community/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from        event      to
    {"registered", "confirm", "active"},
    {"active",     "close",   "closed"},
    {"registered", "close",   "closed"},
});
// clang-format on

constexpr std::array fields{
    text("name", 2, 200).needed().search().tells(),
    day("established_on").needed().filter().not_before("1900-01-01"),
    text("ward", 1, 60).needed().filter().in_form(Form::ward).tells(),
    text("area", 0, 200).says("The streets or estates it covers."),
    text("contact_name", 0, 200).search(),
    phone("contact_phone").search(),
    email("contact_email").called("Contact e-mail address").search(),
    code("list", "organisation").filter().says("The partner who registered it."),
    day("confirmed_on")
        .set_by_us()
        .correctable()
        .says("When it was confirmed active; unconfirmed groups do not count."),
    day("closed_on").set_by_us().correctable(),
};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure                         sign  on                subject quantity field equals requires
    {"mutual_aid_group_established",   +1,   "established_on", "id",   "",      "",   "",    "confirmed_on"},
});
// clang-format on

constexpr auto in_order = std::to_array<InOrder>({
    {"confirmed_on", "established_on", "A group cannot be confirmed before it was established."},
    {"closed_on", "established_on", "A group cannot end before it was established."},
});

constexpr std::array confirm_fields{day("confirmed_on").needed()};
constexpr std::array close_fields{day("closed_on").needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "confirmations",
     .event = "confirm",
     .fields = confirm_fields,
     .summary = "Confirm that a group is active"},
    {.path = "closures", .event = "close", .fields = close_fields, .summary = "Record that a group has ended"},
});

}  // namespace

constexpr Noun mutual_aid_group_{.name = "mutual_aid_group",
                                 .path = "mutual-aid-groups",
                                 .prefix = "MG",
                                 .title = "a mutual aid group",
                                 .fields = fields,
                                 .moves = moves,
                                 .steps = steps,
                                 .counting = counting,
                                 .in_order = in_order,
                                 .owner = "list"};
static_assert(sound(mutual_aid_group_));
const Noun mutual_aid_group = mutual_aid_group_;

}  // namespace tideover::nouns
