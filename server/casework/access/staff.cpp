// Every token of theirs ends with them.
#include "db/access/staff.hpp"

#include "domain/access/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

void shut_out(const Proposals& staff) {
    for (const auto* one : staff) {
        const auto& after = one->after;
        if (after.state == "employed" && !after.voided) continue;
        db::access::revoke_all(staff.tx, after.id, after.voided ? "recorded by mistake" : "left");
    }
}

}  // namespace

extern const Rules staff_rules;
constinit const Rules staff_rules{
    .noun = &nouns::staff,
    .steps = {{"leave", {shut_out}}},
    .correct = {shut_out},
};

}  // namespace tideover::casework
