// Writes days, quantities and shares in plain British English.
#include "server/pages/format.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "domain/core/day.hpp"

namespace tideover::pages {
namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

struct Singular {
    std::string_view many, one;
};
constexpr auto singulars = std::to_array<Singular>({
    {"businesses", "business"},
    {"children", "child"},
    {"families", "family"},
});

}  // namespace

std::string spoken_day(std::string_view day) {
    const auto parsed = parse_day(day);
    if (!parsed) return std::string{day};
    const std::chrono::year_month_day date{*parsed};
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           std::string{months[static_cast<unsigned>(date.month()) - 1]} + " " +
           std::to_string(static_cast<int>(date.year()));
}

std::string spoken_month(std::string_view month) {
    return spoken_day(std::string{month} + "-01").substr(2);
}

std::string spoken_instant(std::string_view instant) {
    if (!parse_instant(instant)) return std::string{instant};
    return spoken_day(instant.substr(0, 10)) + " at " + std::string{instant.substr(11, 8)} + " UTC";
}

std::string sentence(std::string_view words) {
    std::string out{words};
    if (out.empty()) return out;
    out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
    if (out.back() != '.' && out.back() != '?' && out.back() != '!') out += '.';
    return out;
}

std::string unit_after(std::int64_t value, std::string_view unit) {
    if (unit == "pence") return {};
    if (value != 1) return std::string{unit};
    for (const auto& [many, one] : singulars) {
        if (many == unit) return std::string{one};
    }
    return std::string{unit.ends_with('s') ? unit.substr(0, unit.size() - 1) : unit};
}

std::string unit_in_words(std::string_view unit) {
    return unit == "pence" ? "pounds, to the penny" : std::string{unit};
}

std::string share_in_words(std::int64_t part, std::int64_t whole) {
    if (whole <= 0 || part < 0) return {};
    if (part == 0) return "0%";
    if (part == whole) return "100%";
    const auto percent = per_mille(part, whole) / 10;
    if (percent == 0) return "under 1%";
    if (part < whole && percent >= 99) return "over 99%";
    return std::to_string((per_mille(part, whole) + 5) / 10) + "%";
}

std::int64_t per_mille(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return 0;
    // In floating point: a sum of pence times a thousand need not fit.
    const auto share = static_cast<double>(part) / static_cast<double>(whole);
    return static_cast<std::int64_t>(std::clamp(share, 0.0, 1.0) * 1000.0);
}

std::string coordinate(std::int64_t mille) {
    return std::to_string(mille / 10) + "." + std::to_string(mille % 10) + "%";
}

}  // namespace tideover::pages
