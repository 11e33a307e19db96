// A cursor begins with a digest of what was asked, but for how much of it.
#include "server/api/cursor.hpp"

#include <algorithm>
#include <vector>

#include "db/core/ids.hpp"

namespace tideover {
namespace {

constexpr std::size_t digest_length = 16;

/// What tells this list from others: whose, which records, in which order.
std::string fingerprint(const Call& call) {
    std::vector<std::string> said;
    for (const auto& [key, value] : call.request.query) {
        if (key != "limit" && key != "cursor") said.push_back(key + "=" + value);
    }
    std::sort(said.begin(), said.end());
    std::string text = call.principal.authority + "\n" + call.address();
    for (const auto& one : said) text += "\n" + one;
    return db::ids::sha256_hex(text).substr(0, digest_length);
}

}  // namespace

std::string cursor_for(const Call& call, const std::string& place) {
    return fingerprint(call) + between + place;
}

std::optional<std::string> place_said(const Call& call) {
    const auto* given = call.parameter("cursor");
    if (given == nullptr) return std::nullopt;
    if (!given->starts_with(fingerprint(call) + between)) throw wrong_cursor();
    return given->substr(digest_length + 1);
}

Problem wrong_cursor() {
    return Problem{"invalid-parameter", "'cursor' takes what 'next' gave, with the same filters and order."};
}

}  // namespace tideover
