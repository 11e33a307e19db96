// From a bearer token, or the session of a browser, to who it stands for. Every transaction checks once more that the
// token still holds, so a cached answer can never outlive a revocation.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "db/access/tokens.hpp"
#include "server/api/config.hpp"
#include "server/http/message.hpp"

namespace tideover {

class Authenticator {
public:
    explicit Authenticator(const Config& config) : config_(config) {}

    /// Who the request's token or session stands for; the public where it has neither. Throws Problem otherwise.
    enum class Heed { token, either };
    [[nodiscard]] db::Principal admit(db::Database& database, const Request& request, Heed heed = Heed::either);

    /// What tells the request's token or session from others, if it held when it was last looked at; empty otherwise.
    [[nodiscard]] std::string known(const Request& request);

    /// Forgets what is known of the request's token: it turned out to be revoked.
    void forget(const Request& request);

private:
    [[nodiscard]] std::optional<db::tokens::Holder> of_session(db::Database& database, const std::string& secret);
    [[nodiscard]] std::optional<db::tokens::Holder> of_token(db::Database& database, const std::string& authorization);

    const Config& config_;
    std::mutex mutex_;
    std::unordered_map<std::string, db::tokens::Holder> known_;  // by SHA-256 of the token
    std::unordered_set<std::string> sessions_;                   // SHA-256 of those that held; each is asked anew
};

}  // namespace tideover
