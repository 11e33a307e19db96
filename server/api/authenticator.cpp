// Remembers whom a token stands for, until it is told to forget.
#include "server/api/authenticator.hpp"

#include "server/api/bearer.hpp"
#include "server/api/problem.hpp"

namespace tideover {
namespace {

constexpr std::size_t known_max = 10'000;

}  // namespace

db::Principal Authenticator::admit(db::Database& database, const std::string& authorization) {
    if (authorization.empty()) return {.authority = config_.authority, .token_id = {}, .staff_id = {}, .partner = {}};
    const auto hash = bearer_hash(authorization);
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

bool Authenticator::knows(const std::string& authorization) {
    const auto hash = bearer_hash(authorization);
    if (!hash) return false;
    const std::scoped_lock lock{mutex_};
    return known_.contains(*hash);
}

void Authenticator::forget(const std::string& authorization) {
    if (const auto hash = bearer_hash(authorization)) {
        const std::scoped_lock lock{mutex_};
        known_.erase(*hash);
    }
}

}  // namespace tideover
