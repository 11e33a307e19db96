// verify: recounts everything from the records and compares; or prints a hash of the whole state.
#include "db/verify/verify.hpp"

#include <iostream>
#include <memory>

#include "db/verify/state.hpp"
#include "server/cli/cli.hpp"

namespace tideover::cli {
namespace {

int verify(const Common& common, bool state) {
    auto connection = owner(common);
    if (state) {
        std::cout << "state: sha256:" << db::state_hash(connection, common.config.authority) << "\n";
        return 0;
    }
    const auto found = db::verify(connection, common.config.authority);
    for (const auto& difference : found.first) {
        std::cout << difference.kind << "  " << difference.where << ": " << difference.detail << "\n";
    }
    std::cout << "verify: " << found.differences << " differences\n";
    return found.differences == 0 ? 0 : 1;
}

}  // namespace

void define_verify(CLI::App& app, Common& common, int& code) {
    auto state = std::make_shared<bool>(false);
    auto* verb = app.add_subcommand("verify", "Recount everything from the records and compare");
    verb->add_flag("--state", *state, "Print a hash of the whole state, without ids and times");
    verb->callback([&common, &code, state] { code = verify(common, *state); });
}

}  // namespace tideover::cli
