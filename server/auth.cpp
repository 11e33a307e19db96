// The doorkeeper.
#include "server/auth.hpp"

#include "db/ids.hpp"
#include "server/problem.hpp"

namespace tideover {
namespace {

constexpr std::size_t known_max = 10'000;

/// The token's SHA-256, or nothing where the header holds no bearer token.
std::optional<std::string> hash_of(const std::string& authorization) {
    constexpr std::string_view scheme = "Bearer ";
    if (!authorization.starts_with(scheme) || authorization.size() == scheme.size() || authorization.size() > 200) {
        return std::nullopt;
    }
    return db::ids::sha256_hex(std::string_view{authorization}.substr(scheme.size()));
}

}  // namespace

db::Principal Doorkeeper::admit(db::Database& database, const std::string& authorization) {
    if (authorization.empty()) return {.authority = config_.authority, .token_id = {}, .staff_id = {}, .partner = {}};
    const auto hash = hash_of(authorization);
    if (!hash) throw Problem{"unauthenticated"};
    std::optional<db::tokens::Holder> holder;
    {
        const std::scoped_lock lock{mutex_};
        if (const auto found = known_.find(*hash); found != known_.end()) holder = found->second;
    }
    if (!holder) {
        holder = db::tokens::find(database, *hash);
        if (!holder) throw Problem{"unauthenticated"};
        const std::scoped_lock lock{mutex_};
        if (known_.size() >= known_max) known_.clear();
        known_.emplace(*hash, *holder);
    }
    if (holder->demo && !config_.loopback) throw Problem{"demo-token"};
    return holder->principal;
}

void Doorkeeper::forget(const std::string& authorization) {
    if (const auto hash = hash_of(authorization)) {
        const std::scoped_lock lock{mutex_};
        known_.erase(*hash);
    }
}

}  // namespace tideover
