// A zip archive that lies somewhere in parts, such as a workbook in a database: its entries, read as they unfold. The
// archive is never whole in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "server/formats/encoding.hpp"

namespace tideover {

/// Bytes that are read from anywhere in them.
struct RandomBytes {
    std::uint64_t size = 0;
    /// Puts at most so many bytes from there on into `to`, and at least one where there are any: how many.
    std::function<std::size_t(std::uint64_t from, char* to, std::size_t most)> read{};
};

/// Why it is not read, in a sentence for whoever sent it.
struct BadArchive : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class ZipArchive {
public:
    /// An entry may unfold to so many times its bytes (spreadsheets come to 30 or so), once it is longer than `small`.
    static constexpr std::uint64_t expansion_max = 200, small = 4 << 20, entry_max = std::uint64_t{4} << 30;

    /// Throws BadArchive where it is none.
    explicit ZipArchive(RandomBytes bytes);
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    [[nodiscard]] bool has(const std::string& name) const;
    /// The entry's bytes, once from beginning to end; throws BadArchive where there is none, and while it is read where
    /// it is damaged or unfolds beyond measure. The archive has to outlive it.
    [[nodiscard]] ByteSource open(const std::string& name) const;
    /// All of a small entry.
    [[nodiscard]] std::string text(const std::string& name, std::size_t most) const;

private:
    struct Opened;
    std::unique_ptr<Opened> opened_;
};

}  // namespace tideover
