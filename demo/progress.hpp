// How far the replay has come: one line, redrawn on a terminal, every tenth elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tideover::year {

class Progress {
public:
    /// `planned` is about how many requests the whole year takes.
    explicit Progress(std::uint64_t planned);

    /// `done` of the planned requests are behind us, `answered` were really made.
    void show(std::uint64_t done, std::uint64_t answered);

    /// Leaves the line, so that something else can be said.
    void leave();

    [[nodiscard]] double seconds() const;

private:
    [[nodiscard]] std::string line(std::uint64_t percent, std::uint64_t answered) const;

    std::uint64_t planned_;
    bool terminal_;
    bool open_ = false;
    std::uint64_t next_tenth_ = 1;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace tideover::year
