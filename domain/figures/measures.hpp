// What Tideover counts: the one register of units for unlike kinds of aid.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "domain/core/measure.hpp"
#include "domain/core/role.hpp"

namespace tideover {

// clang-format off
inline constexpr auto measures = std::to_array<Measure>({
    // code                         unit          subject         purpose        dimensions                                                               rule
    {"business_grant_paid",         "pence",      "business",     "grants",      {"scheme", "ward"},                                                      "A payment to a business on the bank's entry day; taken back on the day the bank returns it. Recoveries do not reduce it."},
    {"community_grant_paid",        "pence",      "organisation", "grants",      {"scheme", "ward"},                                                      "A payment to a voluntary group on the bank's entry day; taken back on the day the bank returns it."},
    {"household_grant_paid",        "pence",      "person",       "grants",      {"scheme", "ward"},                                                      "A payment to a person for their household on the bank's entry day; taken back on the day the bank returns it."},
    {"council_tax_credited",        "pence",      "account",      "council_tax", {"fund", "financial_year", "ward"},                                      "A posting on a Council Tax account on its effective day: awards and increases add, decreases and reversals take away."},
    {"external_funding_secured",    "pence",      "organisation", "grants",      {"funder"},                                                              "Other people's money, awarded in writing to a voluntary group. A joint bid counts once. Never part of what the council paid."},
    {"ppe_issued",                  "items",      "organisation", "supplies",    {"item"},                                                                "Single items: units times items per unit of the published list. Returns and recalls take away on their own day."},
    {"voucher_sent",                "vouchers",   "household",    "food",        {"purpose", "channel", "holiday_period", "ward"},                        "One per entitlement, when first sent; taken back when it bounces for good, is cancelled or is replaced. An expired one stays."},
    {"voucher_children",            "children",   "household",    "food",        {"purpose", "channel", "holiday_period", "ward"},                        "The children that a sent voucher is for, counted as the voucher is."},
    {"voucher_redeemed",            "vouchers",   "household",    "food",        {"purpose", "channel", "holiday_period", "ward"},                        "A sent voucher on the day it was redeemed."},
    {"parcel_delivered",            "parcels",    "household",    "food",        {"kind", "delivered_by", "ward"},                                        "A parcel on the day it was delivered. A further attempt is the same parcel; a replacement is a second one."},
    {"food_shop_provided",          "households", "household",    "welfare",     {"vulnerability_basis", "ward"},                                         "A household on each day a food shop was done for it; the figure counts the household once."},
    {"call_received",               "calls",      "person",       "helpline",    {"line", "counterparty", "answered", "purpose"},                         "An inbound call, answered or abandoned: calls, not callers."},
    {"call_made",                   "calls",      "person",       "welfare",     {"line", "counterparty", "answered", "purpose", "vulnerability_basis"}, "An outbound call, reached or not."},
    {"device_distributed",          "devices",    "organisation", "devices",     {"kind", "holder_kind", "source"},                                       "A device on the day it was supplied. A loan that comes back still counts; only an error is taken away."},
    {"device_handed_on",            "devices",    "organisation", "devices",     {"kind", "holder_kind", "source"},                                       "A supplied device known to have reached the person it is for."},
    {"mutual_aid_group_established","groups",     "group",        "community",   {"ward"},                                                                "A mutual aid group on the day it was established, once it is confirmed active."},
    {"volunteer_registered",        "volunteers", "person",       "community",   {"ward"},                                                                "A person on the day they registered; a person known twice is one."},
});
// clang-format on

/// Who may look behind a figure: permission goes by the purpose of the work, not by rank.
struct Purpose {
    std::string_view code;
    Roles roles;
};
// clang-format off
inline constexpr auto purposes = std::to_array<Purpose>({
    {"grants",      roles::grants | roles::finance | roles::auditor},
    {"council_tax", roles::finance | roles::auditor},
    {"supplies",    roles::staff | roles::auditor},
    {"food",        roles::helpline | roles::officer | roles::auditor},
    {"welfare",     roles::helpline | roles::auditor},
    {"helpline",    roles::helpline | roles::auditor},
    {"devices",     roles::staff | roles::auditor},
    {"community",   roles::helpline | roles::officer | roles::auditor},
});
// clang-format on

[[nodiscard]] constexpr Roles who_may_see(std::string_view purpose) {
    for (const auto& row : purposes) {
        if (row.code == purpose) return row.roles;
    }
    return {};
}

}  // namespace tideover
