// SHA-256 of what comes in parts.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace tideover::db {

class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void add(std::string_view bytes);
    /// In hex. Nothing may be added after that.
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Bytes in hex, and back. Precondition of the latter: it is hex.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string from_hex(std::string_view hex);

}  // namespace tideover::db
