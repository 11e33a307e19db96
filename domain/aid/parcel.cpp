// Food parcels: referred by the helpline, delivered by a partner in one or more attempts.
#include <array>

#include "domain/core/day.hpp"
#include "domain/core/sound.hpp"
#include "domain/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array<std::string_view, 3> kinds{"emergency", "standard", "baby"};
constexpr std::array<std::string_view, 7> diets{"vegetarian",  "vegan",      "halal",   "kosher",
                                                "gluten_free", "dairy_free", "nut_free"};
constexpr std::array<std::string_view, 5> outcomes{"delivered", "left_safe", "no_answer", "refused", "wrong_address"};

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

constexpr std::array attempt_fields{
    choice("outcome", outcomes).needed(),
    day("attempted_on").needed(),
    text("attempt_note", 0, 500).of_lines(),
};
constexpr Rows attempts{"parcel_attempt", "parcel_id", attempt_fields};

constexpr std::array fields{
    id("household_id", "household").needed().filter(),
    count("people", 1, 30).needed().says("How many it has to feed."),
    choices("diet", diets),
    choice("kind", kinds).needed().filter(),
    instant("referred_at").needed(),
    day("promised_by").needed().may_be_ahead().filter(),
    code("delivered_by", "organisation").needed().filter().says("The partner who delivers."),
    text("note", 0, 1000).of_lines(),
    text("ward", 0, 60).copied("household_id", "ward"),
    day("delivered_on").set_by_us().correctable().filter(),
    day("failed_on").set_by_us().correctable(),
    text("reason", 0, 300).of_lines().set_by_us(),
    id("replaces_id", "parcel").set_by_us().filter().leans_on_nothing(),
    id("replaced_by_id", "parcel").set_by_us().leans_on_nothing(),
    rows("attempts", attempts, 100).set_by_us(),
};

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
    const auto referred_on = parse_instant(before.text("referred_at"));
    if (referred_on && body.text("attempted_on") < format(london_day(*referred_on))) {
        return Refused{Refusal::too_early, "A parcel cannot be attempted before it was referred."};
    }
    if (after.state == "delivered") after.set("delivered_on", body.at("attempted_on"));
    if (after.state == "failed") after.set("failed_on", body.at("attempted_on"));
    return after;
}

constexpr std::array fail_fields{day("failed_on").needed(), text("reason", 3, 300).of_lines().needed()};
constexpr std::array replace_fields{text("reason", 3, 300).of_lines().needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "attempts",
     .event = "",
     .fields = attempt_fields,
     .chooser = "outcome",
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
