// The service as a process: listen, serve, seal, drain.
#pragma once

#include "server/config.hpp"

namespace tideover {

/// Serves until SIGTERM or SIGINT, then finishes what is under way. Prints "ready http://ADDRESS:PORT" on
/// standard output once it listens. Returns the process's exit code: 0, or 4 where it cannot listen.
int run_server(Config config);

}  // namespace tideover
