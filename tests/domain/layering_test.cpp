// Which room of the program includes which, by the table in tools/rooms; and what only one of them may say.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "domain/nouns.hpp"
#include "tests/support/root.hpp"

namespace layering_test {

using tideover::testing::root;

namespace {

/// The table: a room, and what it may include.
const std::map<std::string, std::set<std::string>>& rooms() {
    static const auto table = [] {
        std::map<std::string, std::set<std::string>> out;
        std::ifstream in{root() + "/tools/rooms"};
        for (std::string line; std::getline(in, line);) {
            if (line.empty() || line.starts_with('#')) continue;
            const auto colon = line.find(':');
            std::istringstream words{line.substr(colon + 1)};
            auto& may = out[line.substr(0, colon)];
            for (std::string word; words >> word;) may.insert(word);
        }
        return out;
    }();
    return table;
}

/// The room of a file; empty where it is in none.
std::string room_of(const std::string& file) {
    for (const auto& [room, may] : rooms()) {
        if (file.starts_with(room + "/")) return room;
    }
    return {};
}

/// What a room may include, itself and through others.
std::set<std::string> reach(const std::string& room) {
    std::set<std::string> out{room};
    for (const auto& next : rooms().at(room)) {
        if (next.ends_with(".hpp")) {
            out.insert(next);
        } else {
            out.merge(reach(next));
        }
    }
    return out;
}

struct Source {
    std::string path;  // as includes say it
    std::vector<std::string> lines;
};

const std::vector<Source>& sources() {
    static const auto all = [] {
        std::vector<Source> out;
        for (const auto* floor : {"domain", "db", "server", "demo"}) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator{root() + "/" + floor}) {
                if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
                Source source{std::filesystem::relative(entry.path(), root()).string(), {}};
                std::ifstream in{entry.path()};
                for (std::string line; std::getline(in, line);) source.lines.push_back(line);
                out.push_back(std::move(source));
            }
        }
        return out;
    }();
    return all;
}

/// What follows #include, with its quotes or brackets.
std::vector<std::string> includes_of(const Source& source) {
    std::vector<std::string> out;
    for (const auto& line : source.lines) {
        if (line.starts_with("#include ")) out.push_back(line.substr(9));
    }
    return out;
}

}  // namespace

TEST_CASE("every file is in a room, and includes what the table allows it") {
    REQUIRE(sources().size() > 200);
    for (const auto& source : sources()) {
        CAPTURE(source.path);
        if (source.path == "server/main.cpp") continue;
        const auto room = room_of(source.path);
        REQUIRE_FALSE(room.empty());
        const auto may = reach(room);
        for (const auto& what : includes_of(source)) {
            if (!what.starts_with('"') || what.starts_with("\"generated/")) continue;
            CAPTURE(what);
            const auto file = what.substr(1, what.size() - 2);
            CHECK((may.contains(room_of(file)) || may.contains(file)));
        }
    }
}

TEST_CASE("domain includes the standard library and itself only, and its core names no room") {
    for (const auto& source : sources()) {
        if (!source.path.starts_with("domain/")) continue;
        CAPTURE(source.path);
        for (const auto& what : includes_of(source)) {
            CAPTURE(what);
            // A header of the standard library has neither a folder nor an ending.
            const bool standard = what.starts_with('<') && what.find_first_of("./") == std::string::npos;
            CHECK((standard || what.starts_with("\"domain/")));
            if (source.path.starts_with("domain/core/")) CHECK((standard || what.starts_with("\"domain/core/")));
        }
    }
}

TEST_CASE("only db talks to PostgreSQL") {
    // A statement in a string: its verb, and what must follow it somewhere in the same literal.
    const std::regex statement{R"re((SELECT |INSERT INTO |UPDATE [a-z_]+ SET|DELETE FROM ))re"};
    for (const auto& source : sources()) {
        if (source.path.starts_with("db/")) continue;
        CAPTURE(source.path);
        for (const auto& line : source.lines) {
            CAPTURE(line);
            CHECK(line.find("pqxx") == std::string::npos);
            CHECK(line.find("db::Query") == std::string::npos);
            CHECK(line.find("db::Statement") == std::string::npos);
            CHECK_FALSE(std::regex_search(line, statement));
        }
    }
}

TEST_CASE("db knows neither HTTP nor JSON's library, and what every record shares names no noun") {
    for (const auto& source : sources()) {
        if (!source.path.starts_with("db/")) continue;
        CAPTURE(source.path);
        for (const auto& what : includes_of(source)) {
            CHECK(what.find("boost/") == std::string::npos);
            CHECK(what.find("nlohmann") == std::string::npos);
        }
        if (!source.path.starts_with("db/records/")) continue;
        for (const auto& line : source.lines) {
            CAPTURE(line);
            for (const auto* noun : tideover::nouns::all()) {
                CHECK(line.find("nouns::" + std::string{noun->name}) == std::string::npos);
                CHECK(line.find("INTO " + std::string{noun->name} + " ") == std::string::npos);
                CHECK(line.find("UPDATE " + std::string{noun->name} + " ") == std::string::npos);
            }
        }
    }
}

TEST_CASE("only the listener and the session have coroutines") {
    for (const auto& source : sources()) {
        if (source.path.starts_with("demo/")) continue;
        CAPTURE(source.path);
        for (const auto& what : includes_of(source)) {
            if (what.find("boost/beast") == std::string::npos && what.find("awaitable") == std::string::npos) continue;
            CHECK(
                (source.path.starts_with("server/http/session.") || source.path.starts_with("server/http/listener.")));
        }
    }
}

}  // namespace layering_test
