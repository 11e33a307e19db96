// A file without a name, for what is too large for memory: it is gone once nobody holds it any more, whatever happens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tideover {

class SpoolFile {
public:
    /// Throws std::system_error where none can be made there, as all of these do where the disk has no room.
    explicit SpoolFile(const std::string& folder);
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;
    ~SpoolFile();

    void append(std::string_view bytes);
    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] int descriptor() const { return descriptor_; }
    /// Where a library that writes to a name finds it.
    [[nodiscard]] std::string name() const;

private:
    int descriptor_ = -1;
};

}  // namespace tideover
