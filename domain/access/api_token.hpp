// The fields of a token, for whoever names one.
#pragma once

#include <array>

#include "domain/core/field.hpp"

namespace tideover::nouns::api_token_table {

inline constexpr std::array<std::string_view, 7> token_roles{
    "helpline", "grants_officer", "grants_approver", "finance", "partner", "auditor", "admin"};

inline constexpr auto role_field = choice("role", token_roles).needed().never_corrected();

inline constexpr auto partner_field =
    code("partner", "organisation").never_corrected().says("The organisation they work for, with role partner only.");

inline constexpr auto reason_field = text("reason", 3, 500).of_lines().needed();

inline constexpr std::array fields{
    id("staff_id", "staff").needed().filter().tells().never_corrected(),
    role_field.filter(),
    partner_field.filter(),
    text("label", 0, 120).tells().never_corrected().says("What it is for, where somebody holds several."),
    text("hash", 64, 64).set_by_us().seen_as(Privacy::nobody),
    flag("demo").set_by_us().otherwise("false").says("Holds on the loopback address only."),
    instant("revoked_at").set_by_us(),
    text("reason", 0, 500).of_lines().set_by_us().says("Why its role was changed last, or why it was revoked."),
};

inline constexpr std::array change_fields{role_field, partner_field, reason_field};

}  // namespace tideover::nouns::api_token_table
