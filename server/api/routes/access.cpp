// Who may do what with staff and their tokens.
#include "domain/access/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

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
// clang-format on

}  // namespace

extern const Room access_room;
const Room access_room{.nouns = nouns_here};

}  // namespace tideover::rooms
