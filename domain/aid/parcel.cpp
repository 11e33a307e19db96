// Food parcels: referred by the helpline, delivered by a partner in one or more attempts.
#include "domain/aid/parcel.hpp"

#include <array>

#include "domain/aid/nouns.hpp"
#include "domain/core/day.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

using namespace parcel_table;

constexpr Fields its{fields}, attempted{attempt_fields};

// The outcome of an attempt is the event.
// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from       event            to
    {"referred",  "delivered",     "delivered"},
    {"referred",  "left_safe",     "delivered"},
    {"referred",  "no_answer",     "attempted"},
    {"referred",  "wrong_address", "attempted"},
    {"referred",  "refused",       "failed"},
    {"attempted", "delivered",     "delivered"},
    {"attempted", "left_safe",     "delivered"},
    {"attempted", "no_answer",     "attempted"},
    {"attempted", "wrong_address", "attempted"},
    {"attempted", "refused",       "failed"},
    {"referred",  "fail",          "failed"},
    {"attempted", "fail",          "failed"},
    {"delivered", "replace",       "replaced"},
    {"failed",    "replace",       "replaced"},
});
// clang-format on

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure             sign  on              subject
    {"parcel_delivered",   +1,   "delivered_on", "household_id"},
});
// clang-format on

constexpr auto in_order = std::to_array<InOrder>({
    {"promised_by", "referred_at", "A parcel cannot be promised for a day before it was referred."},
    {"delivered_on", "referred_at", "A parcel cannot be delivered before it was referred."},
    {"failed_on", "referred_at", "A parcel cannot fail before it was referred."},
});

Decision attempt(const Record& before, Record after, const Record& body, const Actor&) {
    const auto referred_on = parse_instant(before.text(its["referred_at"]));
    if (referred_on && body.text(attempted["attempted_on"]) < format(london_day(*referred_on))) {
        return Refused{Refusal::too_early, "A parcel cannot be attempted before it was referred."};
    }
    if (after.state == "delivered") after.set(its["delivered_on"], body.at(attempted["attempted_on"]));
    if (after.state == "failed") after.set(its["failed_on"], body.at(attempted["attempted_on"]));
    return after;
}

constexpr std::array fail_fields{day("failed_on").needed(), text("reason", 3, 300).of_lines().needed()};
constexpr std::array replace_fields{text("reason", 3, 300).of_lines().needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "attempts",
     .event = "",
     .fields = attempt_fields,
     .chooser = "outcome",
     .verb = "attempt",
     .decide = attempt,
     .step_table = "parcel_attempt",
     .summary = "Record an attempt to deliver and its outcome"},
    {.path = "failures", .event = "fail", .fields = fail_fields, .summary = "Give a parcel up"},
    {.path = "replacements",
     .event = "replace",
     .fields = replace_fields,
     .creates_replacement = true,
     .summary = "Refer a second parcel in place of this one"},
});

}  // namespace

constexpr Noun parcel_{.name = "parcel",
                       .path = "parcels",
                       .prefix = "PC",
                       .title = "a parcel",
                       .recording = "Record a referral for a food parcel",
                       .fields = fields,
                       .moves = moves,
                       .steps = steps,
                       .counting = counting,
                       .in_order = in_order,
                       .owner = "delivered_by"};
static_assert(sound(parcel_));
const Noun parcel = parcel_;

}  // namespace tideover::nouns
