// The replay: a client of the API that records a council's year of aid, and the table of what it comes to.
#pragma once

#include <cstdint>
#include <string>

namespace tideover {

struct ReplayOptions {
    std::string url;  // http://HOST:PORT
    std::uint64_t seed = 1;
    std::string tokens_file;     // the lines of `tideover-demo staff`, each with a token
    std::string schemes_folder;  // the catalogue of grant schemes
    std::string figures_folder;  // the definitions of the plan's figures
    std::string state_file;      // remembers the seed, the instant between the waves, and completion
};

/// Records the year, or what is missing of it. Progress goes to stderr; returns the exit code.
int replay(const ReplayOptions& options);

/// Prints the figures with their verdicts; where the state file knows the instant between the waves, also as
/// they were known then and what has come in since. Returns the exit code.
int print_figures(const std::string& url, const std::string& state_file);

}  // namespace tideover
