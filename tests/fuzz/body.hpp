// Bodies made from a field table: one that would be accepted, with some of its values exchanged by what the fuzzer
// chose. So it gets behind the names and the grammar of JSON at once.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "domain/core/field.hpp"
#include "server/formats/record_json.hpp"
#include "tests/fuzz/property.hpp"
#include "tests/fuzz/utf8.hpp"

namespace tideover::fuzz {

inline nlohmann::json plausible_body(std::span<const Field> fields);

/// A value that the field accepts.
inline nlohmann::json plausible(const Field& field) {
    using nlohmann::json;
    switch (field.kind) {
        case Kind::choice:
            return std::string{field.choices.front()};
        case Kind::choices:
            return json::array({field.choices.empty() ? std::string{"some_code"} : std::string{field.choices.front()}});
        case Kind::pence:
        case Kind::count:
            return field.least;
        case Kind::day:
            return "2021-01-05";
        case Kind::instant:
            return "2021-01-05T10:15:00Z";
        case Kind::flag:
            return true;
        case Kind::id:
            return "0190a000-0000-7000-8000-000000000000";
        case Kind::postcode:
            return "SK1 3XE";
        case Kind::phone:
            return "01614960000";
        case Kind::email:
            return "a@example.org";
        case Kind::digits:
            return std::string(static_cast<std::size_t>(field.most), '1');
        case Kind::rows:
            return json::array({plausible_body(field.rows->fields)});
        case Kind::text:
        case Kind::code:
            break;
    }
    return std::string(static_cast<std::size_t>(std::max<std::int64_t>(field.least, 1)), 'x');
}

/// All that is required and nothing else.
inline nlohmann::json plausible_body(std::span<const Field> fields) {
    auto body = nlohmann::json::object();
    for (const auto& field : fields) {
        if (field.required && !field.derived) set_at(body, field.name, plausible(field));
    }
    return body;
}

/// The value that a chosen text stands for: as it is, as a number, in a list, or no text at all.
inline nlohmann::json chosen(const Field& field, std::size_t how, std::string_view text) {
    using nlohmann::json;
    if (!is_utf8(text)) text = {};  // a byte was taken out of a character
    switch (how % 8) {
        case 0: {
            auto number = json::parse(text, nullptr, false);
            return number.is_discarded() ? json{nullptr} : number;
        }
        case 1:
            return plausible(field);
        case 2: {
            auto list = json::array();
            each_part(text, ',', [&](std::string_view item) { list.push_back(std::string{item}); });
            return list;
        }
        case 3: {
            if (field.kind != Kind::rows || field.rows->fields.empty()) return how > 127;
            auto row = plausible_body(field.rows->fields);
            const auto& column = field.rows->fields[take_byte(text) % field.rows->fields.size()];
            set_at(row, column.name, chosen(column, 4 + how / 8, text));
            return json::array({row, plausible_body(field.rows->fields)});
        }
        default:
            return std::string{text};
    }
}

/// The parts of `bytes`, each a field, a way and a text, put into a body.
inline void call(nlohmann::json& body, std::span<const Field> fields, std::string_view bytes) {
    if (fields.empty()) return;
    each_part(bytes, '\x1F', [&](std::string_view part) {
        if (part.size() < 2) return;
        const auto& field = fields[take_byte(part) % fields.size()];
        const auto how = take_byte(part);
        if (!field.derived || how > 240) set_at(body, field.name, chosen(field, how, part));
    });
}

}  // namespace tideover::fuzz
