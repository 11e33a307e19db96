// An award holds money of its scheme until it is cancelled; one that is paid cannot be.
#include "domain/grants/award.hpp"

#include <map>

#include "db/grants/awards.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "server/casework/grants/shared.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::award_table::fields};

void not_paid(const Proposals& awards) {
    const auto paid = db::grants::live_payments(awards.tx, awards.after());
    for (std::size_t i = 0; i < awards.size(); ++i) {
        if (paid[i]) awards[i].refuse(Refusal::already_paid, {}, {{nouns::payment.name, *paid[i]}});
    }
}

void release_allocation(const Proposals& awards) {
    std::map<std::string, std::int64_t> released;
    for (const auto* award : awards) {
        released[std::string{award->after.text(its["scheme"])}] += award->after.number(its["amount_pence"]);
    }
    for (const auto& [scheme, pence] : released) grants::commit_allocation(awards.tx, scheme, -pence);
}

/// Cancelling gives the money back; being void would not.
void void_when_cancelled(const Proposals& awards) {
    for (auto* award : awards) {
        if (award->after.voided && award->before->state == "awarded") {
            award->refuse(Refusal::wrong_state, "It is awarded: cancel it, which gives its money back.");
        }
    }
}

}  // namespace

extern const Rules award_rules;
constinit const Rules award_rules{
    .noun = &nouns::award,
    .steps = {{"cancel", {not_paid, release_allocation}}},
    .correct = {void_when_cancelled},
};

}  // namespace tideover::casework
