// Vouchers: one per entitlement, counted when first sent, whatever happens to the paper.
#include "domain/aid/voucher.hpp"

#include <array>

#include "domain/aid/nouns.hpp"
#include "domain/core/sound.hpp"

namespace tideover::nouns {
namespace {

using namespace voucher_table;

constexpr Fields its{fields};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from       event      to
    {"requested", "send",    "sent"},
    {"sent",      "bounce",  "bounced"},
    {"bounced",   "send",    "sent"},
    {"bounced",   "fail",    "failed"},
    {"sent",      "fail",    "failed"},
    {"sent",      "redeem",  "redeemed"},
    {"expired",   "redeem",  "redeemed"},
    {"sent",      "expire",  "expired"},
    {"requested", "cancel",  "cancelled"},
    {"sent",      "cancel",  "cancelled"},
    {"bounced",   "cancel",  "cancelled"},
    {"bounced",   "reissue", "reissued"},
    {"failed",    "reissue", "reissued"},
    {"expired",   "reissue", "reissued"},
    {"sent",      "reissue", "reissued"},
});
// clang-format on

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure             sign  on             subject         quantity    field equals requires
    {"voucher_sent",       +1,   "sent_on",     "household_id"},
    {"voucher_sent",       -1,   "unsent_on",   "household_id", "",         "",   "",    "sent_on"},
    {"voucher_children",   +1,   "sent_on",     "household_id", "children"},
    {"voucher_children",   -1,   "unsent_on",   "household_id", "children", "",   "",    "sent_on"},
    {"voucher_redeemed",   +1,   "redeemed_on", "household_id"},
});
// clang-format on

constexpr auto in_order = std::to_array<InOrder>({
    {"sent_on", "requested_on", "A voucher cannot be sent before it was requested."},
    {"bounced_on", "sent_on", "A voucher cannot bounce before it was sent."},
    {"redeemed_on", "sent_on", "A voucher cannot be redeemed before it was sent."},
    {"expired_on", "sent_on", "A voucher cannot expire before it was sent."},
    {"expired_on", "redeemed_on", "A voucher cannot be redeemed after it expired."},
    {"unsent_on", "sent_on", "A voucher cannot stop counting before it was sent."},
    {"unsent_on", "requested_on", "A voucher cannot end before it was requested."},
});

constexpr std::array send_fields{day("sent_on").needed()};
constexpr std::array bounce_fields{day("bounced_on").needed(), text("reason", 0, 300).of_lines()};
constexpr std::array redeem_fields{day("redeemed_on").needed()};
constexpr std::array expire_fields{day("expired_on").needed()};
constexpr std::array stop_fields{day("happened_on").needed(), text("reason", 3, 300).of_lines().needed()};
constexpr Fields redeemed{redeem_fields}, stopped{stop_fields};

/// A voucher that is sent again after a bounce counts from its first sending.
Decision send(const Record& before, Record after, const Record&, const Actor&) {
    if (before.has(its["sent_on"])) after.set(its["sent_on"], before.at(its["sent_on"]));
    return after;
}

/// One that failed for good stopped counting then, and not when another took its place.
Decision stop_counting(const Record& before, Record after, const Record& body, const Actor&) {
    if (!before.has(its["unsent_on"])) after.set(its["unsent_on"], body.at(stopped["happened_on"]));
    return after;
}

/// The news of a redemption may come after the voucher was taken for expired: the day of the redemption decides.
Decision redeem(const Record& before, Record after, const Record& body, const Actor&) {
    if (before.has(its["expired_on"]) && body.text(redeemed["redeemed_on"]) <= before.text(its["expired_on"])) {
        after.set(its["expired_on"], std::nullopt);
    }
    return after;
}

constexpr auto steps = std::to_array<Step>({
    {.path = "sends",
     .event = "send",
     .fields = send_fields,
     .decide = send,
     .summary = "Record that a voucher was sent"},
    {.path = "bounces",
     .event = "bounce",
     .fields = bounce_fields,
     .summary = "Record that it came back, to be sent again"},
    {.path = "failures",
     .event = "fail",
     .fields = stop_fields,
     .decide = stop_counting,
     .summary = "Record that it bounced for good: it counts no more"},
    {.path = "redemptions",
     .event = "redeem",
     .fields = redeem_fields,
     .decide = redeem,
     .summary = "Record that it was redeemed, also where it was taken for expired since"},
    {.path = "expiries",
     .event = "expire",
     .fields = expire_fields,
     .summary = "Record that it expired unused; it still counts as sent"},
    {.path = "cancellations",
     .event = "cancel",
     .fields = stop_fields,
     .decide = stop_counting,
     .summary = "Cancel a voucher: it counts no more"},
    {.path = "reissues",
     .event = "reissue",
     .fields = stop_fields,
     .decide = stop_counting,
     .creates_replacement = true,
     .summary = "Void a voucher and request a new one in its place"},
});

}  // namespace

constexpr Noun voucher_{.name = "voucher",
                        .path = "vouchers",
                        .prefix = "VO",
                        .title = "a voucher",
                        .recording = "Record a request for a voucher",
                        .fields = fields,
                        .moves = moves,
                        .steps = steps,
                        .counting = counting,
                        .in_order = in_order,
                        .owner = "school"};
static_assert(sound(voucher_));
const Noun voucher = voucher_;

}  // namespace tideover::nouns
