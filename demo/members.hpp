// The members of the teams and partners in whose names the year is recorded, and their tokens.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace tideover::year {

enum class Member : std::size_t {
    admin,
    second_admin,
    helpline,
    grants_officer,
    grants_approver,
    finance,
    ppe_hub,
    housing,
    school,
    volunteer_hub,
    devices,
};

// As in the first column of the token file.
inline constexpr std::array<std::string_view, 11> member_keys{
    "admin",   "second-admin", "helpline", "grants-officer", "grants-approver", "finance",
    "ppe-hub", "housing",      "school",   "volunteer-hub",  "devices"};

/// The published codes of the partners that members belong to.
namespace partner {
inline constexpr auto housing = "stockport-homes";
inline constexpr auto ppe_hub = "ppe-hub";
inline constexpr auto school = "bridge-hall-primary";
inline constexpr auto volunteer_hub = "volunteer-hub";
inline constexpr auto devices = "schools-ict";
// Partners without members of their own: others record for them.
inline constexpr auto food_network = "food-network";
inline constexpr auto volunteer_register = "volunteer-register";
}  // namespace partner

using Tokens = std::array<std::string, member_keys.size()>;

/// Reads lines of key, role, name, partner and token with tabs between. Throws Stopped naming what is missing.
[[nodiscard]] Tokens read_tokens(const std::string& file);

}  // namespace tideover::year
