// Who may do what with payments.
#include "domain/finance/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::payment,
     .record = finance,
     .list = grants | finance | auditor,
     .read = grants | finance | auditor,
     .correct = finance,
     .steps = {{"settlements", finance},
               {"rejections",  finance},
               {"returns",     finance}}},
};
// clang-format on

}  // namespace

extern const Room finance_room;
const Room finance_room{.nouns = nouns_here};

}  // namespace tideover::rooms
