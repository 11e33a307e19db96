// An Authorization header comes to the hash of its token, as another library reckons it, or to nothing.
#include "server/api/bearer.hpp"

#include <openssl/sha.h>

#include <array>

#include "tests/fuzz/property.hpp"

using namespace tideover;
using tideover::fuzz::require;

namespace {

std::string sha256_by_openssl(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    std::string out;
    for (const auto byte : hash) {
        out += "0123456789abcdef"[byte >> 4U];
        out += "0123456789abcdef"[byte & 15U];
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string header{fuzz::text_of(data, size)};
    const auto hash = bearer_hash(header);
    auto scheme = header.substr(0, 7);
    for (char& c : scheme) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const auto token = header.find_first_not_of(' ', 7);
    const bool bearer = scheme == "bearer " && token != std::string::npos && header.size() <= 200;
    require(hash.has_value() == bearer, "a header holds a bearer token or it does not");
    if (hash)
        require(*hash == sha256_by_openssl(header.substr(token)), "the hash is that of the token and nothing else");
    return 0;
}
