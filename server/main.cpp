// tideoverd: one binary, one verb a task. People use ./tideover, which calls this.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "db/council.hpp"
#include "db/migrate.hpp"
#include "db/records.hpp"
#include "db/state.hpp"
#include "db/tokens.hpp"
#include "db/verify.hpp"
#include "server/checkpoint.hpp"
#include "server/listener.hpp"
#include "server/log.hpp"
#include "server/openapi.hpp"
#include "server/ward_table.hpp"
#include "tools/replay/replay.hpp"

namespace {

using namespace tideover;

constexpr int long_timeout_ms = 900'000;

struct Options {
    Config config;
    std::string owner_database, schema = "schema";
    std::string audit_key, checkpoint, council_name, log_file;
    std::int64_t log_bytes = 64LL << 20;
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
    if (!outcome.findings.empty()) {
        std::cout << outcome.findings.size()
                  << " records would be refused today. They stay as they are, and in the table migration_finding:\n";
        for (const auto& finding : outcome.findings) std::cout << "  " << finding << "\n";
    }
    return 0;
}

bool is_loopback(const std::string& bind) {
    return bind.starts_with("127.") || bind == "::1";
}

/// Why the service may not stand where it is told to; empty where it may.
std::string_view exposed(const Config& config) {
    if (config.tls_certificate.empty() != config.tls_key.empty()) return "--tls-cert and --tls-key go together";
    if (is_loopback(config.bind) || !config.tls_certificate.empty() || !config.hops.empty()) return {};
    return "plain HTTP is served on loopback only: give --tls-cert FILE and --tls-key FILE, or name the proxy that "
           "does "
           "TLS with --behind-proxy ADDRESS";
}

int serve(Options& options) {
    if (const auto why = exposed(options.config); !why.empty()) {
        std::cerr << why << "\n";
        return 2;
    }
    if (!options.log_file.empty() && !log::to_file(options.log_file, options.log_bytes)) {
        std::cerr << "no log can be written to " << options.log_file << ": name a file in a folder of yours\n";
        return 2;
    }
    {
        db::Connection connection{db::with_session_settings(options.config.database)};
        const auto ahead = db::migrate::behind_or_ahead(connection, db::migrate::version_of_program());
        if (ahead != 0) {
            std::cerr << (ahead < 0 ? "the database lacks migrations: run tideoverd migrate\n"
                                    : "the database is newer than this program: start the newer program\n");
            return 3;
        }
    }
    // Whoever comes through a proxy may come from anywhere.
    options.config.loopback = is_loopback(options.config.bind) && options.config.hops.empty();
    if (!options.audit_key.empty()) {
        options.config.signing_key = db::SigningKey::in_file(options.audit_key);
        options.config.sealing_key = db::SealingKey{*options.config.signing_key};
    }
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

int print_sql(const std::string& operation, const std::string& noun) {
    for (const auto* known : nouns::all()) {
        if (known->name != noun) continue;
        if (const auto sql = db::records::sql_of(*known, operation)) {
            std::cout << *sql << "\n";
            return 0;
        }
        std::cerr << "there is no operation '" << operation << "': use create, read, lock, step or correct\n";
        return 2;
    }
    std::cerr << "there is no kind of record '" << noun << "': use one of";
    for (const auto* known : nouns::all()) std::cerr << " " << known->name;
    std::cerr << "\n";
    return 2;
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

int audit_key(const Options& options) {
    if (options.audit_key.empty()) {
        std::cerr << "no file is named for the signing key: --audit-key FILE\n";
        return 2;
    }
    std::cout << db::SigningKey::in_file(options.audit_key).public_key() << "\n";
    return 0;
}

int audit_checkpoint(const Options& options) {
    if (options.audit_key.empty()) return audit_key(options);
    auto connection = owner(options);
    const auto link = db::audit_chain::newest(connection, options.config.authority);
    std::cout << to_json(checkpoint_of(options.config.authority, link, db::SigningKey::in_file(options.audit_key)))
              << "\n";
    return 0;
}

/// The checkpoint of a file that was kept elsewhere, if it is one of ours.
db::audit_chain::Kept kept_in(const Options& options) {
    std::ifstream in{options.checkpoint};
    std::stringstream text;
    text << in.rdbuf();
    const auto checkpoint = read_checkpoint(text.str());
    if (!holds(checkpoint)) throw std::runtime_error("the checkpoint's signature does not hold: it was changed");
    if (checkpoint.authority != options.config.authority) {
        throw std::runtime_error("the checkpoint is of authority " + checkpoint.authority);
    }
    return {checkpoint.link.number, checkpoint.link.head};
}

int audit_verify(const Options& options) {
    constexpr std::size_t shown_max = 20;
    std::optional<db::audit_chain::Kept> kept;
    if (!options.checkpoint.empty()) kept = kept_in(options);
    auto connection = owner(options);
    const auto verdict = db::audit_chain::check(connection, options.config.authority, kept);
    for (std::size_t i = 0; i < std::min(verdict.faults.size(), shown_max); ++i) {
        std::cout << "link " << verdict.faults[i].link << ": " << verdict.faults[i].detail << "\n";
    }
    std::cout << "audit: " << verdict.last.number << " links over " << verdict.last.audit_lines << " audit and "
              << verdict.last.ledger_lines << " ledger lines, " << verdict.faults.size() << " faults\n";
    return verdict.faults.empty() ? 0 : 1;
}

int create_council(const Options& options) {
    const auto& code = options.config.authority;
    const bool formed = code.size() == 9 && code.front() >= 'A' && code.front() <= 'Z' &&
                        code.find_first_not_of("0123456789", 1) == std::string::npos;
    if (!formed || options.council_name.empty() || options.council_name.size() > 120) {
        std::cerr << "a council has an ONS code, as --authority E08000007, and a --name of up to 120 bytes\n";
        return 2;
    }
    auto connection = owner(options);
    db::council::create(connection, code, options.council_name);
    return 0;
}

int show_council(const Options& options) {
    auto connection = owner(options);
    const auto there = db::council::standing(connection, options.config.authority);
    if (!there) {
        std::cerr << "there is no council " << options.config.authority << "\n";
        return 1;
    }
    std::cout << there->name << " (" << options.config.authority << "): " << there->staff << " staff, " << there->tokens
              << " valid tokens, " << there->records << " records, " << there->entries << " ledger entries\n";
    return 0;
}

void define_council(CLI::App& app, Options& options, int& code) {
    auto* council =
        app.add_subcommand("council", "Begin a council of its own; say what is there")->require_subcommand(1);
    auto* create = council->add_subcommand("create", "Add the council that --authority names");
    create->add_option("--name", options.council_name, "What the council is called")->required();
    create->callback([&] { code = create_council(options); });
    council->add_subcommand("show", "How many staff, tokens and records it has")->callback([&] {
        code = show_council(options);
    });
}

void define_audit(CLI::App& app, Options& options, int& code) {
    auto* audit =
        app.add_subcommand("audit", "Prove that what was audited and counted was not changed")->require_subcommand(1);
    audit->add_subcommand("key", "Print the public key; the first time, make it")->callback([&] {
        code = audit_key(options);
    });
    audit->add_subcommand("checkpoint", "Print how far the chain reaches, signed: keep it elsewhere")->callback([&] {
        code = audit_checkpoint(options);
    });
    auto* verify_verb = audit->add_subcommand("verify", "Recompute the chain from its first link");
    verify_verb->add_option("--checkpoint", options.checkpoint, "Also compare with one that was kept elsewhere")
        ->check(CLI::ExistingFile);
    verify_verb->callback([&] { code = audit_verify(options); });
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

/// What one client may take, as flags: those who try the limits want them small.
struct LimitFlag {
    const char* name;
    int Config::*limit;
    const char* help;
};
constexpr auto limit_flags = std::to_array<LimitFlag>({
    {"--connections", &Config::connections_max, "Connections at a time; more are closed at once"},
    {"--connections-per-address", &Config::connections_per_address_max, "Connections at a time from one address"},
    {"--requests-per-connection", &Config::requests_per_connection_max, "Requests before a connection is closed"},
    {"--requests-per-second", &Config::requests_per_second_max,
     "Requests with one token, or from one address without a token; ten times as many at once"},
    {"--public-per-second", &Config::public_per_second,
     "Requests without a token, from all together, that may count everything there is"},
    {"--handshake-ms", &Config::handshake_ms_max, "How long a TLS handshake may take"},
    {"--idle-ms", &Config::idle_ms_max, "How long a connection may wait for its next request"},
    {"--header-ms", &Config::header_ms_max, "How long a header may take to come"},
    {"--body-ms", &Config::body_ms_max, "How long a body may take to come"},
    {"--body-grace-ms", &Config::body_grace_ms, "When a body's least rate, 1 KiB/s, begins to count"},
    {"--write-ms", &Config::write_ms_max, "How long an answer may take to be read"},
    {"--dear-request", &Config::dear_request, "What a request counts for that may count everything there is"},
    {"--linger-ms", &Config::linger_ms_max, "How long a refused client may go on sending"},
});

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
    serve_verb->add_option("--database-connections", options.config.database_connections, "Connections to the database")
        ->envname("TIDEOVER_DATABASE_CONNECTIONS")
        ->check(CLI::Range(1, 200))
        ->capture_default_str();
    serve_verb->add_option("--log", options.log_file, "The file to log to, and not standard error");
    serve_verb->add_option("--log-bytes", options.log_bytes, "How large it gets before it is put aside; three are kept")
        ->check(CLI::Range(std::int64_t{4096}, std::int64_t{1} << 40))
        ->capture_default_str();
    serve_verb->add_option("--queue", options.config.queue_max, "Requests that may wait for a worker")
        ->capture_default_str();
    serve_verb->add_option("--tls-cert", options.config.tls_certificate, "Chain of certificates, a PEM file");
    serve_verb->add_option("--tls-key", options.config.tls_key, "The certificate's key, a PEM file");
    serve_verb
        ->add_option("--behind-proxy", options.config.hops,
                     "Addresses or networks of the proxies whose X-Forwarded-For and -Proto are believed")
        ->delimiter(',');
    for (const auto& flag : limit_flags) {
        serve_verb->add_option(flag.name, options.config.*flag.limit, flag.help)
            ->check(CLI::Range(1, 100'000'000))
            ->capture_default_str();
    }
    serve_verb->callback([&] { code = serve(options); });
}

void define_replay(CLI::App& app, Options& options, int& code) {
    options.replay.seed = 2020;
    options.replay.schemes_folder = "tools/schemes";
    auto* replay_verb = app.add_subcommand("replay", "Record a council's year of aid through the HTTP API");
    replay_verb->add_option("--to", options.replay.url, "The service, as http://127.0.0.1:8080")->required();
    replay_verb->add_option("--seed", options.replay.seed, "The year to invent")->capture_default_str();
    replay_verb->add_option("--tokens", options.replay.tokens_file, "What 'token demo' printed")->required();
    replay_verb->add_option("--schemes", options.replay.schemes_folder, "The folder of the catalogue of grant schemes")
        ->capture_default_str();
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
    app.add_option("--audit-key", options.audit_key, "File of the key that signs the audit's checkpoints")
        ->envname("TIDEOVER_AUDIT_KEY");
    app.fallthrough();
    auto* migrate_verb = app.add_subcommand("migrate", "Apply the migrations of schema/");
    migrate_verb->add_option("--schema", options.schema, "Folder of the migrations")->capture_default_str();
    migrate_verb->add_flag("--status", options.status, "Only say how the database stands (exit 3 unless up to date)");
    migrate_verb->callback([&] { code = migrate(options); });
    define_serve(app, options, code);
    define_token(app, options, code);
    define_audit(app, options, code);
    define_council(app, options, code);
    define_wards(app, options, code);
    auto* verify_verb = app.add_subcommand("verify", "Recount everything from the records and compare");
    verify_verb->add_flag("--state", options.state, "Print a hash of the whole state, without ids and times");
    verify_verb->callback([&] { code = verify(options); });
    std::string operation, noun;
    auto* sql_verb = app.add_subcommand("sql", "Print the statement that an operation on a kind of record runs");
    sql_verb->add_option("operation", operation, "create, read, lock, step or correct")->required();
    sql_verb->add_option("noun", noun, "The kind of record, such as call")->required();
    sql_verb->callback([&] { code = print_sql(operation, noun); });
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
