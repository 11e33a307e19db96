// Many requests at one moment, each on a connection of its own.
#pragma once

#include <chrono>

namespace tideover::faults {

/// Asks for /v1/headlines `count` times at once; how many were answered 503 before `patience` was over or, sooner,
/// before `enough` were.
int burst(unsigned short port, int count, int enough, std::chrono::milliseconds patience);

}  // namespace tideover::faults
