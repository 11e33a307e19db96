// One reader for each kind of field that people write in a way of their own; all else is text.
#include "server/formats/cell_values.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include "domain/core/day.hpp"
#include "domain/core/money.hpp"
#include "server/formats/json.hpp"
#include "server/formats/number_format.hpp"
#include "server/formats/text.hpp"

namespace tideover {
namespace {

using nlohmann::json;

constexpr std::string_view short_year_max = "29";  // 29 is 2029, 30 is 1930

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// "1.00024E+11": what a spreadsheet shows of a long number, and saves.
bool is_shortened(std::string_view text) {
    const auto e = text.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 2 >= text.size()) return false;
    const auto number = [](char c) { return is_digit(c) || c == '.'; };
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(e), number) &&
           (text[e + 1] == '+' || text[e + 1] == '-') && all_digits(text.substr(e + 2));
}

/// A whole number, with commas between groups of three or without.
std::optional<std::int64_t> whole(std::string_view text) {
    std::string digits;
    const bool grouped = text.find(',') != std::string_view::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (grouped && text[i] == ',' && i > 0 && (text.size() - i) % 4 == 0) continue;
        digits += text[i];
    }
    if (grouped && text.find(',') > 3) return std::nullopt;
    if (!all_digits(digits)) return std::nullopt;
    std::int64_t out = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return end.ec == std::errc{} ? std::optional{out} : std::nullopt;
}

/// Pence as a whole number; with a pound sign or a point, pounds. In brackets, or behind a minus, below nothing.
CellValue amount(std::string_view cell, std::string_view manner) {
    const auto refuse = [&](std::string detail) { return CellValue{{}, "invalid_amount", std::move(detail)}; };
    auto text = cell;
    bool below = false, pounds = manner == "pounds";
    if (text.size() > 1 && text.front() == '(' && text.back() == ')')
        below = true, text = text.substr(1, text.size() - 2);
    if (!below && text.starts_with('-')) below = true, text.remove_prefix(1);
    if (text.starts_with("£")) pounds = true, text.remove_prefix(std::string_view{"£"}.size());
    if (!below && pounds && text.starts_with('-')) below = true, text.remove_prefix(1);
    const auto point = text.find('.');
    std::int64_t hundredths = 0;
    if (point != std::string_view::npos) {
        pounds = true;
        const auto decimals = text.substr(point + 1);
        if (!all_digits(decimals) || decimals.size() > 2)
            return refuse("Pounds have two decimals: \"" + std::string{cell.substr(0, 40)} + "\" has others.");
        hundredths = (decimals[0] - '0') * 10 + (decimals.size() == 2 ? decimals[1] - '0' : 0);
        text = text.substr(0, point);
    }
    const auto number = whole(text);
    if (!number || *number > pence_max) return refuse("Whole pence (133400), or pounds as £1,334.00.");
    const auto pence = pounds ? *number * 100 + hundredths : *number;
    return {below ? -pence : pence};
}

/// The numbers with that between them; none where there is anything else.
std::vector<std::string> numbers_in(std::string_view text, char between) {
    std::vector<std::string> out(1);
    for (const char c : text) {
        if (c == between) {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return std::all_of(out.begin(), out.end(), all_digits) ? out : std::vector<std::string>{};
}
std::string of_two_digits(const std::string& digits) {
    return digits.size() == 1 ? "0" + digits : digits;
}

/// The order of day, month and year in 31/12/2020; "20201231"; the number of a day in a spreadsheet.
std::string day_by_manner(std::string_view text, std::string_view manner) {
    if (manner == "compact")
        return text.size() == 8 && all_digits(text)
                   ? std::string{text.substr(0, 4)} + "-" + std::string{text.substr(4, 2)} + "-" +
                         std::string{text.substr(6)}
                   : std::string{};
    if (manner == "serial") return shown_number(text, {.shown = NumberFormat::Shown::day}, false);
    auto parts = numbers_in(text, '/');
    const bool short_years = manner == "two_digit_years";
    if (parts.size() != 3 || parts[0].size() > 2 || parts[1].size() > 2) return {};
    if (parts[2].size() != (short_years && parts[2].size() != 4 ? 2U : 4U)) return {};
    // What was born, or ended, lies in this century where it can.
    if (parts[2].size() == 2) parts[2] = (parts[2] <= short_year_max ? "20" : "19") + parts[2];
    if (manner == "month_first") std::swap(parts[0], parts[1]);
    return parts[2] + "-" + of_two_digits(parts[1]) + "-" + of_two_digits(parts[0]);
}

/// 2020-12-31 in any manner; otherwise 31/12/2020 or 1/2/2020, the day first, as people in Britain write it, and the
/// whole year.
CellValue day_of(std::string_view text, std::string_view manner) {
    if (parse_day(text)) return {text};
    auto iso = day_by_manner(text, manner);
    if (parse_day(iso)) return {std::move(iso)};
    if (all_digits(text) && text.size() == 5) {
        return {
            {}, "spreadsheet_day", "A spreadsheet's number of a day: show the column as a date, and save it again."};
    }
    return {{}, "invalid_day", "A date that exists, the day first and with the whole year: 31/12/2020 or 2020-12-31."};
}

/// "9:05", "09:05:30", as hours, minutes and seconds of two digits; empty where it is no time of a day.
std::string clock_time(std::string_view text) {
    auto parts = numbers_in(text, ':');
    if (parts.size() == 2) parts.emplace_back("00");
    if (parts.size() != 3) return {};
    std::string out;
    for (const auto& part : parts) {
        if (part.size() > 2) return {};
        out += (out.empty() ? "" : ":") + of_two_digits(part);
    }
    return out;
}

/// An instant as computers write it, or a day and what London's clocks showed. Of an hour that came twice it is the
/// first.
CellValue instant_of(std::string_view text, std::string_view manner) {
    if (parse_instant(text)) return {text};
    if (manner == "serial") {
        const auto read = shown_number(text, {.shown = NumberFormat::Shown::instant}, false);
        if (read != text) return instant_of(read, {});
    }
    const auto blank = text.find_first_of(" T");
    const auto on = blank == std::string_view::npos ? CellValue{{}, "no_time"} : day_of(text.substr(0, blank), manner);
    const auto time = blank == std::string_view::npos ? std::string{} : clock_time(text.substr(blank + 1));
    const auto shown = on.code.empty() && !time.empty() ? parse_instant(on.value.get<std::string>() + "T" + time + "Z")
                                                        : std::optional<Instant>{};
    if (!shown) {
        return {{}, "invalid_instant", "A day and a time, as 31/12/2020 14:05 in London or 2020-12-31T14:05:00Z."};
    }
    for (const auto ahead : {std::chrono::hours{1}, std::chrono::hours{0}}) {
        if (london_clock(*shown - ahead) == *shown) return {format(Instant{*shown - ahead})};
    }
    return {{}, "invalid_instant", "London's clocks never showed this: they went forward in that hour."};
}

CellValue yes_or_no(std::string_view text) {
    const auto said = lower(text);
    for (const std::string_view yes : {"true", "yes", "y", "1"}) {
        if (said == yes) return {true};
    }
    for (const std::string_view no : {"false", "no", "n", "0"}) {
        if (said == no) return {false};
    }
    return {{}, "not_a_flag", "Yes or no."};
}

/// "Advice given" is advice_given; what is none of the choices stays as it is.
std::string choice_of(const Field& field, std::string_view text) {
    const auto said = bare(text);
    for (const auto one : field.choices) {
        if (bare(one) == said) return std::string{one};
    }
    return std::string{text};
}

/// A list of objects, or of anything, as JSON.
CellValue objects(std::string_view text) {
    try {
        return {read_object("{\"rows\":" + std::string{text} + "}").at("rows")};
    } catch (const MalformedJson&) {
        return {{}, "wrong_type", "A list of objects, as JSON."};
    }
}

/// "food; medicine", or as JSON.
CellValue list(const Field& field, std::string_view text) {
    if (text.starts_with('[')) return objects(text);
    auto out = json::array();
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find_first_of(";,", from), text.size());
        const auto item = cleaned(text.substr(from, end - from)).text;
        if (!item.empty()) out.push_back(field.choices.empty() ? item : choice_of(field, item));
        from = end + 1;
    }
    return {std::move(out)};
}

CellValue shortened() {
    return {{},
            "shortened_number",
            "A spreadsheet shortened this number, and its last digits are lost: show the column as text, and save it "
            "again from where it came."};
}

}  // namespace

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

std::string bare(std::string_view name) {
    std::string out;
    for (const char c : lower(name)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) out += c;
    }
    return out;
}

CellValue identifier_value(std::string_view kind, const std::string& text) {
    if (is_shortened(text)) return shortened();
    return {json{{"kind", kind}, {"value", text}}};
}

CellValue cell_value(const Field& field, std::string_view text, const CellManner& manner) {
    const bool number = field.kind == Kind::pence || field.kind == Kind::count || field.kind == Kind::digits ||
                        (field.kind == Kind::text && field.form != Form::none);
    if (number && is_shortened(text)) {
        return shortened();
    }
    switch (field.kind) {
        case Kind::pence:
            return amount(text, manner.money);
        case Kind::count:
            if (const auto said = whole(text)) return {*said};
            return {{}, "not_whole", "A whole number."};
        case Kind::day:
            return day_of(text, manner.days);
        case Kind::instant:
            return instant_of(text, manner.days);
        case Kind::flag:
            return yes_or_no(text);
        case Kind::choice:
            return {choice_of(field, text)};
        case Kind::choices:
            return list(field, text);
        case Kind::rows:
            return objects(text);
        default:
            return {text};
    }
}

}  // namespace tideover
