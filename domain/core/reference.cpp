// ISO 7064 MOD 37-2 over Crockford's alphabet, written in base 36 characters.
#include "domain/core/reference.hpp"

namespace tideover {
namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The MOD 37-2 check value of letters and digits; anything else (the dashes) is passed over. 36 has no
/// letter: the standard writes '*'.
std::size_t check_value(std::string_view text) {
    std::size_t state = 0;
    for (const char c : text) {
        const auto value = base36.find(c);
        if (value != std::string_view::npos) state = (state + value) * 2 % 37;
    }
    return (38 - state) % 37;
}

}  // namespace

std::string make_reference(std::string_view prefix, std::uint64_t bits) {
    for (;; ++bits) {
        std::string text{prefix};
        text += '-';
        for (int symbol = 6; symbol >= 0; --symbol) text += crockford[(bits >> (5 * symbol)) & 31U];
        // One in 37 would need a '*', which nobody should have to read out: take the next one.
        const auto check = check_value(text);
        if (check == 36) continue;
        text += '-';
        text += base36[check];
        return text;
    }
}

bool reference_holds(std::string_view reference) {
    const auto dash = reference.rfind('-');
    if (dash == std::string_view::npos || dash + 2 != reference.size()) return false;
    const auto check = check_value(reference.substr(0, dash));
    return check < 36 && base36[check] == reference.back();
}

}  // namespace tideover
