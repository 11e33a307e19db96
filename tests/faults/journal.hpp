// What the driver meant to do, written and synced before it is done, and what came of it. The checker reads nothing
// else of the driver's. One file a client; a line is words between blanks:
//
//   I id key method target role etag body-hash expect at   an intent, before it is sent ("lawful" or "forbidden")
//   O id status body-hash kind record version at            its first answer
//   D id status body-hash                                   a repeat with the same key, after an answer
//   U id at                                                 no answer, or one that settles nothing (5xx)
//   S id status body-hash kind record version               settled after healing, with the same key
//   F name begin|end at                                     a fault
//   H instant body-hash                                     /v1/headlines as known at that seal
//   P pid                                                   a backend whose COMMIT ended in a warning
//   B sent refused room                                     a burst: refused while nothing could be answered
//   R milliseconds                                          from a dead server to one that is ready
//   L note rows                                             a file of so many calls, whose notes begin so, before it is
//   sent N lines                                                 audit lines there were before the first intent
#pragma once

#include <chrono>
#include <mutex>
#include <sstream>
#include <string>

namespace tideover::faults {

/// Microseconds on the clock that no fault moves.
[[nodiscard]] inline long long now_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

class Journal {
public:
    explicit Journal(const std::string& path);
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal();

    /// Appends a line; with `synced` it is on the disk when this returns.
    template <class... Words>
    void line(bool synced, const Words&... words) {
        std::ostringstream out;
        const char* gap = "";
        ((out << gap << words, gap = " "), ...);
        out << '\n';
        append(out.str(), synced);
    }

private:
    void append(const std::string& text, bool synced);

    std::mutex mutex_;
    int file_;
};

}  // namespace tideover::faults
