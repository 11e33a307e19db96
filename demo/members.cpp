// Reads the token file, and says which member it lacks.
#include "demo/members.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include "demo/stopped.hpp"

namespace tideover::year {

Tokens read_tokens(const std::string& file) {
    std::ifstream in{file};
    if (!in) throw Stopped("the token file " + file + " cannot be read");
    Tokens tokens;
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> columns;
        std::istringstream cells{line};
        for (std::string cell; std::getline(cells, cell, '\t');) columns.push_back(cell);
        if (columns.size() < 5) continue;
        const auto found = std::find(member_keys.begin(), member_keys.end(), columns[0]);
        if (found != member_keys.end()) tokens[static_cast<std::size_t>(found - member_keys.begin())] = columns[4];
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].empty())
            throw Stopped("the token file " + file + " has no line for " + std::string{member_keys[i]});
    }
    return tokens;
}

}  // namespace tideover::year
