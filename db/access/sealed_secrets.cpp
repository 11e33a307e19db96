// XChaCha20-Poly1305 (libsodium), with record and login as what is authenticated beside the secret.
#include "db/access/sealed_secrets.hpp"

#include <sodium.h>

#include <stdexcept>
#include <vector>

namespace tideover::db {
namespace {

using Bytes = std::vector<unsigned char>;

std::string hex(const Bytes& bytes) {
    std::string out(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

Bytes unhex(const std::string& text) {
    Bytes out(text.size() / 2);
    sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, nullptr, nullptr);
    return out;
}

const unsigned char* raw(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string bound_to(const std::string& record_id, const std::string& token_id) {
    return "tideover sealed secret 1\n" + record_id + "\n" + token_id;
}

}  // namespace

SealingKey::SealingKey() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
    randombytes_buf(bytes_.data(), bytes_.size());
}

SealingKey::SealingKey(const SigningKey& signing) : SealingKey() {
    // Ed25519 signatures are a function of key and message, and this one is published nowhere.
    const auto secret = signing.signature("tideover: the key that seals secrets for a repeat");
    crypto_generichash(bytes_.data(), bytes_.size(), raw(secret), secret.size(), nullptr, 0);
}

namespace sealed_secrets {

void keep(Tx& tx, const SealingKey& key, const std::string& record_id, const std::string& secret) {
    Bytes box(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + secret.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    randombytes_buf(box.data(), crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    const auto bound = bound_to(record_id, tx.principal().token_id);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box.data() + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, nullptr,
                                               raw(secret), secret.size(), raw(bound), bound.size(), nullptr,
                                               box.data(), key.bytes());
    static const Query query{"sealed_secret_keep", R"(
WITH old AS (DELETE FROM sealed_secret WHERE authority_id = $1 AND kept_until < now())
INSERT INTO sealed_secret (authority_id, record_id, token_id, box, kept_until)
VALUES ($1, $2::uuid, $3::uuid, decode($4, 'hex'), now() + interval '10 minutes'))"};
    tx.run(query, {tx.authority(), record_id, tx.principal().token_id, hex(box)});
}

std::optional<std::string> open(Database& database, const Principal& who, const SealingKey& key,
                                const std::string& record_id) {
    static const Query query{"sealed_secret_open", R"(
SELECT encode(box, 'hex') FROM sealed_secret
WHERE authority_id = $1 AND record_id = $2::uuid AND token_id = $3::uuid AND kept_until >= now())"};
    const auto found = database.query_once(query, {who.authority, record_id, who.token_id});
    if (found.empty()) return std::nullopt;
    const auto box = unhex(found[0][0].as<std::string>());
    constexpr std::size_t around =
        crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (box.size() < around) return std::nullopt;
    std::string secret(box.size() - around, '\0');
    const auto bound = bound_to(record_id, who.token_id);
    const int wrong = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(secret.data()), nullptr, nullptr,
        box.data() + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
        box.size() - crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, raw(bound), bound.size(), box.data(), key.bytes());
    if (wrong != 0) return std::nullopt;
    return secret;
}

}  // namespace sealed_secrets
}  // namespace tideover::db
