// Who may do what with mutual aid groups, volunteers, funding that groups secured.
#include "domain/community/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::external_funding,
     .record = officer,
     .list = grants | finance | auditor,
     .read = grants | finance | auditor,
     .correct = officer},
    {.noun = &nouns::mutual_aid_group,
     .record = helpline | partner,
     .list = all,
     .read = all,
     .correct = helpline | partner,
     .steps = {{"confirmations", helpline | partner},
               {"closures",      helpline | partner}}},
    {.noun = &nouns::volunteer,
     .record = helpline | partner,
     .list = helpline | partner | auditor,
     .read = helpline | partner | auditor,
     .correct = helpline | partner,
     .steps = {{"departures", helpline | partner}}},
};
// clang-format on

}  // namespace

extern const Room community_room;
const Room community_room{.nouns = nouns_here};

}  // namespace tideover::rooms
