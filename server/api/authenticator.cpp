// Remembers whom a token stands for, until it is told to forget.
#include "server/api/authenticator.hpp"

#include "db/access/sessions.hpp"
#include "db/core/ids.hpp"
#include "server/api/bearer.hpp"
#include "server/api/problem.hpp"

namespace tideover {
namespace {

constexpr std::size_t known_max = 10'000;

}  // namespace

db::Principal Authenticator::admit(db::Database& database, const Request& request, Heed heed) {
    const bool in_session = heed == Heed::either && !request.session.empty();
    if (in_session && !request.authorization.empty()) throw Problem{"two-credentials"};
    std::optional<db::tokens::Holder> holder;
    if (in_session) {
        holder = of_session(database, request.session);
    } else if (!request.authorization.empty()) {
        holder = of_token(database, request.authorization);
    } else {
        return {.authority = config_.authority, .token_id = {}, .staff_id = {}, .partner = {}};
    }
    if (!holder) throw Problem{"unauthenticated"};
    if (holder->demo && !config_.loopback) throw Problem{"demo-token"};
    return holder->principal;
}

/// Asked anew each time: whoever signs out is out at once, on whatever server.
std::optional<db::tokens::Holder> Authenticator::of_session(db::Database& database, const std::string& secret) {
    const auto hash = db::ids::sha256_hex(secret);
    const auto found = db::sessions::find(database, hash);
    const std::scoped_lock lock{mutex_};
    if (sessions_.size() >= known_max) sessions_.clear();
    if (!found) {
        sessions_.erase(hash);
        return std::nullopt;
    }
    sessions_.insert(hash);
    return found;
}

std::optional<db::tokens::Holder> Authenticator::of_token(db::Database& database, const std::string& authorization) {
    const auto hash = bearer_hash(authorization);
    if (!hash) return std::nullopt;
    {
        const std::scoped_lock lock{mutex_};
        if (const auto found = known_.find(*hash); found != known_.end()) return found->second;
    }
    auto holder = db::tokens::find(database, *hash);
    if (!holder) return std::nullopt;
    const std::scoped_lock lock{mutex_};
    if (known_.size() >= known_max) known_.clear();
    known_.emplace(*hash, *holder);
    return holder;
}

std::string Authenticator::known(const Request& request) {
    const auto hash = request.session.empty() ? bearer_hash(request.authorization)
                                              : std::optional{db::ids::sha256_hex(request.session)};
    if (!hash) return {};
    const std::scoped_lock lock{mutex_};
    const bool holds = request.session.empty() ? known_.contains(*hash) : sessions_.contains(*hash);
    return holds ? *hash : std::string{};
}

void Authenticator::forget(const Request& request) {
    if (const auto hash = bearer_hash(request.authorization)) {
        const std::scoped_lock lock{mutex_};
        known_.erase(*hash);
    }
}

}  // namespace tideover
