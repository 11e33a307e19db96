// The dependency rule, read off the includes: server → db → domain, and nothing points back.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/root.hpp"

namespace {

struct Include {
    std::string file, what;
};

std::vector<Include> includes_below(const std::string& folder) {
    std::vector<Include> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{tideover::testing::root() + "/" + folder}) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        std::ifstream in{entry.path()};
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("#include ")) out.push_back({entry.path().filename().string(), line.substr(9)});
        }
    }
    REQUIRE_FALSE(out.empty());
    return out;
}

}  // namespace

TEST_CASE("domain includes the standard library and itself only") {
    for (const auto& [file, what] : includes_below("domain")) {
        CAPTURE(file);
        CAPTURE(what);
        const bool own = what.starts_with("\"domain/");
        // A header of the standard library has neither a folder nor an ending.
        const bool standard = what.starts_with('<') && what.find_first_of("./") == std::string::npos;
        CHECK((own || standard));
    }
}

TEST_CASE("db never includes the server, nor HTTP") {
    for (const auto& [file, what] : includes_below("db")) {
        CAPTURE(file);
        CHECK_FALSE(what.starts_with("\"server/"));
        CHECK(what.find("boost/") == std::string::npos);
        CHECK(what.find("nlohmann") == std::string::npos);
    }
}

TEST_CASE("only db talks to PostgreSQL, and only the listener and the session have coroutines") {
    for (const auto& [file, what] : includes_below("server")) {
        CAPTURE(file);
        CHECK(what.find("pqxx") == std::string::npos);
        if (what.find("boost/beast") != std::string::npos || what.find("awaitable") != std::string::npos) {
            CHECK((file.starts_with("session.") || file.starts_with("listener.")));
        }
    }
}

TEST_CASE("the replay is a client: it knows the nouns, and neither the database nor the server") {
    for (const auto& [file, what] : includes_below("tools/replay")) {
        CAPTURE(file);
        CHECK_FALSE(what.starts_with("\"db/"));
        CHECK_FALSE(what.starts_with("\"server/"));
    }
}
