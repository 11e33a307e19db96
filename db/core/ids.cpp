// Makes ids, tokens and hashes. Randomness and hashing come from libsodium.
#include "db/core/ids.hpp"

#include <sodium.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace tideover::db::ids {
namespace {

using Bytes = std::array<unsigned char, 16>;

std::string uuid_text(Bytes bytes, unsigned char version) {
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | (unsigned{version} << 4U));
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    std::string out{hex.data()};
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) out.insert(dash, 1, '-');
    return out;
}

void start() {
    static const int ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium did not start");
}

std::string token_text(const std::array<unsigned char, 32>& bits) {
    std::array<char, 64> text{};
    sodium_bin2base64(text.data(), text.size(), bits.data(), bits.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return std::string{"tdo_"} + text.data();
}

}  // namespace

std::string fresh() {
    start();
    Bytes bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(ms >> (8 * (5 - i)));
    return uuid_text(bytes, 7);
}

std::string named(std::string_view authority, std::string_view noun, std::string_view code) {
    start();
    std::string text{authority};
    text.append("\n").append(noun).append("\n").append(code);
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    Bytes bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = hash[i];
    return uuid_text(bytes, 8);
}

std::uint64_t random_bits() {
    start();
    std::uint64_t bits = 0;
    randombytes_buf(&bits, sizeof bits);
    return bits;
}

std::string sha256_hex(std::string_view text) {
    start();
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

std::string fresh_token() {
    start();
    std::array<unsigned char, 32> bits{};
    randombytes_buf(bits.data(), bits.size());
    return token_text(bits);
}

}  // namespace tideover::db::ids
