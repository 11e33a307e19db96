// Appending and syncing.
#include "tests/faults/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

namespace tideover::faults {

Journal::Journal(const std::string& path)
    : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
    if (file_ < 0) throw std::runtime_error("cannot write " + path);
}

Journal::~Journal() {
    ::close(file_);
}

void Journal::append(const std::string& text, bool synced) {
    const std::scoped_lock lock{mutex_};
    if (::write(file_, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        (synced && ::fdatasync(file_) != 0)) {
        throw std::runtime_error("the journal cannot be written");
    }
}

}  // namespace tideover::faults
