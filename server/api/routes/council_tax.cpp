// Who may do what with accounts, funds and postings.
#include "domain/council_tax/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::council_tax_account,
     .record = finance,
     .list = finance | auditor,
     .read = finance | auditor,
     .correct = finance},
    {.noun = &nouns::council_tax_fund,
     .record = admin,
     .list = all,
     .read = all,
     .correct = admin},
    {.noun = &nouns::council_tax_posting,
     .record = finance,
     .list = finance | auditor,
     .read = finance | auditor,
     .correct = finance},
};
// clang-format on

}  // namespace

extern const Room council_tax_room;
const Room council_tax_room{.nouns = nouns_here};

}  // namespace tideover::rooms
