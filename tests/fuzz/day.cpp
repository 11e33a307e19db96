// Days and instants: what parses is printed as it was written, exists, and lies on one day or the next in London.
#include "domain/core/day.hpp"

#include "tests/fuzz/property.hpp"

using namespace tideover;
using std::chrono::days;
using std::chrono::hours;
using tideover::fuzz::require;

namespace {

/// By the rule as it is learnt at school.
int days_in(int year, int month) {
    if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Whether the text is a day, by another hand.
bool is_day(std::string_view text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
    }
    const int year = std::stoi(std::string{text.substr(0, 4)}), month = std::stoi(std::string{text.substr(5, 2)}),
              day = std::stoi(std::string{text.substr(8)});
    return year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

void check_day(std::string_view text) {
    const auto day = parse_day(text);
    require(day.has_value() == is_day(text), "a day is read where there is one, and nowhere else");
    if (!day) return;
    require(format(*day) == text, "a day is printed as it was read");
}

void check_instant(std::string_view text) {
    const auto instant = parse_instant(text);
    if (!instant) return;
    require(is_day(text.substr(0, 10)), "an instant is on a day that exists");
    const auto printed = format(*instant);
    require(parse_instant(printed) == instant, "an instant that is printed reads back as itself");
    if ((text.back() == 'Z' || text.back() == 'z') && text.substr(17, 2) != "60") {
        require(printed.substr(0, 10) == text.substr(0, 10) && printed.substr(11, 8) == text.substr(11, 8),
                "an instant in UTC is printed with the same second");
    }
    const auto london = london_day(*instant), utc = std::chrono::floor<days>(*instant);
    require(london == utc || (london == utc + days{1} && *instant - utc >= hours{23}),
            "London is on the same day, or an hour ahead on the next");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    check_day(text);
    check_instant(text);
    return 0;
}
