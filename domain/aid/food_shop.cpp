// Food shops: somebody shopped for a household that could not.
#include <array>

#include "domain/aid/nouns.hpp"
#include "domain/core/sound.hpp"
#include "domain/parties/vulnerability.hpp"

namespace tideover::nouns {
namespace {

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from       event       to
    {"requested", "complete", "done"},
    {"requested", "fail",     "failed"},
});
// clang-format on

constexpr std::array fields{
    id("household_id", "household").needed().filter().tells(),
    vulnerability_basis,
    day("requested_on").needed().tells(),
    code("done_by", "organisation").filter().says("The partner whose volunteers shop."),
    text("note", 0, 1000).of_lines(),
    text("ward", 0, 60).copied("household_id", "ward").filter().in_form(Form::ward),
    day("completed_on").set_by_us().correctable().filter(),
    day("failed_on").set_by_us().correctable(),
    text("reason", 0, 300).of_lines().set_by_us(),
};

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure               sign  on              subject
    {"food_shop_provided",   +1,   "completed_on", "household_id"},
});
// clang-format on

constexpr auto in_order = std::to_array<InOrder>({
    {"completed_on", "requested_on", "A shop cannot be done before it was requested."},
    {"failed_on", "requested_on", "A shop cannot fail before it was requested."},
});

constexpr std::array complete_fields{day("completed_on").needed()};
constexpr std::array fail_fields{day("failed_on").needed(), text("reason", 3, 300).of_lines().needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "completions", .event = "complete", .fields = complete_fields, .summary = "Record that the shop was done"},
    {.path = "failures", .event = "fail", .fields = fail_fields, .summary = "Record that it could not be done"},
});

}  // namespace

constexpr Noun food_shop_{.name = "food_shop",
                          .path = "food-shops",
                          .prefix = "FS",
                          .title = "a food shop",
                          .recording = "Record a request for a food shop",
                          .fields = fields,
                          .moves = moves,
                          .steps = steps,
                          .counting = counting,
                          .in_order = in_order,
                          .owner = "done_by"};
static_assert(sound(food_shop_));
const Noun food_shop = food_shop_;

}  // namespace tideover::nouns
