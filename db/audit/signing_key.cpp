// The file holds the seed. It is written aside and linked into place, so that it is there whole or not at all.
#include "db/audit/signing_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace tideover::db {
namespace {

using Seed = std::array<unsigned char, crypto_sign_SEEDBYTES>;

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string out(2 * size + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes, size);
    out.pop_back();
    return out;
}

template <std::size_t size>
bool unhex(std::string_view text, std::array<unsigned char, size>& out) {
    std::size_t read = 0;
    return text.size() == 2 * size &&
           sodium_hex2bin(out.data(), size, text.data(), text.size(), nullptr, &read, nullptr) == 0 && read == size;
}

void make(const std::string& path) {
    Seed seed{};
    randombytes_buf(seed.data(), seed.size());
    const auto text = hex(seed.data(), seed.size()) + "\n";
    const auto aside = path + "." + std::to_string(::getpid());
    const int file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    const bool written =
        file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    // Whoever was quicker made the key: theirs stays.
    const bool placed = written && (::link(aside.c_str(), path.c_str()) == 0 || ::access(path.c_str(), R_OK) == 0);
    ::unlink(aside.c_str());
    if (!placed)
        throw std::runtime_error("no signing key can be written to " + path + ": name a file in a folder of yours");
}

}  // namespace

SigningKey SigningKey::in_file(const std::string& path) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
    if (::access(path.c_str(), F_OK) != 0) make(path);
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077U) != 0) {
        throw std::runtime_error("others can read the signing key: chmod 400 " + path);
    }
    std::ifstream in{path};
    std::string text;
    Seed seed{};
    if (!std::getline(in, text) || !unhex(text, seed)) {
        throw std::runtime_error(path + " is no signing key: restore it, or move it away and a new one is made");
    }
    SigningKey key;
    crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), seed.data());
    return key;
}

std::string SigningKey::public_key() const {
    return hex(public_.data(), public_.size());
}

std::string SigningKey::signature(std::string_view bytes) const {
    std::array<unsigned char, crypto_sign_BYTES> out{};
    crypto_sign_detached(out.data(), nullptr, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         secret_.data());
    return hex(out.data(), out.size());
}

bool signature_holds(std::string_view public_key, std::string_view bytes, std::string_view signature) {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> key{};
    std::array<unsigned char, crypto_sign_BYTES> signed_by{};
    return sodium_init() >= 0 && unhex(public_key, key) && unhex(signature, signed_by) &&
           crypto_sign_verify_detached(signed_by.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                       bytes.size(), key.data()) == 0;
}

}  // namespace tideover::db
