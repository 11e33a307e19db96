// Most names say it themselves; the table has the others.
#include "domain/core/wording.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tideover {
namespace {

/// Codes of values whose own words would not do.
constexpr auto values = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"0", "0: invalid details"},
    {"2", "2: the payee has died"},
    {"3", "3: account transferred"},
    {"5", "5: no such account"},
    {"B", "B: account closed"},
    {"C", "C: taken back by who paid"},
    {"agent", "Agent of the government"},
    {"below", "Below"},
    {"callback_arranged", "Call-back arranged"},
    {"co_operative", "Co-operative"},
    {"compact", "20201231"},
    {"day_first", "31/12/2020"},
    {"email", "E-mail"},
    {"dfe", "Department for Education"},
    {"identified_by_council", "Identified by the council"},
    {"month_first", "12/31/2020"},
    {"principal", "Principal: by its own discretion"},
    {"serial", "Number of a spreadsheet"},
    {"supermarket_slot", "Supermarket delivery slot"},
    {"two_digit_years", "31/12/20"},
    {"up_to", "Up to and with"},
});

/// Words that are written otherwise than in small letters.
constexpr auto proper = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"api", "API"},
    {"csv", "CSV"},
    {"council tax", "Council Tax"},
    {"id", "ID"},
    {"nhs", "NHS"},
    {"ppe", "PPE"},
    {"sms", "SMS"},
    {"uprn", "UPRN"},
    {"urn", "URN"},
    {"vat", "VAT"},
});

/// Small letters, digits and what stands between the words of a name.
bool is_name(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && std::all_of(text.begin(), text.end(), fits);
}

void write_proper(std::string& text) {
    for (const auto& [small, written] : proper) {
        for (auto at = text.find(small); at != std::string::npos; at = text.find(small, at + 1)) {
            const auto end = at + small.size();
            const bool whole = (at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ');
            if (whole) text.replace(at, small.size(), written);
        }
    }
}

/// With blanks between the words, and a capital where it begins.
std::string spelled(std::string_view name) {
    std::string out{name};
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '_' || c == '.' || c == '-'; }, ' ');
    write_proper(out);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
}

}  // namespace

std::string title_of(const Field& field) {
    if (!field.title.empty()) return std::string{field.title};
    auto name = field.name;
    const auto without = [&](std::string_view end) {
        if (name.size() > end.size() && name.ends_with(end)) name.remove_suffix(end.size());
    };
    if (field.kind == Kind::pence) without("_pence");
    if (field.kind == Kind::id) without("_id");
    return spelled(name);
}

std::string words_of(std::string_view name) {
    for (const auto& [code, words] : values) {
        if (code == name) return std::string{words};
    }
    return is_name(name) ? spelled(name) : std::string{name};
}

std::string title_of(const Noun& noun) {
    auto name = noun.title;
    for (const std::string_view article : {"a ", "an ", "the "}) {
        if (name.starts_with(article)) return spelled(name.substr(article.size()));
    }
    return spelled(name);
}

std::string plural_of(const Noun& noun) {
    return spelled(noun.path);
}

}  // namespace tideover
