// scaffold: prints the SQL that a kind of record's field table asks for, to begin its migration with.
#include "db/records/scaffold.hpp"

#include <iostream>
#include <memory>

#include "server/cli/cli.hpp"

namespace tideover::cli {

void define_scaffold(CLI::App& app, Common&, int&) {
    auto noun = std::make_shared<std::string>();
    auto* verb = app.add_subcommand("scaffold", "Print the SQL that a kind of record's field table asks for");
    verb->add_option("noun", *noun, "The kind of record, such as call")->required();
    verb->callback([noun] { std::cout << db::records::scaffold(noun_called(*noun)); });
}

}  // namespace tideover::cli
