// Serves HTTP as a process: listens, has requests answered, drains when it is told to stop.
#pragma once

#include "server/http/application.hpp"
#include "server/http/settings.hpp"

namespace tideover {

/// Serves until SIGTERM or SIGINT, then finishes what is under way. Prints "ready http://ADDRESS:PORT" on
/// standard output once it listens. Returns the process's exit code: 0, or 4 where it cannot listen.
int run_server(Settings settings, const Application& application);

}  // namespace tideover
