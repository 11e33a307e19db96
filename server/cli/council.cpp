// council: begins a council of its own, and says what is there.
#include "db/access/council.hpp"

#include <iostream>
#include <memory>

#include "server/cli/cli.hpp"

namespace tideover::cli {
namespace {

int create_council(const Common& common, const std::string& name) {
    const auto& code = common.config.authority;
    const bool formed = code.size() == 9 && code.front() >= 'A' && code.front() <= 'Z' &&
                        code.find_first_not_of("0123456789", 1) == std::string::npos;
    if (!formed || name.empty() || name.size() > 120) {
        std::cerr << "a council has an ONS code, as --authority E08000007, and a --name of up to 120 bytes\n";
        return 2;
    }
    auto connection = owner(common);
    db::council::create(connection, code, name);
    return 0;
}

int show_council(const Common& common) {
    auto connection = owner(common);
    const auto there = db::council::standing(connection, common.config.authority);
    if (!there) {
        std::cerr << "there is no council " << common.config.authority << "\n";
        return 1;
    }
    std::cout << there->name << " (" << common.config.authority << "): " << there->staff << " staff, " << there->tokens
              << " valid tokens, " << there->records << " records, " << there->entries << " ledger entries\n";
    return 0;
}

}  // namespace

void define_council(CLI::App& app, Common& common, int& code) {
    auto name = std::make_shared<std::string>();
    auto* council =
        app.add_subcommand("council", "Begin a council of its own; say what is there")->require_subcommand(1);
    auto* create = council->add_subcommand("create", "Add the council that --authority names");
    create->add_option("--name", *name, "What the council is called")->required();
    create->callback([&common, &code, name] { code = create_council(common, *name); });
    council->add_subcommand("show", "How many staff, tokens and records it has")->callback([&common, &code] {
        code = show_council(common);
    });
}

}  // namespace tideover::cli
