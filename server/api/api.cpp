// The way of every request: find the route (404, 405), admit (401), check the role (403) and the media type
// (415), then the handler (400, 409, 412, 422, 428), and out.
#include "server/api/api.hpp"

#include <random>

#include "db/core/failpoint.hpp"
#include "db/core/ids.hpp"
#include "db/records/references.hpp"
#include "domain/core/uuid.hpp"
#include "server/api/media.hpp"
#include "server/api/paging.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/imports.hpp"
#include "server/api/router.hpp"
#include "server/formats/json.hpp"
#include "server/observe/log.hpp"
#include "server/observe/metrics.hpp"

namespace tideover {
namespace {

constexpr int part_taken = 100;  // there is nothing to answer yet

Response problem_response(const Problem& problem, const std::string& request_id) {
    Response response{
        .status = problem.type().status, .content_type = "application/problem+json", .body = problem.json(request_id)};
    if (problem.type().status == 503) {
        // Spread over three seconds, so that they do not all come back at once.
        thread_local std::mt19937 random{std::random_device{}()};
        response.headers.emplace_back("Retry-After", std::to_string(1 + random() % 3));
    }
    if (problem.type().status == 429)
        response.headers.emplace_back("Retry-After", "1");  // a bucket refills each second
    if (problem.type().status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

/// Records are named by ids of ours, or by their references in any spelling, which become ids here. Anything else is
/// simply not there.
std::vector<std::string> ids_in(const Route& route, std::vector<std::string> arguments, db::Database& database,
                                const std::string& authority) {
    const auto* noun = noun_in_path(route);
    if (noun == nullptr) return arguments;
    for (auto& argument : arguments) {
        if (is_uuid(argument)) continue;
        auto id = db::records::id_called(database, authority, *noun, argument);
        if (!id) throw Problem{"not-found"};
        argument = std::move(*id);
    }
    return arguments;
}

void check_media_type(const Request& request, const Route& route) {
    static constexpr std::string_view json[]{"application/json"};
    const auto taken = route.action == Action::upload ? route.shape.takes : std::span{json};
    if (std::find(taken.begin(), taken.end(), media_type(request.content_type)) == taken.end()) {
        std::string all;
        for (const auto one : taken) all += (all.empty() ? "" : ", or ") + std::string{one};
        throw Problem{"unsupported-media-type", "Send " + all + "."};
    }
    const auto encoding = media_type(request.content_encoding);
    if (!encoding.empty() && encoding != "identity") {
        throw Problem{"unsupported-media-type", "Send the body as it is: no Content-Encoding is taken."};
    }
}

/// What is for everybody is the same for whoever signed in, also when that has ended; so is signing in.
bool heeds_session(const Route& route) {
    return route.action != Action::page && route.action != Action::probe &&
           !(route.verb == Verb::post && route.roles.has(Role::everyone));
}

/// The call of somebody who may make it.
Call admitted(const Request& request, const Match& found, const Config& config, Authenticator& authenticator,
              db::Database& database, std::string_view& role) {
    if (found.route == nullptr) {
        if (found.allow.empty()) throw Problem{"not-found"};
        throw Problem{"method-not-allowed", "This address takes " + found.allow + "."};
    }
    const auto& route = *found.route;
    const auto heeded = heeds_session(route) ? Authenticator::Heed::either : Authenticator::Heed::token;
    auto principal = authenticator.admit(database, request, heeded);
    const auto may = [&] { return route.roles.has(principal.role) || route.roles.has(Role::everyone); };
    if (!may() && principal.role != Role::everyone) {
        // The role may be another by now: nobody is refused, or let go as somebody they no longer are, from memory.
        authenticator.forget(request);
        principal = authenticator.admit(database, request, heeded);
    }
    if (db::planted("role-leaked")) {
        thread_local auto kept = principal.role;
        std::swap(kept, principal.role);
    }
    role = name_of(principal.role);
    if (!may() && principal.role == Role::everyone) throw Problem{"unauthenticated"};
    if (!may()) throw Problem{"forbidden", "It takes one of these roles: " + names_of(route.roles) + "."};
    if (route.verb == Verb::post) check_media_type(request, route);
    auto arguments = ids_in(route, found.arguments, database, principal.authority);
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    Call call{request, route, config, database, std::move(principal), std::move(arguments), now};
    call.check_parameters();
    return call;
}

Response handled(const Request& request, const Match& found, const Config& config, Authenticator& authenticator,
                 db::Database& database, std::string_view& role) {
    auto call = admitted(request, found, config, authenticator, database, role);
    return call.route.handler(call);
}

/// Where a token changed under a request, nothing of it was done: once more, as what it stands for now.
Response handled_as_of_now(const Request& request, const Match& found, const Config& config,
                           Authenticator& authenticator, db::Database& database, std::string_view& role) {
    try {
        return handled(request, found, config, authenticator, database, role);
    } catch (const db::Fault& fault) {
        if (fault.trouble() != db::Trouble::revoked) throw;
    }
    authenticator.forget(request);
    return handled(request, found, config, authenticator, database, role);
}

/// Files that come have a lane of their own, so have whole lists, and so has what counts everything there is for those
/// who did not sign in.
Lane lane_for(const Request& request) {
    if (Api::is_upload(request)) return Lane::uploads;
    if (request.method != "GET" && request.method != "HEAD") return Lane::work;
    const auto found = find_route(request.method, request.path);
    if (found.route == nullptr) return Lane::work;
    const bool signed_in = !request.authorization.empty() || (!request.session.empty() && heeds_session(*found.route));
    if (!signed_in) return found.route->counts ? Lane::public_counts : Lane::work;
    const bool is_list = found.route->action == Action::list || found.route->shape.paged;
    return is_list && asks_for_whole(request) ? Lane::files : Lane::work;
}

std::shared_ptr<db::Pool> pool_of(const Config& config, int connections) {
    return std::make_shared<db::Pool>(db::with_session_settings(config.database), connections);
}

}  // namespace

Api::Api(Config config)
    : config_(std::move(config)),
      authenticator_(config_),
      connections_{pool_of(config_, config_.database_connections), pool_of(config_, config_.public_connections),
                   pool_of(config_, config_.file_connections), pool_of(config_, config_.upload_connections)} {}

Demand Api::demand(const Request& request) {
    const auto known = authenticator_.known(request);
    const auto lane = lane_for(request);
    const bool dear = lane != Lane::work || (known.empty() && request.signed_in());
    return {
        .lane = lane, .taken_from = known.empty() ? request.client : known, .count = dear ? config_.dear_request : 1};
}

Response Api::told(const Request& request, const std::function<Response(db::Database&, std::string_view& role)>& work,
                   Lane lane) {
    db::Database database{connections_.at(static_cast<std::size_t>(lane))};
    const auto found = find_route(request.method, request.path);
    std::string_view role = "-", problem_slug;
    Response response;
    const auto turn = [&](const Problem& problem) {
        problem_slug = problem.type().slug;
        response = problem_response(problem, request.request_id);
        if (!found.allow.empty()) response.headers.emplace_back("Allow", found.allow);
    };
    try {
        response = work(database, role);
    } catch (const Problem& problem) {
        turn(problem);
    } catch (const MalformedJson& malformed) {
        turn(Problem{malformed.slug, malformed.detail});
    } catch (const db::KeyReused&) {
        turn(Problem{"key-reused"});
    } catch (const db::Fault& fault) {
        if (fault.trouble() == db::Trouble::revoked) authenticator_.forget(request);
        const auto problem = problem_of(fault);
        // The text of a fault may hold values: only what kind of trouble it was is logged.
        if (problem.type().status == 500 || fault.trouble() == db::Trouble::unfit) {
            log::event("error", "database-fault",
                       fault.trouble() == db::Trouble::unfit ? std::string_view{"its program or files"}
                       : fault.constraint().empty()          ? std::string_view{fault.what()}.substr(0, 5)
                                                             : std::string_view{fault.constraint()});
        }
        turn(problem);
    } catch (const std::exception& e) {
        log::event("error", "exception", e.what());
        turn(Problem{"internal"});
    }
    if (response.status == part_taken) return response;
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - request.arrived);
    const auto pattern = found.route != nullptr ? found.route->path : std::string_view{"-"};
    log::request(request.request_id, request.method.substr(0, 10), pattern, response.status, problem_slug, took.count(),
                 role);
    metrics::answered(pattern, response.status, took.count());
    return response;
}

Response Api::answer(const Request& request, Lane lane) {
    const auto found = find_route(request.method, request.path);
    return told(
        request,
        [&](db::Database& database, std::string_view& role) {
            return handled_as_of_now(request, found, config_, authenticator_, database, role);
        },
        lane);
}

bool Api::is_upload(const Request& request) {
    if (request.method != "POST") return false;
    const auto found = find_route(request.method, request.path);
    return found.route != nullptr && found.route->action == Action::upload;
}

std::optional<Response> Api::take_part(Request& request, const std::string& part) {
    auto response = told(
        request,
        [&](db::Database& database, std::string_view& role) {
            if (!request.upload) {
                const auto found = find_route(request.method, request.path);
                auto call = admitted(request, found, config_, authenticator_, database, role);
                request.upload = resources::begin_file(call, part);
            }
            resources::keep_part(database, *request.upload, part);
            return Response{.status = part_taken};
        },
        Lane::uploads);
    if (response.status == part_taken) return std::nullopt;
    return response;
}

Response refuse(const Request& request, std::string_view slug, std::string_view detail) {
    const Problem problem{slug, std::string{detail}};
    metrics::refused(slug);
    log::request(request.request_id, request.method.substr(0, 10), "-", problem.type().status, slug, 0, "-");
    return problem_response(problem, request.request_id);
}

}  // namespace tideover
