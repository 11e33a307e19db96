// Who may do what with PPE, vouchers, parcels, food shops, devices.
#include "domain/aid/nouns.hpp"
#include "server/api/routes/rooms.hpp"

namespace tideover::rooms {
namespace {

using namespace roles;

// clang-format off
constexpr NounRoutes nouns_here[] = {
    {.noun = &nouns::ppe_item,
     .record = admin,
     .list = all,
     .read = all,
     .correct = admin},
    {.noun = &nouns::ppe_movement,
     .record = partner,
     .list = staff | partner | auditor,
     .read = staff | partner | auditor,
     .correct = partner},
    {.noun = &nouns::voucher,
     .record = officer | partner,
     .list = helpline | officer | partner | auditor,
     .read = helpline | officer | partner | auditor,
     .correct = officer | partner,
     .steps = {{"sends",         officer | partner},
               {"bounces",       officer | partner},
               {"failures",      officer | partner},
               {"redemptions",   officer | partner},
               {"expiries",      officer | partner},
               {"cancellations", officer | partner},
               {"reissues",      officer | partner}}},
    {.noun = &nouns::parcel,
     .record = helpline,
     .list = helpline | partner | auditor,
     .read = helpline | partner | auditor,
     .correct = helpline,
     .steps = {{"attempts",     helpline | partner},
               {"failures",     helpline | partner},
               {"replacements", helpline}}},
    {.noun = &nouns::food_shop,
     .record = helpline | partner,
     .list = helpline | partner | auditor,
     .read = helpline | partner | auditor,
     .correct = helpline | partner,
     .steps = {{"completions", helpline | partner},
               {"failures",    helpline | partner}}},
    {.noun = &nouns::device,
     .record = partner | admin,
     .list = staff | partner | auditor,
     .read = staff | partner | auditor,
     .correct = partner | admin,
     .steps = {{"handovers", partner | admin},
               {"returns",   partner | admin}}},
};
// clang-format on

}  // namespace

extern const Room aid_room;
const Room aid_room{.nouns = nouns_here};

}  // namespace tideover::rooms
