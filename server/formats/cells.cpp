// One reader for each kind of field that people write in a way of their own; all else is text.
#include "server/formats/cells.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "domain/core/day.hpp"
#include "domain/core/money.hpp"
#include "domain/core/naming.hpp"
#include "domain/core/uuid.hpp"
#include "domain/nouns.hpp"
#include "server/formats/record_json.hpp"
#include "server/formats/spreadsheet.hpp"
#include "server/formats/text.hpp"

namespace tideover {
namespace {

using nlohmann::json;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

/// A name without what stands between its words.
std::string bare(std::string_view name) {
    std::string out;
    for (const char c : lower(name)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) out += c;
    }
    return out;
}

/// A value, or why it is none.
struct Value {
    json value{};
    std::string code{}, detail{};
};

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
Value amount(std::string_view cell) {
    const auto refuse = [&](std::string detail) { return Value{{}, "invalid_amount", std::move(detail)}; };
    auto text = cell;
    bool below = false, pounds = false;
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

Value day(std::string_view text) {
    if (parse_day(text)) return {text};
    // 31/12/2020 or 1/2/2020: the day first, as people in Britain write it, and the whole year.
    const auto parts = numbers_in(text, '/');
    const bool plain = parts.size() == 3 && parts[0].size() <= 2 && parts[1].size() <= 2 && parts[2].size() == 4;
    auto iso = plain ? parts[2] + "-" + of_two_digits(parts[1]) + "-" + of_two_digits(parts[0]) : std::string{};
    if (parse_day(iso)) return {std::move(iso)};
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
Value instant(std::string_view text) {
    if (parse_instant(text)) return {text};
    const auto blank = text.find_first_of(" T");
    const auto on = blank == std::string_view::npos ? Value{{}, "no_time"} : day(text.substr(0, blank));
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

Value flag(std::string_view text) {
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
std::string choice(const Field& field, std::string_view text) {
    const auto said = bare(text);
    for (const auto one : field.choices) {
        if (bare(one) == said) return std::string{one};
    }
    return std::string{text};
}

Value list(const Field& field, std::string_view text) {
    auto out = json::array();
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find_first_of(";,", from), text.size());
        const auto item = cleaned(text.substr(from, end - from)).text;
        if (!item.empty()) out.push_back(field.choices.empty() ? item : choice(field, item));
        from = end + 1;
    }
    return {std::move(out)};
}

Value rows(std::string_view text) {
    auto out = json::parse(text, nullptr, false);
    if (!out.is_discarded()) return {std::move(out)};
    return {{}, "wrong_type", "A list of objects, as JSON."};
}

Value shortened() {
    return {{},
            "shortened_number",
            "A spreadsheet shortened this number, and its last digits are lost: show the column as text, and save it "
            "again from where it came."};
}

Value value_of(const Field& field, std::string_view text) {
    const bool number = field.kind == Kind::pence || field.kind == Kind::count || field.kind == Kind::digits ||
                        (field.kind == Kind::text && field.form != Form::none);
    if (number && is_shortened(text)) {
        return {
            {},
            "shortened_number",
            "A spreadsheet shortened this number, and its last digits are lost: show the column as text, and save it "
            "again from where it came."};
    }
    switch (field.kind) {
        case Kind::pence:
            return amount(text);
        case Kind::count:
            if (const auto said = whole(text)) return {*said};
            return {{}, "not_whole", "A whole number."};
        case Kind::day:
            return day(text);
        case Kind::instant:
            return instant(text);
        case Kind::flag:
            return flag(text);
        case Kind::choice:
            return {choice(field, text)};
        case Kind::choices:
            return list(field, text);
        case Kind::rows:
            return rows(text);
        default:
            return {text};
    }
}

/// One of a record's own identifiers.
Value identifier_of(std::string_view kind, const std::string& text) {
    if (is_shortened(text)) return shortened();
    return {json{{"kind", kind}, {"value", text}}};
}

std::string names_of(std::span<const Field> fields) {
    std::string out;
    for (const auto& field : fields) {
        if (!field.derived) out += (out.empty() ? "" : ", ") + std::string{field.name};
    }
    return out;
}

/// The field that a bare name is of.
void find_field(std::span<const Field> fields, const std::string& name, ColumnOf& column) {
    for (const auto& field : fields) {
        if (field.derived) continue;
        const auto whole = bare(field.name);
        if (whole == name) {
            column.field = &field;
            column.by.clear();
            return;
        }
        if (field.kind == Kind::rows && field.rows != nullptr) {
            if (!is_identifiers(field)) continue;
            for (const auto kind : identifier_kinds_in(field)) {
                if (name == bare(kind) || name == whole + bare(kind)) column.field = &field, column.by = kind;
            }
        } else if (field.kind == Kind::id && !field.refers.empty() && field.name.ends_with("_id")) {
            const auto base = bare(field.name.substr(0, field.name.size() - 3));
            const auto& other = nouns::named(field.refers);
            if (name == base || name == base + "reference") column.field = &field, column.by.clear();
            for (const auto& one : other.fields) {
                if (is_its_own(other, one) && name == base + bare(one.name))
                    column.field = &field, column.by = one.name;
            }
            const auto* list = identifiers_of(other);
            if (list == nullptr) continue;
            for (const auto kind : identifier_kinds_in(*list)) {
                if (name == base + bare(kind)) column.field = &field, column.by = kind;
            }
        }
    }
}

/// The record that takes a step, as it is named where nothing but the step stands beside it.
void find_target(const ImportKind& kind, const std::string& name, ColumnOf& column) {
    const auto is = [&](std::string_view by) {
        column.field = kind.target();
        column.by = by;
    };
    if (name == "reference" || name == "id") is({});
    for (const auto& field : kind.noun->fields) {
        if (is_its_own(*kind.noun, field) && name == bare(field.name)) is(field.name);
    }
    const auto* list = identifiers_of(*kind.noun);
    if (list == nullptr) return;
    for (const auto one : identifier_kinds_in(*list)) {
        if (name == bare(one)) is(one);
    }
}

bool is_among(std::span<const std::string> names, const std::string& wanted) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return bare(name) == wanted; });
}

}  // namespace

Columns columns_of(const ImportKind& kind, std::span<const std::string> header, std::span<const std::string> left_out,
                   std::string_view given) {
    const auto& fields = kind.fields;
    Columns out;
    const auto errors = std::size(error_columns);
    const bool mended =
        header.size() > errors && std::equal(std::begin(error_columns), std::end(error_columns), header.end() - errors);
    for (std::size_t i = 0; i < header.size(); ++i) {
        auto& column = out.columns.emplace_back(ColumnOf{cleaned(header[i]).text});
        const auto name = bare(column.name);
        const bool added = mended && i + errors >= header.size();
        if (added || is_among(left_out, name)) continue;
        find_field(fields, name, column);
        if (column.field == nullptr && kind.target() != nullptr) find_target(kind, name, column);
        if (column.field == nullptr) {
            out.faults.push_back({column.name, "unknown_column",
                                  "No field is called so. There are: " + names_of(fields) +
                                      ". Name the column in leave_out where it is not wanted."});
            continue;
        }
        const auto same = [&](const ColumnOf& other) {
            return other.field == column.field && (column.names() || other.by == column.by);
        };
        if (std::count_if(out.columns.begin(), out.columns.end(), same) > 1)
            out.faults.push_back({column.name, "repeated_column", "Another column is this field already."});
    }
    for (const auto& field : fields) {
        const auto is_it = [&](const ColumnOf& column) { return column.field == &field; };
        if (field.required && !field.derived && field.name != given &&
            std::none_of(out.columns.begin(), out.columns.end(), is_it)) {
            out.faults.push_back(
                {std::string{field.name}, "missing_column", "This field is needed, and no column has it."});
        }
    }
    return out;
}

namespace {

/// The record that the text names.
Value record_named(const std::string& text, const std::map<std::string, std::vector<std::string>>& named) {
    if (is_uuid(text)) return {text};
    const auto found = named.find(text);
    if (found == named.end() || found->second.empty()) return {{}, "unknown_reference", "There is no such record."};
    if (found->second.size() == 1) return {found->second.front()};
    return {{}, "ambiguous_reference", "Several records are named so: name the one that is meant by its reference."};
}

}  // namespace

std::string text_of_cell(const Field& field, const std::string& cell) {
    auto text = field.lines ? cell : cleaned(cell).text;
    if (text.size() > 1 && text.front() == '\'' && is_misread(std::string_view{text}.substr(1))) text.erase(0, 1);
    return text;
}

void collect_names(std::span<const ColumnOf> columns, std::span<const std::string> cells, NamedRecords& named) {
    named.resize(columns.size());
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        if (!columns[i].names()) continue;
        auto text = text_of_cell(*columns[i].field, cells[i]);
        if (!text.empty() && !is_uuid(text)) named[i].try_emplace(std::move(text));
    }
}

json body_of(std::span<const ColumnOf> columns, std::span<const std::string> cells, const NamedRecords& named,
             std::vector<FieldFault>& faults) {
    auto body = json::object();
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        const auto* field = columns[i].field;
        if (field == nullptr) continue;
        auto text = text_of_cell(*field, cells[i]);
        if (text.empty()) continue;
        const bool identifier = field->kind == Kind::rows && !columns[i].by.empty();
        auto [value, code, detail] = columns[i].names() ? record_named(text, named.at(i))
                                     : identifier       ? identifier_of(columns[i].by, text)
                                                        : value_of(*field, text);
        if (!code.empty()) {
            faults.push_back({pointer_to(field->name), std::move(code), std::move(detail)});
        } else if (identifier) {
            body[std::string{field->name}].push_back(std::move(value));
        } else {
            set_at(body, field->name, std::move(value));
        }
    }
    return body;
}

}  // namespace tideover
