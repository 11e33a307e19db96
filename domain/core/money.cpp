// Writes amounts and counts as people read them.
#include "domain/core/money.hpp"

namespace tideover {

std::string grouped(std::int64_t value) {
    auto digits = std::to_string(value);
    const std::size_t first = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

std::string display(std::int64_t value, std::string_view unit) {
    if (unit != "pence") return grouped(value);
    const auto pounds = value / 100, pence = value % 100;
    const bool negative = value < 0;
    auto text = (negative ? "-£" : "£") + grouped(negative ? -pounds : pounds);
    if (pence != 0) {
        const auto rest = std::to_string(negative ? -pence : pence);
        text += rest.size() == 1 ? ".0" + rest : "." + rest;
    }
    return text;
}

}  // namespace tideover
