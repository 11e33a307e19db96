// tideoverd: one binary, one verb a task (server/cli). People use ./tideover, which calls this.
#include <csignal>
#include <iostream>

#include "server/api/router.hpp"
#include "server/cli/cli.hpp"
#include "server/pages/pages.hpp"

int main(int argc, char** argv) {
    using namespace tideover;
    std::signal(SIGPIPE, SIG_IGN);
    serve_pages(pages::routes());
    cli::Common common;
    int code = 0;
    CLI::App app{"Tideover: case management for a council's Covid support", "tideoverd"};
    app.require_subcommand(1);
    app.add_option("--database", common.config.database, "Conninfo of the service's login")
        ->envname("TIDEOVER_DATABASE");
    app.add_option("--owner-database", common.owner_database, "Conninfo of the owner's login")
        ->envname("TIDEOVER_OWNER_DATABASE");
    app.add_option("--authority", common.config.authority, "ONS code of the council")
        ->envname("TIDEOVER_AUTHORITY")
        ->capture_default_str();
    app.add_option("--audit-key", common.audit_key, "File of the key that signs the audit's checkpoints")
        ->envname("TIDEOVER_AUDIT_KEY");
    app.fallthrough();
    for (const auto define : cli::verbs) define(app, common, code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e);
    } catch (const cli::Unusable& e) {
        std::cerr << e.what() << "\n";
        return 2;
    } catch (const std::exception& e) {
        std::cerr << "tideoverd: " << e.what() << "\n";
        return 1;
    }
    return code;
}
