// The checker: reads the clients' journals and, as an auditor would, the database and the API. It shares no code with
// the service and none with the clients: every question to the database is its own.
//
// A is what was answered as done, R what was refused, U what was not answered, D what the database has. Nothing
// acknowledged is lost (A ⊆ D), nothing refused is there (D ∩ R = ∅), nothing is there that nobody meant (D ⊆ A ∪ U),
// each intent took effect at most once; once settled, D is what was answered as done, with the body first promised.
#pragma once

#include <string>
#include <vector>

namespace tideover::faults {

struct Evidence {
    std::vector<std::string> journals{};
    std::string conninfo;               // of the database, as one who may read all of it
    unsigned short port = 0;            // of the service
    std::string authorization;          // an auditor's, for the API
    std::vector<std::string> verify{};  // the service's own second count, to be run
};

struct Verdict {
    int lost = 0, doubled = 0;
    std::vector<std::string> complaints{};
};

[[nodiscard]] Verdict check(const Evidence& evidence);

/// How many intents took effect and were not answered so far: what a clean shutdown must not leave.
[[nodiscard]] int unanswered(const Evidence& evidence);

}  // namespace tideover::faults
