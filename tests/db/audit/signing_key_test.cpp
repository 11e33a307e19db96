// The key that signs checkpoints: made once, closed to others, and no other key's signature passes for it.
#include "db/audit/signing_key.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "db/core/ids.hpp"

namespace tideover::signing_key_test {
namespace {

using db::SigningKey;

struct KeyFile {
    std::string path = "/tmp/tideover-test-" + db::ids::fresh() + ".key";

    KeyFile() = default;
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;
    ~KeyFile() { ::unlink(path.c_str()); }
    void holds(const std::string& text, mode_t mode = 0400) const {
        ::unlink(path.c_str());
        std::ofstream{path} << text;
        ::chmod(path.c_str(), mode);
    }
};

}  // namespace

TEST_CASE("a key is made where there is none, readable by its owner alone, and stays") {
    const KeyFile file;
    const auto made = SigningKey::in_file(file.path);
    struct stat status {};
    REQUIRE(::stat(file.path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0400U);
    CHECK(SigningKey::in_file(file.path).public_key() == made.public_key());
    const KeyFile other;
    CHECK(SigningKey::in_file(other.path).public_key() != made.public_key());
}

TEST_CASE("a signature holds for its bytes and its key, and for nothing else") {
    const KeyFile file, other_file;
    const auto key = SigningKey::in_file(file.path), other = SigningKey::in_file(other_file.path);
    const auto signature = key.signature("what was said");
    CHECK(db::signature_holds(key.public_key(), "what was said", signature));
    CHECK_FALSE(db::signature_holds(key.public_key(), "what was said!", signature));
    CHECK_FALSE(db::signature_holds(other.public_key(), "what was said", signature));
    CHECK_FALSE(db::signature_holds(key.public_key(), "what was said", other.signature("what was said")));
    CHECK_FALSE(db::signature_holds(key.public_key(), "what was said", signature.substr(2)));
    CHECK_FALSE(db::signature_holds("", "what was said", ""));
}

TEST_CASE("a file that others can read, or that holds no key, is refused with what to do") {
    const KeyFile file;
    const auto refused = [&] {
        try {
            static_cast<void>(SigningKey::in_file(file.path));
        } catch (const std::runtime_error& e) {
            return std::string{e.what()};
        }
        return std::string{};
    };
    file.holds(std::string(64, 'a') + "\n", 0440);
    CHECK(refused() == "others can read the signing key: chmod 400 " + file.path);
    for (const auto& text : {std::string{}, std::string(63, 'a'), std::string(64, 'z'), std::string(66, 'a')}) {
        INFO(text);
        file.holds(text);
        CHECK(refused() == file.path + " is no signing key: restore it, or move it away and a new one is made");
    }
    CHECK_THROWS_AS(static_cast<void>(SigningKey::in_file("/nowhere/at/all.key")), std::runtime_error);
}

}  // namespace tideover::signing_key_test
