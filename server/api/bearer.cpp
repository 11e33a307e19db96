// RFC 6750, section 2.1; a scheme has no case (RFC 9110, 11.1).
#include "server/api/bearer.hpp"

#include <algorithm>

#include "db/core/ids.hpp"

namespace tideover {

std::optional<std::string> bearer_hash(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b); };
    if (authorization.size() <= scheme.size() || authorization.size() > 200 ||
        !std::equal(scheme.begin(), scheme.end(), authorization.begin(), [&](char s, char a) { return same(a, s); })) {
        return std::nullopt;
    }
    const auto token = authorization.find_first_not_of(' ', scheme.size());
    if (token == std::string_view::npos) return std::nullopt;
    return db::ids::sha256_hex(authorization.substr(token));
}

}  // namespace tideover
