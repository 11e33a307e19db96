// Who may do what with people, households, businesses and organisations, and the merges of those that are one.
#include "domain/parties/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::ward_postcode,
     .record = admin,
     .list = all,
     .read = all,
     .correct = admin},
    {.noun = &nouns::organisation,
     .record = staff,
     .list = all,
     .read = all,
     .correct = staff},
    {.noun = &nouns::household,
     .record = staff | partner,
     .list = staff | partner | auditor,
     .read = staff | partner | auditor,
     .correct = staff | partner},
    {.noun = &nouns::person,
     .record = staff | partner,
     .list = helpline | partner | auditor | admin,
     .read = helpline | partner | auditor | admin,
     .correct = helpline | partner | admin},
    {.noun = &nouns::business,
     .record = staff,
     .list = staff | auditor,
     .read = staff | auditor,
     .correct = staff},
    {.noun = &nouns::premises,
     .record = staff,
     .list = staff | auditor,
     .read = staff | auditor,
     .correct = staff},
    {.noun = &nouns::merge,
     .record = staff,
     .list = staff | auditor,
     .read = staff | auditor,
     .steps = {{"reversals", staff}}},
};
// clang-format on

}  // namespace

extern const Room parties_room;
const Room parties_room{.nouns = nouns_here};

}  // namespace tideover::rooms
