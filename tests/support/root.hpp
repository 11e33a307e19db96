// Where the project stands. Not compiled in, so that clones in other folders share what is compiled.
#pragma once

#include <cstdlib>
#include <string>

namespace tideover::testing {

/// The root of the project: ./tideover exports it; by hand, the tests are run from there.
inline std::string root() {
    const char* given = std::getenv("TIDEOVER_ROOT");
    return given != nullptr ? given : ".";
}

}  // namespace tideover::testing
