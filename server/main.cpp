// tideoverd: one binary, one verb a task. People use ./tideover, which calls this.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "db/migrate.hpp"
#include "db/state.hpp"
#include "db/tokens.hpp"
#include "db/verify.hpp"
#include "server/listener.hpp"
#include "server/openapi.hpp"
#include "server/ward_table.hpp"
#include "tools/replay/replay.hpp"

namespace {

using namespace tideover;

constexpr int long_timeout_ms = 900'000;

struct Options {
    Config config;
    std::string owner_database, schema = "schema";
    bool status = false, state = false;
    db::tokens::Wanted token;
    std::string role = "helpline", token_id, ward_file;
    ReplayOptions replay;
};

db::Connection owner(const Options& options) {
    const auto& conninfo = options.owner_database.empty() ? options.config.database : options.owner_database;
    return db::Connection{db::with_session_settings(conninfo, long_timeout_ms)};
}

int migrate(const Options& options) {
    auto connection = owner(options);
    if (options.status) {
        const auto ahead = db::migrate::behind_or_ahead(connection, db::migrate::version_of_program());
        std::cout << (ahead == 0  ? "schema: up to date\n"
                      : ahead < 0 ? "schema: behind\n"
                                  : "schema: ahead of this program\n");
        return ahead == 0 ? 0 : 3;
    }
    const auto outcome = db::migrate::up(connection, options.schema);
    std::cout << "schema: " << outcome.known << " migrations, " << outcome.applied << " applied\n";
    return 0;
}

bool is_loopback(const std::string& bind) {
    return bind.starts_with("127.") || bind == "::1";
}

int serve(Options& options) {
    {
        db::Connection connection{db::with_session_settings(options.config.database)};
        const auto ahead = db::migrate::behind_or_ahead(connection, db::migrate::version_of_program());
        if (ahead != 0) {
            std::cerr << (ahead < 0 ? "the database lacks migrations: run tideoverd migrate\n"
                                    : "the database is newer than this program: start the newer program\n");
            return 3;
        }
    }
    options.config.loopback = is_loopback(options.config.bind);
    return run_server(options.config);
}

int create_token(Options& options) {
    const auto role = role_named(options.role);
    if (!role || *role == Role::everyone) {
        std::cerr << "there is no role '" << options.role
                  << "': use helpline, grants_officer, grants_approver, finance, partner, auditor or admin\n";
        return 2;
    }
    if ((*role == Role::partner) == options.token.partner.empty()) {
        std::cerr << "role partner needs --partner CODE, and no other role takes it\n";
        return 2;
    }
    options.token.role = *role;
    options.token.authority = options.config.authority;
    if (options.token.staff_key.empty()) options.token.staff_key = options.token.staff_name;
    auto connection = owner(options);
    std::cout << db::tokens::create(connection, options.token) << "\n";
    return 0;
}

int list_tokens(const Options& options) {
    auto connection = owner(options);
    for (const auto& token : db::tokens::list(connection, options.config.authority)) {
        std::cout << token.id << "\t" << token.role << "\t" << token.partner << "\t" << token.staff << "\t"
                  << token.created_at << "\t" << (token.revoked_at == "-" ? "holds" : "revoked " + token.revoked_at)
                  << "\n";
    }
    return 0;
}

int revoke_token(const Options& options) {
    auto connection = owner(options);
    if (db::tokens::revoke(connection, options.config.authority, options.token_id)) {
        std::cout << "revoked\n";
        return 0;
    }
    std::cerr << "no token of that id holds: tideoverd token list shows them\n";
    return 1;
}

int demo_tokens(const Options& options) {
    auto connection = owner(options);
    db::tokens::revoke_demo(connection, options.config.authority);
    for (const auto& member : db::tokens::demo_members()) {
        const auto token = db::tokens::create(connection, {.authority = options.config.authority,
                                                           .staff_key = "demo:" + std::string{member.key},
                                                           .staff_name = std::string{member.name},
                                                           .role = member.role,
                                                           .partner = std::string{member.partner},
                                                           .demo = true});
        std::cout << member.key << "\t" << name_of(member.role) << "\t" << member.name << "\t"
                  << (member.partner.empty() ? "-" : member.partner) << "\t" << token << "\n";
    }
    return 0;
}

int import_wards(const Options& options) {
    std::ifstream file{options.ward_file, std::ios::binary};
    std::stringstream text;
    text << file.rdbuf();
    if (!file) {
        std::cerr << "cannot read " << options.ward_file << ": name a CSV file with the columns pcds and ward\n";
        return 2;
    }
    const auto table = read_ward_table(text.str());
    if (const auto* wrong = std::get_if<std::string>(&table)) {
        std::cerr << options.ward_file << ", " << *wrong << "; nothing was imported\n";
        return 2;
    }
    const auto& rows = std::get<std::vector<db::wards::Row>>(table);
    auto connection = owner(options);
    db::wards::replace(connection, options.config.authority, rows);
    std::set<std::string_view> names;
    for (const auto& row : rows) names.insert(row.ward);
    std::cout << "wards: " << rows.size() << " postcodes in " << names.size() << " wards\n";
    return 0;
}

int verify(const Options& options) {
    auto connection = owner(options);
    if (options.state) {
        std::cout << "state: sha256:" << db::state_hash(connection, options.config.authority) << "\n";
        return 0;
    }
    const auto found = db::verify(connection, options.config.authority);
    for (const auto& difference : found.first) {
        std::cout << difference.kind << "  " << difference.where << ": " << difference.detail << "\n";
    }
    std::cout << "verify: " << found.differences << " differences\n";
    return found.differences == 0 ? 0 : 1;
}

void define_token(CLI::App& app, Options& options, int& code) {
    auto* token = app.add_subcommand("token", "Make, list and revoke bearer tokens")->require_subcommand(1);
    auto* create = token->add_subcommand("create", "Make a token and print it, once");
    create
        ->add_option("--role", options.role,
                     "helpline, grants_officer, grants_approver, finance, partner, auditor, admin")
        ->required();
    create->add_option("--name", options.token.staff_name, "The member of staff, by name")->required();
    create->add_option("--staff", options.token.staff_key,
                       "What tells this person from all others (default: the name)");
    create->add_option("--partner", options.token.partner, "The organisation's code, for role partner");
    create->callback([&] { code = create_token(options); });
    token->add_subcommand("list", "List tokens, without their secrets")->callback([&] { code = list_tokens(options); });
    auto* revoke = token->add_subcommand("revoke", "Revoke a token, at once");
    revoke->add_option("id", options.token_id, "From token list")->required();
    revoke->callback([&] { code = revoke_token(options); });
    token->add_subcommand("demo", "Revoke the demo tokens and make new ones")->callback([&] {
        code = demo_tokens(options);
    });
}

void define_wards(CLI::App& app, Options& options, int& code) {
    auto* wards = app.add_subcommand("wards", "Which ward a postcode lies in")->require_subcommand(1);
    auto* import =
        wards->add_subcommand("import", "Put a CSV of postcodes (pcds) and wards (ward) in place of what was there");
    import->add_option("file", options.ward_file, "The CSV, UTF-8, with a header")->required();
    import->callback([&] { code = import_wards(options);
});
}  // namespace

void define_serve(CLI::App& app, Options& options, int& code) {
    auto* serve_verb = app.add_subcommand("serve", "Serve until SIGTERM or SIGINT");
    serve_verb->add_option("--bind", options.config.bind, "Address to listen on")->capture_default_str();
    serve_verb->add_option("--port", options.config.port, "Port; 0 takes a free one")->capture_default_str();
    serve_verb->add_option("--workers", options.config.workers, "Threads that answer requests")
        ->envname("TIDEOVER_WORKERS")
        ->check(CLI::Range(1, 500))
        ->capture_default_str();
    serve_verb->add_option("--connections", options.config.database_connections, "Connections to the database")
        ->envname("TIDEOVER_CONNECTIONS")
        ->check(CLI::Range(1, 200))
        ->capture_default_str();
    serve_verb->add_option("--queue", options.config.queue_max, "Requests that may wait for a worker")
        ->capture_default_str();
    serve_verb->callback([&] { code = serve(options); });
}

void define_replay(CLI::App& app, Options& options, int& code) {
    options.replay.seed = 2020;
    auto* replay_verb = app.add_subcommand("replay", "Record a council's year of aid through the HTTP API");
    replay_verb->add_option("--to", options.replay.url, "The service, as http://127.0.0.1:8080")->required();
    replay_verb->add_option("--seed", options.replay.seed, "The year to invent")->capture_default_str();
    replay_verb->add_option("--tokens", options.replay.tokens_file, "What 'token demo' printed")->required();
    replay_verb->add_option("--state", options.replay.state_file, "Where to keep how far it came")->required();
    replay_verb->callback([&] { code = replay(options.replay); });
    auto* figures = app.add_subcommand("figures", "Print the figures beside what the council said");
    figures->add_option("--to", options.replay.url, "The service, as http://127.0.0.1:8080")->required();
    figures->add_option("--state", options.replay.state_file,
                        "The replay's state, to show what was known at its instant K");
    figures->callback([&] { code = print_figures(options.replay.url, options.replay.state_file); });
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    Options options;
    int code = 0;
    CLI::App app{"Tideover: case management for a council's Covid support", "tideoverd"};
    app.require_subcommand(1);
    app.add_option("--database", options.config.database, "Conninfo of the service's login")
        ->envname("TIDEOVER_DATABASE");
    app.add_option("--owner-database", options.owner_database, "Conninfo of the owner's login")
        ->envname("TIDEOVER_OWNER_DATABASE");
    app.add_option("--authority", options.config.authority, "ONS code of the council")
        ->envname("TIDEOVER_AUTHORITY")
        ->capture_default_str();
    app.fallthrough();
    auto* migrate_verb = app.add_subcommand("migrate", "Apply the migrations of schema/");
    migrate_verb->add_option("--schema", options.schema, "Folder of the migrations")->capture_default_str();
    migrate_verb->add_flag("--status", options.status, "Only say how the database stands (exit 3 unless up to date)");
    migrate_verb->callback([&] { code = migrate(options); });
    define_serve(app, options, code);
    define_token(app, options, code);
    define_wards(app, options, code);
    auto* verify_verb = app.add_subcommand("verify", "Recount everything from the records and compare");
    verify_verb->add_flag("--state", options.state, "Print a hash of the whole state, without ids and times");
    verify_verb->callback([&] { code = verify(options); });
    app.add_subcommand("openapi", "Print the OpenAPI document")->callback([] { std::cout << openapi(); });
    define_replay(app, options, code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e);
    } catch (const std::exception& e) {
        std::cerr << "tideoverd: " << e.what() << "\n";
        return 1;
    }
    return code;
}
