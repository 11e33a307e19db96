// Awards: what an approved application earns for one scheme, period and premises. Made by the approval.
#include "domain/grants/award.hpp"

#include <array>

#include "domain/core/sound.hpp"
#include "domain/grants/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace award_table;

constexpr std::array<std::string_view, 1> ended{"cancelled"};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from     event     to
    {"awarded", "cancel", "cancelled"},
});
// clang-format on

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
