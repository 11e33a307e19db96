// A session is a child of its token: it does what that may, and ends with it.
#include "server/api/resources/sessions.hpp"

#include <nlohmann/json.hpp>

#include "db/access/sessions.hpp"
#include "db/core/ids.hpp"
#include "server/api/problem.hpp"
#include "server/formats/json.hpp"
#include "server/formats/record_json.hpp"
#include "server/http/session_cookie.hpp"

namespace tideover::resources {
namespace {

using Json = nlohmann::ordered_json;
namespace sessions = db::sessions;

std::string hash_of(const std::string& secret) {
    return db::ids::sha256_hex(secret);
}

/// Who it is, and under which session, if under one.
std::string told(db::Database& database, const db::Principal& who, const std::string& secret) {
    const auto known = sessions::told(database, who, secret.empty() ? std::string{} : hash_of(secret));
    Json out{{"staff", {{"id", who.staff_id}, {"name", known.staff}}},
             {"role", name_of(who.role)},
             {"partner", who.partner.empty() ? Json{} : Json(who.partner)},
             {"authority", {{"id", who.authority}, {"name", known.authority}}},
             {"session", nullptr}};
    if (!secret.empty())
        out["session"] = {{"made_at", known.made_at}, {"ends_at", known.ends_at}, {"idle_at", known.idle_at}};
    return out.dump();
}

}  // namespace

Response begin_session(Call& call) {
    auto said = decode(call.route.shape.body, read_object(call.request.body), Reading::whole, call.now);
    if (!said.faults.empty()) throw Problem{"invalid-fields", {}, std::move(said.faults)};
    const auto secret = db::ids::fresh_token();
    const auto token = std::string{said.record.text(by_name("token"))};
    const auto begun = sessions::begin(call.database, hash_of(token), hash_of(secret));
    if (!begun) throw Problem{"unauthenticated", "The token does not hold: ask an administrator for a new one."};
    if (begun->demo && !call.config.loopback) {
        sessions::end(call.database, hash_of(secret));
        throw Problem{"demo-token"};
    }
    if (!call.request.session.empty()) sessions::end(call.database, hash_of(call.request.session));
    return {.status = 201,
            .body = told(call.database, begun->principal, secret),
            .headers = {{"Set-Cookie", session_cookie(secret)}, {"Location", "/v1/session"}}};
}

Response session(Call& call) {
    return {.body = told(call.database, call.principal, call.request.session)};
}

Response end_session(Call& call) {
    if (call.request.session.empty())
        throw Problem{"wrong-state", "There is no session: a token ends when an administrator revokes it."};
    sessions::end(call.database, hash_of(call.request.session));
    return {.status = 204,
            .headers = {{"Set-Cookie", no_session_cookie()}, {"Clear-Site-Data", "\"cache\", \"storage\""}}};
}

}  // namespace tideover::resources
