// A checkpoint says, signed, how far the audit's chain reached and what its head was. Kept elsewhere, it shows whether
// the chain was made anew or cut off since.
#pragma once

#include <string>
#include <string_view>

#include "db/audit/audit_chain.hpp"
#include "db/audit/signing_key.hpp"

namespace tideover {

struct Checkpoint {
    std::string authority;
    db::audit_chain::Link link;  // audit_upto and ledger_upto are not part of it
    std::string public_key;      // hex
    std::string signature;       // hex, over "tideover-checkpoint-1", authority, number, at, audit_lines, ledger_lines,
                                 // head by domain/core/canonical.hpp
};

[[nodiscard]] Checkpoint checkpoint_of(const std::string& authority, const db::audit_chain::Link& link,
                                       const db::SigningKey& key);

/// Whether the signature is that of the key which the checkpoint names.
[[nodiscard]] bool holds(const Checkpoint& checkpoint);

/// As JSON, and back; reading throws std::runtime_error where the text is no checkpoint.
[[nodiscard]] std::string to_json(const Checkpoint& checkpoint);
[[nodiscard]] Checkpoint read_checkpoint(std::string_view text);

}  // namespace tideover
