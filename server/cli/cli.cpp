// Connects with the owner's login and reads files, for every verb.
#include "server/cli/cli.hpp"

#include <fstream>
#include <sstream>

#include "domain/nouns.hpp"

namespace tideover::cli {

db::Connection owner(const Common& common) {
    constexpr int timeout_ms = 900'000;
    const auto& conninfo = common.owner_database.empty() ? common.config.database : common.owner_database;
    return db::Connection{db::with_session_settings(conninfo, timeout_ms)};
}

std::string text_of(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    std::stringstream text;
    text << in.rdbuf();
    if (!in) throw Unusable("cannot read " + file + ": name a file that is there and open to you");
    return text.str();
}

const Noun& noun_called(const std::string& name) {
    std::string names;
    for (const auto* known : nouns::all()) {
        if (known->name == name) return *known;
        names += " " + std::string{known->name};
    }
    throw Unusable("there is no kind of record '" + name + "': use one of" + names);
}

}  // namespace tideover::cli
