// Payments: one attempt to pay an award. A returned one is reissued as a payment with its own reference.
#include "domain/finance/payment.hpp"

#include <array>

#include "domain/core/sound.hpp"
#include "domain/finance/nouns.hpp"

namespace tideover::nouns {
namespace {

using namespace payment_table;

constexpr Fields its{fields};

constexpr std::array<std::string_view, 1> ended{"rejected"};

// clang-format off
constexpr auto moves = std::to_array<Move>({
    // from        event     to
    {"instructed", "settle", "settled"},
    {"instructed", "reject", "rejected"},
    {"settled",    "return", "returned"},
});
// clang-format on

// clang-format off
constexpr auto counting = std::to_array<Counting>({
    // measure                sign  on             subject            quantity        field   equals
    {"business_grant_paid",   +1,   "entry_day",   "business_id",     "amount_pence", "kind", "business"},
    {"business_grant_paid",   -1,   "returned_on", "business_id",     "amount_pence", "kind", "business"},
    {"community_grant_paid",  +1,   "entry_day",   "organisation_id", "amount_pence", "kind", "community"},
    {"community_grant_paid",  -1,   "returned_on", "organisation_id", "amount_pence", "kind", "community"},
    {"household_grant_paid",  +1,   "entry_day",   "person_id",       "amount_pence", "kind", "household"},
    {"household_grant_paid",  -1,   "returned_on", "person_id",       "amount_pence", "kind", "household"},
});
// clang-format on

void derive(Record& payment) {
    payment.set(its["kind"], payment.has(its["business_id"])       ? "business"
                             : payment.has(its["organisation_id"]) ? "community"
                                                                   : "household");
}

constexpr auto in_order = std::to_array<InOrder>({
    {"entry_day", "instructed_on", "A payment cannot settle before it was instructed."},
    {"rejected_on", "instructed_on", "A payment cannot be refused before it was instructed."},
    {"returned_on", "entry_day", "A payment cannot come back before it settled."},
});

constexpr auto agreements = std::to_array<Agreement>({
    {"instructed_on", "award_id", "awarded_on", Must::not_before,
     "A payment cannot be instructed before its award was made."},
});

constexpr std::array settle_fields{day("entry_day").needed()};
constexpr std::array reject_fields{day("rejected_on").needed(), choice("return_code", return_codes)};
constexpr std::array return_fields{day("returned_on").needed(), choice("return_code", return_codes).needed()};
constexpr auto steps = std::to_array<Step>({
    {.path = "settlements", .event = "settle", .fields = settle_fields, .summary = "Record the bank's entry day"},
    {.path = "rejections", .event = "reject", .fields = reject_fields, .summary = "Record that the bank refused it"},
    {.path = "returns",
     .event = "return",
     .fields = return_fields,
     .summary = "Record that the bank returned it; the award may then be paid again"},
});

}  // namespace

constexpr Noun payment_{.name = "payment",
                        .path = "payments",
                        .prefix = "PY",
                        .title = "a payment",
                        .recording = "Record that a payment was instructed",
                        .fields = fields,
                        .moves = moves,
                        .steps = steps,
                        .counting = counting,
                        .in_order = in_order,
                        .agreements = agreements,
                        .ended = ended,
                        .derive = derive};
static_assert(sound(payment_));
const Noun payment = payment_;

}  // namespace tideover::nouns
