// Never linked into a folder where the file system can do that, and unlinked at once where it cannot.
#include "server/formats/spool_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace tideover {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

}  // namespace

SpoolFile::SpoolFile(const std::string& folder) {
    descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor_ >= 0) return;
    if (errno != EOPNOTSUPP && errno != EISDIR) fail("a spool file cannot be made");
    auto name = folder + "/tideover-XXXXXX";
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) fail("a spool file cannot be made");
    ::unlink(name.c_str());
}

SpoolFile::~SpoolFile() {
    ::close(descriptor_);
}

void SpoolFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("a spool file cannot be written");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::uint64_t SpoolFile::bytes() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail("a spool file cannot be read");
    return static_cast<std::uint64_t>(status.st_size);
}

std::string SpoolFile::name() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
}

}  // namespace tideover
