// Dying and erring on purpose, in builds for fault tests only.
#include "db/core/failpoint.hpp"

#ifdef TIDEOVER_FAILPOINTS

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

namespace tideover::db {
namespace {

std::atomic<bool> armed{false};

std::string said(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr ? value : "";
}

struct Point {
    std::string name;
    long left = 0;
};

Point read_point() {
    std::signal(SIGUSR2, [](int) { armed = true; });
    const auto text = said("TIDEOVER_FAILPOINT");
    const auto colon = text.find(':');
    if (colon == std::string::npos) return {};
    return {text.substr(0, colon), std::stol(text.substr(colon + 1))};
}

const Point point = read_point();
std::atomic<long> left{point.left};

bool due(std::string_view name) {
    return armed && name == point.name && --left == 0;
}

}  // namespace

void failpoint(std::string_view name) {
    if (due(name)) std::raise(SIGKILL);
}

void failpoint_soon(std::string_view name) {
    if (!due(name)) return;
    const std::chrono::microseconds wait{std::random_device{}() % 800};
    std::thread{[wait] {
        std::this_thread::sleep_for(wait);
        std::raise(SIGKILL);
    }}.detach();
}

bool planted(std::string_view fault) {
    static const auto plant = said("TIDEOVER_PLANT");
    return plant == fault;
}

}  // namespace tideover::db

#endif
