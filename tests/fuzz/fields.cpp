// Every command's decoding: a body comes to faults or to a record that reads back as itself, whatever is in it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "domain/core/uuid.hpp"
#include "domain/nouns.hpp"
#include "server/formats/record_json.hpp"
#include "tests/fuzz/body.hpp"
#include "tests/fuzz/property.hpp"
#include "tests/fuzz/utf8.hpp"

using namespace tideover;
using nlohmann::json;
using tideover::fuzz::require;

namespace {

const Instant now = *parse_instant("2021-02-01T12:00:00Z");

/// The field tables of all that can be sent: of every noun and of every step.
const std::vector<std::span<const Field>>& tables() {
    static const auto all = [] {
        std::vector<std::span<const Field>> out;
        for (const auto* noun : nouns::all()) {
            out.push_back(noun->fields);
            for (const auto& step : noun->steps) out.push_back(step.fields);
        }
        return out;
    }();
    return all;
}

bool among(const Field& field, std::string_view text) {
    return std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end();
}

/// What a list without choices holds: a code of a catalogue that is data.
bool is_code(std::string_view text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// Characters that end lines, turn text around or steer a terminal: none is stored, but for a note's own line breaks.
bool steers(std::string_view text) {
    while (!text.empty()) {
        const auto character = text.substr(0, fuzz::character_size(text));
        text.remove_prefix(character.size());
        if (character == "\n" || character == "\t" || character == "\r") continue;
        const auto first = static_cast<unsigned char>(character.front());
        if (first < 0x20 || first == 0x7F) return true;
        if (character >= "\xC2\x80" && character <= "\xC2\x9F") return true;
        if (character >= "\xE2\x80\xAA" && character <= "\xE2\x80\xAE") return true;
        if (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9") return true;
    }
    return false;
}

json wire_form(const Field& field, const std::string& stored);

/// The items of a list of choices, which is stored as PostgreSQL writes one: {a,b}.
json items_of(const Field& field, std::string_view stored) {
    require(stored.starts_with('{') && stored.ends_with('}'), "a list is stored in braces");
    auto out = json::array();
    if (stored.size() == 2) return out;
    fuzz::each_part(stored.substr(1, stored.size() - 2), ',', [&](std::string_view item) {
        require(field.choices.empty() ? is_code(item) : among(field, item), "a list holds choices, or codes");
        out.push_back(std::string{item});
    });
    return out;
}

json rows_of(const Field& field, const std::string& stored) {
    auto out = json::array();
    for (const auto& row : json::parse(stored)) {
        json item = json::object();
        for (const auto& column : field.rows->fields) {
            const auto& value = row.at(std::string{column.name});
            if (!value.is_null()) item[std::string{column.name}] = value;
        }
        out.push_back(std::move(item));
    }
    return out;
}

/// What a client would send to get what is stored.
json wire_form(const Field& field, const std::string& stored) {
    require(fuzz::is_utf8(stored) && stored.find('\0') == std::string::npos, "what is stored is clean UTF-8");
    switch (field.kind) {
        case Kind::pence:
        case Kind::count: {
            const auto number = std::stoll(stored);
            require(std::to_string(number) == stored, "a number is stored in one way");
            require(number >= field.least && number <= field.most, "a number is within its bounds");
            return number;
        }
        case Kind::flag:
            require(stored == "true" || stored == "false", "a flag is true or false");
            return stored == "true";
        case Kind::choices:
            return items_of(field, stored);
        case Kind::rows:
            return rows_of(field, stored);
        case Kind::choice:
            require(among(field, stored), "a choice is one of its choices");
            return stored;
        case Kind::day:
            require(parse_day(stored).has_value(), "a day is a day");
            return stored;
        case Kind::instant:
            require(parse_instant(stored).has_value(), "an instant is an instant");
            return stored;
        case Kind::id:
            require(is_uuid(stored), "an id is an id");
            return stored;
        default:
            require(!steers(stored), "no control character is stored");
            return stored;
    }
}

void check_faults(const Decoded& decoded) {
    for (const auto& fault : decoded.faults) {
        require(fault.pointer.starts_with('/'), "a fault has a pointer");
        require(!fault.code.empty() && !fault.detail.empty(), "a fault says what is wrong");
    }
}

void check_record(std::span<const Field> fields, const Decoded& decoded, Reading reading) {
    json body = json::object();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& field = fields[i];
        const auto& stored = decoded.record.values()[i];
        const bool named = std::find(decoded.named.begin(), decoded.named.end(), field.name) != decoded.named.end();
        if (reading == Reading::whole) {
            require(!field.required || field.derived || stored.has_value(), "what is required is there");
            require(!field.derived || !stored, "what we set cannot be sent");
        } else {
            require(!stored || named, "a correction sets what it names");
            require(!named || may_be_corrected(field), "a correction names what may be corrected");
            require(!named || !field.required || stored, "a correction leaves what is required");
        }
        if (stored) set_at(body, field.name, wire_form(field, *stored));
        if (!stored && named && reading == Reading::changes) set_at(body, field.name, nullptr);
    }
    const auto again = decode(fields, body, reading, now);
    require(again.faults.empty(), "what is stored is accepted when it is sent");
    require(again.record.values() == decoded.record.values(), "what is stored reads back as itself");
}

void check_filter(const Field& field, const std::string& text) {
    const auto stored = decode_filter(field, text);
    if (stored) require(decode_filter(field, *stored) == stored, "a filter's stored form is a fixed point");
}

}  // namespace

/// The first byte chooses the table, the second whether the rest is JSON, choices for a body, or a filter's value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto bytes = fuzz::text_of(data, size);
    const auto fields = tables()[fuzz::take_byte(bytes) % tables().size()];
    const auto how = fuzz::take_byte(bytes);
    if (how % 8 == 7 && !fields.empty()) {
        const auto& field = fields[fuzz::take_byte(bytes) % fields.size()];
        if (fuzz::is_utf8(bytes)) check_filter(field, std::string{bytes});
        return 0;
    }
    const auto reading = how % 2 == 0 ? Reading::whole : Reading::changes;
    auto body = json::object();
    if (how % 8 < 2) {
        body = json::parse(bytes, nullptr, false);
        if (!body.is_object()) return 0;
    } else {
        // Only UTF-8 comes out of a JSON reader, so only that is put in.
        if (!fuzz::is_utf8(bytes)) return 0;
        if (reading == Reading::whole) body = fuzz::plausible_body(fields);
        fuzz::call(body, fields, bytes);
    }
    const auto decoded = decode(fields, body, reading, now);
    check_faults(decoded);
    if (decoded.faults.empty()) check_record(fields, decoded, reading);
    return 0;
}
