// The generic builder, and the few recipes of what no table says.
#include "tests/api/world.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <stdexcept>

#include "domain/aid/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/parties/nouns.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/records.hpp"
#include "server/formats/csv.hpp"

namespace tideover::testing {
namespace {

using nlohmann::json;

[[noreturn]] void no_recipe(const std::string& what, const Answer& answer) {
    throw std::runtime_error("The tables alone make no valid request for " + what + ": it was answered " +
                             std::to_string(answer.status) + " " + answer.body +
                             " Say what it needs in the recipes of tests/support/recipes.cpp.");
}

bool given(const Headers& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return header.first == name; });
}

/// The events that lead from where a noun's records begin to `state`, the fewest there are.
std::vector<std::string_view> way_to(const Noun& noun, std::string_view state) {
    std::deque<std::pair<std::string_view, std::vector<std::string_view>>> open{{noun.initial(), {}}};
    std::set<std::string_view> seen;
    while (!open.empty()) {
        const auto [here, way] = open.front();
        open.pop_front();
        if (here == state) return way;
        if (!seen.insert(here).second) continue;
        for (const auto& move : noun.moves) {
            if (move.from != here) continue;
            auto further = way;
            further.push_back(move.event);
            open.emplace_back(move.to, std::move(further));
        }
    }
    throw std::logic_error("no way to a state");
}

void add_places(std::span<const Field> fields, const std::string& base, bool correcting, std::vector<Place>& out) {
    for (const auto& field : fields) {
        if (correcting ? !may_be_corrected(field) : field.derived) continue;
        auto pointer = base + "/" + std::string{field.name};
        std::replace(pointer.begin() + static_cast<std::ptrdiff_t>(base.size()), pointer.end(), '.', '/');
        out.push_back({pointer, &field});
        if (field.kind != Kind::rows) continue;
        for (const auto& inner : field.rows->fields) {
            out.push_back({pointer + "/0/" + std::string{inner.name}, &inner, &field});
        }
    }
}

/// The pointer to the first row of the list that a place stands in.
json::json_pointer row_of(const Place& place) {
    return json::json_pointer{place.pointer}.parent_pointer();
}

/// Where rows are needed for a place, one row that can be accepted.
json with_row(World& world, json body, const Place& place) {
    if (place.list != nullptr) body[row_of(place).parent_pointer()] = world.value(*place.list);
    return body;
}

}  // namespace

World::World(Service& service, std::string authority)
    : Recipes("made-"), service_(service), authority_(std::move(authority)), owner_(service.database().connect()) {
    owner_.run("INSERT INTO authority (id, name) VALUES ('" + authority_ + "', 'Elsewhere') ON CONFLICT DO NOTHING");
    // Somebody of each role is there from the start, so that signing in stores nothing.
    for (const auto role : every_role()) static_cast<void>(signed_in(role));
    static_cast<void>(drafting());
    ones_["organisation"] = fresh(nouns::organisation, {{"code", partner}, {"kind", "partner"}});
}

Headers World::signed_in(Role role) {
    if (role == Role::everyone) return {};
    const std::string code{role == Role::partner ? partner : ""};
    return {{"Authorization", "Bearer " + service_.token(std::string{name_of(role)}, {}, code, authority_)}};
}

Headers World::drafting() {
    return {{"Authorization", "Bearer " + service_.token("admin", "drafting-admin", {}, authority_)}};
}

Answer World::get(Role role, const std::string& target, Headers headers) {
    if (!given(headers, "Authorization")) {
        for (auto& header : signed_in(role)) headers.push_back(std::move(header));
    }
    return service_.send("GET", target, headers, {});
}

Answer World::post(Role role, const std::string& target, const std::string& body, const std::string& etag,
                   Headers headers) {
    if (!given(headers, "Authorization")) {
        for (auto& header : signed_in(role)) headers.push_back(std::move(header));
    }
    if (!given(headers, "Idempotency-Key")) headers.emplace_back("Idempotency-Key", Service::fresh_key());
    if (!given(headers, "Content-Type")) headers.emplace_back("Content-Type", "application/json");
    if (!etag.empty()) headers.emplace_back("If-Match", etag);
    return service_.send("POST", target, headers, body);
}

Answer World::send(const Lawful& request, Headers headers) {
    return post(request.role, request.target, request.body.dump(), request.etag, std::move(headers));
}

void World::seal_something() {
    if (sql("SELECT count(*) FROM seal WHERE authority_id = '" + authority_ + "'") != "0") return;
    fresh(nouns::call);
    service_.seal();
}

json World::awarded() {
    const auto application = fresh_in(nouns::application, "approved");
    return get(Role::grants_officer, "/v1/awards/" + application.at("award_id").get<std::string>()).json();
}

json World::fresh(const Noun& noun, const json& more) {
    const auto* route = creating(noun);
    if (route == nullptr && noun.name == nouns::award.name) return awarded();
    if (route == nullptr) throw std::runtime_error("No route and no recipe makes " + std::string{noun.title} + ".");
    auto wanted = body(noun);
    wanted.merge_patch(more);
    // Partners see whom they recorded themselves, staff see all.
    const auto role = noun.personal && route->roles.has(Role::partner) ? Role::partner : one_of(route->roles);
    const bool drafted = noun.field("drafted_by") != nullptr;
    const auto answer = post(role, std::string{route->path}, wanted.dump(), {}, drafted ? drafting() : Headers{});
    if (answer.status != 201) no_recipe("POST " + std::string{route->path} + " " + wanted.dump(), answer);
    auto record = answer.json();
    record.erase("warnings");  // of records made alike from the tables
    return record;
}

const json& World::one(std::string_view noun) {
    if (const auto found = ones_.find(noun); found != ones_.end()) return found->second;
    if (noun.empty())
        throw std::runtime_error("A field that may name any noun needs a recipe in tests/support/recipes.cpp.");
    // Applications go by published terms.
    if (noun == nouns::scheme_version.name) {
        return ones_[std::string{noun}] = fresh_in(nouns::scheme_version, "published");
    }
    return ones_[std::string{noun}] = fresh(nouns::named(noun));
}

std::string csv_of(const std::vector<json>& bodies) {
    std::vector<std::string> rows;
    for (const auto& body : bodies) rows.push_back(body.dump());
    return to_csv(rows);
}

void World::wait_for_job(const std::string& id) {
    // Asked in the database: a token has so many requests a second.
    for (int tries = 0; tries < 200'000; ++tries) {
        if (sql("SELECT ended_at IS NULL FROM job WHERE id = '" + id + "'") == "f") return;
    }
    throw std::runtime_error("the job " + id + " does not end");
}

json World::import_file(Role role, const std::string& target, const std::string& csv, const Headers& headers) {
    auto theirs = headers;
    const auto is_type = [](const auto& one) { return one.first == "Content-Type"; };
    if (std::none_of(headers.begin(), headers.end(), is_type)) theirs.emplace_back("Content-Type", "text/csv");
    auto answer = post(role, "/v1/imports/" + target, csv, {}, theirs);
    if (answer.status >= 300) no_recipe("POST /v1/imports/" + target, answer);
    const auto id = answer.json().at("id").get<std::string>();
    wait_for_job(id);
    return get(role, "/v1/imports/" + id, headers).json();
}

const std::string& World::imported() {
    if (imported_.empty()) {
        // A file that no test sends.
        const auto shop = body(nouns::food_shop);
        imported_ = import_file(Role::partner, "food-shops", csv_of({shop, shop, shop})).at("id").get<std::string>();
    }
    return imported_;
}

std::string World::readable(const Route& route) {
    if (route.path.starts_with("/v1/imports/") || route.path.starts_with("/v1/jobs/"))
        return target_of(route, imported());
    if (const auto* noun = noun_in_path(route)) {
        const auto id = one(noun->name).at("id").get<std::string>();
        return target_of(route, id) + (route.path.ends_with("/restatement") ? "?from=" + id : "");
    }
    if (route.path.ends_with("/wards")) return target_of(route, "new-volunteers");
    if (route.path.ends_with("/bridge")) {
        return target_of(route, "helpline-calls-received") + "?opening=2199-01-01T00:00:00Z";
    }
    if (route.path.find("{code}") != std::string::npos) return target_of(route, "helpline-calls-received");
    if (route.path.find("{type}") != std::string::npos) return target_of(route, "not-found");
    if (route.path == "/v1/names") return route.path + "?ids=" + one("staff").at("id").get<std::string>();
    return route.path + (route.path == "/v1/search" ? "?q=somebody" : "");
}

json World::open_scheme(const json& scheme, const json& terms) {
    auto row = fresh(nouns::scheme, scheme.is_null() ? json::object() : scheme);
    auto version = terms.is_null() ? json::object() : terms;
    version["scheme"] = row.at("code");
    fresh_in(nouns::scheme_version, "published", version);
    return row;
}

Answer World::attempt(const Noun& noun, const json& record, std::string_view event, const json& more) {
    const auto& step = step_making(noun, event);
    const auto& route = stepping(noun, step);
    auto wanted = body(noun, step, event);
    wanted.merge_patch(more);
    return post(one_of(route.roles), target_of(route, record.at("id")), wanted.dump(), etag_of(record));
}

json World::take(const Noun& noun, const json& record, std::string_view event, const json& more) {
    const auto answer = attempt(noun, record, event, more);
    if (answer.status != 200) no_recipe("the move '" + std::string{event} + "' of " + std::string{noun.title}, answer);
    return answer.json();
}

Answer World::post_correction(const Noun& noun, const json& record, const json& body) {
    const auto* route = correcting(noun);
    return post(one_of(route->roles), target_of(*route, record.at("id")), body.dump(), etag_of(record));
}

Answer World::correct(const Noun& noun, const json& record, const json& changes) {
    return post_correction(noun, record, {{"reason", "It was heard wrongly."}, {"changes", changes}});
}

Answer World::make_void(const Noun& noun, const json& record) {
    return post_correction(noun, record, {{"reason", "It never happened."}, {"void", true}});
}

json World::fresh_in(const Noun& noun, std::string_view state, const json& more) {
    auto record = fresh(noun, more);
    for (const auto event : way_to(noun, state)) record = take(noun, record, event);
    return record;
}

Lawful World::lawful(const Route& route) {
    const auto& noun = *route.noun;
    Lawful out{.role = one_of(route.roles), .target = std::string{route.path}, .body = {}};
    if (creates(route)) {
        out.body = body(noun);
        return out;
    }
    json record;
    if (corrects(route)) {
        record = fresh(noun);
        out.body = correction(noun);
    } else {
        const auto& step = *route.step;
        const auto event = events(step).front();
        const auto move =
            std::find_if(noun.moves.begin(), noun.moves.end(), [&](const Move& m) { return m.event == event; });
        if (move == noun.moves.end())
            throw std::runtime_error("No move of " + std::string{noun.name} + " is " + std::string{event});
        record = fresh_in(noun, move->from);
        out.body = body(noun, step, event);
    }
    out.id = record.at("id");
    out.target = target_of(route, out.id);
    out.etag = etag_of(record);
    return out;
}

const Lawful& World::unspent(const Route& route) {
    const auto found = unspent_.find(&route);
    return found != unspent_.end() ? found->second : unspent_.emplace(&route, lawful(route)).first->second;
}

std::string World::sql(const std::string& statement) {
    const auto found = owner_.run(statement);
    return found.empty() || found[0][0].is_null() ? std::string{} : found[0][0].as<std::string>();
}

std::string World::stored() {
    static const auto statement = [] {
        std::string out = "SELECT concat_ws(' '";
        for (const auto* table : {"idempotency", "audit", "entry", "merge_link"}) {
            out += std::string{", (SELECT '"} + table + " ' || count(*) FROM " + table + ")";
        }
        for (const auto* noun : nouns::all()) {
            const std::string name{noun->name};
            out += ", (SELECT '" + name + " ' || count(*) || '/' || coalesce(sum(version), 0) FROM " + name + ")";
        }
        return out + ")";
    }();
    return sql(statement);
}

World& shared_world() {
    // Two workers prepare each statement twice, and that takes longer than all else.
    static Service service{{"--workers", "2"}};
    static World world{service};
    return world;
}

std::vector<Naming> naming(const Noun& other, Role role) {
    std::vector<Naming> out;
    for (const auto* noun : nouns::all()) {
        const auto* route = creating(*noun);
        if (route == nullptr || !route->roles.has(role)) continue;
        for (const auto& field : noun->fields) {
            if (!field.derived && field.kind == Kind::id && field.refers == other.name) {
                out.push_back({noun, route, &field});
            }
        }
    }
    return out;
}

std::vector<Place> places(const Route& route) {
    std::vector<Place> out;
    if (creates(route)) add_places(route.noun->fields, {}, false, out);
    if (steps(route)) add_places(route.step->fields, {}, false, out);
    if (corrects(route)) {
        add_places(resources::correction_fields(*route.noun), {}, false, out);
        add_places(route.noun->fields, "/changes", true, out);
    }
    return out;
}

json with(World& world, const json& body, const Place& place, const json& value) {
    auto out = with_row(world, body, place);
    out[json::json_pointer{place.pointer}] = value;
    return out;
}

json without(World& world, const json& body, const Place& place) {
    auto out = with_row(world, body, place);
    const json::json_pointer pointer{place.pointer};
    out[pointer.parent_pointer()].erase(pointer.back());
    return out;
}

Answer merge(World& world, const json& from_id, const json& into_id, const std::string& kind, Role role) {
    const json body{{"kind", kind}, {"from_id", from_id}, {"into_id", into_id}, {"reason", "same birthday, same door"}};
    return world.post(role, "/v1/merges", body.dump());
}

std::string outcome(const Answer& answer) {
    const auto status = std::to_string(answer.status);
    const auto slug = answer.problem();
    if (slug.empty()) return status;
    const auto problem = answer.json();
    const bool shaped = problem.at("type") == "/problems/" + slug && problem.at("status") == answer.status &&
                        problem.at("title") == problem_type(slug).title &&
                        !problem.at("detail").get<std::string>().empty() &&
                        problem.at("instance") == answer.header("x-request-id");
    return status + " " + slug + (shaped ? "" : " (not shaped as a problem: " + answer.body + ")");
}

std::int64_t how_many(const std::vector<Answer>& answers, const std::string& wanted) {
    return std::count_if(answers.begin(), answers.end(),
                         [&](const Answer& answer) { return outcome(answer) == wanted; });
}

std::string fault_at(const Answer& answer, const std::string& pointer) {
    std::string out;
    if (answer.problem().empty()) return out;
    const auto problem = answer.json();
    if (!problem.contains("errors")) return out;
    for (const auto& fault : problem.at("errors")) {
        if (fault.at("pointer") != pointer) continue;
        out += (out.empty() ? "" : ",") + fault.at("code").get<std::string>();
        if (fault.at("detail").get<std::string>().empty()) out += " (without a word)";
    }
    return out;
}

}  // namespace tideover::testing
