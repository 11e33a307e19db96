// What comes back must have been issued, by the same hub; a correction of it moves the issue's sum by the difference.
#include "domain/aid/ppe_movement.hpp"

#include "db/aid/deliveries.hpp"
#include "db/records/running_sum.hpp"
#include "domain/aid/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::ppe_movement_table::fields};

void takes_back_issue(const Proposals& movements) {
    const auto returns = movements.where([](const Proposal& one) { return one.after.has(its["issue_id"]); });
    if (returns.empty()) return;
    const auto kinds = db::aid::hold_movement_kinds(returns.tx, returns.after());
    for (std::size_t i = 0; i < returns.size(); ++i) {
        if (!kinds[i]) {
            returns[i].unknown(its["issue_id"]);
        } else if (*kinds[i] != "issue") {
            returns[i].fault(its["issue_id"], "not_the_same", "It names no issue.");
        }
    }
}

void issue_follows(const Proposals& movements) {
    const auto units = [](const Record& movement) { return movement.voided ? 0 : movement.number(its["units"]); };
    for (const auto* movement : movements) {
        const auto& before = *movement->before;
        const auto more = units(movement->after) - units(before);
        if (!before.has(its["issue_id"]) || more == 0) continue;
        db::records::add_to_running_sum(movements.tx, {"ppe_movement", "taken_back_units", "id"},
                                        before.text(its["issue_id"]), more, "take_back");
    }
}

}  // namespace

extern const Rules ppe_movement_rules;
constinit const Rules ppe_movement_rules{
    .noun = &nouns::ppe_movement,
    .record = {takes_back_issue},
    .correct = {issue_follows},
};

}  // namespace tideover::casework
