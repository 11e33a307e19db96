// A reversal takes back a credit, where and in the year in which that counted; what it takes back stands until then.
#include "domain/council_tax/council_tax_posting.hpp"

#include "db/council_tax/reversals.hpp"
#include "domain/council_tax/nouns.hpp"
#include "server/casework/rules.hpp"

namespace tideover::casework {
namespace {

constexpr Fields its{nouns::council_tax_posting_table::fields};

/// A new award says whether there was an application for it.
void award_has_basis(const Proposals& postings) {
    for (auto* posting : postings) {
        if (posting->after.text(its["kind"]) == "award" && !posting->after.has(its["basis"])) {
            posting->fault(its["basis"], "required", "Say of an award: automatic or application.");
        }
    }
}

void takes_back_credit(const Proposals& postings) {
    const auto reversals = postings.where([](const Proposal& one) { return one.after.has(its["reverses_id"]); });
    if (reversals.empty()) return;
    auto found = db::council_tax::hold_taken_back(reversals.tx, reversals.after());
    for (std::size_t i = 0; i < reversals.size(); ++i) {
        auto& reversal = reversals[i];
        if (!found[i]) {
            reversal.unknown(its["reverses_id"]);
        } else if (!found[i]->is_credit) {
            reversal.fault(its["reverses_id"], "not_a_credit", "Only an award or an increase can be reversed.");
        } else {
            reversal.after.set(its["ward"], std::move(found[i]->ward));
            reversal.after.set(its["financial_year"], std::move(found[i]->financial_year));
        }
    }
}

void still_takes_back_credit(const Proposals& postings) {
    const auto other = postings.where([](const Proposal& one) {
        return !one.after.voided && (one.before->voided || !one.unchanged(its["reverses_id"]));
    });
    if (!other.empty()) takes_back_credit(other);
}

/// A reversal takes a posting back as it stands.
void not_reversed(const Proposals& postings) {
    const auto moved =
        postings.where([](const Proposal& one) { return one.after.voided || !one.unchanged(its["credit_pence"]); });
    if (moved.empty()) return;
    const auto reversed = db::council_tax::reversals_of(moved.tx, moved.after());
    for (std::size_t i = 0; i < moved.size(); ++i) {
        if (!reversed[i]) continue;
        moved[i].refuse(Refusal::already_reversed,
                        "A reversal takes this posting back as it stands: void the reversal first.",
                        {{nouns::council_tax_posting.name, *reversed[i]}});
    }
}

}  // namespace

extern const Rules council_tax_posting_rules;
constinit const Rules council_tax_posting_rules{
    .noun = &nouns::council_tax_posting,
    .record = {award_has_basis, takes_back_credit},
    .correct = {still_takes_back_credit, not_reversed},
};

}  // namespace tideover::casework
