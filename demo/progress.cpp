// Writes the progress line, and nothing where nobody looks.
#include "demo/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "domain/core/money.hpp"

namespace tideover::year {
namespace {

constexpr std::uint64_t bar_width = 30;

std::string bar(std::uint64_t percent) {
    std::string out;
    for (std::uint64_t i = 0; i < bar_width; ++i) out += i * 100 < percent * bar_width ? "█" : "·";
    return out;
}

std::string clock(double seconds) {
    std::array<char, 32> out{};
    const auto whole = static_cast<long>(seconds + 0.5);
    std::snprintf(out.data(), out.size(), "%ld:%02ld", whole / 60, whole % 60);
    return out.data();
}

}  // namespace

Progress::Progress(std::uint64_t planned)
    : planned_(std::max<std::uint64_t>(planned, 1)), terminal_(::isatty(2) == 1) {}

double Progress::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

std::string Progress::line(std::uint64_t percent, std::uint64_t answered) const {
    const auto spent = std::max(seconds(), 0.001);
    const auto rate = static_cast<std::int64_t>(static_cast<double>(answered) / spent);
    const auto left = percent == 0 ? 0.0 : spent * static_cast<double>(100 - percent) / static_cast<double>(percent);
    auto shown = std::to_string(percent);
    shown.insert(0, 3 - std::min<std::size_t>(shown.size(), 3), ' ');
    return shown + "%  " + grouped(rate) + "/s  " + (percent == 0 ? "?:??" : clock(left)) + " left";
}

void Progress::show(std::uint64_t done, std::uint64_t answered) {
    const auto percent = std::min<std::uint64_t>(100, done * 100 / planned_);
    if (terminal_) {
        std::fprintf(stderr, "\rreplay  %s %s\x1b[K", bar(percent).c_str(), line(percent, answered).c_str());
        open_ = true;
        return;
    }
    if (percent < next_tenth_ * 10) return;
    std::fprintf(stderr, "replay  %s\n", line(percent, answered).c_str());
    next_tenth_ = percent / 10 + 1;
}

void Progress::leave() {
    if (open_) std::fputs("\r\x1b[K", stderr);
    open_ = false;
}

}  // namespace tideover::year
