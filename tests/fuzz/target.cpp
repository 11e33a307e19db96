// A target that passes is decoded as RFC 3986 and the query's form encoding have it, and is clean text.
#include "server/http/target.hpp"

#include "tests/fuzz/property.hpp"
#include "tests/fuzz/utf8.hpp"

using namespace tideover;
using tideover::fuzz::require;

namespace {

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Percent-decoded by another hand.
std::string decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            require(i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0, "no broken escape passes");
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' && plus_is_space ? ' ' : text[i];
        }
    }
    return out;
}

void check_clean(const std::string& text) {
    require(text.find('\0') == std::string::npos, "no U+0000 passes");
    require(fuzz::is_utf8(text), "what passes is UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto target = fuzz::text_of(data, size);
    Request request;
    if (!read_target(target, request)) return 0;
    require(size <= 2048 && target.front() == '/', "a target is an origin form of bounded size");
    require(target.find('#') == std::string_view::npos, "no fragment passes");
    const auto mark = target.find('?');
    const auto path = target.substr(0, mark);
    require(request.path == decoded(path, false), "the path is decoded as it stands");
    check_clean(request.path);
    std::size_t slashes = 0, decoded_slashes = 0;
    for (const char c : path) slashes += c == '/' ? 1U : 0U;
    for (const char c : request.path) decoded_slashes += c == '/' ? 1U : 0U;
    require(slashes == decoded_slashes, "no slash comes from an escape");
    std::size_t at = 0;
    if (mark != std::string_view::npos) {
        fuzz::each_part(target.substr(mark + 1), '&', [&](std::string_view pair) {
            require(at < request.query.size(), "no parameter is lost");
            const auto& [key, value] = request.query[at++];
            const auto equals = pair.find('=');
            require(key == decoded(pair.substr(0, equals), true), "a parameter's name is decoded");
            const auto rest = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
            require(value == decoded(rest, true), "a parameter's value is decoded");
            check_clean(key);
            check_clean(value);
        });
    }
    require(at == request.query.size(), "no parameter is made up");
    return 0;
}
