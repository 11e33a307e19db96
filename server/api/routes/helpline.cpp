// Who may do what with calls.
#include "domain/helpline/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::call,
     .record = helpline,
     .list = helpline | auditor,
     .read = helpline | auditor,
     .correct = helpline},
};
// clang-format on

}  // namespace

extern const Room helpline_room;
const Room helpline_room{.nouns = nouns_here};

}  // namespace tideover::rooms
