// Puts texts into their forms: one function a form, one row a form at the end.
#include "domain/core/form.hpp"

#include <algorithm>
#include <array>

namespace tideover {
namespace {

using Text = std::optional<std::string>;

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}
constexpr bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr char capital(char c) {
    return is_small(c) ? static_cast<char>(c - 32) : c;
}
constexpr char small(char c) {
    return is_capital(c) ? static_cast<char>(c + 32) : c;
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Letters and digits alone, in capitals. Nothing that is not ASCII may stand between them.
Text packed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
        if (is_digit(c) || is_small(c) || is_capital(c)) out += capital(c);
    }
    return out.empty() ? std::nullopt : Text{out};
}

/// The text in small letters or capitals, with `joint` for each run of blanks, dashes and underscores, none at the
/// ends.
template <class Case>
std::string joined(std::string_view text, std::string_view joint, const Case& in_case) {
    std::string out;
    bool waiting = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        // U+2010 to U+2015 are dashes too.
        const bool dash = text.substr(i).starts_with("\xE2\x80") && i + 2 < text.size() &&
                          static_cast<unsigned char>(text[i + 2]) >= 0x90 &&
                          static_cast<unsigned char>(text[i + 2]) <= 0x95;
        if (dash || c == ' ' || c == '\t' || c == '\n' || c == '-' || c == '_') {
            if (dash) i += 2;
            waiting = !out.empty();
            continue;
        }
        if (waiting) out += joint;
        waiting = false;
        out += in_case(c);
    }
    return out;
}

Text some(std::string text) {
    return text.empty() ? std::nullopt : Text{std::move(text)};
}

Text code(std::string_view text) {
    return some(joined(text, "-", small));
}

Text fund(std::string_view text) {
    return some(joined(text, "_", small));
}

Text tag(std::string_view text) {
    return some(joined(text, "", capital));
}

Text as_typed(std::string_view text) {
    return std::string{text};
}

std::string padded(std::string_view digits, std::size_t width) {
    return std::string(width - digits.size(), '0') + std::string{digits};
}

// The prefixes of Companies House (URI reference data, "company number prefixes"); ZZ is of invented companies.
constexpr std::array<std::string_view, 46> company_prefixes{
    "AC", "CE", "CS", "FC", "FE", "GE", "GN", "GS", "IC", "IP", "LP", "NA", "NC", "NF", "NI", "NL",
    "NO", "NP", "NR", "NV", "NZ", "OC", "OE", "PC", "R0", "RC", "RS", "SA", "SC", "SE", "SF", "SG",
    "SI", "SL", "SO", "SP", "SR", "SZ", "ZC", "ES", "EC", "EE", "EZ", "BR", "XS", "ZZ"};

Text company_number(std::string_view text) {
    const auto number = packed(text);
    if (!number || number->find_first_not_of('0') == std::string::npos) return std::nullopt;
    if (all_digits(*number)) return number->size() <= 8 ? Text{padded(*number, 8)} : std::nullopt;
    if (number->size() < 3) return std::nullopt;
    const auto prefix = number->substr(0, 2), rest = number->substr(2);
    if (std::find(company_prefixes.begin(), company_prefixes.end(), prefix) == company_prefixes.end() || rest.empty() ||
        rest.size() > 6) {
        return std::nullopt;
    }
    if (all_digits(rest)) return prefix + padded(rest, 6);
    // Societies: IP12345R, SP1234RS.
    const auto letters = rest.find_first_not_of("0123456789");
    const bool ends_in_letters = rest.find_first_of("0123456789", letters) == std::string::npos;
    return rest.size() == 6 && letters >= 4 && ends_in_letters ? number : std::nullopt;
}

/// Six or seven digits in England and Wales, perhaps with the number of a linked charity; SC and NIC elsewhere.
Text charity_number(std::string_view text) {
    std::string number;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
        if (is_digit(c) || is_small(c) || is_capital(c) || c == '-') number += capital(c);
    }
    if (number.starts_with("SCO")) number[2] = '0';
    for (const std::string_view prefix : {"SC", "NIC"}) {
        const auto rest = number.starts_with(prefix) ? number.substr(prefix.size()) : std::string{};
        if (rest.size() == 6 && all_digits(rest)) return number;
    }
    number.erase(0, number.find_first_not_of('0'));
    const auto dash = number.find('-');
    const auto main = number.substr(0, dash);
    const auto linked = dash == std::string::npos ? "1" : number.substr(dash + 1);
    const bool good =
        all_digits(main) && main.size() >= 6 && main.size() <= 7 && all_digits(linked) && linked.size() <= 4;
    return good ? Text{number} : std::nullopt;
}

/// Nine digits of which two check the others, modulo 97, since 2010 perhaps with 55 added; three more for a branch.
/// GD and HA are government departments and health authorities (HMRC, VATREC21010 and VIES).
Text vat_number(std::string_view text) {
    auto number = packed(text).value_or("");
    for (const std::string_view country : {"GB", "XI"}) {
        if (number.starts_with(country)) {
            number.erase(0, 2);
            break;
        }
    }
    if (number.size() == 5 && (number.starts_with("GD") || number.starts_with("HA")) && all_digits(number.substr(2))) {
        return number;
    }
    if ((number.size() != 9 && number.size() != 12) || !all_digits(number)) return std::nullopt;
    int sum = 0;
    for (std::size_t i = 0; i < 7; ++i) sum += (number[i] - '0') * static_cast<int>(8 - i);
    if (sum == 0) return std::nullopt;
    sum += std::stoi(number.substr(7, 2));
    return sum % 97 == 0 || (sum + 55) % 97 == 0 ? Text{number} : std::nullopt;
}

/// Ten digits, the last of which checks the others modulo 11 (NHS Data Dictionary, "NHS NUMBER").
Text nhs_number(std::string_view text) {
    const auto number = packed(text).value_or("");
    if (number.size() != 10 || !all_digits(number)) return std::nullopt;
    int sum = 0;
    for (std::size_t i = 0; i < 9; ++i) sum += (number[i] - '0') * static_cast<int>(10 - i);
    if (sum == 0) return std::nullopt;
    const int check = (11 - sum % 11) % 11;
    return check == number[9] - '0' ? Text{number} : std::nullopt;
}

/// Up to twelve digits (BS 7666); zeros in front say nothing.
Text uprn(std::string_view text) {
    auto number = packed(text).value_or("");
    number.erase(0, number.find_first_not_of('0'));
    return all_digits(number) && number.size() <= 12 ? Text{number} : std::nullopt;
}

/// An address as RFC 5321 has it, without quoted parts and with a domain of at least two names.
Text email(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return std::nullopt;
    const auto plain = [](char c) { return is_small(c) || is_capital(c) || is_digit(c); };
    const auto parts_hold = [](std::string_view list, const auto& holds) {
        for (std::size_t from = 0; from <= list.size();) {
            const auto to = std::min(list.find('.', from), list.size());
            if (to == from || !holds(list.substr(from, to - from))) return false;
            from = to + 1;
        }
        return true;
    };
    const auto atom = [&](std::string_view part) {
        return std::all_of(part.begin(), part.end(), [&](char c) {
            return plain(c) || std::string_view{"!#$%&'*+/=?^_`{|}~-"}.find(c) != std::string_view::npos;
        });
    };
    const auto name = [&](std::string_view part) {
        return part.size() <= 63 && part.front() != '-' && part.back() != '-' &&
               std::all_of(part.begin(), part.end(), [&](char c) { return plain(c) || c == '-'; });
    };
    const auto domain = text.substr(at + 1);
    if (!parts_hold(text.substr(0, at), atom) || domain.find('.') == std::string_view::npos ||
        !parts_hold(domain, name)) {
        return std::nullopt;
    }
    std::string out;
    for (const char c : text) out += small(c);
    return out;
}

/// What is between a number and its extension is taken away with it: " ext 12", "x12", "#12".
std::string take_extension(std::string& text) {
    const auto digits = text.find_last_not_of("0123456789") + 1;
    auto before = std::string_view{text}.substr(0, digits);
    while (!before.empty() && (before.back() == ' ' || before.back() == '.' || before.back() == ':')) {
        before.remove_suffix(1);
    }
    if (digits == text.size()) return {};
    for (const std::string_view word : {"extension", "extn", "ext", "x", "#"}) {
        if (!before.ends_with(word)) continue;
        auto extension = text.substr(digits);
        text.resize(before.size() - word.size());
        return extension;
    }
    return {};
}

/// The digits of a number as people group them, with a plus in front where there is one.
Text dialled(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_digit(c)) {
            out += c;
        } else if (c == '+' && out.empty()) {
            out = "+";
        } else if (std::string_view{" -().\t/"}.find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    return out;
}

/// UK numbers with their 0 (Ofcom's National Telephone Numbering Plan: nine or ten digits after it), short ones as they
/// are dialled, those of other countries in E.164.
Text phone(std::string_view text) {
    std::string said;
    for (const char c : text) said += small(c);
    if (said == "withheld" || said == "number withheld") return "withheld";
    auto extension = take_extension(said);
    if (extension.size() > 6) return std::nullopt;
    if (!extension.empty()) extension = " ext " + extension;
    auto number = dialled(said).value_or("");
    if (number.starts_with("00")) number = "+" + number.substr(2);
    if (number.size() == 12 && number.starts_with("44")) number = "+" + number;
    if (number.starts_with("+44")) number = (number.size() > 3 && number[3] == '0' ? "" : "0") + number.substr(3);
    if (number.size() > 1 && number[0] == '+') {
        const bool american = number[1] == '1';
        const bool good =
            number.size() >= (american ? 12 : 8) && number.size() <= (american ? 12 : 16) && number[1] != '0';
        return good ? Text{number + extension} : std::nullopt;
    }
    const bool national = number.size() >= 10 && number.size() <= 11 && number[0] == '0' && number[1] != '0';
    const bool brief = number.size() >= 3 && number.size() <= 6 && number[0] != '0' && extension.empty();
    return national || brief ? Text{number + extension} : std::nullopt;
}

/// One of the six shapes, in letters that Royal Mail uses in that place (PAF Programmers' Guide, "postcode format").
/// Area ZZ is nobody's: the NHS's pseudo postcodes for those without an address, and what is invented.
Text postcode(std::string_view text) {
    std::string code;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n') continue;
        code += capital(c);
    }
    if (code.size() < 5 || code.size() > 7) return std::nullopt;
    const auto among = [&](std::size_t i, std::string_view letters) {
        return letters.find(code[i]) != std::string_view::npos;
    };
    constexpr std::string_view last = "ABDEFGHJLNPQRSTUWXYZ";
    const auto inward = code.size() - 3;
    const bool nobodys = code.starts_with("ZZ");
    const auto ends = [&](std::size_t i) { return among(i, last) || (nobodys && is_capital(code[i])); };
    if (!is_digit(code[inward]) || !ends(inward + 1) || !ends(inward + 2)) return std::nullopt;
    if (!among(0, "ABCDEFGHIJKLMNOPRSTUWYZ")) return std::nullopt;
    const std::size_t area = is_digit(code[1]) ? 1 : 2;  // one or two letters, a digit, perhaps a letter or digit
    if (area == 2 && !among(1, "ABCDEFGHKLMNOPQRSTUVWXY") && !nobodys) return std::nullopt;
    if (area >= inward || !is_digit(code[area])) return std::nullopt;
    const auto left = inward - area - 1;
    if (left > 1) return std::nullopt;
    if (left == 1 && !is_digit(code[area + 1]) && !among(area + 1, area == 1 ? "ABCDEFGHJKPSTUW" : "ABEHMNPRVWXY")) {
        return std::nullopt;
    }
    return code.substr(0, inward) + " " + code.substr(inward);
}

struct Row {
    Form form;
    std::string_view kind;  // of the identifiers that have it
    Text (*canonical)(std::string_view);
    std::string_view words;
};

// clang-format off
constexpr auto table = std::to_array<Row>({
    {Form::none,           "",               as_typed,       ""},
    {Form::code,           "",               code,           "A code of letters and digits, as winter-2020."},
    {Form::fund,           "",               fund,           "A code of letters and digits, as hardship_2020_21."},
    {Form::account,        "",               packed,         "Letters and digits, as on the bill."},
    {Form::tag,            "",               tag,            "Letters and digits, as issued."},
    {Form::ward,           "",               as_typed,       ""},
    {Form::company_number, "company_number", company_number, "A number of Companies House: 8 digits, or 2 letters and 6 digits, as SC123456."},
    {Form::charity_number, "charity_number", charity_number, "A charity's number: 6 or 7 digits, or SC or NIC and 6 digits."},
    {Form::vat_number,     "vat_number",     vat_number,     "A VAT number: 9 digits, of which the last two check the others, perhaps after GB."},
    {Form::nhs_number,     "nhs_number",     nhs_number,     "An NHS number: 10 digits, of which the last checks the others."},
    {Form::uprn,           "uprn",           uprn,           "A UPRN: up to 12 digits."},
    {Form::rates_account,  "rates_account",  packed,         "Letters and digits, as on the bill."},
    {Form::urn,            "urn",            packed,         "Letters and digits, as issued."},
    {Form::email,          "email",          email,          "An e-mail address."},
    {Form::phone,          "phone",          phone,          "A telephone number: 0161 496 0000, with ext 12 after it if need be; +353 1 234 5678 abroad; or withheld."},
    {Form::postcode,       "",               postcode,       "A UK postcode, as SK1 3XE."},
});
// clang-format on

const Row& row_of(Form form) {
    return *std::find_if(table.begin(), table.end(), [&](const Row& row) { return row.form == form; });
}

}  // namespace

Text canonical_form(Form form, std::string_view text) {
    return row_of(form).canonical(text);
}

std::string_view words_of(Form form) {
    return row_of(form).words;
}

Form form_of_identifier(std::string_view kind) {
    const auto* row =
        std::find_if(table.begin(), table.end(), [&](const Row& one) { return !kind.empty() && one.kind == kind; });
    return row == table.end() ? Form::none : row->form;
}

}  // namespace tideover
