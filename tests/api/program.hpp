// The program run to its end, as ./tideover runs it.
#pragma once

#include <string>
#include <vector>

namespace tideover::testing {

struct Run {
    int code = 0;     // exit code, or -signal
    std::string out;  // standard output and standard error, as they came
};

/// Runs `tideoverd` with these words and waits for it.
[[nodiscard]] Run run_program(const std::vector<std::string>& words);

}  // namespace tideover::testing
