// Each row is a queue of whoever may take its step.
#include "domain/queues.hpp"

#include <array>

namespace tideover {
namespace {

// clang-format off
constexpr auto table = std::to_array<Queue>({
    // code                    title                                          noun                state         step             since            value               not_by
    {"parcels-to-deliver",     "Food parcels to deliver",                     "parcel",           "referred",   "attempts",      "referred_at"},
    {"parcels-to-try-again",   "Food parcels to try again",                   "parcel",           "attempted",  "attempts",      "referred_at"},
    {"shops-to-do",            "Food shops to do",                            "food_shop",        "requested",  "completions",   "requested_on"},
    {"vouchers-to-send",       "Vouchers to send",                            "voucher",          "requested",  "sends",         "requested_on",  "value_pence"},
    {"vouchers-come-back",     "Vouchers that came back, to send again",      "voucher",          "bounced",    "sends",         "requested_on",  "value_pence"},
    {"devices-to-hand-on",     "Devices to hand on",                          "device",           "supplied",   "handovers",     "supplied_on"},
    {"groups-to-confirm",      "Mutual aid groups to confirm",                "mutual_aid_group", "registered", "confirmations", ""},
    {"applications-to-assess", "Applications to assess",                      "application",      "submitted",  "assessments",   "received_on",   "requested_pence"},
    {"applications-to-decide", "Applications to decide, assessed by another", "application",      "assessed",   "decisions",     "received_on",   "amount_pence",     "assessed_by"},
    {"payments-to-settle",     "Payments of which the bank has said nothing", "payment",          "instructed", "settlements",   "instructed_on", "amount_pence"},
    {"terms-to-publish",       "Scheme terms to publish, drafted by another", "scheme_version",   "draft",      "publications",  "",              "allocation_pence", "drafted_by"},
    {"figures-to-publish",     "Figures to publish, defined by another",      "figure",           "draft",      "publications",  "",              "",                 "drafted_by"},
});
// clang-format on

}  // namespace

std::span<const Queue> queues() {
    return table;
}

}  // namespace tideover
