// From JSON to a record, by the field table, with one reader a kind.
#include "server/formats/record_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "domain/core/form.hpp"
#include "domain/core/uuid.hpp"
#include "server/formats/text.hpp"

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
    std::optional<std::string> in_form(Form form, const std::string& text, const std::string& at);
    std::optional<std::string> list(const Field& field, const json& value, const std::string& at);
    std::optional<std::string> table(const Field& field, const json& value, const std::string& at);
};

/// Digits as people group them: "01-02-03", "1234 5678".
std::string digits_of(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '-') out += c;
    }
    return out;
}

std::string_view earliest(const Field& field) {
    return field.from.empty() ? first_day : field.from;
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
    if (text < earliest(field)) return fail(at, "too_long_ago", "From " + std::string{earliest(field)} + " on.");
    if (!field.ahead && *day > london_day(now)) return fail(at, "in_future", "A day that has come, in London.");
    return format(*day);
}

std::optional<std::string> Reader::moment(const Field& field, const std::string& text, const std::string& at) {
    const auto instant = parse_instant(text);
    if (!instant) {
        return fail(at, "invalid_instant",
                    "An instant (RFC 3339), as 2020-04-02T10:15:00Z or 2020-04-02T11:15:00+01:00.");
    }
    if (format(*instant) < earliest(field)) {
        return fail(at, "too_long_ago", "From " + std::string{earliest(field)} + " on.");
    }
    // A client's clock may be a little ahead of ours.
    if (!field.ahead && *instant > now + std::chrono::minutes{2})
        return fail(at, "in_future", "An instant that has passed.");
    return format(*instant);
}

std::optional<std::string> Reader::string(const Field& field, const std::string& raw, const std::string& at) {
    auto [text, broken, control] = cleaned(raw);
    switch (field.kind) {
        case Kind::choice:
            if (among(field.choices, text)) return text;
            return fail(at, "not_a_choice", "One of: " + listed(field.choices) + ".");
        case Kind::day:
            return date(field, text, at);
        case Kind::instant:
            return moment(field, text, at);
        case Kind::id:
            if (is_uuid(text)) return text;
            return fail(at, "invalid_id", "The id of a record, as this service gave it.");
        case Kind::postcode:
            if (auto form = canonical_form(Form::postcode, text)) return form;
            return fail(at, "invalid_postcode", std::string{words_of(Form::postcode)});
        case Kind::phone:
            if (auto form = canonical_form(Form::phone, text)) return form;
            return fail(at, "invalid_phone", std::string{words_of(Form::phone)});
        case Kind::email:
            if (!control && canonical_form(Form::email, text)) return text;
            return fail(at, "invalid_email", std::string{words_of(Form::email)});
        case Kind::digits:
            text = digits_of(text);
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
    if (control) return fail(at, "control_character", "Text without control characters.");
    if (broken && !field.lines) return fail(at, "line_break", "One line of text, without line breaks and tabs.");
    auto kept = in_form(field.form, text, at);
    if (kept && static_cast<std::int64_t>(characters(*kept)) < field.least) {
        return fail(at, "too_short",
                    "At least " + std::to_string(field.least) + " characters, dashes at the ends apart.");
    }
    return kept;
}

/// Whoever reads a text by its form keeps what was typed, unless the form itself is what is kept.
std::optional<std::string> Reader::in_form(Form form, const std::string& text, const std::string& at) {
    if (text.empty()) return text;
    auto canonical = canonical_form(form, text);
    if (!canonical) return fail(at, "invalid_form", std::string{words_of(form)});
    return kept_as_typed(form) ? text : canonical;
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
        for (const auto& column : field.rows->fields) {
            if (column.form_by.empty() || !row.record.has(column)) continue;
            in_form(form_of_identifier(row.record.text(by_name(column.form_by))), std::string{row.record.text(column)},
                    here + "/" + std::string{column.name});
        }
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

/// The fields and groups of fields that stand right below `prefix`.
std::string names_in(std::span<const Field> fields, const std::string& prefix, bool changes) {
    std::string out, last;
    for (const auto& field : fields) {
        if ((field.derived && !(changes && field.mended)) || !field.name.starts_with(prefix)) continue;
        const auto rest = field.name.substr(prefix.size());
        const std::string name{rest.substr(0, rest.find('.'))};
        if (name != last) out += (out.empty() ? "" : ", ") + name;
        last = name;
    }
    return out.empty() ? "none" : out;
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
            faults.push_back(
                {base + "/" + escaped(key), "unknown_field",
                 "There is no field of this name here. There are: " + names_in(fields, prefix, changes) + "."});
        }
    }
}

/// Null, or a text of nothing: the same wherever null is taken.
bool is_nothing(const json& value) {
    return value.is_null() || (value.is_string() && cleaned(value.get_ref<const std::string&>()).text.empty());
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
            } else if (is_nothing(*value) && (field.required || field.derived)) {
                reader.fail(at, "required", "This field cannot be empty.");
            } else if (!is_nothing(*value)) {
                out.record.set(field, reader.read(field, *value, at));
            }
            continue;
        }
        if (value != nullptr && !(field.required ? value->is_null() : is_nothing(*value))) {
            out.named.push_back(field.name);
            out.record.set(field, reader.read(field, *value, at));
        } else if (field.required) {
            reader.fail(at, "required", field.summary.empty() ? "This field is needed." : std::string{field.summary});
        } else if (!field.fallback.empty()) {
            out.record.set(field, std::string{field.fallback});
        }
    }
    out.faults.insert(out.faults.end(), reader.faults.begin(), reader.faults.end());
    return out;
}

void set_at(json& body, std::string_view name, json value) {
    const auto dot = name.find('.');
    auto& place = body[std::string{name.substr(0, dot)}];
    if (dot == std::string_view::npos) {
        place = std::move(value);
    } else {
        set_at(place, name.substr(dot + 1), std::move(value));
    }
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
