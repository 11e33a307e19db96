// The head's grammar (RFC 9112), narrowed to what has one reading, and the table of rules.
#include "server/http/framing.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace tideover {
namespace {

constexpr std::size_t fields_max = 64;
constexpr std::size_t target_bytes_max = 2048;
constexpr std::size_t host_bytes_max = 255;

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_visible(char c) {
    return c > ' ' && c < 127;
}
/// Narrower than RFC 9110's token: '_' becomes '-' on its way through some gateways, and others drop such names.
constexpr bool is_name_char(char c) {
    return is_letter(c) || is_digit(c) || c == '-';
}
constexpr bool is_value_char(char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != 127);
}
constexpr bool is_host_char(char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-';
}
template <class Check>
bool all(std::string_view text, Check check) {
    return !text.empty() && std::all_of(text.begin(), text.end(), check);
}

struct Field {
    std::string name;  // in lower case
    std::string_view value;
};
struct Head {
    std::string_view method, target, version;
    std::vector<Field> fields;

    [[nodiscard]] std::size_t count(std::string_view name) const {
        return static_cast<std::size_t>(
            std::count_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; }));
    }
    [[nodiscard]] std::string_view value(std::string_view name) const {
        const auto found =
            std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
        return found == fields.end() ? std::string_view{} : found->value;
    }
    [[nodiscard]] bool is_1_1() const { return version == "HTTP/1.1"; }
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The line up to CR LF, taken off the front. Precondition: there is one.
std::string_view take_line(std::string_view& text) {
    const auto end = text.find("\r\n");
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 2);
    return line;
}

bool read_request_line(std::string_view line, Head& head) {
    const auto first = line.find(' ');
    if (first == std::string_view::npos) return false;
    const auto second = line.find(' ', first + 1);
    if (second == std::string_view::npos) return false;
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, second - first - 1);
    head.version = line.substr(second + 1);
    return all(head.method, is_letter) && all(head.target, is_visible);
}

/// Nothing may stand between a name and its colon, and no line may go on the one before (obs-fold): a line that
/// begins with a blank has no name.
bool read_field(std::string_view line, Head& head) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !all(line.substr(0, colon), is_name_char)) return false;
    const auto value = trimmed(line.substr(colon + 1));
    if (!value.empty() && !all(value, is_value_char)) return false;
    std::string name{line.substr(0, colon)};
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); });
    head.fields.push_back({std::move(name), value});
    return true;
}

/// A registered name or IPv4 address, or an IPv6 address in brackets; then perhaps a port.
bool is_host(std::string_view host) {
    if (host.size() > host_bytes_max) return false;
    const auto colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
    if (colon != std::string_view::npos) {
        const auto port = host.substr(colon + 1);
        if (port.size() > 5 || !all(port, is_digit)) return false;
        host = host.substr(0, colon);
    }
    if (!host.starts_with('[')) return all(host, is_host_char);
    if (!host.ends_with(']') || host.size() < 4) return false;
    return all(host.substr(1, host.size() - 2), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    });
}

/// A whole number without sign, leading zero or anything beside it.
bool is_length(std::string_view text) {
    return text.size() <= 18 && all(text, is_digit) && (text.size() == 1 || text.front() != '0');
}

/// Whether a segment of the path is "." or "..", plain or encoded: programs on the way resolve those differently.
bool has_dot_segment(std::string_view target) {
    std::string path;
    for (std::size_t i = 0; i < target.size() && target[i] != '?'; ++i) {
        const bool dot = target[i] == '%' && (target.substr(i, 3) == "%2e" || target.substr(i, 3) == "%2E");
        path += dot ? '.' : target[i];
        if (dot) i += 2;
    }
    path += '/';
    return path.find("/./") != std::string::npos || path.find("/../") != std::string::npos;
}

/// Fields that mean one thing: a second one would leave it open which holds.
constexpr auto single = std::to_array<std::string_view>({
    "authorization",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "idempotency-key",
    "if-match",
    "transfer-encoding",
    "x-forwarded-proto",
    "x-request-id",
});

struct Rule {
    std::string_view slug;
    std::string_view detail;
    bool (*broken)(const Head&);
};
// clang-format off
constexpr auto rules = std::to_array<Rule>({
    {"bad-request", "The version is to be HTTP/1.1 or HTTP/1.0.",
     [](const Head& head) { return !head.is_1_1() && head.version != "HTTP/1.0"; }},
    {"bad-request", "The target is to begin with a slash and have 2,048 bytes at most.",
     [](const Head& head) { return !head.target.starts_with('/') || head.target.size() > target_bytes_max; }},
    {"bad-request", "The target has a part '.' or '..', or a '#'.",
     [](const Head& head) { return has_dot_segment(head.target) || head.target.find('#') != std::string_view::npos; }},
    {"header-too-large", "There are more than 64 header fields.",
     [](const Head& head) { return head.fields.size() > fields_max; }},
    {"bad-request", "A header field that may stand once stands twice.",
     [](const Head& head) {
         return std::any_of(single.begin(), single.end(), [&](auto name) { return head.count(name) > 1; });
     }},
    {"bad-request", "There is to be one Host, a name or an address with perhaps a port.",
     [](const Head& head) { return !is_host(head.value("host")); }},
    {"bad-request", "Content-Length is to be a whole number.",
     [](const Head& head) { return head.count("content-length") == 1 && !is_length(head.value("content-length")); }},
    {"bad-request", "Transfer-Encoding is to be 'chunked', in HTTP/1.1, without Content-Length.",
     [](const Head& head) {
         return head.count("transfer-encoding") == 1 &&
                (head.value("transfer-encoding") != "chunked" || !head.is_1_1() || head.count("content-length") > 0);
     }},
    {"bad-request", "A GET or HEAD takes no body.",
     [](const Head& head) {
         const auto length = head.value("content-length");
         return (head.method == "GET" || head.method == "HEAD") &&
                (head.count("transfer-encoding") > 0 || (!length.empty() && length != "0"));
     }},
    {"bad-request", "Expect is to be '100-continue'.",
     [](const Head& head) { return head.count("expect") == 1 && head.value("expect") != "100-continue"; }},
});
// clang-format on

}  // namespace

HeadEnd find_head(std::string_view bytes, std::size_t bytes_max) {
    static constexpr FramingFault endings{"bad-request", "Lines are to end with CR and LF, and no CR stands alone."};
    static constexpr FramingFault start{"bad-request", "A request begins with its method."};
    static constexpr FramingFault size{"header-too-large", {}};
    if (!bytes.empty() && !is_letter(bytes.front())) return {0, start};
    for (auto at = bytes.find_first_of("\r\n"); at != std::string_view::npos;
         at = bytes.find_first_of("\r\n", at + 2)) {
        if (at >= bytes_max) break;
        if (bytes[at] == '\n') return {0, endings};
        if (at + 1 == bytes.size() || at + 1 == bytes_max) break;
        if (bytes[at + 1] != '\n') return {0, endings};
        if (bytes.substr(at + 2, 2) == "\r\n") {
            if (at + 4 > bytes_max) return {0, size};
            return {at + 4, {}};
        }
    }
    if (bytes.size() >= bytes_max) return {0, size};
    return {};
}

FramingFault framing_fault(std::string_view head) {
    Head read;
    if (!read_request_line(take_line(head), read)) {
        return {"bad-request", "The first line is to be a method, a target and a version, with one space between."};
    }
    for (auto line = take_line(head); !line.empty(); line = take_line(head)) {
        if (!read_field(line, read)) {
            return {"bad-request", "A header field is to be a name of letters, digits and hyphens, a colon, a value."};
        }
    }
    for (const auto& rule : rules) {
        if (rule.broken(read)) return {rule.slug, rule.detail};
    }
    return {};
}

}  // namespace tideover
