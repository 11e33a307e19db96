// One reader a kind of field.
#include "server/fields.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "db/ids.hpp"

namespace tideover {
namespace {

using nlohmann::json;

constexpr std::size_t code_max = 60;

/// What reading one value came to: its stored form, or what is wrong with it.
struct Reader {
    Instant now;
    std::string base;
    std::vector<FieldFault> faults{};

    std::optional<std::string> fail(const std::string& at, std::string code, std::string detail) {
        faults.push_back({at, std::move(code), std::move(detail)});
        return std::nullopt;
    }
    std::optional<std::string> read(const Field& field, const json& value, const std::string& at);
    std::optional<std::string> whole(const Field& field, const json& value, const std::string& at);
    std::optional<std::string> string(const Field& field, const std::string& text, const std::string& at);
    std::optional<std::string> date(const Field& field, const std::string& text, const std::string& at);
    std::optional<std::string> moment(const Field& field, const std::string& text, const std::string& at);
    std::optional<std::string> list(const Field& field, const json& value, const std::string& at);
    std::optional<std::string> table(const Field& field, const json& value, const std::string& at);
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return std::string{text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1)};
}

/// Control characters (C0 and C1) other than a note's line breaks, and the ones that turn text around: U+202A to U+202E
/// and U+2066 to U+2069 (UAX #9). Precondition: the text is UTF-8.
bool has_control(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto first = byte(i), second = byte(i + 1), third = byte(i + 2);
        if ((first < 0x20 && first != '\n' && first != '\t' && first != '\r') || first == 0x7F) return true;
        if (first == 0xC2 && second < 0xA0) return true;
        if (first == 0xE2 && second == 0x80 && third >= 0xAA && third <= 0xAE) return true;
        if (first == 0xE2 && second == 0x81 && third >= 0xA6 && third <= 0xA9) return true;
    }
    return false;
}

/// "sk13xe" → "SK1 3XE"; nothing where it is no UK postcode.
std::optional<std::string> postcode_form(std::string_view text) {
    std::string packed;
    for (const char c : text) {
        if (c == ' ') continue;
        packed += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    const auto letter = [&](std::size_t i) { return packed[i] >= 'A' && packed[i] <= 'Z'; };
    const auto number = [&](std::size_t i) { return packed[i] >= '0' && packed[i] <= '9'; };
    if (packed.size() < 5 || packed.size() > 7) return std::nullopt;
    const auto inward = packed.size() - 3;
    if (!number(inward) || !letter(inward + 1) || !letter(inward + 2) || !letter(0)) return std::nullopt;
    std::size_t i = letter(1) ? 2 : 1;  // one or two letters, a digit, perhaps one more letter or digit
    if (i >= inward || !number(i)) return std::nullopt;
    ++i;
    if (i < inward && (letter(i) || number(i))) ++i;
    if (i != inward) return std::nullopt;
    return packed.substr(0, inward) + " " + packed.substr(inward);
}

/// "+44 (0)161 496 0000" → "01614960000"; nothing where it is no UK number.
std::optional<std::string> phone_form(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c == '+' && digits.empty()) {
            digits = "+";
        } else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') {
            return std::nullopt;
        }
    }
    if (digits.starts_with("+44")) digits = (digits.size() > 3 && digits[3] == '0' ? "" : "0") + digits.substr(3);
    if (digits.starts_with("0044")) digits = "0" + digits.substr(4);
    // No area code begins with a second 0: that would be somewhere abroad.
    if (digits.size() < 10 || digits.size() > 11 || digits[0] != '0' || digits[1] == '0') return std::nullopt;
    return digits;
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos &&
           text.find_first_of(" \t\r\n") == std::string_view::npos && text.size() <= 254 && !has_control(text);
}

std::string listed(std::span<const std::string_view> choices) {
    std::string out;
    for (const auto choice : choices) out += (out.empty() ? "" : ", ") + std::string{choice};
    return out;
}

/// "meets_criteria": what codes that are data look like.
bool is_code(std::string_view text) {
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto plain = [&](char c) { return small(c) || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && text.size() <= code_max && small(text.front()) &&
           std::all_of(text.begin(), text.end(), plain);
}

bool among(std::span<const std::string_view> choices, std::string_view text) {
    return std::find(choices.begin(), choices.end(), text) != choices.end();
}

std::optional<std::string> Reader::whole(const Field& field, const json& value, const std::string& at) {
    if (!value.is_number_integer()) {
        return fail(at, value.is_number() ? "not_whole" : "wrong_type",
                    field.kind == Kind::pence
                        ? "Whole pence as a JSON number, no point and no exponent: 1050 for £10.50."
                        : "A whole number, no point and no exponent.");
    }
    const bool too_big =
        value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    const auto number = too_big ? INT64_MAX : value.get<std::int64_t>();
    if (too_big || number < field.least || number > field.most) {
        return fail(at, "out_of_range",
                    "From " + std::to_string(field.least) + " to " + std::to_string(field.most) + ".");
    }
    return std::to_string(number);
}

std::optional<std::string> Reader::date(const Field& field, const std::string& text, const std::string& at) {
    const auto day = parse_day(text);
    if (!day) return fail(at, "invalid_day", "A date that exists, as YYYY-MM-DD.");
    if (!field.ahead && *day > london_day(now)) return fail(at, "in_future", "A day that has come, in London.");
    return format(*day);
}

std::optional<std::string> Reader::moment(const Field& field, const std::string& text, const std::string& at) {
    const auto instant = parse_instant(text);
    if (!instant) return fail(at, "invalid_instant", "An instant in UTC, as 2020-04-02T10:15:00Z.");
    // A client's clock may be a little ahead of ours.
    if (!field.ahead && *instant > now + std::chrono::minutes{2})
        return fail(at, "in_future", "An instant that has passed.");
    return format(*instant);
}

std::optional<std::string> Reader::string(const Field& field, const std::string& raw, const std::string& at) {
    const auto text = trimmed(raw);
    switch (field.kind) {
        case Kind::choice:
            if (among(field.choices, text)) return text;
            return fail(at, "not_a_choice", "One of: " + listed(field.choices) + ".");
        case Kind::day:
            return date(field, text, at);
        case Kind::instant:
            return moment(field, text, at);
        case Kind::id:
            if (db::ids::canonical(text)) return text;
            return fail(at, "invalid_id", "The id of a record, as this service gave it.");
        case Kind::postcode:
            if (auto form = postcode_form(text)) return form;
            return fail(at, "invalid_postcode", "A UK postcode, as SK1 3XE.");
        case Kind::phone:
            if (auto form = phone_form(text)) return form;
            return fail(at, "invalid_phone", "A UK telephone number, as 0161 496 0000.");
        case Kind::email:
            if (is_email(text)) return text;
            return fail(at, "invalid_email", "An e-mail address.");
        case Kind::digits:
            if (text.size() == static_cast<std::size_t>(field.most) &&
                text.find_first_not_of("0123456789") == std::string::npos) {
                return text;
            }
            return fail(at, "invalid_digits", "Exactly " + std::to_string(field.most) + " digits, as a string.");
        default:
            break;
    }
    const auto length = static_cast<std::int64_t>(characters(text));
    if (length > field.most) return fail(at, "too_long", "At most " + std::to_string(field.most) + " characters.");
    if (length < field.least) return fail(at, "too_short", "At least " + std::to_string(field.least) + " characters.");
    if (has_control(text)) return fail(at, "control_character", "Text without control characters.");
    return text;
}

std::optional<std::string> Reader::list(const Field& field, const json& value, const std::string& at) {
    const bool open = field.choices.empty();
    const auto what = open ? std::string{"lower-case letters, digits and underscores"} : listed(field.choices);
    if (!value.is_array())
        return fail(at, "wrong_type", (open ? "A list of codes: " : "A list of some of: ") + what + ".");
    if (open && static_cast<std::int64_t>(value.size()) > field.most) {
        return fail(at, "too_many", "At most " + std::to_string(field.most) + ".");
    }
    const auto good = [&](const std::string& text) { return open ? is_code(text) : among(field.choices, text); };
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto here = at + "/" + std::to_string(i);
        if (!value[i].is_string() || !good(value[i].get_ref<const std::string&>())) {
            fail(here, open ? "invalid_code" : "not_a_choice", (open ? "A code of " : "One of: ") + what + ".");
        } else if (std::find(seen.begin(), seen.end(), value[i].get_ref<const std::string&>()) != seen.end()) {
            fail(here, "repeated", "Each value once.");
        } else {
            seen.push_back(value[i].get<std::string>());
        }
    }
    if (field.required && value.empty()) return fail(at, "required", "At least one.");
    std::string out = "{";
    for (const auto& item : seen) out += (out.size() > 1 ? "," : "") + item;
    return out + "}";
}

std::optional<std::string> Reader::table(const Field& field, const json& value, const std::string& at) {
    if (!value.is_array()) return fail(at, "wrong_type", "A list of objects.");
    if (static_cast<std::int64_t>(value.size()) > field.most) {
        return fail(at, "too_many", "At most " + std::to_string(field.most) + ".");
    }
    auto out = json::array();
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto here = at + "/" + std::to_string(i);
        if (!value[i].is_object()) {
            fail(here, "wrong_type", "An object.");
            continue;
        }
        auto row = decode(field.rows->fields, value[i], Reading::whole, now, here);
        faults.insert(faults.end(), row.faults.begin(), row.faults.end());
        json item;
        for (std::size_t f = 0; f < field.rows->fields.size(); ++f) {
            const auto& column = field.rows->fields[f];
            const auto& stored = row.record.values()[f];
            const bool number = column.kind == Kind::pence || column.kind == Kind::count;
            if (!stored) {
                item[std::string{column.name}] = nullptr;
            } else if (number) {
                item[std::string{column.name}] = std::stoll(*stored);
            } else {
                item[std::string{column.name}] = *stored;
            }
        }
        out.push_back(std::move(item));
    }
    return out.dump();
}

std::optional<std::string> Reader::read(const Field& field, const json& value, const std::string& at) {
    switch (field.kind) {
        case Kind::pence:
        case Kind::count:
            return whole(field, value, at);
        case Kind::choices:
            return list(field, value, at);
        case Kind::rows:
            return table(field, value, at);
        case Kind::flag:
            if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
            return fail(at, "wrong_type", "true or false.");
        default:
            break;
    }
    if (!value.is_string()) return fail(at, "wrong_type", "A string.");
    return string(field, value.get_ref<const std::string&>(), at);
}

std::string pointer(const std::string& base, std::string_view name) {
    auto out = base + "/" + std::string{name};
    std::replace(out.begin() + static_cast<std::ptrdiff_t>(base.size()), out.end(), '.', '/');
    return out;
}

/// The key as a JSON Pointer segment (RFC 6901).
std::string escaped(const std::string& key) {
    std::string out;
    for (const char c : key) out += c == '~' ? std::string{"~0"} : c == '/' ? std::string{"~1"} : std::string{c};
    return out;
}

/// The value at a dotted name, or null where there is none.
const json* value_at(const json& body, std::string_view name) {
    const auto dot = name.find('.');
    const auto found = body.find(std::string{name.substr(0, dot)});
    if (found == body.end()) return nullptr;
    if (dot == std::string_view::npos) return &*found;
    return found->is_object() ? value_at(*found, name.substr(dot + 1)) : nullptr;
}

/// Names every key that no field has.
void find_unknown(std::span<const Field> fields, const json& body, const std::string& base, const std::string& prefix,
                  bool changes, std::vector<FieldFault>& faults) {
    for (const auto& [key, value] : body.items()) {
        const auto name = prefix + key;
        bool leaf = false, group = false;
        for (const auto& field : fields) {
            if (field.derived && !(changes && field.mended)) continue;
            leaf = leaf || field.name == name;
            group = group || field.name.starts_with(name + ".");
        }
        if (leaf) continue;
        if (group && value.is_object()) {
            find_unknown(fields, value, base + "/" + escaped(key), name + ".", changes, faults);
        } else if (group) {
            faults.push_back({base + "/" + escaped(key), "wrong_type", "An object."});
        } else {
            faults.push_back({base + "/" + escaped(key), "unknown_field", "There is no field of this name here."});
        }
    }
}

}  // namespace

Decoded decode(std::span<const Field> fields, const json& body, Reading reading, Instant now, const std::string& base) {
    Decoded out{Record{fields}, {}, {}};
    const bool changes = reading != Reading::whole;
    find_unknown(fields, body, base, {}, changes, out.faults);
    Reader reader{now, base};
    for (const auto& field : fields) {
        if (field.derived && !(changes && field.mended)) continue;
        const auto at = pointer(base, field.name);
        const auto* value = value_at(body, field.name);
        if (changes) {
            if (value == nullptr) continue;
            out.named.push_back(field.name);
            if (!may_be_corrected(field) && (reading != Reading::anew || field.derived)) {
                reader.fail(at, "not_correctable",
                            "This field makes the record what it is: void the record, then record it anew or reinstate "
                            "it with the right value.");
            } else if (value->is_null() && (field.required || field.derived)) {
                reader.fail(at, "required", "This field cannot be empty.");
            } else if (!value->is_null()) {
                out.record.set(field.name, reader.read(field, *value, at));
            }
            continue;
        }
        if (value != nullptr && !value->is_null()) {
            out.named.push_back(field.name);
            out.record.set(field.name, reader.read(field, *value, at));
        } else if (field.required) {
            reader.fail(at, "required", field.summary.empty() ? "This field is needed." : std::string{field.summary});
        } else if (!field.fallback.empty()) {
            out.record.set(field.name, std::string{field.fallback});
        }
    }
    out.faults.insert(out.faults.end(), reader.faults.begin(), reader.faults.end());
    return out;
}

std::optional<std::string> decode_filter(const Field& field, const std::string& text) {
    // Filters may name days that have not come: they only find nothing.
    Reader reader{Instant{std::chrono::sys_days{std::chrono::year{2199} / 12 / 31}}, {}};
    const bool number = field.kind == Kind::pence || field.kind == Kind::count;
    if (number) {
        std::int64_t value = 0;
        const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
        if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
        return std::to_string(value);
    }
    if (field.kind == Kind::flag) return text == "true" || text == "false" ? std::optional{text} : std::nullopt;
    return reader.read(field, json(text), {});
}

}  // namespace tideover
