// migrate: brings the database up to this program, or says how it stands.
#include "db/core/migrate.hpp"

#include <iostream>
#include <memory>

#include "server/cli/cli.hpp"

namespace tideover::cli {
namespace {

struct Migrate {
    std::string schema = "schema";
    bool status = false;
};

int migrate(const Common& common, const Migrate& options) {
    auto connection = owner(common);
    if (options.status) {
        const auto ahead = db::migrate::behind_or_ahead(connection, db::migrate::version_of_program());
        std::cout << (ahead == 0  ? "schema: up to date\n"
                      : ahead < 0 ? "schema: behind\n"
                                  : "schema: ahead of this program\n");
        return ahead == 0 ? 0 : 3;
    }
    const auto outcome = db::migrate::up(connection, options.schema);
    std::cout << "schema: " << outcome.known << " migrations, " << outcome.applied << " applied\n";
    if (!outcome.findings.empty()) {
        std::cout << outcome.findings.size()
                  << " records would be refused today. They stay as they are, and in the table migration_finding:\n";
        for (const auto& finding : outcome.findings) std::cout << "  " << finding << "\n";
    }
    return 0;
}

}  // namespace

void define_migrate(CLI::App& app, Common& common, int& code) {
    auto options = std::make_shared<Migrate>();
    auto* verb = app.add_subcommand("migrate", "Apply the migrations of schema/");
    verb->add_option("--schema", options->schema, "Folder of the migrations")->capture_default_str();
    verb->add_flag("--status", options->status, "Only say how the database stands (exit 3 unless up to date)");
    verb->callback([&common, &code, options] { code = migrate(common, *options); });
}

}  // namespace tideover::cli
