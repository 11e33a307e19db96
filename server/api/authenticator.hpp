// From a bearer token to who it stands for. Every transaction checks once more that the token still holds,
// so a cached answer can never outlive a revocation.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "db/access/tokens.hpp"
#include "server/api/config.hpp"

namespace tideover {

class Authenticator {
public:
    explicit Authenticator(const Config& config) : config_(config) {}

    /// Who the Authorization header stands for; the public where there is none. Throws Problem otherwise.
    [[nodiscard]] db::Principal admit(db::Database& database, const std::string& authorization);

    /// Whether the header holds a token that held when it was last looked at.
    [[nodiscard]] bool knows(const std::string& authorization);

    /// Forgets what is known of this header's token: it turned out to be revoked.
    void forget(const std::string& authorization);

private:
    const Config& config_;
    std::mutex mutex_;
    std::unordered_map<std::string, db::tokens::Holder> known_;  // by SHA-256 of the token
};

}  // namespace tideover
