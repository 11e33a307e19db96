// RFC 6750, section 2.1, with the scheme as everybody writes it.
#include "server/bearer.hpp"

#include "db/ids.hpp"

namespace tideover {

std::optional<std::string> bearer_hash(std::string_view authorization) {
    constexpr std::string_view scheme = "Bearer ";
    if (!authorization.starts_with(scheme) || authorization.size() == scheme.size() || authorization.size() > 200) {
        return std::nullopt;
    }
    return db::ids::sha256_hex(authorization.substr(scheme.size()));
}

}  // namespace tideover
