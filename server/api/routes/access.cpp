// Who may do what with staff and their tokens.
#include "domain/access/nouns.hpp"
#include "server/api/resources/sessions.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;
using enum Action;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::staff,
     .record = admin,
     .list = admin | auditor,
     .read = admin | auditor,
     .correct = admin,
     .steps = {{"departures", admin},
               {"returns",    admin}}},
    {.noun = &nouns::api_token,
     .record = admin,
     .list = admin | auditor,
     .read = admin | auditor,
     .steps = {{"role-changes", admin},
               {"revocations",  admin}}},
};

constexpr OtherRoute reads_here[] = {
    {act, "/v1/sessions", everyone, resources::begin_session,
     "Sign in, in a browser: a cookie stands for the token until one signs out, for ten hours at most, and for thirty minutes in which nothing is asked",
     {.schema = "Session", .body = resources::sign_in_fields, .status = 201, .keyless = true}, false, nullptr, Verb::post},
    {report, "/v1/session", all, resources::session, "Who it is that asks, and for how long they are signed in", {.schema = "Session"}},
    {act, "/v1/session", all, resources::end_session, "Sign out", {.status = 204, .keyless = true}, false, nullptr, Verb::remove},
};
// clang-format on

}  // namespace

extern const Room access_room;
const Room access_room{.nouns = nouns_here, .reads = reads_here};

}  // namespace tideover::rooms
