// scaffold: prints the SQL that a kind of record's field table asks for, to begin its migration with.
#include "db/records/scaffold.hpp"

#include <iostream>
#include <memory>

#include "domain/nouns.hpp"
#include "server/cli/cli.hpp"

namespace tideover::cli {

void define_scaffold(CLI::App& app, Common&, int& code) {
    auto noun = std::make_shared<std::string>();
    auto* verb = app.add_subcommand("scaffold", "Print the SQL that a kind of record's field table asks for");
    verb->add_option("noun", *noun, "The kind of record, such as call")->required();
    verb->callback([&code, noun] {
        for (const auto* known : nouns::all()) {
            if (known->name != *noun) continue;
            std::cout << db::records::scaffold(*known);
            code = 0;
            return;
        }
        std::cerr << "there is no kind of record '" << *noun << "': use one of";
        for (const auto* known : nouns::all()) std::cerr << " " << known->name;
        std::cerr << "\n";
        code = 2;
    });
}

}  // namespace tideover::cli
