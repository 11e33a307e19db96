// Looking at the clock a few times a second, so that watching a statement costs next to nothing.
#include "db/core/watchdog.hpp"

#include <sys/socket.h>

namespace tideover::db {
namespace {

constexpr std::chrono::milliseconds period{100};

}  // namespace

Watchdog& Watchdog::instance() {
    static Watchdog watchdog;
    return watchdog;
}

Watchdog::Watchdog() : thread_([this] { work(); }) {}

Watchdog::~Watchdog() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
}

void Watchdog::work() {
    std::unique_lock lock{mutex_};
    while (!stop_.wait_for(lock, period, [this] { return stopping_; })) {
        const auto now = Clock::now();
        for (auto& wait : waits_) {
            if (wait.shut || wait.until > now) continue;
            ::shutdown(wait.socket, SHUT_RDWR);
            wait.shut = true;
        }
    }
}

Watch::Watch(int socket, std::chrono::milliseconds deadline) : watching_(deadline.count() > 0) {
    if (!watching_) return;
    auto& dog = Watchdog::instance();
    const auto until = Watchdog::Clock::now() + deadline;
    const std::scoped_lock lock{dog.mutex_};
    place_ = dog.waits_.insert(dog.waits_.end(), Watchdog::Wait{socket, until});
}

Watch::~Watch() {
    if (!watching_) return;
    auto& dog = Watchdog::instance();
    const std::scoped_lock lock{dog.mutex_};
    dog.waits_.erase(place_);
}

}  // namespace tideover::db
