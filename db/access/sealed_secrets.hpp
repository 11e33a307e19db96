// Secrets that were shown once, for the repeat of a request whose answer was lost: sealed, for minutes, for the login
// that asked. The key is the service's own: no token, and nothing in the database, opens one.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "db/audit/signing_key.hpp"
#include "db/core/transaction.hpp"

namespace tideover::db {

class SealingKey {
public:
    /// A random one: what it sealed is opened by this process alone.
    SealingKey();
    /// The one that follows from the key that signs checkpoints: the same for every process that has that.
    explicit SealingKey(const SigningKey& signing);

    [[nodiscard]] const unsigned char* bytes() const { return bytes_.data(); }

private:
    std::array<unsigned char, 32> bytes_{};
};

namespace sealed_secrets {

/// Keeps the secret of a new record until ten minutes after the transaction began; what is older goes.
void keep(Tx& tx, const SealingKey& key, const std::string& record_id, const std::string& secret);

/// The secret, to the login that asked for it and while it is kept; nothing otherwise.
[[nodiscard]] std::optional<std::string> open(Database& database, const Principal& who, const SealingKey& key,
                                              const std::string& record_id);

}  // namespace sealed_secrets
}  // namespace tideover::db
