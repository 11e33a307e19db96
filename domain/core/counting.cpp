// Reads the counting rules against a record.
#include "domain/core/counting.hpp"

#include <algorithm>
#include <iterator>

#include "domain/core/measure.hpp"

namespace tideover {
namespace {

/// A JSON string (RFC 8259): quotes, backslashes and what lies below U+0020 are escaped. Precondition: UTF-8.
void append_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 0xFU];
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

std::string dimensions(const Measure& measure, const Record& record) {
    std::string out = "{";
    for (const auto name : measure.dimensions) {
        if (name.empty() || !record.has(by_name(name))) continue;
        if (out.size() > 1) out += ", ";
        append_quoted(out, name);
        out += ": ";
        const auto value = record.text(by_name(name));
        if (record.field(by_name(name)).kind == Kind::flag) {
            out += value;
        } else {
            append_quoted(out, value);
        }
    }
    return out + "}";
}

bool applies(const Counting& rule, const Record& record) {
    return record.has(by_name(rule.on)) && (rule.requires_.empty() || record.has(by_name(rule.requires_))) &&
           (rule.field.empty() || record.text(by_name(rule.field)) == rule.equals);
}

}  // namespace

std::vector<Line> lines(std::span<const Counting> rules, const Record& record) {
    std::vector<Line> out;
    if (record.voided) return out;
    for (const auto& rule : rules) {
        if (!applies(rule, record)) continue;
        const auto quantity = rule.sign * (rule.quantity.empty() ? 1 : record.number(by_name(rule.quantity)));
        if (quantity == 0) continue;
        const auto subject = rule.subject.empty()   ? std::string_view{}
                             : rule.subject == "id" ? std::string_view{record.id}
                                                    : record.text(by_name(rule.subject));
        out.push_back({std::string{rule.measure}, quantity, std::string{subject},
                       dimensions(*measure_of(rule.measure), record), std::string{record.text(by_name(rule.on))}});
    }
    return out;
}

std::vector<Posting> difference(std::vector<Line> before, std::vector<Line> after) {
    std::vector<Line> gone, come;
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
    std::vector<Posting> out;
    for (const auto& line : gone) {
        auto reversal = line;
        reversal.quantity = -line.quantity;
        out.push_back({std::move(reversal), line});
    }
    for (auto& line : come) {
        // A record may count and take back under one measure: a line stands in place of one that did the same.
        const auto replaced = std::find_if(gone.begin(), gone.end(), [&](const Line& g) {
            return g.measure == line.measure && (g.quantity > 0) == (line.quantity > 0);
        });
        out.push_back({std::move(line), replaced == gone.end() ? std::nullopt : std::optional{*replaced}});
    }
    return out;
}

}  // namespace tideover
