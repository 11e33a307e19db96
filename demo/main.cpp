// tideover-demo: a council's invented year, recorded through the API as any client would, and what it comes to.
#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "demo/replay.hpp"
#include "demo/staff.hpp"

int main(int argc, char** argv) {
    using namespace tideover;
    std::signal(SIGPIPE, SIG_IGN);
    int code = 0;
    CLI::App app{"The demo year of Tideover", "tideover-demo"};
    app.require_subcommand(1);
    app.add_subcommand("staff", "Print the demo council's staff: key, role, name and partner, with tabs between")
        ->callback([] {
            for (const auto& member : year::staff) {
                std::cout << member.key << "\t" << name_of(member.role) << "\t" << member.name << "\t"
                          << (member.partner.empty() ? "-" : member.partner) << "\n";
            }
        });
    ReplayOptions options{.url = {},
                          .seed = 2020,
                          .tokens_file = {},
                          .schemes_folder = "tools/schemes",
                          .figures_folder = "tools/figures",
                          .state_file = {}};
    auto* replay_verb = app.add_subcommand("replay", "Record a council's year of aid through the HTTP API");
    replay_verb->add_option("--to", options.url, "The service, as http://127.0.0.1:8080")->required();
    replay_verb->add_option("--seed", options.seed, "The year to invent")->capture_default_str();
    replay_verb->add_option("--tokens", options.tokens_file, "Lines of 'staff', each with a token as its fifth column")
        ->required();
    replay_verb->add_option("--schemes", options.schemes_folder, "The folder of the catalogue of grant schemes")
        ->capture_default_str();
    replay_verb->add_option("--figures", options.figures_folder, "The folder of the definitions of figures")
        ->capture_default_str();
    replay_verb->add_option("--state", options.state_file, "Where to keep how far it came")->required();
    replay_verb->callback([&] { code = replay(options); });
    auto* figures = app.add_subcommand("figures", "Print the figures beside what the council said");
    figures->add_option("--to", options.url, "The service, as http://127.0.0.1:8080")->required();
    figures->add_option("--state", options.state_file, "The replay's state, to show what was known at its instant K");
    figures->callback([&] { code = print_figures(options.url, options.state_file); });
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e);
    } catch (const std::exception& e) {
        std::cerr << "tideover-demo: " << e.what() << "\n";
        return 1;
    }
    return code;
}
