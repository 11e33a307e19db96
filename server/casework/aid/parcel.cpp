// The attempts at a parcel follow one another, and its end is not before the last one that found nobody.
#include "domain/aid/parcel.hpp"

#include "db/aid/deliveries.hpp"
#include "domain/aid/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::parcel_table::fields}, attempted{nouns::parcel_table::attempt_fields};

void after_last_attempt(const Proposals& parcels) {
    const auto live = parcels.where([](const Proposal& one) { return !one.after.voided; });
    if (live.empty()) return;
    const auto last = db::aid::last_attempts(live.tx, live.after());
    for (std::size_t i = 0; i < live.size(); ++i) {
        if (!last[i]) continue;
        for (const auto day : {attempted["attempted_on"], its["delivered_on"], its["failed_on"]}) {
            const auto* body = live[i].said;
            const auto& said = body != nullptr && body->knows(day) && body->has(day) ? *body : live[i].after;
            if (said.knows(day) && said.has(day) && said.text(day) < *last[i]) {
                live[i].refuse(Refusal::too_early, "The last attempt was on " + *last[i] + ".");
            }
        }
    }
}

}  // namespace

extern const Rules parcel_rules;
constinit const Rules parcel_rules{
    .noun = &nouns::parcel,
    .steps = {{"delivered", {after_last_attempt}},
              {"left_safe", {after_last_attempt}},
              {"no_answer", {after_last_attempt}},
              {"refused", {after_last_attempt}},
              {"wrong_address", {after_last_attempt}},
              {"fail", {after_last_attempt}}},
    .correct = {after_last_attempt},
};

}  // namespace tideover::casework
