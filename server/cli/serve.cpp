// serve: the service, until it is told to stop.
#include <iostream>
#include <memory>

#include "db/core/ids.hpp"
#include "db/core/migrate.hpp"
#include "server/api/api.hpp"
#include "server/api/problem.hpp"
#include "server/cli/cli.hpp"
#include "server/http/listener.hpp"
#include "server/jobs/job_runner.hpp"
#include "server/jobs/sealer.hpp"
#include "server/observe/log.hpp"

namespace tideover::cli {
namespace {

struct Serve {
    Settings settings;
    std::string log_file;
    std::int64_t log_bytes = 64LL << 20;
    std::int64_t refusal_lines = 200;
};

bool is_loopback(const std::string& bind) {
    return bind.starts_with("127.") || bind == "::1";
}

/// Why the service may not stand where it is told to; empty where it may.
std::string_view exposed(const Settings& settings) {
    if (settings.tls_certificate.empty() != settings.tls_key.empty()) return "--tls-cert and --tls-key go together";
    if (is_loopback(settings.bind) || !settings.tls_certificate.empty() || !settings.trusted_proxies.empty()) return {};
    return "plain HTTP is served on loopback only: give --tls-cert FILE and --tls-key FILE, or name the proxy that "
           "does "
           "TLS with --behind-proxy ADDRESS";
}

/// Where this service answers, as far as it was told.
std::string address_of(const Settings& settings) {
    const bool any = settings.bind == "0.0.0.0" || settings.bind == "::";
    const auto host = any                                            ? "127.0.0.1"
                      : settings.bind.find(':') == std::string::npos ? settings.bind
                                                                     : "[" + settings.bind + "]";
    return "http://" + host + ":" + (settings.port == 0 ? "PORT" : std::to_string(settings.port));
}

Application application_of(Api& api) {
    return {
        .demand = [&api](const Request& request) { return api.demand(request); },
        .is_upload = &Api::is_upload,
        .take_part = [&api](Request& request, const std::string& part) { return api.take_part(request, part); },
        .answer = [&api](const Request& request, Lane lane) { return api.answer(request, lane); },
        .refuse = [](const Request& request, std::string_view slug,
                     std::string_view detail) { return refuse(request, slug, detail); },
        .new_request_id = [] { return db::ids::fresh(); },
    };
}

/// A refusal as the API words it.
Worded words_of(const Refused& refused) {
    const Problem problem{refused};
    return {std::string{problem.type().slug},
            problem.detail().empty() ? std::string{problem.type().remedy} : problem.detail()};
}

int serve(const Common& common, Serve& options) {
    if (const auto why = exposed(options.settings); !why.empty()) {
        std::cerr << why << "\n";
        return 2;
    }
    if (!options.log_file.empty() && !log::to_file(options.log_file, options.log_bytes)) {
        std::cerr << "no log can be written to " << options.log_file << ": name a file in a folder of yours\n";
        return 2;
    }
    log::limit_refusals(options.refusal_lines);
    auto config = common.config;
    {
        db::Connection connection{db::with_session_settings(config.database)};
        const auto ahead = db::migrate::behind_or_ahead(connection, db::migrate::version_of_program());
        if (ahead != 0) {
            std::cerr << (ahead < 0 ? "the database lacks migrations: run tideoverd migrate\n"
                                    : "the database is newer than this program: start the newer program\n");
            return 3;
        }
    }
    // Whoever comes through a proxy may come from anywhere.
    config.loopback = is_loopback(options.settings.bind) && options.settings.trusted_proxies.empty();
    config.address = address_of(options.settings);
    config.public_connections = options.settings.public_workers;
    config.file_connections = options.settings.file_workers;
    config.upload_connections = options.settings.upload_workers;
    if (!common.audit_key.empty()) {
        config.signing_key = db::SigningKey::in_file(common.audit_key);
        config.sealing_key = db::SealingKey{*config.signing_key};
    }
    Api api{config};
    const Sealer sealer{config.database};
    const JobRunner jobs{config.database, words_of};
    return run_server(options.settings, application_of(api));
}

/// What one client may take, as flags: those who try the limits want them small.
struct LimitFlag {
    const char* name;
    int Settings::*limit;
    const char* help;
};
constexpr auto limit_flags = std::to_array<LimitFlag>({
    {"--connections", &Settings::connections_max, "Connections at a time; more are closed at once"},
    {"--connections-per-address", &Settings::connections_per_address_max, "Connections at a time from one address"},
    {"--requests-per-connection", &Settings::requests_per_connection_max, "Requests before a connection is closed"},
    {"--requests-per-second", &Settings::requests_per_second_max,
     "Requests with one token, or from one address without a token; ten times as many at once"},
    {"--public-per-second", &Settings::public_per_second,
     "Requests without a token, from all together, that may count everything there is"},
    {"--handshake-ms", &Settings::handshake_ms_max, "How long a TLS handshake may take"},
    {"--idle-ms", &Settings::idle_ms_max, "How long a connection may wait for its next request"},
    {"--header-ms", &Settings::header_ms_max, "How long a header may take to come"},
    {"--body-ms", &Settings::body_ms_max, "How long a body may take to come"},
    {"--body-grace-ms", &Settings::body_grace_ms, "When a body's least rate, 1 KiB/s, begins to count"},
    {"--write-ms", &Settings::write_ms_max, "How long an answer may take to be read"},
    {"--linger-ms", &Settings::linger_ms_max, "How long a refused client may go on sending"},
});

}  // namespace

void define_serve(CLI::App& app, Common& common, int& code) {
    auto options = std::make_shared<Serve>();
    auto& settings = options->settings;
    auto* verb = app.add_subcommand("serve", "Serve until SIGTERM or SIGINT");
    verb->add_option("--bind", settings.bind, "Address to listen on")->capture_default_str();
    verb->add_option("--port", settings.port, "Port; 0 takes a free one")->capture_default_str();
    verb->add_option("--workers", settings.workers, "Threads that answer requests")
        ->envname("TIDEOVER_WORKERS")
        ->check(CLI::Range(1, 500))
        ->capture_default_str();
    verb->add_option("--database-connections", common.config.database_connections, "Connections to the database")
        ->envname("TIDEOVER_DATABASE_CONNECTIONS")
        ->check(CLI::Range(1, 200))
        ->capture_default_str();
    verb->add_option("--log", options->log_file, "The file to log to, and not standard error");
    verb->add_option("--log-bytes", options->log_bytes, "How large it gets before it is put aside; three are kept")
        ->check(CLI::Range(std::int64_t{4096}, std::int64_t{1} << 40))
        ->capture_default_str();
    verb->add_option("--refusal-lines", options->refusal_lines,
                     "How many refusals of one kind, of those who did not sign in, are logged in a second; the others "
                     "are counted")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    verb->add_option("--spool", common.config.spool_folder, "A folder with room for whole lists until they are sent")
        ->check(CLI::ExistingDirectory)
        ->capture_default_str();
    verb->add_option("--queue", settings.queue_max, "Requests that may wait for a worker")->capture_default_str();
    verb->add_option("--tls-cert", settings.tls_certificate, "Chain of certificates, a PEM file");
    verb->add_option("--tls-key", settings.tls_key, "The certificate's key, a PEM file");
    verb->add_option("--behind-proxy", settings.trusted_proxies,
                     "Addresses or networks of the proxies whose X-Forwarded-For and -Proto are believed")
        ->delimiter(',');
    for (const auto& flag : limit_flags) {
        verb->add_option(flag.name, settings.*flag.limit, flag.help)
            ->check(CLI::Range(1, 100'000'000))
            ->capture_default_str();
    }
    verb->add_option("--dear-request", common.config.dear_request,
                     "What a request counts for that may count everything there is")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
    verb->callback([&common, &code, options] { code = serve(common, *options); });
}

}  // namespace tideover::cli
