// Statements that are not answered: after the deadline their connection is shut, which ends the wait. Nothing is
// cancelled: a COMMIT on its way may well take effect, and whoever waited for it is told that its outcome is unknown.
#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace tideover::db {

class Watchdog {
public:
    using Clock = std::chrono::steady_clock;
    struct Wait {
        int socket;
        Clock::time_point until;
        bool shut = false;  // once is enough, and the number may be another's afterwards
    };

    /// The one of this process.
    static Watchdog& instance();

    Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    ~Watchdog();

private:
    friend class Watch;
    void work();

    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::list<Wait> waits_;
    std::thread thread_;
};

/// Watches a socket for as long as it lives. The socket must stay open until then. A deadline of nought watches
/// nothing.
class Watch {
public:
    Watch(int socket, std::chrono::milliseconds deadline);
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();

private:
    bool watching_;
    std::list<Watchdog::Wait>::iterator place_;
};

}  // namespace tideover::db
