// The staff of the demo council: who has a token in each `up`.
#pragma once

#include <array>
#include <string_view>

#include "domain/core/role.hpp"

namespace tideover::year {

struct StaffMember {
    std::string_view key, name;
    Role role;
    std::string_view partner;  // the organisation's code, for role partner
};

inline constexpr auto staff = std::to_array<StaffMember>({
    {"admin", "Ada Minton (demo)", Role::admin, ""},
    {"second-admin", "Sec Ondary (demo)", Role::admin, ""},
    {"helpline", "Hal Pline (demo)", Role::helpline, ""},
    {"grants-officer", "Grace Officer (demo)", Role::grants_officer, ""},
    {"grants-approver", "Abel Approver (demo)", Role::grants_approver, ""},
    {"finance", "Fin Ance (demo)", Role::finance, ""},
    {"auditor", "Audrey Torr (demo)", Role::auditor, ""},
    {"ppe-hub", "Piper Hub (demo)", Role::partner, "ppe-hub"},
    {"housing", "Stocky Holmes (demo)", Role::partner, "stockport-homes"},
    {"school", "Scholar Stica (demo)", Role::partner, "bridge-hall-primary"},
    {"volunteer-hub", "Vol Unteer (demo)", Role::partner, "volunteer-hub"},
    {"devices", "Dev Isaacs (demo)", Role::partner, "schools-ict"},
});

}  // namespace tideover::year
