// A program that was started, watched and ended by its own process id.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tideover::faults {

struct Launch {
    std::vector<std::string> words;
    std::vector<std::pair<std::string, std::string>> environment{};
    std::string log{};             // standard error is appended here, and standard output unless it is read
    bool read_first_line = false;  // waits for one line on standard output
    uid_t user = 0;                // 0: whoever we are
    gid_t group = 0;
};

class Process {
public:
    Process() = default;
    explicit Process(const Launch& launch);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    Process(Process&& other) noexcept;
    Process& operator=(Process&& other) noexcept;
    ~Process();  // kills it

    [[nodiscard]] bool alive() const { return pid_ > 0; }
    [[nodiscard]] const std::string& first_line() const { return line_; }
    void signal(int number) const;
    /// Its exit code, or -signal; nothing where it still lives after that long.
    std::optional<int> wait(std::chrono::milliseconds patience);

private:
    pid_t pid_ = -1;
    std::string line_;
};

/// Asks every few milliseconds until `holds` or the time is over; whether it held.
template <class Condition>
bool eventually(std::chrono::milliseconds patience, const Condition& holds);

void pause_for(std::chrono::milliseconds time);

template <class Condition>
bool eventually(std::chrono::milliseconds patience, const Condition& holds) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() >= until) return false;
        pause_for(std::chrono::milliseconds{5});
    }
    return true;
}

}  // namespace tideover::faults
