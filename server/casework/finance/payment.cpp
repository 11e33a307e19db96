// A payment is of a live award that nothing for the same was paid before, to the payee's bank details as they stand on
// the application, within the scheme's days, and not released by whoever gave those details.
#include "domain/finance/payment.hpp"

#include "db/grants/awards.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::payment_table::fields};

void refuse_too_late(Proposal& payment, const std::string& last) {
    payment.refuse(Refusal::last_payment_day, "The scheme could be paid until " + last + ".");
}

/// Why the award cannot be paid, by what it is itself.
void check_payable(Proposal& payment, const std::optional<db::grants::Payable>& found, bool own_details) {
    if (!found) return payment.unknown(its["award_id"]);
    if (own_details) return payment.refuse(Refusal::own_bank_details);
    if (found->state != "awarded") return payment.refuse(Refusal::wrong_state, "The award is " + found->state + ".");
    const auto& last = found->last_payment_on;
    if (last && payment.after.text(its["instructed_on"]) > *last) refuse_too_late(payment, *last);
}

void pay_award(const Proposals& payments) {
    auto& tx = payments.tx;
    auto found = db::grants::hold_payable(tx, payments.after());
    db::Params applications;
    db::records::Records awards;
    for (const auto& one : found) applications.push_back(one ? std::optional{one->application} : std::nullopt);
    const auto own = db::grants::gave_bank_details(tx, applications, payments.actor().staff);
    for (std::size_t i = 0; i < payments.size(); ++i) {
        check_payable(payments[i], found[i], own[i]);
        if (!payments[i].objection) awards.push_back(&found[i]->award);
    }
    if (awards.empty()) return;
    const auto rivals = db::grants::rivals_of(tx, awards, true);
    std::size_t asked = 0;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        if (payments[i].objection) continue;
        if (const auto& rival = rivals[asked++]) {
            payments[i].refuse(Refusal::already_paid, "Award " + rival->reference + ", for the same, is paid.",
                               {{nouns::award.name, rival->id}});
            continue;
        }
        auto& after = payments[i].after;
        after.set(its["payee.name"], std::move(found[i]->payee_name));
        after.set(its["payee.sort_code"], std::move(found[i]->payee_sort_code));
        after.set(its["payee.account_number"], std::move(found[i]->payee_account_number));
    }
}

/// A corrected payment was still made within the scheme's days; one that is reinstated stands by what any payment must,
/// and keeps the details that it was made with.
void still_payable(const Proposals& payments) {
    const auto live = payments.where([](const Proposal& one) { return !one.after.voided; });
    std::vector<Proposal> again;
    std::vector<Proposal*> reinstated;
    const auto back = live.where([](const Proposal& one) { return one.before->voided; });
    again.reserve(back.size());
    for (const auto* one : back) reinstated.push_back(&again.emplace_back(*one));
    if (!reinstated.empty()) pay_award({payments.tx, reinstated});
    for (std::size_t i = 0; i < back.size(); ++i) back[i].objection = again[i].objection;
    const auto moved =
        live.where([](const Proposal& one) { return !one.before->voided && !one.unchanged(its["instructed_on"]); });
    if (moved.empty()) return;
    const auto last = db::grants::last_payment_before(moved.tx, moved.after());
    for (std::size_t i = 0; i < moved.size(); ++i) {
        if (last[i]) refuse_too_late(moved[i], *last[i]);
    }
}

}  // namespace

extern const Rules payment_rules;
constinit const Rules payment_rules{
    .noun = &nouns::payment,
    .record = {pay_award},
    .correct = {still_payable},
};

}  // namespace tideover::casework
