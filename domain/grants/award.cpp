// Awards: what an approved application earns for one scheme, period and premises. Made by the approval.
#include <array>

#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 1> ended{"cancelled"};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from     event     to
    {"awarded", "cancel", "cancelled"},
});
// clang-format on

constexpr std::array fields{
    id("application_id", "application").set_by_us().filter(),
    code("scheme", "scheme").set_by_us().filter(),
    text("period", 1, 40).set_by_us(),
    text("band", 1, 40).set_by_us(),
    id("business_id", "business").set_by_us().filter(),
    id("organisation_id", "organisation").set_by_us().filter(),
    id("person_id", "person").set_by_us().filter(),
    id("premises_id", "premises").set_by_us().filter(),
    text("ward", 0, 60).set_by_us(),
    pence("amount_pence", 1).set_by_us(),
    day("awarded_on").set_by_us().correctable(),
    id("holder_id", "").set_by_us().says("The premises or party that the scheme pays once for the period."),
    text("exclusion_group", 1, 60).set_by_us(),
    id("excluded_id", "").set_by_us().says("The premises or party that gets one award of the group."),
    id("scheme_version_id", "scheme_version").set_by_us().filter().says("The terms that it was decided by."),
    day("cancelled_on").set_by_us().correctable(),
    text("cancellation_reason", 0, 500).of_lines().set_by_us().correctable(),
};

constexpr auto in_order = std::to_array<InOrder>({
    {"cancelled_on", "awarded_on", "An award cannot be cancelled before it was made."},
});
constexpr auto agreements = std::to_array<Agreement>({
    {"awarded_on", "application_id", "received_on", Must::not_before,
     "An award cannot be made before the application was received."},
});

constexpr std::array cancel_fields{day("cancelled_on").needed(),
                                   text("cancellation_reason", 3, 500).of_lines().needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "cancellations",
     .event = "cancel",
     .fields = cancel_fields,
     .summary = "Cancel an award that was not paid, and release its allocation"},
});

}  // namespace

constexpr Noun award_{.name = "award",
                      .path = "awards",
                      .prefix = "AW",
                      .title = "an award",
                      .fields = fields,
                      .moves = moves,
                      .steps = steps,
                      .in_order = in_order,
                      .agreements = agreements,
                      .ended = ended};
static_assert(sound(award_));
const Noun award = award_;

}  // namespace tideover::nouns
