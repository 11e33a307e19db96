// Places where a build for fault tests can be made to die, or to err on purpose. No other build holds any of it:
// without TIDEOVER_FAILPOINTS every call is nothing, and not even its name is left in the program.
#pragma once

#include <string_view>

namespace tideover::db {

#ifdef TIDEOVER_FAILPOINTS

/// Kills the process, as `kill -9` does, the n-th time that it comes here after SIGUSR2, where the environment has
/// TIDEOVER_FAILPOINT=name:n.
void failpoint(std::string_view name);

/// The same, but some hundred microseconds after this was reached: in the midst of what follows.
void failpoint_soon(std::string_view name);

/// Whether the environment has TIDEOVER_PLANT=fault: an error that the fault tests must find.
[[nodiscard]] bool planted(std::string_view fault);

#else

inline void failpoint(std::string_view) {}
inline void failpoint_soon(std::string_view) {}
[[nodiscard]] constexpr bool planted(std::string_view) {
    return false;
}

#endif

}  // namespace tideover::db
