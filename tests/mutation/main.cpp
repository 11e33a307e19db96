// mutation: each guard of the migrated schema is taken away in turn, and something must then pass that did not before.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "tests/faults/council.hpp"
#include "tests/mutation/violation.hpp"

namespace {

using namespace tideover::mutation;

/// Rows of the kinds that no record of the founding has.
constexpr const char* furniture = R"(SELECT 1)";

std::set<std::string> lines_in(const std::string& file) {
    std::ifstream in{file};
    std::set<std::string> out;
    for (std::string line; std::getline(in, line);) out.insert(line);
    return out;
}

/// Guards that the committed list has and the schema has not, or the other way: each is a difference.
int compare(const std::vector<Guard>& guards, const std::string& file) {
    auto listed = lines_in(file);
    int differences = 0;
    for (const auto& guard : guards) {
        if (listed.erase(line_of(guard)) == 0) ++differences, std::cout << "# not listed: " << line_of(guard) << "\n";
    }
    for (const auto& line : listed) ++differences, std::cout << "# gone: " << line << "\n";
    return differences;
}

int run(const std::string& binary, const std::string& list, bool rewrite) {
    tideover::faults::Cluster cluster{"/tmp/tideover-mutation-" + std::to_string(::getpid())};
    const auto council = tideover::faults::found(cluster, binary);
    pqxx::connection connection{cluster.owner(council.database)};
    pqxx::nontransaction session{connection};
    session.exec("SET client_min_messages = error");
    const auto guards = all_guards(session);
    if (rewrite) {
        std::ofstream out{list};
        for (const auto& guard : guards) out << line_of(guard) << "\n";
        return 0;
    }
    session.exec(furniture);
    make_phantom(session);
    Violations violations{session};
    int number = 0, survivors = 0;
    const int differences = compare(guards, list);
    std::cout << (differences == 0 ? "ok " : "not ok ") << ++number << " - the guards are those of " << list << "\n";
    for (const auto& guard : guards) {
        const auto statement = violations.of(guard);
        survivors += statement ? 0 : 1;
        std::cout << (statement ? "ok " : "not ok ") << ++number << " - " << line_of(guard) << "\n";
    }
    std::cout << "mutation: " << guards.size() << " guards taken away in turn, " << survivors << " survivors\n";
    return differences + survivors == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    std::string binary = TIDEOVER_DEFAULT_BINARY, list = TIDEOVER_SOURCE_DIR "/tests/mutation/guards.txt";
    bool rewrite = false;
    CLI::App app{"Takes away each guard of the schema in turn", "mutation"};
    app.add_option("--binary", binary, "The tideoverd that founds the council");
    app.add_flag("--write", rewrite, "Write the list of guards anew, after a change that was meant");
    try {
        app.parse(argc, argv);
        return run(binary, list, rewrite);
    } catch (const CLI::ParseError& e) {
        return app.exit(e);
    } catch (const std::exception& e) {
        std::cerr << "mutation: " << e.what() << "\n";
        return 2;
    }
}
