// Why the replay cannot go on, in one line for whoever runs it.
#pragma once

#include <stdexcept>

namespace tideover::year {

struct Stopped : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace tideover::year
