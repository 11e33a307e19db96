// What a record must have in common with one that it names: checked when it is recorded and when either is corrected.
#pragma once

#include <cstdint>
#include <string_view>

namespace tideover {

enum class Must : std::uint8_t {
    same,        // the same value
    not_before,  // a day that does not lie before the other's
    not_after,   // a day that does not lie after the other's
};

/// `field` of the record against `of` of the record that `via` names, where both are there; with `where`, only where
/// that field of the record `is` so. `as_known`: judged by what is known when it is recorded, so that the other record
/// may be corrected later.
struct Agreement {
    std::string_view field;
    std::string_view via;
    std::string_view of;
    Must must;
    std::string_view detail;
    std::string_view where{};
    std::string_view is{};
    bool as_known = false;
};

[[nodiscard]] constexpr bool holds(Must must, std::string_view here, std::string_view there) {
    return must == Must::same ? here == there : must == Must::not_before ? here >= there : here <= there;
}

}  // namespace tideover
