// The key that signs checkpoints: Ed25519 (RFC 8032), by libsodium.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace tideover::db {

class SigningKey {
public:
    /// The key in a file of 64 hex digits that its owner alone can read (0400); made where there is none. Throws
    /// std::runtime_error, with one sentence that says what to do, where it cannot be read or made.
    [[nodiscard]] static SigningKey in_file(const std::string& path);

    [[nodiscard]] std::string public_key() const;                 // hex
    [[nodiscard]] std::string signature(std::string_view) const;  // detached, hex

private:
    std::array<unsigned char, 32> public_{};
    std::array<unsigned char, 64> secret_{};
};

/// Whether a signature (hex) over the bytes was made with the key behind `public_key` (hex).
[[nodiscard]] bool signature_holds(std::string_view public_key, std::string_view bytes, std::string_view signature);

}  // namespace tideover::db
