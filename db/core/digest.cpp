// libsodium's.
#include "db/core/digest.hpp"

#include <sodium.h>

#include <array>

namespace tideover::db {
namespace {

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

struct Sha256::State {
    crypto_hash_sha256_state its{};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->its);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_->its, raw(bytes), bytes.size());
}

std::string Sha256::hex() {
    std::array<char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state_->its, reinterpret_cast<unsigned char*>(hash.data()));
    return to_hex({hash.data(), hash.size()});
}

std::string to_hex(std::string_view bytes) {
    std::string out(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), raw(bytes), bytes.size());
    out.pop_back();
    return out;
}

std::string from_hex(std::string_view hex) {
    std::string out(hex.size() / 2, '\0');
    std::size_t size = 0;
    sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), hex.data(), hex.size(), nullptr, &size,
                   nullptr);
    out.resize(size);
    return out;
}

}  // namespace tideover::db
