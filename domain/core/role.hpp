// Who may do what is said in roles; a set of them is one word.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tideover {

enum class Role : std::uint8_t {
    everyone,  // no token: the public
    helpline,
    grants_officer,
    grants_approver,
    finance,
    partner,
    auditor,
    admin,
};

inline constexpr std::array<std::string_view, 8> role_names{"public",  "helpline", "grants_officer", "grants_approver",
                                                            "finance", "partner",  "auditor",        "admin"};

[[nodiscard]] constexpr std::string_view name_of(Role role) {
    return role_names[static_cast<std::size_t>(role)];
}

[[nodiscard]] constexpr std::optional<Role> role_named(std::string_view name) {
    for (std::size_t i = 0; i < role_names.size(); ++i) {
        if (role_names[i] == name) return static_cast<Role>(i);
    }
    return std::nullopt;
}

struct Roles {
    std::uint16_t bits = 0;

    [[nodiscard]] constexpr bool has(Role role) const { return (bits >> static_cast<unsigned>(role) & 1U) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits == 0; }
    constexpr Roles operator|(Roles other) const { return {static_cast<std::uint16_t>(bits | other.bits)}; }
    constexpr Roles operator&(Roles other) const { return {static_cast<std::uint16_t>(bits & other.bits)}; }
    constexpr bool operator==(const Roles&) const = default;
};

[[nodiscard]] constexpr Roles only(Role role) {
    return {static_cast<std::uint16_t>(1U << static_cast<unsigned>(role))};
}

// The sets that the tables speak in.
namespace roles {
inline constexpr Roles everyone = only(Role::everyone);
inline constexpr Roles helpline = only(Role::helpline);
inline constexpr Roles officer = only(Role::grants_officer);
inline constexpr Roles approver = only(Role::grants_approver);
inline constexpr Roles finance = only(Role::finance);
inline constexpr Roles partner = only(Role::partner);
inline constexpr Roles auditor = only(Role::auditor);
inline constexpr Roles admin = only(Role::admin);
inline constexpr Roles grants = officer | approver;
inline constexpr Roles staff = helpline | grants | finance | admin;
inline constexpr Roles all = staff | partner | auditor;
}  // namespace roles

}  // namespace tideover
