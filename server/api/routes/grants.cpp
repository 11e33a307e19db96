// Who may do what with schemes and their terms, applications, awards.
#include "domain/grants/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::scheme,
     .record = admin,
     .list = all,
     .read = all,
     .correct = admin},
    {.noun = &nouns::scheme_version,
     .record = admin,
     .list = all,
     .read = all,
     .correct = admin,
     .steps = {{"publications", admin},
               {"closures",     admin}}},
    {.noun = &nouns::application,
     .record = officer,
     .list = grants | finance | auditor,
     .read = grants | finance | auditor,
     .correct = officer,
     .steps = {{"assessments", grants},
               {"decisions",   approver},
               {"withdrawals", officer}}},
    {.noun = &nouns::award,
     .list = grants | finance | auditor,
     .read = grants | finance | auditor,
     .correct = approver,
     .steps = {{"cancellations", approver}}},
};
// clang-format on

}  // namespace

extern const Room grants_room;
const Room grants_room{.nouns = nouns_here};

}  // namespace tideover::rooms
