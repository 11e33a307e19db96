// The rules across records: one function a rule, one row a rule at the end.
#include "server/api/resources/rules.hpp"

#include <array>

#include "db/access/staff.hpp"
#include "db/aid/deliveries.hpp"
#include "db/core/ids.hpp"
#include "db/council_tax/reversals.hpp"
#include "db/grants/awards.hpp"
#include "db/parties/merges.hpp"
#include "db/records/records.hpp"
#include "db/records/references.hpp"
#include "db/records/running_sum.hpp"
#include "domain/core/reference.hpp"
#include "domain/nouns.hpp"
#include "server/api/problem.hpp"
#include "server/api/resources/publications.hpp"
#include "server/api/resources/schemes.hpp"

namespace tideover::rules {
namespace {

using db::Tx;

[[noreturn]] void unknown_reference(std::string_view field) {
    throw Problem{"invalid-fields", {}, {{"/" + std::string{field}, "unknown_reference", "There is no such record."}}};
}

/// Whoever said last where the money goes does not send it there.
void refuse_own_bank_details(Tx& tx, const std::string& application, const Actor& actor) {
    if (db::grants::gave_bank_details(tx, application, actor.staff))
        throw Problem{Refused{Refusal::own_bank_details, {}}};
}

/// Awards for the same that stand in the way of a record's: refuses, and names the first. `paid`: only those that are
/// paid.
void refuse_rivals(Tx& tx, const Record& made, bool paid) {
    const auto rival = db::grants::rival_of(tx, made, paid);
    if (!rival) return;
    if (paid) throw Problem{Refused{Refusal::already_paid, "Award " + rival->reference + ", for the same, is paid."}};
    throw Problem{rival->excludes ? "excluded-by-award" : "already-awarded",
                  "Award " + rival->reference + " stands. A wrong one has to be cancelled first."};
}

/// Premises are claimed for by the business that they belong to, whatever it was merged with.
void refuse_others_premises(Tx& tx, const Record& application) {
    if (!application.has("premises_id")) return;
    // What is not there, or void, is another rule's to say.
    if (db::grants::premises_are_theirs(tx, application).value_or(true)) return;
    throw Problem{"invalid-fields", {}, {{"/premises_id", "not_theirs", "These premises belong to another business."}}};
}

/// A payment takes the payee's bank details as they stand on the application, from a live award. Whoever gave them does
/// not release the money.
void payee_of_award(Tx& tx, Record& payment, const Actor& actor) {
    auto found = db::grants::hold_payable(tx, payment.text("award_id"));
    if (!found) unknown_reference("award_id");
    refuse_own_bank_details(tx, found->application, actor);
    if (found->state != "awarded") throw Problem{Refused{Refusal::wrong_state, "The award is " + found->state + "."}};
    if (const auto& last = found->last_payment_on; last && payment.text("instructed_on") > *last) {
        throw Problem{Refused{Refusal::last_payment_day, "The scheme could be paid until " + *last + "."}};
    }
    refuse_rivals(tx, found->award, true);
    payment.set("payee.name", std::move(found->payee_name));
    payment.set("payee.sort_code", std::move(found->payee_sort_code));
    payment.set("payee.account_number", std::move(found->payee_account_number));
}

/// A reversal takes back a credit, and counts where and in which year that counted.
void reversal_matches(Tx& tx, Record& posting, const Actor&) {
    if (!posting.has("reverses_id")) return;
    auto found = db::council_tax::hold_taken_back(tx, posting.text("reverses_id"));
    if (!found) unknown_reference("reverses_id");
    if (!found->is_credit) {
        throw Problem{
            "invalid-fields", {}, {{"/reverses_id", "not_a_credit", "Only an award or an increase can be reversed."}}};
    }
    posting.set("ward", std::move(found->ward));
    posting.set("financial_year", std::move(found->financial_year));
}

/// A new award says whether there was an application for it.
void posting_matches(Tx& tx, Record& posting, const Actor& actor) {
    if (posting.text("kind") == "award" && !posting.has("basis")) {
        throw Problem{"invalid-fields", {}, {{"/basis", "required", "Say of an award: automatic or application."}}};
    }
    reversal_matches(tx, posting, actor);
}

/// A corrected posting is still a credit where a reversal takes it back, and takes back a credit where it is a
/// reversal.
void reversal_still_matches(Tx& tx, const Record& before, Record& after, const Record&, const Actor& actor) {
    if (!after.voided && (before.voided || before.at("reverses_id") != after.at("reverses_id"))) {
        reversal_matches(tx, after, actor);
    }
    if (!after.voided && before.at("credit_pence") == after.at("credit_pence")) return;
    if (!db::council_tax::is_reversed(tx, before.id)) return;
    throw Problem{"already-reversed", "A reversal takes this posting back as it stands: void the reversal first."};
}

/// What comes back must have been issued, by the same hub.
void return_matches(Tx& tx, Record& movement, const Actor&) {
    if (!movement.has("issue_id")) return;
    const auto kind = db::aid::hold_movement_kind(tx, movement.text("issue_id"), movement.text("hub"));
    if (!kind) unknown_reference("issue_id");
    if (*kind != "issue") throw Problem{"invalid-fields", {}, {{"/issue_id", "not_the_same", "It names no issue."}}};
}

/// Units that came back are taken from the issue; a correction moves the difference.
void keep_issue_in_step(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    if (!before.has("issue_id")) return;
    const auto units = [](const Record& m) { return m.voided ? 0 : m.number("units"); };
    const auto more = units(after) - units(before);
    if (more == 0) return;
    db::records::add_to_running_sum(tx, {"ppe_movement", "taken_back_units", "id"}, before.text("issue_id"), more,
                                    "take_back");
}

/// Both parties exist, and are not one already; a merge goes to the record that the other is counted as. One merge at a
/// time, so that no two can close a circle.
void parties_differ(Tx& tx, Record& merge, const Actor&) {
    db::parties::hold_merges(tx);
    const auto& kind = nouns::named(merge.text("kind"));
    for (const auto* side : {"from_id", "into_id"}) {
        const std::string id{merge.text(side)};
        if (!db::records::is_there(tx, kind, id) || !db::records::is_seen(tx, kind, id)) unknown_reference(side);
    }
    const auto roots = db::parties::roots_of(tx, merge);
    if (roots.from == roots.into) throw Problem{Refused{Refusal::already_merged, {}}};
    if (roots.too_many) {
        throw Problem{Refused{Refusal::already_merged,
                              "Too many merges in a row lead to it: reverse some of them, and "
                              "merge those records into this one directly."}};
    }
    merge.set("into_id", roots.into);
}

void unlink(Tx& tx, const Record& before, Record&, const Record&, const Actor&) {
    db::parties::unlink(tx, before);
}

/// Adds to what the scheme has committed; its constraint refuses more than the allocation. Last, because every decision
/// on the scheme waits for this row.
void commit_allocation(Tx& tx, std::string_view scheme, std::int64_t pence) {
    tx.last([scheme = std::string{scheme}, pence](Tx& at_last) {
        db::records::add_to_running_sum(at_last, {"scheme", "committed_pence", "code"}, scheme, pence,
                                        pence < 0 ? "release" : "commit");
    });
}

/// Approval makes the award and commits the money, in the transaction of the decision.
void make_award(Tx& tx, const Record& before, Record& after, const Record& body, const Actor& actor) {
    refuse_own_bank_details(tx, before.id, actor);
    Record award{nouns::award.fields};
    award.id = db::ids::fresh();
    award.set("application_id", before.id);
    for (const auto* same : {"scheme", "scheme_version_id", "period", "band", "business_id", "organisation_id",
                             "person_id", "premises_id", "amount_pence"}) {
        award.set(same, before.at(same));
    }
    refuse_others_premises(tx, before);
    refuse_rivals(tx, award, false);
    award.set("awarded_on", body.at("decided_on"));
    award.set("ward", db::grants::ward_of(tx, before));
    commit_allocation(tx, before.text("scheme"), before.number("amount_pence"));
    db::records::create(tx, nouns::award, award, make_reference(nouns::award.prefix, db::ids::random_bits()), {});
    after.set("award_id", award.id);
}

/// An application is one that its scheme takes, and for premises of its own.
void take_in(Tx& tx, Record& application, const Actor& actor) {
    schemes::take_in(tx, application, actor);
    refuse_others_premises(tx, application);
}

/// A corrected application is still one that its scheme takes.
void still_in_scheme(Tx& tx, const Record& before, Record& after, const Record&, const Actor& actor) {
    if (after.voided) return;
    const auto same = [&](std::string_view name) { return before.at(name) == after.at(name); };
    if (!before.voided && same("received_on") && same("declarations") && same("business_id") &&
        same("organisation_id") && same("person_id") && same("premises_id")) {
        return;
    }
    if (before.has("decided_on")) {
        throw Problem{Refused{Refusal::wrong_state,
                              "It was decided as it stood, so who applied, for which premises, what they declared and "
                              "when cannot change any more."}};
    }
    take_in(tx, after, actor);
}

/// A cancelled award gives its money back; one that is paid cannot be cancelled.
void release_award(Tx& tx, const Record& before, Record&, const Record&, const Actor&) {
    if (db::grants::is_paid(tx, before.id)) throw Problem{Refused{Refusal::already_paid, {}}};
    commit_allocation(tx, before.text("scheme"), -before.number("amount_pence"));
}

/// Role partner works for an organisation, and no other role does.
void partner_goes_with_role(Tx& tx, const Record& token) {
    const bool partner = token.text("role") == "partner";
    if (partner != token.has("partner")) {
        throw Problem{
            "invalid-fields",
            {},
            {{"/partner", partner ? "required" : "not_taken", "Role partner needs it, and no other takes it."}}};
    }
    if (partner && !db::access::partner_exists(tx, token)) unknown_reference("partner");
}

/// Holds the person, so that nobody gets a token while they leave.
void for_somebody_employed(Tx& tx, Record& token, const Actor&) {
    const auto found = db::access::hold_staff(tx, token);
    if (!found) unknown_reference("staff_id");
    if (found->state != "employed" || found->voided) throw Problem{"has-left"};
    partner_goes_with_role(tx, token);
}

void change_role(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    if (before.at("role") == after.at("role") && before.at("partner") == after.at("partner")) {
        throw Problem{Refused{Refusal::nothing_changed, {}}};
    }
    partner_goes_with_role(tx, after);
    db::access::hold_token(tx, before.id);
}

void revoke_token(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    db::access::hold_token(tx, before.id);
    after.set("revoked_at", tx.at());
}

/// Every token of theirs ends with them.
void shut_out(Tx& tx, const Record& before, Record& after, const Record&, const Actor&) {
    if (after.state == "employed" && !after.voided) return;
    db::access::revoke_all(tx, before.id, after.voided ? "recorded by mistake" : "left");
}

/// A corrected payment was still made within the scheme's days; one that is reinstated stands by what any payment must.
void still_payable(Tx& tx, const Record& before, Record& after, const Record&, const Actor& actor) {
    if (after.voided) return;
    if (before.voided) {
        auto again = after;
        payee_of_award(tx, again, actor);
        return;
    }
    if (before.at("instructed_on") == after.at("instructed_on")) return;
    if (const auto last = db::grants::last_payment_before(tx, after)) {
        throw Problem{Refused{Refusal::last_payment_day, "The scheme could be paid until " + *last + "."}};
    }
}

/// A live award holds money of its scheme: it is cancelled, which gives that back, before it is made void.
void void_when_cancelled(Tx&, const Record& before, Record& after, const Record&, const Actor&) {
    if (after.voided && before.state == "awarded") {
        throw Problem{Refused{Refusal::wrong_state, "It is awarded: cancel it, which gives its money back."}};
    }
}

/// The attempts at a parcel follow one another, and its end is not before the last one that found nobody.
void attempts_in_order(Tx& tx, const Record& before, Record& after, const Record& body, const Actor&) {
    const auto last = db::aid::last_attempt(tx, before.id);
    if (!last || after.voided) return;
    for (const auto* day : {"attempted_on", "delivered_on", "failed_on"}) {
        const auto& said = body.knows(day) && body.has(day) ? body : after;
        if (said.knows(day) && said.has(day) && said.text(day) < *last) {
            throw Problem{Refused{Refusal::too_early, "The last attempt was on " + *last + "."}};
        }
    }
}

/// A second voucher of a family for one purpose and period is recorded, and says so: it may be meant.
void look_for_alike(Tx& tx, Record& voucher, const Actor&) {
    if (auto alike = db::aid::alike_voucher(tx, voucher)) voucher.set("alike_id", std::move(alike));
}

struct CreateRow {
    const Noun* noun;
    Before rule;
};
struct EventRow {
    const Noun* noun;
    std::string_view event;
    During rule;
};

// clang-format off
constexpr auto create_rules = std::to_array<CreateRow>({
    {&nouns::scheme_version,      schemes::draft},
    {&nouns::application,         take_in},
    {&nouns::payment,             payee_of_award},
    {&nouns::council_tax_posting, posting_matches},
    {&nouns::ppe_movement,        return_matches},
    {&nouns::voucher,             look_for_alike},
    {&nouns::merge,               parties_differ},
    {&nouns::api_token,           for_somebody_employed},
    {&nouns::publication,         resources::freeze},
});
constexpr auto event_rules = std::to_array<EventRow>({
    {&nouns::scheme_version,      "correct", schemes::redraft},
    {&nouns::scheme_version,      "publish", schemes::publish},
    {&nouns::application,         "assess",  schemes::amount_in_terms},
    {&nouns::application,         "approve", make_award},
    {&nouns::application,         "correct", still_in_scheme},
    {&nouns::award,               "cancel",  release_award},
    {&nouns::award,               "correct", void_when_cancelled},
    {&nouns::payment,             "correct", still_payable},
    {&nouns::merge,               "reverse", unlink},
    {&nouns::ppe_movement,        "correct", keep_issue_in_step},
    {&nouns::council_tax_posting, "correct", reversal_still_matches},
    {&nouns::parcel,              "delivered", attempts_in_order},
    {&nouns::parcel,              "left_safe", attempts_in_order},
    {&nouns::parcel,              "no_answer", attempts_in_order},
    {&nouns::parcel,              "refused", attempts_in_order},
    {&nouns::parcel,              "wrong_address", attempts_in_order},
    {&nouns::parcel,              "fail",    attempts_in_order},
    {&nouns::parcel,              "correct", attempts_in_order},
    {&nouns::staff,               "leave",   shut_out},
    {&nouns::staff,               "correct", shut_out},
    {&nouns::api_token,           "change_role", change_role},
    {&nouns::api_token,           "revoke",  revoke_token},
});
// clang-format on

}  // namespace

Before on_create(const Noun& noun) {
    for (const auto& row : create_rules) {
        if (row.noun->name == noun.name) return row.rule;
    }
    return nullptr;
}

During on_event(const Noun& noun, std::string_view event) {
    for (const auto& row : event_rules) {
        if (row.noun->name == noun.name && row.event == event) return row.rule;
    }
    return nullptr;
}

}  // namespace tideover::rules
