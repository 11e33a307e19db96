// sql: prints the statement that an operation on a kind of record runs, for people to read.
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "db/records/records.hpp"
#include "server/cli/cli.hpp"

namespace tideover::cli {
namespace {

/// Lines longer than this go on in the next one, a little further in, after a comma outside quotes.
constexpr std::size_t width = 108;

std::string wrapped(const std::string& line) {
    const auto indent = line.find_first_not_of(' ');
    std::string out;
    std::size_t begun = 0, comma = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\'') quoted = !quoted;
        if (i - begun >= width && comma > begun) {
            out += line.substr(begun, comma + 1 - begun) + "\n" + std::string(indent + 4, ' ');
            begun = comma + 2;
        }
        if (line[i] == ',' && !quoted && i + 1 < line.size() && line[i + 1] == ' ') comma = i;
    }
    return out + line.substr(begun);
}

void print_sql(const std::string& operation, const std::string& noun) {
    const auto sql = db::records::sql_of(noun_called(noun), operation);
    if (!sql) throw Unusable("there is no operation '" + operation + "': use create, read, lock, step or correct");
    std::istringstream lines{*sql};
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) std::cout << wrapped(line) << "\n";
    }
}

}  // namespace

void define_sql(CLI::App& app, Common&, int&) {
    auto operation = std::make_shared<std::string>(), noun = std::make_shared<std::string>();
    auto* verb = app.add_subcommand("sql", "Print the statement that an operation on a kind of record runs");
    verb->add_option("operation", *operation, "create, read, lock, step or correct")->required();
    verb->add_option("noun", *noun, "The kind of record, such as call")->required();
    verb->callback([operation, noun] { print_sql(*operation, *noun); });
}

}  // namespace tideover::cli
