// Boost.URL reads; what two readers could take for different things is refused.
#include "server/http/target.hpp"

#include <algorithm>
#include <boost/url/decode_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace tideover {
namespace {

/// Whether the text is UTF-8 (RFC 3629) without U+0000: shortest forms only, and no surrogates.
bool is_text(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    for (std::size_t i = 0; i < text.size();) {
        const auto first = byte(i), second = byte(i + 1);
        const std::size_t more = first < 0x80   ? 0
                                 : first < 0xC2 ? 4
                                 : first < 0xE0 ? 1
                                 : first < 0xF0 ? 2
                                 : first < 0xF5 ? 3
                                                : 4;
        const bool odd = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                         (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
        if (first == 0 || more == 4 || odd) return false;
        for (std::size_t k = 1; k <= more; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U) return false;
        }
        i += more + 1;
    }
    return true;
}

}  // namespace

bool read_target(std::string_view target, Request& request) {
    if (target.empty() || target.size() > 2048 || target.front() != '/') return false;
    const auto url = boost::urls::parse_origin_form(target);
    if (url.has_error()) return false;
    request.path = url->path();
    // Two paths that differ only in an encoded slash or a NUL are not the same: take neither.
    if (!is_text(request.path) || url->encoded_path().find("%2F") != std::string_view::npos ||
        url->encoded_path().find("%2f") != std::string_view::npos) {
        return false;
    }
    for (const auto& parameter : url->params()) request.query.emplace_back(parameter.key, parameter.value);
    return std::all_of(request.query.begin(), request.query.end(),
                       [](const auto& parameter) { return is_text(parameter.first) && is_text(parameter.second); });
}

}  // namespace tideover
